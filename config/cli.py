"""The commands of the product: `./run motcua …` and Django's own `manage.py …`.

A room declares a management command named `<room>_<verb>` (`procedures_import`); people write it
in two words: `./run motcua procedures import`. A command of one word is written as it is.
"""

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import (
    call_command,
    execute_from_command_line,
    get_commands,
    load_command_class,
)
from django.db import connection

from config.pgbox import Box
from config.settings.paths import HOME

WITHOUT_DATABASE = {
    *("check", "collectstatic", "compilemessages", "help", "makemessages", "version"),
    *("exchange_check", "exchange_make", "exchange_show"),
    *("fees_check", "fees_decide"),
    *("processes_check", "vietqr"),
}
NEEDS_NO_TABLES = {"makemigrations", "migrate", "restore"}
SETTINGS = "DJANGO_SETTINGS_MODULE"
OURS = ("motcua.", "config", "demo")


def manage(words: Sequence[str]) -> None:
    """Run one of Django's commands as `manage.py` does, with a database to talk to."""
    os.environ.setdefault(SETTINGS, "config.settings.development")
    with database_for(words[1] if len(words) > 1 else "help"):
        execute_from_command_line(list(words))


def main() -> None:
    """Run a command of the product, or say which there are."""
    settle_environment(os.environ, HOME)
    django.setup()
    words = sys.argv[1:]
    if not words or words[0] in ("help", "--help", "-h", "trợ-giúp"):
        sys.stdout.write(overview())
        return
    command = find_command(words)
    if command is None:
        asked = " ".join(words[:2])
        sys.exit(f"Không có lệnh “{asked}”.\n\n{overview()}")
    with database_for(command[0]):
        build_if_empty(command[0])
        execute_from_command_line(["motcua", *command])


def settle_environment(environment: MutableMapping[str, str], home: Path) -> None:
    """Fill in what is not said; whoever names other settings is told nothing of a demo."""
    here = environment_here(home)
    if environment.setdefault(SETTINGS, here[SETTINGS]) == here[SETTINGS]:
        for name, value in here.items():
            environment.setdefault(name, value)


def environment_here(home: Path) -> Mapping[str, str]:
    """Return what a command reads of this machine if nothing is said: the demo's, if one ran here.

    Else a command would not know the demo's keys, and would not believe its authority.
    """
    try:
        address = demo_mark(home).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return {SETTINGS: "config.settings.development"}
    return {SETTINGS: "config.settings.demo", "MOTCUA_SITE_ADDRESS": address}


def demo_mark(home: Path) -> Path:
    """Return the file that says that the demo runs, or ran, on this machine, and where."""
    return home / "var" / "demo"


def find_command(words: Sequence[str]) -> list[str] | None:
    """Return Django's name of the command followed by its arguments, or None."""
    known = get_commands()
    for length in (2, 1):
        name = "_".join(words[:length]).replace("-", "_")
        if name in known and len(words) >= length:
            return [name, *words[length:]]
    return None


def overview() -> str:
    """Return the list of our own commands with what each does, in Vietnamese."""
    ours = sorted((name, app) for name, app in get_commands().items() if app.startswith(OURS))
    lines = [
        f"  {name.replace('_', ' ', 1):<32} {load_command_class(app, name).help}\n"
        for name, app in ours
    ]
    return (
        "Cách dùng: ./run motcua <nhóm> <việc> [tham số]\n\n"
        "Các lệnh:\n"
        f"{''.join(lines)}\n"
        "Xem tham số của một lệnh: ./run motcua <nhóm> <việc> --help\n"
    )


@contextmanager
def database_for(command: str) -> Iterator[None]:
    """Keep the embedded server running during `command`, unless another server is named."""
    box = embedded_box()
    if command in WITHOUT_DATABASE or box is None:
        yield
        return
    box.start()
    try:
        yield
    finally:
        box.stop()


def build_if_empty(command: str) -> None:
    """Make the tables of an embedded database on which nothing was ever run."""
    if command in (*WITHOUT_DATABASE, *NEEDS_NO_TABLES) or embedded_box() is None:
        return
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)


def embedded_box() -> Box | None:
    """Return the embedded server of the settings, unless they name another."""
    box: Box | None = settings.BOX
    return box


if __name__ == "__main__":
    main()
