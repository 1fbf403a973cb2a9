"""Anybody can look at the ledger; the holder of a slip at what was promised to them."""

import json
from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier
from motcua.casework.dossiers.tests.make import (
    MONDAY,
    get_dossier,
    make_all,
    make_received,
    make_resolved,
)
from motcua.channels.portal.figures import figures_of_agencies
from motcua.channels.portal.views.lookup import MOST_LOOKS
from motcua.foundation.ledger import api as ledger
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import HANOI, now
from tools.verify_ledger import UNSIGNED, WRONG, main

pytestmark = pytest.mark.django_db(transaction=True)


def settle() -> None:
    ledger.seal("promises", at=MONDAY)
    ledger.make_head(at=MONDAY)
    ledger.publish(at=MONDAY)


def slip_of(code: str) -> str:
    return f"/giay-hen/{code}/{get_dossier(code).promise_salt}/"


def test_a_slip_that_was_just_given_says_that_its_promise_is_on_its_way(client: Client) -> None:
    code = make_received(make_all())

    page = client.get(slip_of(code)).content.decode()

    assert "Có việc vừa ghi, vài phút nữa mới vào sổ công khai" in page
    assert "05/03/2026" in page


def test_a_promise_that_stands_is_said_to_stand(client: Client) -> None:
    code = make_received(make_all())
    settle()

    page = client.get(slip_of(code)).content.decode()

    assert "Ngày hẹn chưa từng bị đổi" in page
    assert [name for name in ("Lan", "Bình", "Mường Phăng") if name in page] == []


def test_a_promise_that_was_changed_is_said_to_have_been(client: Client) -> None:
    commune = make_all()
    code = make_received(commune)
    new = MONDAY.replace(day=10, hour=16).astimezone(HANOI)
    dossiers.apologise(code, new, "Thiếu người", by=commune.hoa, at=MONDAY)
    settle()

    page = client.get(slip_of(code)).content.decode()

    assert "Ngày hẹn đã đổi 1 lần" in page
    assert "10/03/2026" in page


def test_a_dossier_that_was_changed_by_hand_is_said_to_disagree(client: Client) -> None:
    code = make_received(make_all())
    settle()
    Dossier.objects.filter(code=code).update(due_at=MONDAY.replace(day=30))

    page = client.get(slip_of(code)).content.decode()

    assert "không khớp với sổ công khai" in page
    assert "05/03/2026" in page


def test_a_promise_whose_act_was_deleted_by_hand_is_still_shown(
    client: Client, tmp_path: Path
) -> None:
    code = make_received(make_all())
    settle()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dossiers_dossiermove WHERE act = 'receive'")

    page = client.get(slip_of(code)).content.decode()
    (tmp_path / "proof.json").write_bytes(client.get(f"{slip_of(code)}chung-minh.json").content)

    assert "không khớp với sổ công khai" in page
    assert "05/03/2026" in page
    assert main(["--slip", str(tmp_path / "proof.json")]) == WRONG


def test_a_wrong_word_and_an_unknown_code_look_alike(client: Client) -> None:
    code = make_received(make_all())

    wrong = client.get(f"/giay-hen/{code}/{'x' * 22}/")
    unknown = client.get(f"/giay-hen/H18.101-260302-9999/{'x' * 22}/")

    assert (wrong.status_code, unknown.status_code) == (HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND)
    told = [one.content.decode().partition("<h1")[2] for one in (wrong, unknown)]
    assert told[0] == told[1]


def test_the_secret_word_does_not_travel_on(client: Client) -> None:
    answer = client.get(slip_of(make_received(make_all())))

    kept = [answer.headers[name] for name in ("Referrer-Policy", "X-Robots-Tag", "Cache-Control")]
    assert kept == ["no-referrer", "noindex, nofollow", "private, no-store"]


def test_guessing_words_is_stopped_for_a_while(client: Client) -> None:
    code = make_received(make_all())
    for _ in range(MOST_LOOKS):
        client.get(f"/giay-hen/{code}/{'x' * 22}/")

    assert client.get(slip_of(code)).status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_the_proof_is_a_file_that_the_tool_reads(client: Client, tmp_path: Path) -> None:
    code = make_received(make_all())
    settle()

    answer = client.get(f"{slip_of(code)}chung-minh.json")
    (tmp_path / "proof.json").write_bytes(answer.content)

    assert json.loads(answer.content)["subject"] == code
    assert main(["--slip", str(tmp_path / "proof.json")]) == UNSIGNED


def test_the_book_counts_by_the_leaves_and_says_that_nobody_signed(client: Client) -> None:
    make_received(make_all())
    settle()

    page = client.get("/so-cam-ket/").content.decode()

    assert "UBND xã Mường Phăng" in page
    assert "Chưa ký" in page


def test_the_empty_book_says_so(client: Client) -> None:
    page = client.get("/so-cam-ket/").content.decode()

    assert "Sổ chưa có lá nào." in page


def test_published_files_are_handed_out_and_nothing_else(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.LEDGER_DIR = str(tmp_path / "ledger")
    (tmp_path / "secret").write_text("x")
    make_received(make_all())
    settle()

    paths = ("checkpoint", "entries/000/000.jsonl", "../secret", "none", "entries")
    answers = [client.get(f"/so-cam-ket/tep/{path}") for path in paths]
    found = [answer.status_code for answer in answers]
    for answer in answers:
        answer.close()

    assert found == [200, 200, 404, 404, 404]


def test_the_leaves_and_the_figures_of_the_portal_agree() -> None:
    commune = make_all()
    make_received(commune)
    make_resolved(commune)
    ledger.seal("promises", at=MONDAY)
    while outbox.catch_up(at=now()):
        pass

    (promised,) = ledger.months_of_agencies("2026-03")
    (counted,) = figures_of_agencies(date(2026, 3, 31))

    assert (promised.received, promised.decided, promised.on_time) == (2, 1, 1)
    assert (counted.received, counted.resolved, counted.on_time) == (2, 1, 100.0)
