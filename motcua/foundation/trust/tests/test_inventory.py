"""Administrators find certificates, and say which may still be used."""

from datetime import timedelta

import pytest

from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import CertificateState, InventoryAsk
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import MONDAY, QUANG, make_server_certificate

pytestmark = pytest.mark.django_db


def names(ask: InventoryAsk) -> list[str]:
    found = trust.inventory(ask, at=MONDAY, limit=10)
    return [row.certificate.subject_name for row in found]


@pytest.fixture
def _three() -> None:
    make_server_certificate("Nguyễn Thị Hoa", officer_id=5, days=300)
    make_server_certificate("Lò Văn Phúc", officer_id=6, days=20)
    make_server_certificate("UBND xã Mường Phăng", agency_id=7, days=100)


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    ("ask", "found"),
    [
        (InventoryAsk(), ["Lò Văn Phúc", "UBND xã Mường Phăng", "Nguyễn Thị Hoa"]),
        (InventoryAsk(within_days=60), ["Lò Văn Phúc"]),
        (InventoryAsk(text=" mường  phăng "), ["UBND xã Mường Phăng"]),
        (InventoryAsk(holder_kind="agency"), ["UBND xã Mường Phăng"]),
        (InventoryAsk(state="suspended"), []),
        (InventoryAsk(state="nonsense", holder_kind="x"), ["Lò Văn Phúc", "UBND xã Mường Phăng"]),
    ],
)
def test_certificates_are_found(ask: InventoryAsk, found: list[str]) -> None:
    assert names(ask)[: len(found) or 9] == found


@pytest.mark.usefixtures("_three")
def test_the_list_goes_on_after_the_row_before() -> None:
    first = trust.inventory(InventoryAsk(), at=MONDAY, limit=1)[0].certificate

    rest = trust.inventory(InventoryAsk(), at=MONDAY, after=(first.not_after, first.pk), limit=10)

    assert [row.certificate.subject_name for row in rest] == [
        "UBND xã Mường Phăng",
        "Nguyễn Thị Hoa",
    ]


@pytest.mark.usefixtures("_three")
def test_the_whole_inventory_comes_row_by_row() -> None:
    rows = trust.whole_inventory(InventoryAsk(), at=MONDAY)

    assert len(list(rows)) == 3


MOVES = [(one, other) for one in CertificateState for other in CertificateState if other != one]


@pytest.mark.parametrize(("current", "target"), MOVES)
def test_a_certificate_moves_as_the_table_says(
    current: CertificateState, target: CertificateState
) -> None:
    own = make_server_certificate("Nguyễn Thị Hoa", officer_id=5)
    trust.Certificate.objects.filter(pk=own.pk).update(state=current)
    change = (own.sha256, target, "Theo quyết định")

    if target in trust.MOVES[current]:
        assert trust.set_certificate_state(*change, by=QUANG, at=MONDAY).state == target
        return
    with pytest.raises(trust.TrustError):
        trust.set_certificate_state(*change, by=QUANG, at=MONDAY)


def test_an_administrator_of_one_agency_changes_no_certificate() -> None:
    own = make_server_certificate("Nguyễn Thị Hoa", officer_id=5)
    xuan = Actor(id=9, name="Lò Thị Xuân", powers={"signing.administer": frozenset({7})})

    with pytest.raises(NotAllowed):
        trust.set_certificate_state(own.sha256, CertificateState.ENDED, "x", by=xuan, at=MONDAY)


def test_how_many_days_are_left_is_counted_in_whole_days() -> None:
    assert trust.days_left(MONDAY + timedelta(days=2, hours=23), MONDAY) == 2
