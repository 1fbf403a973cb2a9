"""A world in which papers are signed to every level: an authority that answers, Hoa and a seal."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

from motcua.foundation.access.api import Power
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_officer, make_post, root_of
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Level, SigningRequest
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.tests.make import make_drafted
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import CertificateIn, HolderKind, Purpose, Way
from motcua.foundation.trust.tests.make import MONDAY, QUANG, SEN
from motcua.lib.actor import Actor
from simulators.authority import Authority
from simulators.trust import answer

NAME, SEAL = "Nguyễn Thị Hoa", "UBND xã Mường Phăng"
TSA = "http://tsa.example.vn/tsa"


@lru_cache(maxsize=1)
def make_authority() -> Authority:
    """Return an authority without legal value, the same in one run."""
    return Authority(Path(mkdtemp(prefix="authority")), at=MONDAY, address="http://ca.example.vn")


@dataclass
class Line:
    """A line to that authority without a network; `faults` say what is wrong with which service."""

    at: datetime = MONDAY
    faults: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def time_stamp(self, address: str, question: bytes) -> bytes:  # noqa: ARG002 -- the port's shape
        return self._answer("/tsa", question)

    def ocsp(self, address: str, question: bytes) -> bytes:  # noqa: ARG002 -- the port's shape
        return self._answer("/ocsp", question)

    def crl(self, address: str) -> bytes:
        return self._answer(address.removeprefix(make_authority().address), b"")

    def _answer(self, path: str, question: bytes) -> bytes:
        self.asked.append(path)
        fault = self.faults.get(path, self.faults.get("all", ""))
        if fault == "down":
            raise trust.LineDown("Không ai trả lời.")
        return answer(make_authority(), path, question, at=self.at, fault=fault)


def make_hoa() -> Actor:
    """Return Hoa, who may sign, number and seal; the authority is believed."""
    _believe()
    agency = make_agency("H18.101", SEAL)
    organisation.forget_tree()
    root = root_of(agency)
    account = make_officer_account(NAME, username="hoa")
    make_post(root, PostRole.AGENCY_LEADER, holder=account.officer)
    make_post(root, PostRole.REGISTRY_CLERK, holder=make_officer("Tòng Thị Vân", code="VT1"))
    _certify(NAME, "hoa", officer_id=account.officer_id)
    _certify(SEAL, "seal", agency_id=agency.pk)
    units = frozenset({root.pk})
    powers = {Power.SIGN_DOCUMENTS: units, Power.SEAL_DOCUMENTS: units}
    return Actor(
        account.pk,
        NAME,
        title="Chủ tịch",
        agency_id=agency.pk,
        unit_ids=(root.pk,),
        powers=powers,  # type: ignore[arg-type]  # -- a power is a string
    )


def _believe() -> None:
    authority = make_authority()
    anchor = trust.propose_anchor(authority.root.der, Purpose.DEMO, by=QUANG, at=MONDAY)
    trust.approve_anchor(anchor.sha256, anchor.sha256[-8:], by=SEN, at=MONDAY)
    between = CertificateIn(authority.between.der, HolderKind.AUTHORITY)
    trust.register_certificate(between, by=QUANG, at=MONDAY)


@lru_cache(maxsize=8)
def issued(name: str) -> tuple[bytes, bytes]:
    """Return a certificate and its key, the same in one run."""
    pair = make_authority().issue(name, "", at=MONDAY)
    key = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pair.der, key


def _certify(
    name: str, ref: str, *, officer_id: int | None = None, agency_id: int | None = None
) -> None:
    der, key = issued(name)
    folder = Path(settings.SIGNING_KEYS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"proof-{ref}.pem").write_bytes(key)
    given = CertificateIn(
        der,
        HolderKind.OFFICER if officer_id else HolderKind.AGENCY,
        officer_id=officer_id,
        agency_id=agency_id,
        way=Way.SERVER,
        service_code="software",
        key_ref=f"proof-{ref}",
    )
    trust.register_certificate(given, by=QUANG, at=MONDAY)


def ask(hoa: Actor, level: Level, *, owner: str = "test:1") -> SigningRequest:
    """Ask for Hoa's signature and the seal."""
    unit_id = hoa.unit_ids[0]
    turns = (
        signing.TurnIn(signing.TurnRole.LEADER, unit_id, hoa.id, hoa.name, hoa.title),
        signing.TurnIn(signing.TurnRole.SEAL, unit_id),
    )
    wanted = signing.Wanted(
        kind=signing.DocumentKind.OUTCOME,
        owner=owner,
        title="Giấy xác nhận",
        about="thử",
        pdf=make_drafted(),
        agency_id=hoa.agency_id or 0,
        unit_id=unit_id,
        turns=turns,
        level=level,
        token=signing.new_token(),
        number_series=f"outcome:{hoa.agency_id}",
        notation="G15",
    )
    return signing.request_signatures(wanted, by=hoa, at=MONDAY)


def sign_and_seal(level: Level, *, at: datetime = MONDAY) -> SigningRequest:
    """Return a request that Hoa has signed and her agency sealed."""
    hoa = make_hoa()
    request = ask(hoa, level)
    signing.begin_attempt(request.code, by=hoa, at=at)
    carry_on(at=at)
    signing.number_and_seal(request.code, by=hoa, at=at)
    carry_on(at=at)
    return SigningRequest.objects.get(pk=request.pk)
