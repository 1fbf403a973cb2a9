"""Translating texts of procedures: how far it is, text by text, by whom."""

import pytest
from django.test import Client

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, NOW, make_procedure
from motcua.foundation.audit import api as audit
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .people import page_of

pytestmark = pytest.mark.django_db
CODE = "1.004873"
LIST, ONE = "thu-tuc/tieng-anh/", f"thu-tuc/{CODE}/tieng-anh/"
SHARED = f"{LIST}ten-chung/"


@pytest.fixture(autouse=True)
def _published() -> None:
    procedures.forget_kept()
    make_procedure()


def texts() -> list[procedures.TextAt]:
    return procedures.texts_of(procedures.read_procedure(CODE, NOW.date()).definition)


@pytest.mark.parametrize("path", [LIST, ONE, SHARED])
def test_texts_are_translated_for_the_whole_province_only(
    xuan: Client, dung: Client, path: str
) -> None:
    assert [page_of(person, path) for person in (xuan, dung)] == ["403", "403"]


def test_what_was_written_stands_beside_the_text_and_counts(quan: Client) -> None:
    first, second = texts()[:2]

    quan.post(f"/quan-tri/{ONE}", {f"en.{first.key}": "  Single   status ", "en.strange": "x"})

    assert procedures.english_of([first.words]) == {first.words: "Single status"}
    assert f"1/{len(texts())}" in page_of(quan, LIST)
    assert "Single status" in page_of(quan, ONE)
    left = page_of(quan, f"{ONE}?con=1")
    assert (first.key in left, second.key in left) == (False, True)
    trail = audit.trail_of("procedures:english")
    assert [(one.action, one.detail) for one in trail] == [("procedures.translated", {"texts": 1})]


def test_what_was_written_is_kept_whoever_else_translates_meanwhile(quan: Client) -> None:
    first, second = texts()[:2]
    procedures.translate_texts({first.words: "By somebody else"}, by=EDITOR, at=NOW)

    answer = quan.post(
        f"/quan-tri/{ONE}?con=1&tu=60", {f"en.{first.key}": "Mine", f"en.{second.key}": "Second"}
    )

    kept = procedures.english_of([first.words, second.words])
    assert kept == {first.words: "Mine", second.words: "Second"}
    assert answer.headers["Location"] == f"/quan-tri/{ONE}?con=1"


def test_a_text_is_the_same_however_it_is_broken_into_lines() -> None:
    procedures.translate_texts({"Giấy  khai\nsinh": "Birth certificate"}, by=EDITOR, at=NOW)

    spellings = ["Giấy khai sinh", "Giấy khai\n  sinh"]
    assert procedures.english_of(spellings) == dict.fromkeys(spellings, "Birth certificate")


def test_an_emptied_translation_is_gone(quan: Client) -> None:
    first = texts()[0]
    for words in ("Single status", ""):
        quan.post(f"/quan-tri/{ONE}", {f"en.{first.key}": words})

    assert procedures.english_of([first.words]) == {}


def test_names_on_many_pages_are_translated_once(quan: Client) -> None:
    assert "Lĩnh vực" in page_of(quan, SHARED)


def test_nobody_translates_without_the_power() -> None:
    with pytest.raises(NotAllowed):
        procedures.translate_texts({"Tên": "Name"}, by=Actor(id=7, name="Lan"), at=NOW)
