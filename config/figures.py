"""Figures about the running site, gathered once for the doctor and for the metrics page."""

import resource
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.jobs import api as jobs
from motcua.foundation.ledger import api as ledger
from motcua.foundation.notifications import api as notifications
from motcua.foundation.outbox import api as outbox
from motcua.lib import partitions

_PARTITIONED = (*audit.TABLES, "outbox_fact")
_KILOBYTE = 1_024


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name and what it is of."""

    name: str
    value: float
    of: dict[str, str] = field(default_factory=dict)


def figures(at: datetime) -> Iterator[Figure]:
    """Yield everything worth watching.

    Costs: some twenty short queries.
    """
    yield Figure("up", 1)
    yield from _process()
    yield from _disk()
    yield from _outbox()
    yield Figure("jobs_troubled", len(jobs.troubled_jobs(at)))
    yield Figure("processes_silent", len(jobs.silent_processes(at)))
    yield from _ledger(at)
    yield from _waiting()
    for table in _PARTITIONED:
        yield Figure("rows_without_month", partitions.rows_in_default(table), {"table": table})
    yield Figure("database_bytes", _one("SELECT pg_database_size(current_database())"))
    yield Figure("database_connections", _one("SELECT count(*) FROM pg_stat_activity"))


def _process() -> Iterator[Figure]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    yield Figure("process_cpu_seconds", used.ru_utime + used.ru_stime)
    yield Figure("process_most_resident_bytes", used.ru_maxrss * _KILOBYTE)


def _disk() -> Iterator[Figure]:
    for name, folder in places().items():
        space = shutil.disk_usage(folder)
        yield Figure("disk_free_bytes", space.free, {"place": name})
        yield Figure("disk_free_share", round(space.free / space.total, 4), {"place": name})


def places() -> dict[str, Path]:
    """Return the folders whose disks must not fill, the nearest existing one of each."""
    wanted = {"home": Path(settings.HOME), "files": Path(settings.FILES_DIR)}
    if settings.BOX is not None:
        wanted["database"] = Path(settings.BOX.data)
    return {
        name: next(place for place in (path, *path.parents) if place.exists())
        for name, path in wanted.items()
    }


def _outbox() -> Iterator[Figure]:
    for lag in outbox.lags():
        yield Figure("outbox_waiting_facts", lag.facts, {"consumer": lag.consumer})
        yield Figure("outbox_lag_seconds", lag.seconds, {"consumer": lag.consumer})
    yield Figure("outbox_dead_letters", len(outbox.dead_letters(limit=1_000)))
    yield Figure("outbox_horizon_seconds", outbox.horizon_age())


def _ledger(at: datetime) -> Iterator[Figure]:
    state = ledger.ledger_state()
    yield Figure("ledger_leaves", state.promises.size)
    yield Figure("ledger_waiting_leaves", state.waiting)
    yield Figure("ledger_stopped_streams", len(state.stopped))
    if state.head is not None:
        yield Figure("ledger_head_age_seconds", (at - state.head.at).total_seconds())


def _waiting() -> Iterator[Figure]:
    not_scanned = files.StoredFile.objects.filter(scan_state=files.ScanState.NOT_SCANNED)
    yield Figure("files_not_scanned", not_scanned.count())
    infected = files.StoredFile.objects.filter(scan_state=files.ScanState.INFECTED)
    yield Figure("files_locked", infected.count())
    yield Figure("mails_waiting", notifications.Mail.objects.filter(sent_at__isnull=True).count())


def _one(sql: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return float(cursor.fetchone()[0])
