"""How words on the command line become Django's commands."""

from pathlib import Path

import pytest
from django.db import connection

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


def test_a_command_beside_the_demo_reads_the_demos_settings(tmp_path: Path) -> None:
    before = cli.environment_here(tmp_path)
    cli.demo_mark(tmp_path).parent.mkdir()
    cli.demo_mark(tmp_path).write_text("http://localhost:8001")

    assert before == {"DJANGO_SETTINGS_MODULE": "config.settings.development"}
    assert cli.environment_here(tmp_path) == {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "MOTCUA_SITE_ADDRESS": "http://localhost:8001",
    }


def test_a_site_that_names_its_settings_learns_nothing_of_a_demo_beside_it(tmp_path: Path) -> None:
    cli.demo_mark(tmp_path).parent.mkdir()
    cli.demo_mark(tmp_path).write_text("http://localhost:8001")
    site, unsaid = {cli.SETTINGS: "config.settings.production"}, dict[str, str]()

    for one in (site, unsaid):
        cli.settle_environment(one, tmp_path)

    assert site == {cli.SETTINGS: "config.settings.production"}
    assert unsaid == cli.environment_here(tmp_path)


@pytest.mark.parametrize(
    ("command", "tables", "built"),
    [
        ("calendar_due", [], ["migrate"]),
        ("calendar_due", ["calendar_calendarday"], []),
        ("makemigrations", [], []),
        ("migrate", [], []),
        ("check", [], []),
    ],
)
def test_an_empty_embedded_database_is_built_before_its_first_command(
    monkeypatch: pytest.MonkeyPatch, command: str, tables: list[str], built: list[str]
) -> None:
    called: list[str] = []
    monkeypatch.setattr(cli, "embedded_box", object)
    monkeypatch.setattr(connection.introspection, "table_names", lambda: tables)
    monkeypatch.setattr(cli, "call_command", lambda name, **_: called.append(name))

    cli.build_if_empty(command)

    assert called == built
