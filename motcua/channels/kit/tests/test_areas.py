"""Which working areas are open to whom."""

import pytest

from motcua.channels.kit.areas import working_areas
from motcua.foundation.access.api import ROLE_POWERS
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor

ROOM = frozenset({7})


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (PostRole.DESK_OFFICER, ["Một cửa"]),
        (PostRole.DESK_HEAD, ["Một cửa", "Xử lý", "Văn bản"]),
        (PostRole.HANDLER, ["Xử lý", "Văn bản"]),
        (PostRole.AGENCY_LEADER, ["Xử lý", "Văn bản"]),
        (PostRole.PROVINCE_MONITOR, ["Xử lý"]),
        (PostRole.ADMINISTRATOR, ["Quản trị"]),
        (PostRole.HELPER, ["Nộp giúp"]),
    ],
)
def test_each_role_sees_the_areas_it_works_in(role: PostRole, words: list[str]) -> None:
    actor = Actor(id=1, name="x", powers=dict.fromkeys(ROLE_POWERS[role], ROOM))

    assert [area.word for area in working_areas(actor)] == words


def test_the_area_that_is_open_is_always_named() -> None:
    visitor = Actor(id=1, name="x")

    assert [area.key for area in working_areas(visitor, here="office")] == ["office"]
