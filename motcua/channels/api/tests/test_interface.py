import json
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import (
    ANSWERS,
    LAN,
    Commune,
    get_dossier,
    make_all,
    make_commune,
    make_filed,
    make_received,
)
from motcua.channels.api import guard
from motcua.channels.api.shapes import DossierOut, WorkOut
from motcua.foundation.identity.tests.make import make_account, make_officer_account, make_session
from motcua.lib.actor import Actor
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db
FILING = {
    "procedure_code": "1.004873",
    "case_code": "thuong",
    "agency_code": "H18.101",
    "parties": [{"full_name": "Lò Thị Lan"}],
    "answers": ANSWERS,
    "papers": [{"spec_code": "to-khai", "name": "Tờ khai"}],
}


class Caller:
    """A client of the interface that speaks as one actor."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.client = Client()
        self.client_id: int | None = None

    def speak_as(self, actor: Actor) -> None:
        def find_caller(_request: object, token: str, *, at: datetime) -> guard.Credential | None:  # noqa: ARG001 -- the shape of the real one
            name = f"account:{actor.id}"
            credential = guard.Credential(name, actor, client_id=self.client_id)
            return credential if token.startswith("good") else None

        self.monkeypatch.setattr(guard, "find_caller", find_caller)

    def post(self, path: str, body: Mapping[str, Any] | None = None, **headers: str) -> Any:
        return self.client.post(
            f"/api/v1{path}",
            json.dumps(body or {}),
            content_type="application/json",
            headers={"Authorization": "Bearer good", **headers},
        )

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers={"Authorization": "Bearer good"})


@pytest.fixture
def caller(monkeypatch: pytest.MonkeyPatch) -> Caller:
    return Caller(monkeypatch)


@pytest.fixture
def commune() -> Commune:
    return make_all()


def test_a_whole_life_through_the_interface(caller: Caller, commune: Commune) -> None:
    caller.speak_as(LAN)
    code = caller.post("/dossiers", FILING).json()["code"]
    acts = [
        (commune.binh, f"/dossiers/{code}/receive", {}),
        (commune.mai, f"/dossiers/{code}/steps/tham-dinh/complete", {"outcome": "granted"}),
        (commune.hoa, f"/dossiers/{code}/steps/duyet/complete", {}),
        (commune.hoa, f"/dossiers/{code}/steps/ky/decide", {}),
        (commune.binh, f"/dossiers/{code}/hand-out", {"handed_to": "Lò Thị Lan"}),
    ]
    answers = []
    for who, path, body in acts:
        caller.speak_as(who)
        answers.append(caller.post(path, body).status_code)

    caller.speak_as(LAN)
    whole = caller.get(f"/dossiers/{code}").json()
    assert (answers, whole["dossier"]["status"], whole["dossier"]["national_status"]) == (
        [200] * 5,
        "returned",
        10,
    )


def test_an_officer_files_nothing_on_line(caller: Caller, commune: Commune) -> None:
    caller.speak_as(commune.mai)

    assert caller.post("/dossiers", FILING).status_code == HTTPStatus.FORBIDDEN


def test_what_a_desk_receives_does_not_belong_to_the_officer(
    caller: Caller, commune: Commune
) -> None:
    caller.speak_as(commune.binh)

    code = caller.post("/desk/dossiers", {**FILING, "desk_code": "H18.101.MC"}).json()["code"]

    assert get_dossier(code).submitter_account_id is None


def test_the_same_key_gets_the_same_code(caller: Caller, commune: Commune) -> None:
    caller.speak_as(LAN)

    codes = [
        caller.post("/dossiers", FILING, **{"Idempotency-Key": "k1"}).json()["code"]
        for _ in range(2)
    ]

    assert (codes[0], commune.agency_id > 0) == (codes[1], True)


def test_a_key_is_of_one_address_and_one_application(caller: Caller, commune: Commune) -> None:
    caller.speak_as(commune.binh)
    body, key = {**FILING, "desk_code": "H18.101.MC"}, {"Idempotency-Key": "k1"}
    found = []
    for client_id in (None, 7, 8, 8):
        caller.client_id = client_id
        found += [
            caller.post(address, body, **key).json()["code"]
            for address in ("/desk/dossiers", "/desk/notes")
        ]

    assert (len(set(found)), found[-2:]) == (6, found[-4:-2])


def test_a_list_that_is_taken_over_shows_its_dossiers(caller: Caller, commune: Commune) -> None:
    caller.speak_as(commune.binh)
    code = make_received(commune)
    made = caller.post("/hand-overs", {"codes": [code], "to_unit_code": "H18.101.TP"}).json()
    caller.speak_as(commune.mai)

    address = f"/hand-overs/{quote(made['number'], safe='')}"
    taken, read = caller.post(f"{address}/take").json(), caller.get(address).json()
    printed = caller.get(f"{address}/pdf")

    assert (made["codes"], taken["codes"], read) == ([code], [code], taken)
    assert printed.content[:4] == b"%PDF"
    assert "codes" not in caller.get("/hand-overs").json()[0]


def test_who_has_an_account_is_not_told_to_citizens(caller: Caller, commune: Commune) -> None:
    code = make_filed(commune)
    make_officer_account("Lường Thị Mai", username="mai.lt")
    caller.speak_as(LAN)

    answers = [
        caller.post(f"/dossiers/{code}/steps/1/assign", {"username": name}).status_code
        for name in ("mai.lt", "khong-ai")
    ]

    assert answers == [403, 403]


def test_a_task_names_an_agency_there_is(caller: Caller, commune: Commune) -> None:
    caller.speak_as(commune.hoa)
    body = {"title": "Rà soát", "agency_code": "H18.999", "lead_unit_code": "H18.101.TP"}

    answer = caller.post("/tasks", body)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["agency_code"])


def test_what_a_register_says_is_corrected_with_the_reason_in_the_body(
    caller: Caller, commune: Commune
) -> None:
    caller.speak_as(commune.binh)
    entry = {"subject": "V/v", "issuer_name": "Sở Tư pháp"}

    answer = caller.post("/documents/H18.101-0/entry", entry)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["body.reason"])


def test_a_procedure_says_what_its_form_takes(caller: Caller, commune: Commune) -> None:
    caller.speak_as(LAN)

    found = caller.get("/procedures/1.004873").json()

    assert commune.agency_id
    assert jsonschema_rs.is_valid(found["answers_schema"], ANSWERS)
    assert not jsonschema_rs.is_valid(found["answers_schema"], {"so_ban": "hai"})


def test_an_outside_code_is_kept_as_the_official_one(caller: Caller, commune: Commune) -> None:
    caller.speak_as(commune.binh)
    body = {**FILING, "desk_code": "H18.101.MC", "outside_code": "G01.899-260302-0009"}

    answer = caller.post("/desk/dossiers", body)

    assert (answer.status_code, answer.json()) == (201, {"code": "G01.899-260302-0009"})


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"answers": {"ho_ten": "Lan"}}, 422, "muc_dich"),
        ({"agency_code": "H18.999"}, 422, "agency_code"),
        ({"parties": []}, 422, "body.parties"),
        ({"case_code": 5}, 422, "body.case_code"),
        ({"case_code": "khong-co"}, 422, "case_code"),
    ],
)
@pytest.mark.usefixtures("commune")
def test_wrong_input_is_named(
    caller: Caller, change: dict[str, Any], status: int, field: str
) -> None:
    caller.speak_as(LAN)

    answer = caller.post("/dossiers", {**FILING, **change})

    assert (answer.status_code, field in answer.json()["errors"]) == (status, True)


@pytest.mark.usefixtures("commune")
def test_an_unknown_procedure_is_not_found(caller: Caller) -> None:
    caller.speak_as(LAN)

    answer = caller.post("/dossiers", {**FILING, "procedure_code": "9.999999"})

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_another_communes_officer_is_refused_and_sees_nothing(
    caller: Caller, commune: Commune
) -> None:
    code = make_filed(commune)
    caller.speak_as(Actor(id=77, name="Lường Văn Dũng"))

    answers = [caller.post(f"/dossiers/{code}/receive"), caller.get(f"/dossiers/{code}")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_second_reception_is_a_conflict(caller: Caller, commune: Commune) -> None:
    code = make_filed(commune)
    caller.speak_as(commune.binh)

    answers = [caller.post(f"/dossiers/{code}/receive").status_code for _ in range(2)]

    assert answers == [200, 409]


def test_a_stranger_is_turned_away(caller: Caller) -> None:
    answer = caller.client.get("/api/v1/dossiers")

    assert (answer.status_code, answer.json()["title"]) == (401, "Chưa đăng nhập")


def test_lists_go_on_by_cursor(caller: Caller, commune: Commune) -> None:
    codes = [make_filed(commune) for _ in range(3)]
    caller.speak_as(LAN)

    first = caller.get("/dossiers?limit=2").json()
    rest = caller.get(f"/dossiers?limit=2&after={first['next']}").json()

    found = [[row["code"] for row in page["rows"]] for page in (first, rest)]
    assert found == [[codes[2], codes[1]], [codes[0]]]


def test_dossiers_are_found_by_a_name_without_tones(caller: Caller, commune: Commune) -> None:
    code = make_filed(commune)
    caller.speak_as(commune.binh)

    found = caller.get("/dossiers?q=lo thi lan").json()

    assert [row["code"] for row in found["rows"]] == [code]


def test_the_description_is_openapi_3_1() -> None:
    description = Client().get("/api/openapi.json").json()

    assert description["openapi"].startswith("3.1")


def receive_with(caller: Caller, code: str, **headers: str) -> Any:
    body = {**FILING, "desk_code": "H18.101.MC", "outside_code": code}
    return caller.post("/desk/dossiers", body, **headers)


def test_a_citizen_cannot_choose_the_code(caller: Caller, commune: Commune) -> None:
    caller.speak_as(LAN)

    answer = caller.post("/dossiers", {**FILING, "outside_code": "H18.101-991231-0001"})

    assert answer.json()["code"] != "H18.101-991231-0001"
    assert commune.agency_id


@pytest.mark.parametrize("code", ["H18.101-991231-0001", "x", 'a"b-c', "../../../etc/passwd"])
def test_an_outside_code_is_official_and_not_one_that_we_shall_give(
    caller: Caller, commune: Commune, code: str
) -> None:
    caller.speak_as(commune.binh)

    answer = receive_with(caller, code)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["outside_code"])


def test_an_outside_code_is_taken_once_and_answered_again_under_its_key(
    caller: Caller, commune: Commune
) -> None:
    caller.speak_as(commune.binh)
    code = "000.00.19.H18-260105-0007"

    answers = [
        receive_with(caller, code, **{"Idempotency-Key": key}) for key in ("k-1", "k-1", "k-2")
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert [answer.json().get("code") for answer in answers] == [code, code, None]


def test_acting_on_a_dossier_one_may_not_see_is_answered_like_an_unknown_one(
    caller: Caller, commune: Commune
) -> None:
    code = make_filed(commune)
    caller.speak_as(make_commune("H18.102", "UBND xã Nà Tấu", first=11).binh)

    answers = [caller.post(f"/dossiers/{c}/receive") for c in (code, "H18.101-260302-9999")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_page_of_dossiers_and_of_work_has_the_shape_it_promises(caller: Caller) -> None:
    commune = make_all()
    make_received(commune)
    caller.speak_as(commune.mai)

    found, work = caller.get("/dossiers").json(), caller.get("/work").json()

    (dossier,) = dossiers.dossiers_for(commune.mai).rows
    (step,) = dossiers.worklist_for(commune.mai).rows
    assert (found["rows"], work["rows"]) == (
        [json.loads(DossierOut.model_validate(dossier).model_dump_json())],
        [json.loads(WorkOut.model_validate(step).model_dump_json())],
    )


def test_the_interface_takes_no_cookie_for_a_token(client: Client) -> None:
    session = make_session(make_account(), at=now())
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    answer = client.get("/api/v1/work")

    assert answer.status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.usefixtures("commune")
def test_signatures_are_examined_and_the_report_speaks_the_standards_words(caller: Caller) -> None:
    caller.speak_as(LAN)
    sent = SimpleUploadedFile("giay.pdf", b"no pdf at all", content_type="application/pdf")

    answer = caller.client.post(
        "/api/v1/signatures/examine",
        {"file": sent},
        headers={"Authorization": "Bearer good"},
    )

    report = answer.json()
    assert (answer.status_code, report["size"], report["verdict"]["indication"]) == (
        200,
        13,
        "INDETERMINATE",
    )


def test_a_stranger_has_nothing_examined_through_the_interface(client: Client) -> None:
    answer = client.post("/api/v1/signatures/examine", {})

    assert answer.status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("path", ["/dossiers", "/drafts"])
@pytest.mark.usefixtures("commune")
def test_half_a_letter_is_refused_and_breaks_nothing(caller: Caller, path: str) -> None:
    caller.speak_as(LAN)
    torn = {**ANSWERS, "ho_ten": "Lan \ud800"}
    if path == "/drafts":
        draft = caller.post(path, {"procedure_code": "1.004873"}).json()["token"]
        answer = caller.client.put(
            f"/api/v1/drafts/{draft}/pages/0",
            json.dumps({"answers": torn}),
            content_type="application/json",
            headers={"Authorization": "Bearer good"},
        )
    else:
        answer = caller.post(path, FILING | {"answers": torn})

    assert answer.status_code == 422
