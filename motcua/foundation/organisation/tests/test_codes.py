"""Codes of agencies: lawful forms, and both ways between the new form and the legacy one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.organisation.errors import BadOrganisation
from motcua.foundation.organisation.rules.codes import (
    NEW_CODE,
    check_code,
    is_below,
    legacy_code_of,
    new_code_of,
)

GROUP = st.from_regex(r"[0-9A-Z][1-9A-Z]", fullmatch=True)
LOWEST = st.from_regex(r"[0-9A-Z]{2}[1-9A-Z]", fullmatch=True)


@pytest.mark.parametrize(
    ("legacy", "new"),
    [
        ("000.00.00.H18", "H18"),
        ("000.00.04.G18", "G18.04"),
        ("000.03.04.H18", "H18.04.03"),
        ("012.03.04.H18", "H18.04.03.012"),
        ("012.00.04.H18", "H18.04.00.012"),
    ],
)
def test_legacy_codes_are_read_from_right_to_left(legacy: str, new: str) -> None:
    assert new_code_of(legacy) == new
    assert legacy_code_of(new) == legacy


@pytest.mark.parametrize(
    "code", ["H18.101", "H15.50.05.13", "H18.04.03.012.01", "H18.00", "Z01ABC", "0100109106", ""]
)
def test_some_codes_have_no_legacy_form(code: str) -> None:
    assert legacy_code_of(code) is None


@pytest.mark.parametrize("code", ["H18", "000.00.H18", "00.00.00.H18", "000.00.00.h18"])
def test_only_the_thirteen_character_form_is_a_legacy_code(code: str) -> None:
    with pytest.raises(BadOrganisation):
        new_code_of(code)


@pytest.mark.parametrize(
    "code",
    ["H18", "H15.50.05.13", "G09.20", "A01.1", "Z01ABC", "0100109106", "000.00.00.H18", "K18"],
)
def test_lawful_codes_are_accepted(code: str) -> None:
    check_code(code)


@pytest.mark.parametrize(
    "code", ["", "h18", "H1", "H18.", "H18..04", "H18.Đ1", "Z01", "H18." + "1" * 32, "H18\n"]
)
def test_unlawful_codes_are_refused(code: str) -> None:
    with pytest.raises(BadOrganisation) as refusal:
        check_code(code)

    assert refusal.value.field == "code"


@pytest.mark.parametrize(
    ("code", "parent", "below"),
    [("H18.101", "H18", True), ("H18", "H18", False), ("H181.1", "H18", False)],
)
def test_a_code_is_below_another_by_whole_groups(code: str, parent: str, below: object) -> None:
    assert is_below(code, parent) is below


@given(groups=st.lists(GROUP, max_size=2), lowest=st.one_of(st.none(), LOWEST))
def test_what_converts_converts_back(groups: list[str], lowest: str | None) -> None:
    tail = [lowest] if lowest and len(groups) == 2 else []
    code = ".".join(["H18", *groups, *tail])

    legacy = legacy_code_of(code)

    assert legacy is not None
    assert new_code_of(legacy) == code
    assert re.match(NEW_CODE, code)
