"""Whoever changes a row with all the rights of a database administrator is found and named."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from motcua.foundation.audit import api as audit
from motcua.foundation.ledger.errors import BadCountersignature
from motcua.foundation.ledger.models import Stream
from motcua.foundation.ledger.operations.heads import countersign, know_countersigner
from motcua.foundation.ledger.operations.publishing import publish
from motcua.foundation.ledger.operations.sealing import seal
from motcua.foundation.ledger.queries.verifying import Finding, verify
from motcua.lib import work

from .make import (
    HOA,
    MONDAY,
    SoftwareSigner,
    bear_witness,
    later,
    make_fact,
    make_facts,
    publish_to,
    settle,
    use_key,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True)
FACTS = make_facts(5)
GUARDED = (
    "audit_entry",
    "ledger_leaf",
    "ledger_placed",
    "ledger_tile",
    "ledger_head",
    "ledger_headsignature",
)


@pytest.fixture(autouse=True)
def _sealed(settings: Settings, tmp_path: Path) -> None:
    """Five promises and three acts in the trail, sealed, signed, published."""
    use_key(settings)
    publish_to(settings, tmp_path)
    bear_witness(*FACTS)
    write(*FACTS)
    for number in (1, 2, 3):
        act(f"tea:{number}")
    settle()
    publish(at=MONDAY)


@work.story
def act(subject: str) -> None:
    audit.record("tea.serve", subject, by=HOA, at=MONDAY)


def run(*statements: str) -> None:
    """Do what somebody does who may do everything."""
    with connection.cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for sql in statements:
            cursor.execute(sql)


def first() -> Finding:
    return next(verify())


def test_a_ledger_that_nobody_touched_is_whole() -> None:
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("sql", "index", "says"),
    [
        (
            (
                "UPDATE ledger_leaf SET public = replace(convert_from(public, 'utf8'), 'H18.101',"
                " 'H18.102')::bytea WHERE subject LIKE '%0003'"
            ),
            2,
            "lá 2 (received H18.101-260302-0003) không còn như lúc niêm phong",
        ),
        (
            "DELETE FROM ledger_leaf WHERE subject LIKE '%0003'",
            2,
            "lá 2 phải là dòng 3, lại gặp dòng 4 (received H18.101-260302-0004)",
        ),
        (
            (
                "INSERT INTO ledger_leaf (id, epoch, xid, kind, subject, seq, at, public,"
                " commitment) SELECT id + 1000, epoch, xid, kind, subject, seq, at, public,"
                " commitment"
                " FROM ledger_leaf WHERE subject LIKE '%0005'"
            ),
            5,
            "lá 5 phải là dòng 6, lại gặp dòng 1005 (received H18.101-260302-0005)",
        ),
        (
            (
                "UPDATE ledger_tile SET hashes = substr(hashes, 1, 32) || sha256('x') ||"
                " substr(hashes, 65) WHERE stream = 'promises'"
            ),
            1,
            "lá 1 (received H18.101-260302-0002) không còn như lúc niêm phong",
        ),
        (
            (
                "UPDATE ledger_placed SET tree_index = tree_index + 100"
                " WHERE stream = 'promises' AND tree_index < 2;"
                "UPDATE ledger_placed SET tree_index = 101 - tree_index"
                " WHERE stream = 'promises' AND tree_index > 99"
            ),
            0,
            "lá 0 phải là dòng 2, lại gặp dòng 1 (received H18.101-260302-0001)",
        ),
        (
            "UPDATE ledger_head SET root = sha256('x') WHERE stream = 'promises'",
            None,
            "đầu sổ 7 lá đã công bố khác với đầu sổ đang giữ",
        ),
        (
            "DELETE FROM ledger_placed WHERE stream = 'promises' AND tree_index = 6",
            6,
            "dòng 7 (anchor looks) được chèn thêm, không có trong cây",
        ),
    ],
    ids=["edited", "deleted", "doubled", "tile", "places", "head", "place"],
)
def test_each_way_of_changing_the_public_stream_is_named(
    sql: str, index: int | None, says: str
) -> None:
    offset = first_id() - 1
    run(sql)

    found = first()

    assert (found.stream, found.index) == ("promises", index)
    assert found.says == shifted(says, offset)


def first_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM ledger_leaf")
        return int(cursor.fetchone()[0])


def shifted(says: str, offset: int) -> str:
    """Return the words with the ids that this test's rows really have."""
    return re.sub(r"dòng (\d+)", lambda found: f"dòng {int(found[1]) + offset}", says)


