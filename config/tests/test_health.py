"""What watchers are told, and who is told the figures."""

import json

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from config import health
from config.figures import Figure


@pytest.fixture
def client() -> Client:
    return Client()


def test_a_living_process_says_so_without_asking_the_database(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
@pytest.mark.django_db
def test_a_watcher_needs_no_name_and_no_https(client: Client, path: str) -> None:
    answer = client.get(path, headers={"host": "10.0.0.7"}, secure=False)

    assert answer.status_code == 200


@pytest.mark.django_db
def test_a_site_with_its_tables_is_ready(client: Client) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, json.loads(answer.content)) == (
        200,
        {"ready": True, "database": True, "tables": True},
    )


@pytest.mark.django_db
def test_a_site_without_its_database_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", away)
    monkeypatch.setattr(connection, "close", lambda: None)

    answer = client.get("/readyz")

    assert (answer.status_code, json.loads(answer.content)["database"]) == (503, False)


@pytest.mark.django_db
def test_a_site_with_old_tables_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    health._seen_up_to_date.cache_clear()  # noqa: SLF001 -- what this process has seen before
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["something"])

    answer = client.get("/readyz")

    assert (answer.status_code, json.loads(answer.content)["tables"]) == (503, False)


@pytest.mark.django_db
def test_the_figures_are_told_on_this_machine(client: Client) -> None:
    lines = client.get("/metrics").content.decode().splitlines()

    told = {line.split("{")[0].split(" ")[0] for line in lines}
    expected = {"motcua_up", "motcua_outbox_dead_letters", "motcua_jobs_troubled"}
    assert (expected - told, "motcua_up 1" in lines) == (set(), True)


@pytest.mark.parametrize(
    "how",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"headers": {"x-forwarded-for": "127.0.0.1"}},
        {"headers": {"forwarded": "for=127.0.0.1"}},
    ],
)
def test_the_figures_are_not_told_to_others(client: Client, how: dict[str, str]) -> None:
    assert client.get("/metrics", **how).status_code == 404  # type: ignore[arg-type]  # -- headers or environ


def test_a_figure_is_written_as_prometheus_reads_it() -> None:
    line = health.as_line(Figure("lag", 0.5, {"of": 'a "b"\\\n', "by": "x"}))

    assert line == 'motcua_lag{by="x",of="a \\"b\\"\\\\\\n"} 0.5\n'
