"""How words on the command line become Django's commands."""

import pytest

from config import cli

KNOWN = {"procedures_import": "motcua.casework.procedures", "worker": "config", "migrate": "django"}


@pytest.fixture(autouse=True)
def _known_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "get_commands", lambda: KNOWN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            ["procedures", "import", "a b.xlsx", "--json"],
            ["procedures_import", "a b.xlsx", "--json"],
        ),
        (["procedures-import", "--json"], ["procedures_import", "--json"]),
        (["worker"], ["worker"]),
        (["migrate", "organisation"], ["migrate", "organisation"]),
        (["procedures"], None),
        (["procedures", "burn"], None),
    ],
)
def test_two_words_name_a_room_and_a_verb(typed: list[str], meant: list[str] | None) -> None:
    assert cli.find_command(typed) == meant
