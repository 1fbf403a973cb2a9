"""Who may sign for an agency in which capacity, and what is printed above the name."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from motcua.foundation.access.api import Power
from motcua.foundation.access.tests.make import make_actor
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Post, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit, root_of
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Capacity, DocumentKind, RightIn
from motcua.foundation.signing.rules.rights import RightInfo, block_of
from motcua.foundation.trust.tests.make import MONDAY, QUANG
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

TODAY = date(2026, 3, 2)
K, C = DocumentKind, Capacity


@dataclass(frozen=True)
class Commune:
    """A commune with a chairwoman, her deputy and a head of division, each with an account."""

    agency_id: int
    chair: Post
    deputy: Post
    head: Post
    hoa: Actor
    nam: Actor
    thu: Actor

    def right(self, post: Post, capacity: Capacity, **more: Any) -> RightIn:
        return RightIn(self.agency_id, post.pk, capacity, TODAY, **more)

    def authorise(self, **changes: Any) -> RightIn:
        values: dict[str, Any] = {
            "head_post_id": self.chair.pk,
            "valid_to": date(2026, 12, 31),
            "kinds": [K.OUTCOME],
            "basis_number": "12/GUQ-UBND",
            "basis_on": date(2026, 2, 27),
        }
        return self.right(self.head, C.BY_AUTHORISATION, **{**values, **changes})


def make_commune() -> Commune:
    agency = make_agency()
    root, division = root_of(agency), make_unit(agency)
    organisation.forget_tree()

    def seat(name: str, user: str, title: str, unit: Any, role: PostRole) -> tuple[Post, Actor]:
        account = make_officer_account(name, username=user)
        post = make_post(unit, role, title=title, holder=account.officer)
        return post, Actor(account.pk, name, title=title)

    leader = PostRole.AGENCY_LEADER
    chair, hoa = seat("Nguyễn Thị Hoa", "hoa", "Chủ tịch", root, leader)
    deputy, nam = seat("Lường Văn Nam", "nam", "Phó Chủ tịch", root, leader)
    head, thu = seat("Cà Thị Thu", "thu", "Trưởng phòng", division, PostRole.UNIT_HEAD)
    return Commune(agency.pk, chair, deputy, head, hoa, nam, thu)


def make_right(capacity: Capacity, **changes: Any) -> RightInfo:
    right = RightInfo(
        1, 2, 3, "Phó Chủ tịch", capacity, 4, "Chủ tịch", "", "", (), TODAY, valid_to=None
    )
    return replace(right, **changes)


@pytest.mark.parametrize(
    ("right", "lines", "title"),
    [
        (make_right(C.OWN, title="Giám đốc", head_title=""), (), "Giám đốc"),
        (
            make_right(C.ON_BEHALF, title="Chủ tịch", collective="Ủy ban nhân dân"),
            ("TM. Ủy ban nhân dân",),
            "Chủ tịch",
        ),
        (make_right(C.DEPUTY), ("KT. Chủ tịch",), "Phó Chủ tịch"),
        (
            make_right(C.DEPUTY, collective="Ủy ban nhân dân"),
            ("TM. Ủy ban nhân dân", "KT. Chủ tịch"),
            "Phó Chủ tịch",
        ),
        (make_right(C.BY_ORDER, title="Chánh Văn phòng"), ("TL. Chủ tịch",), "Chánh Văn phòng"),
        (
            make_right(
                C.DEPUTY,
                title="Phó Chánh Văn phòng",
                head_title="Chánh Văn phòng",
                order_title="Chủ tịch",
            ),
            ("TL. Chủ tịch", "KT. Chánh Văn phòng"),
            "Phó Chánh Văn phòng",
        ),
        (make_right(C.BY_AUTHORISATION, title="Trưởng phòng"), ("TUQ. Chủ tịch",), "Trưởng phòng"),
        (make_right(C.ACTING, title="Giám đốc", head_title=""), (), "Q. Giám đốc"),
    ],
)
def test_the_block_is_printed_as_the_decree_says(
    right: RightInfo, lines: tuple[str, ...], title: str
) -> None:
    block = block_of(right, "Lường Văn Nam")

    assert (block.lines, block.title, block.name) == (lines, title, "Lường Văn Nam")


@pytest.mark.django_db
def test_where_nothing_is_written_down_everybody_signs_under_the_own_title() -> None:
    commune = make_commune()

    block = signing.block_for(commune.nam, commune.agency_id, K.OUTCOME, MONDAY)

    assert (block.capacity, block.lines, block.title) == (C.OWN, (), "Phó Chủ tịch")


@pytest.mark.django_db
def test_a_deputy_signs_for_the_head() -> None:
    commune = make_commune()
    given = commune.right(commune.deputy, C.DEPUTY, head_post_id=commune.chair.pk)
    signing.give_right(given, by=QUANG, at=MONDAY)

    block = signing.block_for(commune.nam, commune.agency_id, K.OUTCOME, MONDAY)

    assert (block.printed, block.title, block.on_behalf_of) == (
        "KT. Chủ tịch",
        "Phó Chủ tịch",
        "Chủ tịch",
    )


@pytest.mark.django_db
def test_who_has_no_right_does_not_sign_where_rights_are_written_down() -> None:
    commune = make_commune()
    signing.give_right(commune.right(commune.chair, C.OWN), by=QUANG, at=MONDAY)

    with pytest.raises(signing.NoSigningRight, match="không có thẩm quyền ký kết quả"):
        signing.block_for(commune.thu, commune.agency_id, K.OUTCOME, MONDAY)


@pytest.mark.django_db
def test_an_authorisation_holds_for_its_kinds_and_days_only() -> None:
    commune = make_commune()
    signing.give_right(commune.right(commune.chair, C.OWN), by=QUANG, at=MONDAY)
    signing.give_right(commune.authorise(), by=QUANG, at=MONDAY)

    block = signing.block_for(commune.thu, commune.agency_id, K.OUTCOME, MONDAY)

    assert block.printed == "TUQ. Chủ tịch"
    with pytest.raises(signing.NoSigningRight):
        signing.block_for(commune.thu, commune.agency_id, K.APOLOGY, MONDAY)
    later = MONDAY.replace(year=2027)
    with pytest.raises(signing.NoSigningRight):
        signing.block_for(commune.thu, commune.agency_id, K.OUTCOME, later)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basis_number": ""}, "basis_number"),
        ({"basis_on": None}, "basis_number"),
        ({"basis_on": date(2026, 3, 3)}, "basis_on"),
        ({"valid_to": None}, "valid_to"),
        ({"valid_to": date(2026, 3, 1)}, "valid_to"),
        ({"kinds": []}, "kinds"),
        ({"head_post_id": None}, "head_post"),
        ({"collective": "Ủy ban nhân dân"}, "collective"),
    ],
)
def test_an_authorisation_has_a_document_a_period_and_kinds(
    changes: dict[str, Any], field: str
) -> None:
    commune = make_commune()

    with pytest.raises(BadInput) as refused:
        signing.give_right(commune.authorise(**changes), by=QUANG, at=MONDAY)

    assert refused.value.field == field


@pytest.mark.django_db
def test_who_was_authorised_authorises_nobody() -> None:
    commune = make_commune()
    signing.give_right(commune.authorise(), by=QUANG, at=MONDAY)
    again = replace(commune.authorise(), post_id=commune.deputy.pk, head_post_id=commune.head.pk)

    with pytest.raises(BadInput, match="không được ủy quyền lại"):
        signing.give_right(again, by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_a_post_of_another_agency_gets_no_right() -> None:
    commune = make_commune()
    other = make_agency("H18.102", "UBND xã Nà Tấu")
    organisation.forget_tree()
    post = make_post(root_of(other), PostRole.AGENCY_LEADER)

    with pytest.raises(BadInput, match="không thuộc cơ quan ban hành"):
        signing.give_right(commune.right(post, C.OWN), by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_one_post_signs_in_one_capacity_at_a_time() -> None:
    commune = make_commune()
    signing.give_right(commune.right(commune.deputy, C.OWN), by=QUANG, at=MONDAY)
    second = commune.right(commune.deputy, C.DEPUTY, head_post_id=commune.chair.pk)

    with pytest.raises(BadInput, match="đã có thẩm quyền"):
        signing.give_right(second, by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_a_right_that_ends_counts_to_the_end_of_the_day() -> None:
    commune = make_commune()
    signing.give_right(commune.right(commune.chair, C.OWN), by=QUANG, at=MONDAY)
    right = signing.give_right(commune.authorise(), by=QUANG, at=MONDAY)

    signing.end_right(right.pk, by=QUANG, at=MONDAY)

    assert signing.get_right(right.pk).valid_to == TODAY
    tomorrow = MONDAY.replace(day=3)
    with pytest.raises(signing.NoSigningRight):
        signing.block_for(commune.thu, commune.agency_id, K.OUTCOME, tomorrow)


@pytest.mark.django_db
def test_only_who_administers_signing_writes_rights() -> None:
    commune = make_commune()
    dung = make_actor(Power.ADMINISTER_SIGNING, name="Vũ Văn Dũng")

    with pytest.raises(NotAllowed):
        signing.give_right(commune.right(commune.chair, C.OWN), by=dung, at=MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"basis_number": ""}, "signing_authorisation_has_document_and_end"),
        ({"kinds": []}, "signing_authorisation_has_document_and_end"),
        ({"head_post": None}, "signing_right_for_somebody"),
        ({"capacity": "TM", "head_post": None}, "signing_right_for_a_collective_names_it"),
    ],
)
def test_the_database_refuses_a_right_that_is_not_whole(change: dict[str, Any], name: str) -> None:
    commune = make_commune()
    right = signing.give_right(commune.authorise(), by=QUANG, at=MONDAY)

    with pytest.raises(IntegrityError, match=name):
        signing.SigningRight.objects.filter(pk=right.pk).update(**change)


def give_order(commune: Commune, **changes: Any) -> tuple[signing.SigningRight, Post, Actor]:
    """Let the head of division sign by order; return it, the post of a deputy, and who holds it."""
    values: dict[str, Any] = {"head_post_id": commune.chair.pk, "kinds": [K.APOLOGY]}
    given = commune.right(commune.head, C.BY_ORDER, **(values | changes))
    order = signing.give_right(given, by=QUANG, at=MONDAY)
    account = make_officer_account("Lò Văn Minh", username="minh")
    unit, role = commune.head.unit, PostRole.HANDLER
    post = make_post(unit, role, title="Phó Trưởng phòng", holder=account.officer)
    return order, post, Actor(account.pk, "Lò Văn Minh", title="Phó Trưởng phòng")


@pytest.mark.django_db
def test_the_deputy_of_who_signs_by_order_prints_both_orders() -> None:
    commune = make_commune()
    _, post, minh = give_order(commune)
    given = commune.right(post, C.DEPUTY, head_post_id=commune.head.pk, kinds=[K.APOLOGY])
    signing.give_right(given, by=QUANG, at=MONDAY)

    block = signing.block_for(minh, commune.agency_id, K.APOLOGY, MONDAY)

    assert (block.printed, block.title) == ("TL. Chủ tịch\nKT. Trưởng phòng", "Phó Trưởng phòng")
    assert (block.capacity, block.on_behalf_of) == (C.DEPUTY, "Trưởng phòng, TL. Chủ tịch")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"kinds": []}, "kinds", "cấp phó chỉ ký thay những loại ấy"),
        ({"kinds": [K.APOLOGY, K.OUTCOME]}, "kinds", "cấp phó chỉ ký thay những loại ấy"),
        ({"collective": "Ủy ban nhân dân"}, "collective", "không ghi tập thể"),
    ],
)
def test_such_a_deputy_signs_no_more_than_his_head(
    changes: dict[str, Any], field: str, words: str
) -> None:
    commune = make_commune()
    _, post, _ = give_order(commune)
    values: dict[str, Any] = {"head_post_id": commune.head.pk, "kinds": [K.APOLOGY]}

    with pytest.raises(BadInput, match=words) as refused:
        signing.give_right(commune.right(post, C.DEPUTY, **(values | changes)), by=QUANG, at=MONDAY)

    assert refused.value.field == field


@pytest.mark.django_db
def test_such_a_deputy_sits_in_the_same_unit_as_his_head() -> None:
    commune = make_commune()
    give_order(commune)
    given = commune.right(commune.deputy, C.DEPUTY, head_post_id=commune.head.pk, kinds=[K.APOLOGY])

    with pytest.raises(BadInput, match="cùng đơn vị với Trưởng phòng"):
        signing.give_right(given, by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_nobody_stands_in_for_who_signs_by_authorisation() -> None:
    commune = make_commune()
    signing.give_right(commune.authorise(), by=QUANG, at=MONDAY)
    given = commune.right(commune.deputy, C.DEPUTY, head_post_id=commune.head.pk)

    with pytest.raises(BadInput, match="không được giao cấp phó ký thay"):
        signing.give_right(given, by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_when_an_order_ends_the_deputies_right_ends_with_it() -> None:
    commune = make_commune()
    order, post, _ = give_order(commune)
    given = commune.right(post, C.DEPUTY, head_post_id=commune.head.pk, kinds=[K.APOLOGY])
    deputy = signing.give_right(given, by=QUANG, at=MONDAY)

    signing.end_right(order.pk, by=QUANG, at=MONDAY)

    assert signing.get_right(deputy.pk).valid_to == TODAY


@pytest.mark.django_db
def test_the_refusal_says_who_may_sign_and_where_a_right_is_written_down() -> None:
    commune = make_commune()
    signing.give_right(commune.right(commune.chair, C.OWN), by=QUANG, at=MONDAY)
    given = commune.right(commune.deputy, C.DEPUTY, head_post_id=commune.chair.pk)
    signing.give_right(given, by=QUANG, at=MONDAY)

    with pytest.raises(signing.NoSigningRight) as refused:
        signing.block_for(commune.thu, commune.agency_id, K.OUTCOME, MONDAY)

    said = str(refused.value)
    assert "(Chủ tịch; KT. Chủ tịch, Phó Chủ tịch)" in said
    assert "“Quản trị › Thẩm quyền ký”" in said
