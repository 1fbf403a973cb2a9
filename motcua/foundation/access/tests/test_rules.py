"""From roles to powers, from posts to reach."""

import pytest

from motcua.foundation.access.choices import Power
from motcua.foundation.access.rules.roles import PRIVILEGED, ROLE_POWERS
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation.api import PostRole


def test_every_role_has_an_entry() -> None:
    assert set(ROLE_POWERS) == set(PostRole)


def test_every_power_is_granted_by_some_role() -> None:
    assert frozenset[Power]().union(*ROLE_POWERS.values()) == frozenset(Power)


def test_rooms_below_speak_of_the_same_power() -> None:
    assert Power.ADMINISTER_IDENTITY == identity.ADMINISTER


@pytest.mark.parametrize("role", [one for one in PostRole if one != PostRole.ADMINISTRATOR])
def test_only_administrators_are_privileged(role: PostRole) -> None:
    assert ROLE_POWERS[role].isdisjoint(PRIVILEGED)


def test_administrators_do_not_handle_dossiers() -> None:
    powers = {power for power in ROLE_POWERS[PostRole.ADMINISTRATOR] if "dossiers" in power}

    assert powers == set()
