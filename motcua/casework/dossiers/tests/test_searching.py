from dataclasses import replace
from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import PartyRole
from motcua.casework.dossiers.models import AnswerField
from motcua.casework.dossiers.rules.application import PartyIn, SubmitterIn
from motcua.foundation.audit import api as audit
from motcua.foundation.people import api as people
from motcua.foundation.people.tests.make import make_person
from motcua.foundation.search import api as search
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import (
    LAN,
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_commune,
    make_filed,
    make_received,
)

pytestmark = pytest.mark.django_db


def make_named(commune: Commune, name: str, *, person_id: int | None = None) -> str:
    """Return the code of a dossier whose applicant has this name."""
    return make_filed(
        commune,
        parties=(PartyIn(PartyRole.APPLICANT, name, person_id=person_id),),
        submitter=SubmitterIn(name=name),
    )


def found(actor: Actor, text: str) -> list[str]:
    return [dossier.code for dossier in dossiers.search_dossiers(text, by=actor, at=MONDAY).rows]


def test_a_whole_code_finds_its_dossier_in_any_case() -> None:
    commune = make_all()
    code = make_filed(commune)

    assert found(commune.binh, f" {code.lower()} ") == [code]


def test_very_words_come_before_folded_ones() -> None:
    commune = make_all()
    folded, exact = make_named(commune, "Lo Thi Hoa"), make_named(commune, "Lò Thị Hòa")

    assert [found(commune.binh, text) for text in ("Lò Thị Hoà", "lo thi hoa")] == [
        [exact, folded],
        [exact, folded],
    ]


def test_a_surname_alone_finds_all_who_have_it_newest_first() -> None:
    commune = make_all()
    codes = [make_named(commune, name) for name in ("Lò Văn An", "Quàng Thị Mai", "Lò Thị Bua")]

    assert found(commune.binh, "Lò") == [codes[2], codes[0]]


def test_people_of_another_commune_find_none_of_it() -> None:
    commune = make_all()
    dung = make_commune("H18.102", "UBND xã Nà Tấu", first=11).binh
    code = make_named(commune, "Lò Văn An")

    assert [found(dung, text) for text in (code, "Lò Văn An")] == [[], []]


def test_inside_an_agency_the_scope_rows_decide() -> None:
    commune = make_all()
    make_named(commune, "Lò Văn An")
    received = make_received(commune)

    assert [found(commune.mai, name) for name in ("Lò Văn An", "Lò Thị Lan")] == [[], [received]]


def test_who_sees_the_whole_province_finds_everywhere() -> None:
    commune = make_all()
    code = make_named(commune, "Lò Văn An")
    monitor = replace(commune.binh, unit_ids=(), sees_all=True)

    assert found(monitor, "an lo") == [code]


def test_a_unit_that_was_asked_finds_the_dossier() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)
    due_at = MONDAY.replace(hour=16)

    dossiers.consult(
        code, question="?", due_at=due_at, unit_id=other.justice_id, by=commune.mai, at=MONDAY
    )

    assert found(other.mai, "Lò Thị Lan") == [code]


def test_a_personal_number_finds_what_its_person_takes_part_in() -> None:
    commune = make_all()
    number = "011203000123"
    person = make_person("Lò Văn An", number_hash=people.hash_number(number))
    mine = make_named(commune, "Lò Văn An", person_id=person.pk)
    child = PartyIn(PartyRole.SUBJECT, "Lò Văn An", person_id=person.pk)
    about_me = make_filed(commune, parties=(PartyIn(PartyRole.APPLICANT, "Lan"), child))
    make_named(commune, "Lò Văn An")
    dung = make_commune("H18.102", "UBND xã Nà Tấu", first=11).binh

    results = [found(commune.binh, "011 203 000 123"), found(dung, number)]

    assert results == [[about_me, mine], []]
    assert found(commune.binh, "011203999999") == []


