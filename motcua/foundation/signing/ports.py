"""Whom signing asks for signatures: holders of keys, on this server or elsewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import IO, Protocol

from .choices import Capacity


class HolderAway(Exception):
    """The holder of the key gives no answer now; it is asked again later."""


class HolderRefuses(Exception):
    """The holder will not sign with this key: unknown, locked, or wrong PIN. The text is shown."""


class GrantEnded(Exception):
    """The permission to sign has run out or was used; the person has to be asked again."""


class TokenHolder(Protocol):
    """A holder of keys on the server (way `server`): it signs at once, in the signer's process."""

    def sign_many(self, key_ref: str, to_sign: Sequence[bytes], digest: str) -> list[bytes]:
        """Return one raw signature for each of the byte strings, in the same order.

        `digest` is the hash to use, such as “sha256”; RSA signs by PKCS#1 v1.5, ECDSA in DER.

        Raises: HolderAway, HolderRefuses.
        """


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One file of a container; `chunks` gives its bytes whenever it is asked."""

    name: str
    media_type: str
    chunks: Callable[[], Iterator[bytes]]


class ContainerSealer(Protocol):
    """What signs files as one container with the province's seal; only the signer has it."""

    def __call__(
        self, files: Sequence[HeldFile], target: IO[bytes], *, subject: str, at: datetime
    ) -> None:
        """Write the container. Raises: NoCertificate, HolderAway, HolderRefuses."""


_sealers: list[ContainerSealer] = []


def let_seal(sealer: ContainerSealer) -> None:
    """Say, where keys may be opened, what seals containers."""
    _sealers[:] = [sealer]


def container_sealer() -> ContainerSealer:
    """Return what seals containers. Raises: HolderAway where no key may be opened."""
    if not _sealers:
        raise HolderAway("Chỉ tiến trình ký số mở được con dấu.")
    return _sealers[0]


@dataclass(frozen=True, slots=True)
class SealedXml:
    """XML documents with the seal of an agency, in the order in which they were given."""

    documents: tuple[bytes, ...] = field(repr=False)
    signer: str


class XmlSealer(Protocol):
    """What puts an agency's seal on XML made here (XAdES); only the signer has it."""

    def __call__(
        self, documents: Sequence[bytes], *, agency_id: int, subject: str, at: datetime
    ) -> SealedXml:
        """Return the documents sealed. Raises: NoCertificate, HolderAway, HolderRefuses."""


_xml_sealers: list[XmlSealer] = []


def let_seal_xml(sealer: XmlSealer) -> None:
    """Say, where keys may be opened, what seals XML."""
    _xml_sealers[:] = [sealer]


def xml_sealer() -> XmlSealer:
    """Return what seals XML. Raises: HolderAway where no key may be opened."""
    if not _xml_sealers:
        raise HolderAway("Chỉ tiến trình ký số mở được con dấu.")
    return _xml_sealers[0]


