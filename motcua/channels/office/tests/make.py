"""A commune whose people can sign in, and dossiers that wait for them."""

from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from motcua.casework.dossiers.tests.make import Commune, make_all, make_commune
from motcua.foundation.identity.tests.make import make_officer_account, make_session
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.lib.clock import now


@dataclass(frozen=True, slots=True)
class Office:
    """A commune, and browsers in which its people have signed in."""

    commune: Commune
    mai: Client
    nam: Client
    thu: Client
    hoa: Client
    dung: Client
    mai_id: int
    nam_id: int


def make_office(*, text_change: tuple[str, str] = ("", "")) -> Office:
    """Return Mai and Nam (handlers), Thu (their head), Hoa (leader); Dũng is of another commune."""
    commune = make_all(text_change=text_change)
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=51)
    organisation.forget_tree()
    justice, root = commune.justice_id, commune.root_id
    mai, mai_id = signed_in("Quàng Thị Mai", "mai", justice, PostRole.HANDLER)
    nam, nam_id = signed_in("Lường Văn Nam", "nam", justice, PostRole.HANDLER)
    thu, _ = signed_in("Bạc Thị Thu", "thu", justice, PostRole.UNIT_HEAD)
    hoa, _ = signed_in("Nguyễn Thị Hoa", "hoa", root, PostRole.AGENCY_LEADER)
    dung, _ = signed_in("Cà Văn Dũng", "dung", other.justice_id, PostRole.UNIT_HEAD)
    return Office(commune, mai, nam, thu, hoa, dung, mai_id, nam_id)


def signed_in(name: str, username: str, unit_id: int, role: PostRole) -> tuple[Client, int]:
    """Return a browser in which an officer with this post has signed in, and the account."""
    account = make_officer_account(name, username=username)
    make_post(Unit.objects.get(pk=unit_id), role, holder=account.officer)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = make_session(account, at=now()).session_key
    return client, account.pk


def address(code: str, slug: str = "") -> str:
    """Return the address of a dossier, or of an act on it."""
    return f"/xu-ly/ho-so/{code}/viec/{slug}/" if slug else f"/xu-ly/ho-so/{code}/"


def text_of(client: Client, path: str) -> str:
    """Return a page's text; a page that is not there fails the test."""
    answer = client.get(path)
    assert answer.status_code == 200, (answer.status_code, path)
    return answer.content.decode()
