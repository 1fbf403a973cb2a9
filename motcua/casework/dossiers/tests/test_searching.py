import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import PartyRole
from motcua.casework.dossiers.rules.application import PartyIn
from motcua.foundation.audit import api as audit

from .make import MONDAY, Commune, make_all, make_commune, make_received

pytestmark = pytest.mark.django_db


def received_for(commune: Commune, name: str) -> str:
    return make_received(commune, parties=(PartyIn(PartyRole.APPLICANT, name, number_hint="123"),))


def codes(text: str, commune: Commune) -> list[str]:
    return [one.code for one in dossiers.search_dossiers(text, by=commune.mai, at=MONDAY)]


def test_words_without_tones_find_every_spelling() -> None:
    commune = make_all()
    made = [received_for(commune, name) for name in ("Vì Thị Hòa", "Vì Thị Hoá")]

    assert sorted(codes("vi thi hoa", commune)) == sorted(made)


def test_words_with_tones_find_the_very_name_first() -> None:
    commune = make_all()
    very, _other = (received_for(commune, name) for name in ("Vì Thị Hòa", "Vì Thị Hoá"))

    assert codes("Hoà", commune)[0] == very


def test_another_commune_finds_nothing() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    received_for(commune, "Vì Thị Hòa")

    assert codes("Vì Thị Hòa", other) == []


@pytest.mark.parametrize("odd", ["'", "\\'", "& | !", "   "])
def test_odd_signs_do_no_harm(odd: str) -> None:
    commune = make_all()

    assert codes(odd, commune) == []


def test_a_search_leaves_a_trace() -> None:
    commune = make_all()

    codes("Vì Thị Hòa", commune)

    entries = audit.accesses_of("search:Vì Thị Hòa")
    assert [entry.actor_name for entry in entries] == [commune.mai.name]
