import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.lib.errors import BadInput

from .make import MONDAY, make_commune

pytestmark = pytest.mark.django_db


def test_a_view_is_kept_for_its_officer_alone() -> None:
    commune = make_commune()
    dossiers.save_view("Quá hạn của tôi", "ai=toi&han=qua", by=commune.mai, at=MONDAY)

    kept = [
        [view.query for view in dossiers.views_for(actor)] for actor in (commune.mai, commune.hoa)
    ]

    assert kept == [["ai=toi&han=qua"], []]


def test_the_same_name_gets_the_new_conditions() -> None:
    commune = make_commune()
    for query in ("han=qua", "han=gap"):
        dossiers.save_view("Gấp", query, by=commune.mai, at=MONDAY)

    assert [view.query for view in dossiers.views_for(commune.mai)] == ["han=gap"]


def test_a_view_needs_a_name() -> None:
    commune = make_commune()

    with pytest.raises(BadInput, match="đặt tên"):
        dossiers.save_view("  ", "han=qua", by=commune.mai, at=MONDAY)


def test_there_is_an_end_to_views() -> None:
    commune = make_commune()
    for number in range(12):
        dossiers.save_view(f"Danh sách {number}", "", by=commune.mai, at=MONDAY)

    with pytest.raises(BadInput, match="bỏ bớt"):
        dossiers.save_view("Một cái nữa", "", by=commune.mai, at=MONDAY)


def test_another_officers_view_cannot_be_dropped() -> None:
    commune = make_commune()
    view = dossiers.save_view("Gấp", "han=gap", by=commune.mai, at=MONDAY)

    dossiers.drop_view(view.pk, by=commune.hoa, at=MONDAY)

    assert [kept.pk for kept in dossiers.views_for(commune.mai)] == [view.pk]
