"""Somebody with an account and the code in hand tries every address of somebody's dossier.

Unknown and forbidden look alike: 404, whatever is asked and however.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import resolve

from motcua.casework.contracts.tests.make import make_contract, make_person
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import (
    LAN,
    MONDAY,
    Commune,
    make_all,
    make_application,
    open_step,
)
from motcua.channels.office.acts import ACTS
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit, root_of

from .addresses import routes

pytestmark = pytest.mark.django_db
MARKS = ("ho-so/<str:code>/", "ban-nhap/<str:token>/", "tep/<str:token>/")
NOTHING = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


@dataclass(frozen=True, slots=True)
class Target:
    """Lan's dossier with a file and a result, and her open draft."""

    code: str
    token: str
    upload: str


NOBODYS = Target("H18.101-260302-9999", "no-such-draft", "no-such-upload")


def resolved(commune: Commune) -> Target:
    lan = replace(LAN, id=make_account(username="lan").pk)
    stored = files.keep_file("to khai.pdf", io.BytesIO(make_pdf()), by=lan, at=MONDAY)
    paper = dossiers.PaperIn("to-khai", "Tờ khai", file_id=stored.pk, file_name="to khai.pdf")
    submitter = dossiers.SubmitterIn(name="Lò Thị Lan", account_id=lan.id)
    application = make_application(commune, papers=(paper,), submitter=submitter)
    code = dossiers.file_application(application, by=lan, at=MONDAY)
    dossiers.receive_dossier(code, by=commune.binh, at=MONDAY)
    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)
    dossiers.complete_step(code, open_step(code).seq, by=commune.hoa, at=MONDAY)
    dossiers.decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)
    draft = dossiers.begin_draft("1.004873", by=lan, at=MONDAY)
    upload = files.begin_upload("a.pdf", 10, by=lan, at=MONDAY)
    return Target(code, draft.token, upload.token)


def browser_of(account: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def officer_elsewhere() -> Client:
    """Return the browser of Dũng, who holds every seat in another commune."""
    agency = make_agency("H18.102", "UBND xã Thanh Yên", place_code="03326")
    kind, role = organisation.UnitKind.ONE_STOP_DESK, organisation.PostRole
    desk = make_unit(agency, "H18.102.MC", "Trung tâm Phục vụ hành chính công", kind=kind)
    account = make_officer_account("Lường Văn Dũng", username="dung")
    for unit, seat in ((desk, role.DESK_OFFICER), (desk, role.DESK_HEAD)):
        make_post(unit, seat, title="Công chức", holder=account.officer)
    for unit, seat in ((root_of(agency), role.HANDLER), (root_of(agency), role.AGENCY_LEADER)):
        make_post(unit, seat, title="Công chức", holder=account.officer)
    return browser_of(account)


def fill(route: str, values: Mapping[str, object]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), route)


def addresses(target: Target) -> list[str]:
    """Return every address that names a dossier, a draft or an upload, filled with Lan's."""
    values = {
        "seq": 1000,
        "form": "1",
        "index": 0,
        "number": 1,
        "outcome": "xac-nhan",
        "paper_id": 1,
    }
    found = []
    for route in routes():
        whose = {"code": target.code, "token": target.token}
        if route.startswith("/tep/"):
            whose["token"] = target.upload
        if not any(mark in route for mark in MARKS):
            continue
        slugs = [act.slug for act in ACTS] if "<slug:" in route else [""]
        found += [fill(route, {**values, **whose, "slug": slug}) for slug in slugs]
    return found


def tried(browser: Client, target: Target) -> list[int]:
    """Return what each address answers when it is looked at and when something is sent to it."""
    body = {"reason": "x", "text": "x", "handed_to": "x", "basis": "x", "request_key": "k"}
    return [
        getattr(browser, method)(address, body).status_code
        for address in addresses(target)
        for method in ("get", "post")
    ]


def test_an_officer_of_another_agency_finds_nothing() -> None:
    target, dung = resolved(make_all()), officer_elsewhere()

    answers = tried(dung, target)

    assert answers == tried(dung, NOBODYS)
    assert {*answers} == NOTHING


def test_another_citizen_finds_nothing() -> None:
    target, pao = resolved(make_all()), browser_of(make_account(username="pao"))

    answers = tried(pao, target)

    assert answers == tried(pao, NOBODYS)
    assert {*answers} == NOTHING


def test_somebody_of_a_partner_finds_nothing() -> None:
    target = resolved(make_all())
    make_contract()
    _, seat = make_person("vnpay", "Nguyễn Đức Mạnh", "manh")
    seat.account.password_changed_at = MONDAY
    seat.account.save(update_fields=["password_changed_at"])
    Authenticator.objects.create(user=seat.account, type=Authenticator.Type.TOTP, data={})
    manh = browser_of(seat.account)

    answers = tried(manh, target)

    assert answers == tried(manh, NOBODYS)
    assert {*answers} <= NOTHING


# What has codes of another kind: there a dossier's code names nothing.
CODES_OF_THEIR_OWN = ("/van-ban/",)


def test_every_guess_at_a_dossier_stands_in_the_trail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.foundation.audit.operations.ATTEMPTS_NOTED", 1_000)
    target, dung = resolved(make_all()), officer_elsewhere()
    guessed = [
        address
        for address in addresses(target)
        if target.code in address and not address.startswith(CODES_OF_THEIR_OWN)
    ]

    missed = [
        f"{method} {address}"
        for address in guessed
        for method in ("get", "post")
        if getattr(dung, method)(address, {"reason": "x"}).status_code == HTTPStatus.NOT_FOUND
        and latest_attempt(target) != f"{method.upper()} {resolve(address).view_name}"
    ]

    assert missed == []


def latest_attempt(target: Target) -> str:
    tried_so_far = audit.trail_of(f"dossier:{target.code}", limit=1_000)
    refused = [one for one in tried_so_far if one.action == audit.ATTEMPT]
    return str(refused[-1].detail["asked"]) if refused else ""


def test_a_stranger_is_sent_to_the_sign_in() -> None:
    assert {*tried(Client(), resolved(make_all()))} == {HTTPStatus.FOUND}


def test_nothing_tried_has_changed_the_dossier() -> None:
    target = resolved(make_all())
    version = dossiers.Dossier.objects.get(code=target.code).version
    for browser in (officer_elsewhere(), browser_of(make_account(username="pao"))):
        tried(browser, target)

    assert dossiers.Dossier.objects.get(code=target.code).version == version
