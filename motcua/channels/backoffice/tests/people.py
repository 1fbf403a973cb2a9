"""Who works in the tests: Quản for the province, Xuân for one commune, Dũng without powers."""

from allauth.mfa.models import Authenticator
from django.test import Client

from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, Level, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, root_of


def make_province() -> organisation.Agency:
    """Make the People's Committee of the province."""
    return make_agency(
        "H18",
        "UBND tỉnh Điện Biên",
        kind=AgencyKind.PROVINCE_COMMITTEE,
        level=Level.PROVINCE,
        place_code="11",
    )


def seat(
    agency: organisation.Agency, role: PostRole, full_name: str, username: str
) -> identity.Account:
    """Give somebody new an account with a second factor and a post at the top of the agency."""
    account = make_officer_account(full_name, username=username)
    make_post(root_of(agency), role, title=role.label, holder=account.officer)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    return account


def signed_in(account: identity.Account) -> Client:
    """Return the browser in which this person works."""
    client = Client()
    client.force_login(account)
    return client


def page_of(client: Client, path: str) -> str:
    """Return what the page says, or its status if it is refused."""
    answer = client.get(f"/quan-tri/{path}")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)