def test_an_edited_trail_is_named() -> None:
    run("UPDATE audit_entry SET actor_name = 'Ai đó' WHERE subject = 'tea:2'")

    says = "lá 1 (tea.serve tea:2) không còn như lúc niêm phong"
    assert list(verify()) == [Finding("trail", 1, says)]


def test_a_trail_from_which_somebody_took_a_row_is_named() -> None:
    run("DELETE FROM audit_entry WHERE subject = 'tea:2'")

    found = first()

    assert (found.stream, found.index) == ("trail", 1)
    assert found.says.endswith("(tea.serve tea:3)")


def test_a_trail_sealed_anew_does_not_fit_its_anchor_in_the_public_stream() -> None:
    run(
        "DELETE FROM audit_entry WHERE subject = 'tea:2'",
        "DELETE FROM ledger_placed WHERE stream = 'trail'",
        "DELETE FROM ledger_tile WHERE stream = 'trail'",
        "DELETE FROM ledger_head WHERE stream = 'trail'",
        "UPDATE ledger_stream SET size = 0, root = '', xid = 0, row_id = 0 WHERE name = 'trail'",
    )
    act("tea:4")
    seal("trail", at=MONDAY)

    says = "gốc không khớp với lá niêm phong 3 dòng trong sổ công khai"
    assert list(verify()) == [Finding("trail", 2, says)]


def test_a_shorter_past_is_found_by_the_published_head() -> None:
    run(
        "DELETE FROM ledger_leaf",
        "DELETE FROM ledger_placed",
        "DELETE FROM ledger_tile",
        "DELETE FROM ledger_head",
        "UPDATE ledger_stream SET size = 0, root = '', xid = 0, row_id = 0, published_size = 0",
    )

    seal("promises", at=later())

    assert first().says == "đầu sổ 7 lá đã công bố không còn trong cơ sở dữ liệu"
    assert Stream.objects.get(pk="promises").stopped_why.startswith("Đã công bố 7 lá")


def test_a_signature_that_is_not_over_the_head_is_named() -> None:
    run("UPDATE ledger_headsignature SET signature = sha256('x')")

    says = "chữ ký của UBND tỉnh Điện Biên dưới đầu sổ 7 lá không đúng"
    assert list(verify()) == [Finding("promises", None, says)]


def test_a_head_whose_signed_words_say_something_else_is_named() -> None:
    run("UPDATE ledger_head SET text = replace(text, E'\\n7\\n', E'\\n6\\n') WHERE text <> ''")

    assert first().says == "lời được ký của đầu sổ 7 lá nói khác dữ liệu"


def test_a_leaf_whose_act_is_gone_is_named() -> None:
    bear_witness(*FACTS[:2], *FACTS[3:])

    says = "H18.101-260302-0003, Tiếp nhận (lần 1): hồ sơ không còn"
    assert list(verify()) == [Finding("promises", 2, says)]


def test_a_leaf_whose_act_says_something_else_is_named() -> None:
    record = {**FACTS[2].record, "due": "2026-04-01"}
    bear_witness(*FACTS[:2], replace(FACTS[2], record=record), *FACTS[3:])

    says = "H18.101-260302-0003, Tiếp nhận (lần 1): hồ sơ nay nói khác"
    assert list(verify()) == [Finding("promises", 2, says)]


def test_an_act_without_its_leaf_is_named() -> None:
    bear_witness(*FACTS, make_fact(2, "decided"))

    says = "H18.101-260302-0001: Có kết quả (lần 2) được chèn vào hồ sơ, không có trong sổ"
    assert list(verify()) == [Finding("promises", None, says)]


def test_a_doubled_leaf_that_was_sealed_is_named() -> None:
    write(FACTS[0])
    seal("promises", at=later())

    says = "H18.101-260302-0001, Tiếp nhận (lần 1): lá này có hai lần"
    assert list(verify()) == [Finding("promises", 7, says)]


def test_a_known_agency_countersigns_and_a_stranger_does_not() -> None:
    witness, stranger = SoftwareSigner(), SoftwareSigner()
    know_countersigner("Thanh tra tỉnh", witness.public_key, by=HOA, at=MONDAY)
    text = head_text_of(7)

    name = countersign(7, witness.sign(text), at=MONDAY)

    forged = stranger.sign(text)
    with pytest.raises(BadCountersignature, match="không phải của cơ quan nào"):
        countersign(7, forged, at=MONDAY)
    assert (name, list(verify())) == ("Thanh tra tỉnh", [])


def head_text_of(size: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM ledger_head WHERE size = %s AND text <> ''", [size])
        return str(cursor.fetchone()[0]).encode()
