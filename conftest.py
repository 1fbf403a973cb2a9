"""The harness: an embedded server, and one copied database per test process."""

import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

import django
import hypothesis
import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker

from config.cli import embedded_box
from config.pgbox import ROLE, Box
from motcua.casework.fees import api as fees
from motcua.casework.procedures import api as procedures
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.foundation.search import api as search
from motcua.foundation.signing import api as signing

# A busy machine is no reason to fail, and found examples belong into tests, not into a folder.
hypothesis.settings.register_profile("motcua", deadline=None, database=None)
hypothesis.settings.load_profile("motcua")

ONE_AT_A_TIME = 815
SELDOM = (20_000, 20, 100)  # how much is made before the collector looks for what is left over
FIRST_ID = 1_000_000  # ids the database gives; those written out in tests are all below
BOX = pytest.StashKey[Box]()
Built = TypeVar("Built")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--seed", type=int, default=26, help="which files they are; 0: others each time (fuzz)"
    )
    parser.addoption(
        "--seconds", type=float, default=2.0, help="how long files are altered at random (fuzz)"
    )
    parser.addoption(
        "--only-database", action="store_true", help="leave out tests that ask no database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what another version of PostgreSQL cannot change, if that is wanted."""
    if not config.getoption("only_database"):
        return
    asking = [one for one in items if asks_the_database(one)]
    config.hook.pytest_deselected(items=[one for one in items if not asks_the_database(one)])
    items[:] = asking


def pytest_collection_finish() -> None:
    """Spare the collector what stays to the end: some hundred thousand objects of all modules."""
    gc.collect()
    gc.freeze()


def asks_the_database(item: pytest.Item) -> bool:
    starts_one = "config" in item.path.relative_to(item.config.rootpath).parts
    return starts_one or item.get_closest_marker("django_db") is not None


def pytest_configure(config: pytest.Config) -> None:
    """Start this process's server, unless all it does is hand tests to others."""
    gc.set_threshold(*SELDOM)
    only_hands_out = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if (box := embedded_box()) and not only_hands_out:
        box.start()
        box.sql(f"grant set on parameter session_replication_role to {ROLE}")
        config.stash[BOX] = box


def pytest_unconfigure(config: pytest.Config) -> None:
    if box := config.stash.get(BOX, None):
        box.stop()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """What an earlier test wrote and rolled back must not stay in this process's memory.

    Forgotten before and after: what a module sets up comes before its first test.
    """
    forget()
    yield
    forget()


def forget() -> None:
    calendar.forget_facts()
    organisation.forget_tree()
    signing.forget_policies()
    signing.forget_rights()
    signing.ask_again()
    search.forget_terms()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,  # noqa: ARG001 -- asked for so that it runs first
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Give this process a copy of the template database, which is migrated once per change."""
    template = f"tpl_{migrations_mark()}"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    mine = f"test_{worker}_{os.getpid()}"
    with django_db_blocker.unblock(), server() as pg:
        pg.execute("select pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        if not pg.execute("select 1 from pg_database where datname = %s", [template]).fetchone():
            drop_unused(pg)
            build(pg, template)
        copy(pg, template, mine)
        pg.execute("select pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
        use(mine)
        laid = laid_down(mine)
        with pytest.MonkeyPatch.context() as patch:
            # After a test that really commits, the database is as it was again. Django would empty
            # every table, and with them take away what migrations laid down.
            renew = partial(make_anew, pg, template, mine, laid)
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: renew())
            yield
        drop(pg, mine)


class Apart(Protocol):
    """How to work in a database of another name."""

    def __call__(self, name: str, build: Callable[[], Built]) -> AbstractContextManager[Built]:
        """Go there, come back after it; what the first visit builds and commits is there again."""


@pytest.fixture(scope="session")
def apart(
    django_db_setup: None,  # noqa: ARG001 -- asked for so that it runs first
) -> Iterator[Apart]:
    """Yield how to work in a copy of the database in which more is built, once for all tests."""
    built: dict[str, object] = {}

    @contextmanager
    def within(name: str, build: Callable[[], object]) -> Iterator[object]:
        here = connection.settings_dict["NAME"]
        there = f"{home}_{name}"
        if name not in built:
            copy(pg, here, there)
        move_to(there)
        try:
            if name not in built:
                with transaction.atomic():
                    built[name] = build()
            yield built[name]
        finally:
            move_to(here)

    home = connection.settings_dict["NAME"]
    with server() as pg:
        yield within  # type: ignore[misc]  # -- what is kept by name has the type of its builder
        for name in built:
            drop(pg, f"{home}_{name}")


class BuiltOnce(Protocol):
    """How to build what a later process of the same run finds as it was left."""

    def __call__(self, name: str, build: Callable[[], object]) -> None:
        """Build it in this process's database, or take the database that another has built."""


@pytest.fixture(scope="session")
def built_once(django_db_setup: None) -> BuiltOnce:  # noqa: ARG001 -- asked for so that it runs first
    """Return how to build once what several processes need that run one after the other.

    They belong together where MOTCUA_TEST_RUN says so, and share the server and the folders.
    """
    run = os.environ.get("MOTCUA_TEST_RUN", "")

    def take_or_build(name: str, build: Callable[[], object]) -> None:
        mine, kept = connection.settings_dict["NAME"], f"test_{name}_{run}"
        connections.close_all()
        with server() as pg:
            if run and kept in databases(pg, f"test_{name}_"):
                copy(pg, kept, mine)
                return
            build()
            connections.close_all()
            for older in databases(pg, f"test_{name}_"):
                drop(pg, older)
            if run:
                copy(pg, mine, kept)

    return take_or_build


def databases(pg: psycopg.Connection, begins: str) -> list[str]:
    found = pg.execute("select datname from pg_database where starts_with(datname, %s)", [begins])
    return [str(row[0]) for row in found.fetchall()]


def move_to(name: str) -> None:
    """Let this process work in another database, whose numbers go on from all given out so far."""
    reached = numbers_reached()
    connections.close_all()
    use(name)
    go_on_from(reached)
    forget()
    fees.forget_kept()
    procedures.forget_kept()


def numbers_reached() -> tuple[list[str], list[int]]:
    """Return how far each number that the database gives has come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select format('%I.%I', schemaname, sequencename), last_value from pg_sequences"
            " where last_value is not null"
        )
        rows = cursor.fetchall()
    return [name for name, _ in rows], [value for _, value in rows]


def go_on_from(reached: tuple[list[str], list[int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select setval(to_regclass(name), greatest(value, last_value))"
            " from unnest(%s::text[], %s::bigint[]) known (name, value) join pg_sequences"
            " on name = format('%%I.%%I', schemaname, sequencename)",
            [*reached],
        )


def copy(pg: psycopg.Connection, template: str, mine: str) -> None:
    drop(pg, mine)
    pg.execute(
        sql.SQL("create database {} template {} strategy file_copy").format(
            sql.Identifier(mine), sql.Identifier(template)
        )
    )


def copy_anew(pg: psycopg.Connection, template: str, mine: str) -> None:
    """Copy the template, but never hand out an id or a version number a second time.

    What this process keeps in memory under such a number would else be taken for something new.
    """
    connection.close()
    reached = numbers_reached()
    copy(pg, template, mine)
    go_on_from(reached)


@dataclass(frozen=True, slots=True)
class Laid:
    """What migrations laid down: rows of tables, and what else the database is made of."""

    rows: dict[str, bytes]
    shape: str


# What a test may change besides rows: tables and partitions, columns, triggers, what guards rows.
SHAPE = """
SELECT md5(concat(
  (SELECT string_agg(concat(c.oid, relname, relnatts, relchecks, (
     SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND tgenabled = 'O'
   )), ',' ORDER BY c.oid) FROM pg_class c WHERE relnamespace = 'public'::regnamespace),
  (SELECT count(*) FROM pg_constraint),
  (SELECT sum(hashtext(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
)), has_parameter_privilege('session_replication_role', 'set')
"""
WITH_ROWS = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""
DISABLED = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'D' AND NOT tgisinternal
"""


def laid_down(mine: str) -> Laid:
    """Return what a new copy holds."""
    with server(mine) as own:
        found = [str(row[0]) for row in own.execute(WITH_ROWS).fetchall()]
        return Laid({table: copied(own, table) for table in found}, shape_of(own))


def shape_of(own: psycopg.Connection) -> str:
    """Return a mark of all a test may change besides rows; "" if rows cannot be put back."""
    shape, may_put_back = own.execute(SHAPE).fetchone() or ("", False)
    return shape if may_put_back else ""


def copied(own: psycopg.Connection, table: str) -> bytes:
    with own.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as rows:
        return b"".join(bytes(piece) for piece in rows)


def make_anew(pg: psycopg.Connection, template: str, mine: str, laid: Laid) -> None:
    """Take out the rows of a test and put back those laid down; numbers go on where they are.

    Where a test changed more than rows the database is copied anew: a hundred times the time.
    """
    connections.close_all()
    with server(mine) as own:
        own.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        for (table,) in own.execute(DISABLED).fetchall():
            own.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        if laid.shape and shape_of(own) == laid.shape:
            with own.transaction():
                own.execute("SET LOCAL session_replication_role = replica")  # triggers keep still
                for (table,) in own.execute(WITH_ROWS).fetchall():
                    own.execute(f"DELETE FROM {table}")  # noqa: S608 -- named by the catalogue
                for table, rows in laid.rows.items():
                    with own.cursor().copy(f"COPY {table} FROM STDIN (FORMAT binary)") as target:
                        target.write(rows)
            return
    copy_anew(pg, template, mine)


def drop(pg: psycopg.Connection, mine: str) -> None:
    connections.close_all()
    pg.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(mine)))


def server(name: str = "postgres") -> psycopg.Connection:
    """Connect beside Django, to the server's own database or another."""
    ours = connection.settings_dict
    return psycopg.connect(
        host=ours["HOST"],
        port=ours["PORT"] or None,
        user=ours["USER"] or None,
        password=ours["PASSWORD"] or None,
        dbname=name,
        autocommit=True,
    )


def use(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def drop_unused(pg: psycopg.Connection) -> None:
    """Drop older templates and databases that a killed run left behind."""
    unused = pg.execute(
        "select datname from pg_database where datname ~ '^(tpl_|test_)' and datname <> all"
        " (select coalesce(datname, '') from pg_stat_activity)"
    ).fetchall()
    for (name,) in unused:
        pg.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))


def build(pg: psycopg.Connection, template: str) -> None:
    """Migrate under another name first: a killed run must not leave half a template."""
    unfinished = f"{template}_new"
    pg.execute(sql.SQL("create database {}").format(sql.Identifier(unfinished)))
    use(unfinished)
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "select setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s)"
            " from pg_sequences where max_value > %s and coalesce(last_value, 0) < %s",
            [FIRST_ID, 2**31 - 2, FIRST_ID],
        )
    connections.close_all()
    pg.execute(
        sql.SQL("alter database {} rename to {}").format(
            sql.Identifier(unfinished), sql.Identifier(template)
        )
    )


def migrations_mark() -> str:
    """Return a hash over everything that decides what a migrated database looks like."""
    mark = hashlib.sha256(f"{django.VERSION} {settings.INSTALLED_APPS} {FIRST_ID}".encode())
    for app in apps.get_app_configs():
        home = Path(app.path)
        for source in sorted(
            [*home.glob("migrations/*.py"), *home.glob("models.py"), *home.glob("models/**/*.py")]
        ):
            mark.update(source.name.encode() + source.read_bytes())
    return mark.hexdigest()[:16]