@dataclass(frozen=True, slots=True)
class SignerBlock:
    """What is printed where somebody signs: lines of capacity, the title, the name."""

    name: str
    title: str
    capacity: Capacity = Capacity.OWN
    lines: tuple[str, ...] = ()
    on_behalf_of: str = ""

    @property
    def printed(self) -> str:
        """Return the lines of capacity as papers take them."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Expected:
    """Who is to sign: the account, what is printed, and why it is not somebody else."""

    account_id: int
    block: SignerBlock
    why: str = ""


class Redraw(Protocol):
    """How the room that asked draws a document again with another signer printed."""

    def __call__(self, owner: str, token: str, signer: Expected, at: datetime) -> bytes:
        """Return the document, with place-marks; what the room keeps of the signer changes too."""


# By the first word of the owner: “dossier:…” is drawn by what stands under “dossier”.
redraws: dict[str, Redraw] = {}


def redraws_for(room: str) -> Callable[[Redraw], Redraw]:
    """Let a room above draw its documents again."""

    def register(draw: Redraw) -> Redraw:
        redraws[room] = draw
        return draw

    return register


token_holders: dict[str, Callable[[], TokenHolder]] = {}


def token_holder(code: str) -> TokenHolder:
    """Return the holder with this code. Raises: HolderRefuses if none is set up."""
    if code not in token_holders:
        raise HolderRefuses(f"Máy chủ này không có nơi giữ khóa “{code}”.")
    return token_holders[code]()


class Consent(StrEnum):
    """How a remote service asks the person."""

    PIN = "pin"
    OTP = "otp"
    PIN_AND_OTP = "pin_and_otp"
    OWN_PAGE = "own_page"


@dataclass(frozen=True, slots=True)
class RemoteKey:
    """A key at a remote service: its certificate with the chain, and how consent is given."""

    key_ref: str
    certificates: tuple[bytes, ...] = field(repr=False)
    consent: Consent
    most_at_once: int
    is_usable: bool = True


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a person typed to let a key sign; never kept and never told."""

    pin: str = field(default="", repr=False)
    otp: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """The permission of a remote service to sign certain hashes, until it expires."""

    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ToSign:
    """What is to be signed with which key: hashes, all of one kind such as “sha256”."""

    key_ref: str
    hashes: Sequence[bytes]
    digest: str = "sha256"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What is carried to the page of a service and back: our address, a mark, a challenge."""

    return_url: str
    state: str
    challenge: str


class RemoteSigner(Protocol):
    """A signing service on the net (way `remote`). Every call costs network, ten seconds at most.

    All raise HolderAway when it gives no answer, HolderRefuses when it will not.
    """

    def find_keys(self, user_ref: str) -> Sequence[str]:
        """Return the names of the keys of one of its users."""

    def get_key(self, key_ref: str) -> RemoteKey:
        """Return one key."""

    def send_otp(self, key_ref: str) -> None:
        """Let the service send a one-time password to the holder of the key."""

    def authorise(self, wanted: ToSign, secrets: Secrets) -> Grant:
        """Return one permission for all hashes."""

    def consent_address(self, wanted: ToSign, page: OwnPage) -> str:
        """Return the page of the service where the person consents."""

    def redeem(self, code: str, verifier: str, return_url: str) -> Grant:
        """Return the permission that the person gave on the service's page."""

    def sign(self, wanted: ToSign, grant: Grant) -> Sequence[bytes]:
        """Return one raw signature for each hash, in the same order. Raises: GrantEnded."""


remote_signers: dict[str, Callable[[str], RemoteSigner]] = {}


def remote_signer(service_code: str) -> RemoteSigner:
    """Return the service with this code, “kind:name”. Raises: HolderRefuses if none is set up."""
    kind, _, name = service_code.partition(":")
    if kind not in remote_signers:
        raise HolderRefuses(f"Hệ thống này chưa nối với dịch vụ ký số “{service_code}”.")
    return remote_signers[kind](name)


@dataclass(frozen=True, slots=True)
class PushKey:
    """A key at a service that asks its holder on a telephone: its certificate with the chain."""

    key_ref: str
    certificates: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PushOrder:
    """What a holder is asked to let sign: hashes by the marks that the telephone shows too.

    `transaction` is our own mark of the whole: asked again with it, the holder is asked once.
    """

    transaction: str
    user_ref: str = field(repr=False)
    key_ref: str = ""
    hashes: Mapping[str, bytes] = field(default_factory=dict)
    words: str = ""


class PushState(StrEnum):
    """What came of asking a holder."""

    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """How far a transaction has come; raw signatures by their marks once it is signed."""

    state: PushState
    signatures: Mapping[str, bytes] = field(default_factory=dict, repr=False)


class PushSigner(Protocol):
    """A signing service that asks its user on the telephone, and is polled for the answer.

    Every call costs network, ten seconds at most. All raise HolderAway when it gives no answer,
    or one that nobody understands; HolderRefuses when it will not.
    """

    def find_keys(self, user_ref: str) -> Sequence[PushKey]:
        """Return the usable keys of one of its users."""

    def start(self, order: PushOrder) -> None:
        """Let the service ask the holder."""

    def poll(self, order: PushOrder) -> PushAnswer:
        """Return what the holder has said until now."""


push_signers: dict[str, Callable[[str], PushSigner]] = {}


def push_signer(service_code: str) -> PushSigner:
    """Return the service with this code, “kind:name”. Raises: HolderRefuses if none is set up."""
    kind, _, name = service_code.partition(":")
    if kind not in push_signers:
        raise HolderRefuses(f"Hệ thống này chưa nối với dịch vụ ký số “{service_code}”.")
    return push_signers[kind](name)
