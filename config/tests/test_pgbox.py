"""The embedded server: started, attached, killed, refused."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.pgbox import Box, BoxError, Kind, default_data


class Boxes:
    """Boxes over one data folder, all of which are left at the end."""

    def __init__(self, data: Path) -> None:
        self.data, self.made = data, list[Box]()

    def box(self, kind: Kind = "test") -> Box:
        self.made.append(Box(self.data, kind))
        return self.made[-1]


@pytest.fixture
def boxes() -> Iterator[Boxes]:
    """Yield a folder with a space and Vietnamese letters in its name; root's is open to others."""
    parent = Path("/var/lib/motcua") if os.geteuid() == 0 else Path(tempfile.gettempdir())
    home = Path(tempfile.mkdtemp(prefix="thử ", dir=parent))
    if os.geteuid() == 0:
        home.chmod(0o755)
    boxes = Boxes(home / "dữ liệu")
    yield boxes
    for box in boxes.made:
        box.stop(force=True)
    shutil.rmtree(Box(boxes.data).sock, ignore_errors=True)
    shutil.rmtree(home)


def ask(host: str, question: str) -> object:
    with psycopg.connect(host=host, user="app", dbname="app") as pg:
        row = pg.execute(question).fetchone()
    return row and row[0]


def test_the_last_one_out_stops_the_server(boxes: Boxes) -> None:
    first, second = boxes.box(), boxes.box()
    first.start()
    second.start()

    assert (first.stop(), second.pid() is not None) == (False, True)
    assert (second.stop(), second.pid()) == (True, None)


def test_a_killed_server_comes_back_with_its_rows(boxes: Boxes) -> None:
    box = boxes.box("normal")
    host = box.start()
    with psycopg.connect(host=host, user="app", dbname="app") as pg:
        pg.execute("create table kept as select 7 as n")
    server = box.pid()
    assert server is not None

    os.kill(server, signal.SIGKILL)
    boxes.box("normal").start()

    assert ask(host, "select n from kept") == 7


def test_a_pid_file_of_somebody_else_is_not_believed(boxes: Boxes) -> None:
    box = boxes.box()
    host = box.start()
    box.stop()
    (boxes.data / "postmaster.pid").write_text(f"{os.getpid()}\n{boxes.data}\n")

    box.start()

    assert ask(host, "select 1") == 1


def test_a_throw_away_cluster_is_refused_as_a_real_one(boxes: Boxes) -> None:
    box = boxes.box()
    box.start()
    box.stop()

    with pytest.raises(BoxError, match="throw-away"):
        boxes.box("normal").start()


def test_a_cluster_of_another_major_version_is_refused(boxes: Boxes) -> None:
    box = boxes.box()
    box.start()
    box.stop()
    (boxes.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(BoxError, match="made by PostgreSQL 12"):
        boxes.box().start()


def test_the_application_is_no_superuser(boxes: Boxes) -> None:
    host = boxes.box().start()

    assert ask(host, "select rolsuper from pg_roles where rolname = 'app'") is False


def test_each_place_has_its_own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOTCUA_PG_DATA", raising=False)

    assert default_data(Path("/srv/a")) != default_data(Path("/srv/b"))
