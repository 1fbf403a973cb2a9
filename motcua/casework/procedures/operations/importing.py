"""Import published procedures: the same source twice changes nothing."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice

from motcua.casework.procedures.choices import VersionState
from motcua.casework.procedures.models import Procedure, ProcedureVersion
from motcua.casework.procedures.queries.catalogue import forget_kept
from motcua.casework.procedures.rules.as_text import Data, as_data, as_text, code_of, doubts_of
from motcua.casework.procedures.rules.parse import parse_definition
from motcua.casework.procedures.rules.published import PublishedProcedure, SourceForm
from motcua.casework.procedures.rules.sources import Read, RefusedRow
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .publishing import (
    EVERYWHERE,
    describe,
    describe_procedure,
    digest_of,
    end_earlier,
    show_unclear,
)

# A batch is one transaction: short enough that nobody waits for its locks.
BATCH = 40


@dataclass(slots=True)
class ImportReport:
    """What an import did.

    `unclear` counts the procedures of the source that still wait for a person, whether or not
    this import touched them; `kept_as_draft` those whose new text waits beside a person's own.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unclear: int = 0
    kept_as_draft: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Incoming:
    """One procedure on its way in: what its text will say, its doubts, a mark over both."""

    published: PublishedProcedure
    data: Data
    doubts: list[Data]
    mark: str


def import_procedures(read: Iterable[Read], *, by: Actor, at: datetime) -> ImportReport:
    """Take in every procedure of a source, in batches of one transaction each.

    A clear text is published from that day; an unclear one can be found and read, but not filed,
    until a person settles it; a name from a list waits for its text. What a person has edited is
    never replaced: the new text becomes a draft beside it. Raises: NotAllowed, SourceBroken.
    Costs: about eight statements per changed procedure, two per batch for unchanged ones.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    report = ImportReport()
    for batch in _batches(read):
        report.refused += [item for item in batch if isinstance(item, RefusedRow)]
        found = [_incoming(item) for item in batch if isinstance(item, PublishedProcedure)]
        _import_batch(found, report, by=by, at=at)
    forget_kept()
    return report


def _batches(read: Iterable[Read]) -> Iterator[Sequence[Read]]:
    rest = iter(read)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def _incoming(published: PublishedProcedure) -> _Incoming:
    data = as_data(published)
    doubts = doubts_of(published)
    mark = sha256(json.dumps([data, doubts]).encode()).hexdigest()
    return _Incoming(published, data, doubts, mark)


@work.story
def _import_batch(
    batch: Sequence[_Incoming], report: ImportReport, *, by: Actor, at: datetime
) -> None:
    """Locks: the known procedures of the batch, lowest identifier first."""
    codes = [code_of(item.published) for item in batch]
    known = Procedure.objects.select_for_update().filter(code__in=codes).order_by("pk")
    procedures = {procedure.code: procedure for procedure in known}
    versions = _versions_of(procedures.values())
    for item in batch:
        code = code_of(item.published)
        procedure = procedures.get(code)
        if procedure is None:
            procedure = procedures[code] = _new_procedure(item)
            versions[procedure.pk] = []
            report.created += 1
            _take_in(item, procedure, versions[procedure.pk], report, by=by, at=at)
        elif _is_known(item, versions[procedure.pk]):
            report.unchanged += 1
        else:
            report.updated += 1
            _take_in(item, procedure, versions[procedure.pk], report, by=by, at=at)
        report.unclear += _waits(item, versions[procedure.pk])


def _versions_of(procedures: Iterable[Procedure]) -> dict[int, list[ProcedureVersion]]:
    """Return the versions of procedures without their texts, the latest first."""
    found: dict[int, list[ProcedureVersion]] = {procedure.pk: [] for procedure in procedures}
    rows = ProcedureVersion.objects.filter(procedure__in=found).defer("source")
    for version in rows.order_by("-number"):
        found[version.procedure_id].append(version)
    return found


def _new_procedure(item: _Incoming) -> Procedure:
    procedure = Procedure(code=code_of(item.published))
    describe(procedure, parse_definition(item.data))
    procedure.save()
    return procedure


def _is_known(item: _Incoming, versions: Sequence[ProcedureVersion]) -> bool:
    """Say whether the source told the same the last time; a list tells nothing beside a text."""
    form = item.published.source.form
    marks = [str(v.original["mark"]) for v in versions if v.original.get("form") == form]
    if marks:
        return marks[0] == item.mark
    return form == SourceForm.LIST and bool(versions)


def _is_untouched(version: ProcedureVersion) -> bool:
    """Say whether the version still says what an import wrote."""
    return str(version.original.get("wrote")) == version.digest


def _waits(item: _Incoming, versions: Sequence[ProcedureVersion]) -> bool:
    """Say whether the latest text of this form still waits for a person."""
    form = item.published.source.form
    latest = next((v for v in versions if v.original.get("form") == form), None)
    return latest is not None and latest.state == VersionState.UNCLEAR


def _take_in(
    item: _Incoming,
    procedure: Procedure,
    versions: list[ProcedureVersion],
    report: ImportReport,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write the version: over an untouched one that never was in force, else as the next one."""
    state = _state_of(item, versions)
    latest = versions[0] if versions else None
    waiting = {VersionState.DRAFT, VersionState.UNCLEAR}
    if latest is not None and latest.state in waiting and _is_untouched(latest):
        version = latest
    else:
        version = ProcedureVersion(procedure=procedure, number=latest.number + 1 if latest else 1)
        versions.insert(0, version)
    _fill(version, item, by=by, at=at)
    if state == VersionState.PUBLISHED:
        version.valid_from = local_day(at)
        end_earlier(version)
        version.published_by_name, version.published_at = by.name, at
    version.state = state
    version.save()
    if state == VersionState.PUBLISHED:
        describe_procedure(procedure.pk, parse_definition(item.data), version.pk)
    elif procedure.current_version_id in {None, version.pk}:
        show_unclear(procedure, version, parse_definition(item.data))
    if state == VersionState.DRAFT and item.published.source.form != SourceForm.LIST:
        report.kept_as_draft += 1
    audit.record("procedures.import", f"procedure:{procedure.code}", by=by, at=at)


def _state_of(item: _Incoming, versions: Sequence[ProcedureVersion]) -> VersionState:
    if item.doubts:
        return VersionState.UNCLEAR
    is_list = item.published.source.form == SourceForm.LIST
    if is_list or not all(map(_is_untouched, versions)):
        return VersionState.DRAFT
    return VersionState.PUBLISHED


def _fill(version: ProcedureVersion, item: _Incoming, *, by: Actor, at: datetime) -> None:
    """Write the text and keep the words beside it. Does not save."""
    version.source = as_text(item.data)
    version.digest = digest_of(version.source)
    version.valid_from = local_day(at)
    version.unclear = item.doubts
    version.edited_by_name, version.edited_at = by.name, at
    version.original = {
        "form": str(item.published.source.form),
        "ref": item.published.source.ref,
        "mark": item.mark,
        "wrote": version.digest,
        "words": dict(item.published.raw),
    }
