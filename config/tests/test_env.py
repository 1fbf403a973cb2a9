"""Settings refuse odd values with an explanation."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings import env
from config.settings.database_url import parse


def test_a_missing_text_without_default_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_COLOUR", "  ")

    with pytest.raises(ImproperlyConfigured, match="MOTCUA_COLOUR must be set"):
        env.text("MOTCUA_COLOUR")


@pytest.mark.parametrize("odd", ["-1", "ten", "1.5", "4"])
def test_an_odd_number_is_refused(monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    monkeypatch.setenv("MOTCUA_COUNT", odd)

    with pytest.raises(ImproperlyConfigured, match="at least 5"):
        env.number("MOTCUA_COUNT", 7, least=5)


def test_an_unknown_choice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_SIDE", "up")

    with pytest.raises(ImproperlyConfigured, match="one of left, right, not 'up'"):
        env.choice("MOTCUA_SIDE", ("left", "right"), "left")


def test_defaults_stand_in_for_absent_variables() -> None:
    absent = "MOTCUA_NOBODY_SETS_THIS"

    assert env.text(absent, "a") == "a"
    assert env.number(absent, 3) == 3
    assert env.choice(absent, ("left", "right"), "right") == "right"


def test_an_address_with_everything_in_it() -> None:
    assert parse("postgresql://lan:m%40t@db.example:6432/mot%20cua") == {
        "NAME": "mot cua",
        "USER": "lan",
        "PASSWORD": "m@t",
        "HOST": "db.example",
        "PORT": "6432",
    }


def test_an_address_of_a_socket_folder() -> None:
    assert parse("postgres://app@%2Frun%2Fpg/app")["HOST"] == "/run/pg"


@pytest.mark.parametrize("address", ["sqlite:///x", "postgresql://host/", "postgresql://host"])
def test_another_kind_of_address_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        parse(address)
