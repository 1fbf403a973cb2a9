"""Which partner speaks for which agency, and what may be entered of one.

Source: docs/law/exchange.md
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.casework.exchange.choices import Delivery, Way
from motcua.casework.exchange.ports import CounterpartInfo
from motcua.lib.errors import BadInput

from .edxml.values import todays_code

EVERYBODY = "*"
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_MOST_CODES = 500


@dataclass(frozen=True, slots=True)
class CounterpartIn:
    """What an administrator enters of a partner."""

    code: str
    name: str
    way: Way
    codes: tuple[str, ...]
    address: str = ""
    client_ref: str = ""
    delivery: Delivery = Delivery.PUSH
    is_fetched: bool = False
    valid_from: date = date.min
    valid_to: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What is kept of a partner's certificate."""

    der: bytes
    sha256: str
    subject: str
    not_before: datetime
    not_after: datetime


def speaks_for(entry: str, agency_code: str) -> int:
    """Return how closely an entry fits an agency's code: 0 not at all, longer entries closer."""
    if entry == EVERYBODY:
        return 1
    code = todays_code(agency_code) or agency_code
    is_fit = code == entry or code.startswith(f"{entry}.")
    return len(entry) + 1 if is_fit else 0


def closest(partners: Iterable[CounterpartInfo], agency_code: str) -> CounterpartInfo | None:
    """Return the partner that speaks for an agency; the longest entry wins."""
    fits = [(max(speaks_for(entry, agency_code) for entry in one.codes), one) for one in partners]
    best = max((fit for fit, _ in fits), default=0)
    return next((one for fit, one in fits if fit == best), None) if best else None


def does_speak_for(partner: CounterpartInfo, agency_code: str) -> bool:
    """Say whether a partner may send in the name of an agency."""
    return any(speaks_for(entry, agency_code) for entry in partner.codes)


def check_counterpart(given: CounterpartIn) -> None:
    """Raises: BadInput."""
    if not _CODE.fullmatch(given.code):
        message = "Mã đối tác gồm chữ thường không dấu, số và dấu gạch nối, ví dụ tinh-son-la."
        raise BadInput(message, field="code")
    if not given.name.strip():
        raise BadInput("Hãy ghi tên đối tác.", field="name")
    _check_codes(given.codes)
    _check_address(given)
    if given.valid_to is not None and given.valid_to < given.valid_from:
        raise BadInput("Ngày cuối không thể trước ngày đầu.", field="valid_to")


def _check_codes(codes: Sequence[str]) -> None:
    if not codes:
        message = "Hãy ghi mã định danh của các cơ quan mà đối tác này chuyển văn bản cho."
        raise BadInput(message, field="codes")
    if len(codes) > _MOST_CODES:
        raise BadInput(f"Nhiều nhất {_MOST_CODES} mã; hãy ghi mã cấp trên.", field="codes")
    for one in codes:
        if one != EVERYBODY and todays_code(one) != one:
            message = f"“{one}” không phải mã định danh cơ quan theo mẫu hiện nay (ví dụ H20)."
            raise BadInput(message, field="codes")


def _check_address(given: CounterpartIn) -> None:
    is_asked = given.delivery == Delivery.PUSH or given.is_fetched or given.way != Way.PEER
    if not given.address:
        if is_asked:
            raise BadInput("Hãy ghi địa chỉ để liên lạc với đối tác.", field="address")
        return
    try:
        parts = urlsplit(given.address)
        is_good = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_good = False
        parts = urlsplit("")
    allowed = ("https",) if given.way == Way.PEER else ("https", "http")
    if not is_good or parts.scheme not in allowed or parts.username or parts.query:
        example = "https://lien-thong.tinh.example:8443"
        raise BadInput(f"Địa chỉ phải có dạng {example}.", field="address")


def certificate_in(content: bytes) -> CertificateFacts:
    """Read one certificate, PEM or DER. Raises: BadInput."""
    try:
        if b"-----BEGIN" in content:
            found = x509.load_pem_x509_certificate(content)
        else:
            found = x509.load_der_x509_certificate(content)
        subject = found.subject.rfc4514_string()
    except ValueError as error:
        message = "Tệp không phải chứng thư (PEM hoặc DER)."
        raise BadInput(message, field="file") from error
    return CertificateFacts(
        der=found.public_bytes(Encoding.DER),
        sha256=found.fingerprint(SHA256()).hex(),
        subject=subject[:300],
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
    )
