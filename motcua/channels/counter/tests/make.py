"""A desk with people who can really sign in."""

from dataclasses import dataclass

from django.test import Client

from motcua.casework.dossiers.tests.make import Commune, make_all
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import PostRole, Unit, UnitKind
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit

FORM = {
    "procedure": "1.004873",
    "case": "thuong",
    "channel": "counter",
    "full_name": "Lò Thị Lan",
    "personal_id": "011185001234",
    "birth_date": "27/3/1985",
    "sex": "female",
    "phone": "0912 345 678",
    "address": "bản Co Mạ, xã Mường Phăng",
    "applicant_kind": "citizen",
    "authority": "self",
    "return_way": "counter",
    "number_of_sets": "1",
    "paper_to-khai_given": "on",
    "paper_to-khai_kind": "original",
    "paper_to-khai_quantity": "1",
}
CARD = "011185001234||Lò Thị Lan|27031985|Nữ|bản Co Mạ, xã Mường Phăng|01012022"


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of a commune and those who work there."""

    commune: Commune
    binh: Account
    client: Client

    def form(self, **changes: str) -> dict[str, str]:
        """Return what Bình types to receive Lan's application."""
        places = {
            "agency": str(self.commune.agency_id),
            "return_unit": str(self.commune.desk_id),
        }
        return {**FORM, **places, **changes}


def make_desk(*, text_change: tuple[str, str] = ("", "")) -> Desk:
    """Return the desk of Mường Phăng with Bình signed in."""
    commune = make_all(text_change=text_change)
    binh = make_desk_officer("Trần Văn Bình", "binh", commune.desk_id)
    client = Client()
    client.force_login(binh)
    return Desk(commune, binh, client)


def make_desk_officer(
    name: str, username: str, desk_id: int, *, role: PostRole = PostRole.DESK_OFFICER
) -> Account:
    """Return the account of somebody who works at the desk."""
    account = make_officer_account(name, username=username)
    unit = Unit.objects.get(pk=desk_id)
    make_post(unit, role, title="Công chức một cửa", holder=account.officer)
    return account


def sign_in_dung() -> Client:
    """Return the browser of Dũng, who receives at the desk of another commune."""
    agency = make_agency("H18.102", "UBND xã Thanh Yên", place_code="03326")
    kind = UnitKind.ONE_STOP_DESK
    desk = make_unit(agency, "H18.102.MC", "Trung tâm Phục vụ hành chính công", kind=kind)
    client = Client()
    client.force_login(make_desk_officer("Lường Văn Dũng", "dung", desk.pk))
    return client


def told(answer: object) -> list[str]:
    """Return the messages that the next page will show."""
    request = answer.wsgi_request  # type: ignore[attr-defined]  # -- the test client's answer
    return [str(message) for message in request._messages]  # noqa: SLF001 -- where they are kept
