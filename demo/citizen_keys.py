"""Citizens who sign on the portal: keys at a service that asks the telephone, and at a CSC one."""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ServiceIn, ServiceKind
from simulators.authority import Authority
from simulators.ports import port_in
from simulators.push_sign import CLIENT, tell_secret

from .accounts import COMPANY, KHANH, LAN, Neighbour
from .cast import founder
from .certifying import kept_certificate
from .ways import hand_to_service

PHONE, PAGE = "dien-thoai", "v2"
PHONE_NAME = "Ký số qua điện thoại (minh họa)"
PAGE_NAME = "Ký số từ xa trên trang dịch vụ (minh họa)"


def give_citizens_keys(authority: Authority, at: datetime) -> None:
    """Give Lan a key that asks her telephone, Khánh one on a page, his company one for both."""
    _enter_services(at)
    _on_telephone(authority, LAN.facts.personal_id, LAN.facts.full_name, LAN.phone, "CCCD", at)
    _on_telephone(authority, COMPANY.tax_code, COMPANY.name, KHANH.phone, "MST", at)
    _on_page(authority, KHANH, at)


def telephone_address() -> str:
    """Return where the demo's telephone is played; nothing before the demo runs."""
    folder = _push_folder()
    return f"{_address(folder)}/dien-thoai/" if (folder / "port").exists() else ""


def _push_folder() -> Path:
    return Path(settings.HOME) / "var" / "push-signing"


def _address(folder: Path) -> str:
    return f"http://127.0.0.1:{port_in(folder)}"


def _enter_services(at: datetime) -> None:
    """Enter both as an administrator would, if they run."""
    csc, push = Path(settings.HOME) / "var" / "csc", _push_folder()
    if not (push / "port").exists() or not (csc / "port").exists():
        return
    tell_secret(Path(settings.PUSH_SIGNING_FILE), PHONE)
    telephone = ServiceIn(
        PHONE, PHONE_NAME, ServiceKind.PUSH, _address(push), client_ref=CLIENT, is_public=True
    )
    page = ServiceIn(
        PAGE,
        PAGE_NAME,
        ServiceKind.CSC,
        f"{_address(csc)}/csc/v2",
        api_version="2",
        client_ref=CLIENT,
        is_public=True,
    )
    for given in (telephone, page):
        trust.set_service(given, by=founder(), at=at)


def _on_telephone(
    authority: Authority, number: str, name: str, phone: str, kind: str, at: datetime
) -> None:
    ref = f"phone-{number}"
    own = kept_certificate(authority, ref, name, "", at, number=f"{kind}:{number}")
    folder = _push_folder() / number
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "phone").write_text(phone)
    key = Path(settings.SIGNING_KEYS_DIR) / f"{ref}.pem"
    (folder / f"MH{number}.pem").write_bytes(key.read_bytes())
    chain = authority.between.certificate.public_bytes(Encoding.PEM)
    (folder / f"MH{number}.crt").write_bytes(own + chain)


def _on_page(authority: Authority, one: Neighbour, at: datetime) -> None:
    number = one.facts.personal_id
    ref = f"{number}-ca-nhan"
    own = kept_certificate(authority, ref, one.facts.full_name, "", at, number=f"CCCD:{number}")
    hand_to_service(authority, ref, own)
    (Path(settings.HOME) / "var" / "csc" / f"{ref}.own_page").touch()
