"""Time stamps (RFC 3161): what is asked, and what an answer must be before it is kept.

Source: docs/law/signing.md
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import new as new_hash

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from motcua.foundation.signing.errors import StampRefused
from motcua.foundation.trust.api import chain_to

MOST_DRIFT = timedelta(minutes=5)
_NONCE_BITS = 64
_GRANTED = ("granted", "granted_with_mods")
_DAMAGED = (ValueError, KeyError, TypeError, IndexError, RecursionError)


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a time-stamp service; `der` is what is sent."""

    imprint: bytes
    digest: str
    nonce: int
    der: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Believed:
    """Whose time stamps are kept: chains end at `anchors`; no `policies` means any."""

    anchors: tuple[bytes, ...] = field(repr=False)
    known: tuple[bytes, ...] = field(repr=False, default=())
    policies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stamp:
    """One time stamp that was checked: `token` goes into the document."""

    token: bytes = field(repr=False)
    at: datetime
    certificate: bytes = field(repr=False)


def question(imprint: bytes, digest: str = "sha256") -> Question:
    """Return what to ask a service so that it stamps the imprint (a hash)."""
    nonce = secrets.randbits(_NONCE_BITS)
    asked = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": {
                "hash_algorithm": {"algorithm": digest},
                "hashed_message": imprint,
            },
            "nonce": nonce,
            "cert_req": True,
        }
    )
    return Question(imprint, digest, nonce, asked.dump())


def checked(answer: bytes, asked: Question, *, at: datetime, believed: Believed) -> Stamp:
    """Return the time stamp in an answer if it is the one asked for, by somebody we believe.

    Looked at are the imprint, the nonce, the policy, the time, the certificate with its use and
    its chain, and the signature.

    Raises: StampRefused.
    """
    try:
        token = _token_in(answer)
        info = token["content"]["encap_content_info"]["content"].parsed
        moment = _checked_info(info, asked, at, believed)
        certificate, others = _signer_of(token)
        _check_certificate(certificate, others, moment, believed)
        _check_signature(token, certificate)
    except _DAMAGED as error:
        raise StampRefused("Dịch vụ dấu thời gian từ chối hoặc trả lời sai dạng.") from error
    return Stamp(token.dump(), moment, certificate.dump())


def _token_in(answer: bytes) -> cms.ContentInfo:
    """Raises: StampRefused, or one of the damaged."""
    said = tsp.TimeStampResp.load(answer, strict=True)
    if said["status"]["status"].native not in _GRANTED:
        raise StampRefused("Dịch vụ dấu thời gian từ chối đóng dấu.")
    token = said["time_stamp_token"]
    if token["content_type"].native != "signed_data":
        raise StampRefused("Dịch vụ dấu thời gian trả lời thứ khác.")
    return token


def _checked_info(info: tsp.TSTInfo, asked: Question, at: datetime, believed: Believed) -> datetime:
    """Return the time of the stamp. Raises: StampRefused."""
    imprint = info["message_imprint"]
    is_ours = imprint["hashed_message"].native == asked.imprint
    if not is_ours or imprint["hash_algorithm"]["algorithm"].native != asked.digest:
        raise StampRefused("Dấu thời gian trả về là của nội dung khác.")
    if info["nonce"].native != asked.nonce:
        raise StampRefused("Dấu thời gian trả về không phải cho lần hỏi này.")
    if believed.policies and info["policy"].native not in believed.policies:
        raise StampRefused("Dấu thời gian theo chính sách không được chấp nhận.")
    moment: datetime = info["gen_time"].native
    if abs(moment - at) > MOST_DRIFT:
        raise StampRefused("Giờ của dấu thời gian lệch đồng hồ máy chủ hơn 5 phút.")
    return moment


def _signer_of(token: cms.ContentInfo) -> tuple[asn1_x509.Certificate, list[bytes]]:
    """Return who signed, and the other certificates that came along. Raises: StampRefused."""
    data = token["content"]
    found = [one.chosen for one in data["certificates"]]
    signers = data["signer_infos"]
    if len(signers) != 1:
        raise StampRefused("Dấu thời gian phải có đúng một chữ ký.")
    for one in found:
        if _is_named(one, signers[0]["sid"]):
            return one, [other.dump() for other in found if other is not one]
    raise StampRefused("Dấu thời gian không kèm chứng thư của nơi đóng dấu.")


def _is_named(one: asn1_x509.Certificate, name: cms.SignerIdentifier) -> bool:
    if name.name == "subject_key_identifier":
        return bool(one.key_identifier == name.native)
    is_issuer = one.issuer == name.chosen["issuer"]
    return bool(is_issuer and one.serial_number == name.chosen["serial_number"].native)


def _check_certificate(
    one: asn1_x509.Certificate, others: Sequence[bytes], moment: datetime, believed: Believed
) -> None:
    """Raises: StampRefused."""
    uses = one.extended_key_usage_value
    if uses is None or uses.native != ["time_stamping"]:
        raise StampRefused("Chứng thư của nơi đóng dấu không dùng để đóng dấu thời gian.")
    if not one.not_valid_before <= moment <= one.not_valid_after:
        raise StampRefused("Chứng thư của nơi đóng dấu thời gian đã hết hiệu lực.")
    if not chain_to(one.dump(), (*believed.known, *others), believed.anchors):
        raise StampRefused("Không biết nơi cấp chứng thư của dịch vụ dấu thời gian.")


def _check_signature(token: cms.ContentInfo, certificate: asn1_x509.Certificate) -> None:
    """Raises: StampRefused."""
    data = token["content"]
    signer = data["signer_infos"][0]
    content = data["encap_content_info"]["content"].contents
    algorithm = signer["digest_algorithm"]["algorithm"].native
    try:
        intact, valid = validate_sig_integrity(
            signer,
            certificate,
            expected_content_type="tst_info",
            actual_digest=new_hash(algorithm, content).digest(),
        )
    except SignatureValidationError as error:
        raise StampRefused("Chữ ký của dấu thời gian bị hỏng.") from error
    if not (intact and valid):
        raise StampRefused("Chữ ký của dấu thời gian không đúng.")