def test_a_corrected_name_is_found_and_the_wrong_one_is_not() -> None:
    commune = make_all()
    code = make_received(commune, submitter=SubmitterIn(name="Quàng Văn Tâm"))

    dossiers.correct_reception(
        code, {"applicant_name": "Vàng A Páo"}, "Gõ nhầm", by=commune.oanh, at=MONDAY
    )

    assert [found(commune.binh, name) for name in ("Vàng A Páo", "Lò Thị Lan")] == [[code], []]


def test_searching_for_people_leaves_a_trace_and_needs_the_power() -> None:
    commune = make_all()
    make_named(commune, "Lò Văn An")
    found(commune.binh, "Lò Văn An")
    with pytest.raises(NotAllowed):
        found(LAN, "Lò Văn An")

    seen = audit.accesses_of("search:dossiers")

    assert [(one.actor_name, one.purpose, one.detail) for one in seen] == [
        ("Trần Văn Bình", "dossiers.search", {"by": "name", "found": 1})
    ]


@pytest.mark.parametrize("share", [0.0, 0.9])
def test_a_long_answer_goes_on_by_cursor(share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    common = dict.fromkeys(["do~lo", "do=lo1"], share)
    monkeypatch.setattr("motcua.foundation.search.queries.entries.common_terms", lambda: common)
    commune = make_all()
    codes = [make_named(commune, "Lò Văn An") for _ in range(3)]

    asked = list[str]()
    by_index = search.find

    def find(kind: str, text: str, **how: Any) -> Any:
        asked.append(text)
        return by_index(kind, text, **how)

    monkeypatch.setattr(search, "find", find)

    first = dossiers.search_dossiers("Lò", by=commune.binh, at=MONDAY, limit=2)
    second = dossiers.search_dossiers("Lò", by=commune.binh, at=MONDAY, limit=2, after=first.next)

    pages = [[dossier.code for dossier in page.rows] for page in (first, second)]
    assert (pages, second.next) == ([[codes[2], codes[1]], [codes[0]]], None)
    assert len(asked) == (1 if share else 2)  # what is common is read from the newest alone


@pytest.mark.parametrize("odd", ["  ", "'", "\\'", "& | !"])
def test_nothing_or_odd_signs_find_nothing(odd: str) -> None:
    assert found(make_all().binh, odd) == []


def test_everything_can_be_found_again_after_a_rebuilding() -> None:
    commune = make_all()
    code = make_named(commune, "Lò Văn An")
    forget(code)
    before = found(commune.binh, "Lò Văn An")

    rebuilt = search.rebuild("dossier")

    assert (before, rebuilt, found(commune.binh, "Lò Văn An")) == ([], 1, [code])


@work.story
def forget(code: str) -> None:
    search.forget("dossier", get_dossier(code).pk)


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_search_costs_the_same_however_much_it_finds(how_many: int) -> None:
    commune = make_all()
    for _ in range(how_many):
        make_named(commune, "Lò Văn An")

    with work.metered() as meter:
        page = dossiers.search_dossiers("Lò Văn An", by=commune.binh, at=MONDAY)

    assert (len(page.rows), meter.statements) == (how_many, 5)


def test_what_a_form_lets_be_found_finds_its_dossier_word_for_word() -> None:
    commune = make_all()
    code = make_filed(commune)
    dossier = get_dossier(code)
    for seq, (field, text) in enumerate([("bien_so", "27B-00001"), ("so_giay_to", "GTH 0045127")]):
        AnswerField.objects.create(dossier_id=dossier.pk, seq=90_000 + seq, field=field, text=text)
    stranger = make_commune("H18.102", "UBND xã Nà Tấu", first=11).binh

    assert [found(commune.binh, text) for text in ("GTH 0045127", "gth 0045127", "27b-00001")] == [
        [code]
    ] * 3
    assert found(commune.binh, "GTH 004512") == []
    assert found(stranger, "GTH 0045127") == []
