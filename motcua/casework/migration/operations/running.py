"""A run goes through a table batch by batch; place and dossiers are written in one transaction.

Source: docs/law/migration.md
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.db import DataError, IntegrityError

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Kept
from motcua.casework.migration.choices import RunKind, RunState, Verdict
from motcua.casework.migration.errors import RunBusy, Unreadable
from motcua.casework.migration.models import Item, Line, Run
from motcua.casework.migration.queries import items_of
from motcua.casework.migration.rules.mapping import from_text
from motcua.casework.migration.rules.sheets import Row
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated

from .likening import ask_about
from .papers import Papers, keep_papers, papers_of
from .resolving import Prepared, Resolver
from .spooling import Spooled, drop_spool, read_from, spool_of

BATCH = 100
_REASON, _TROUBLE, _COLUMN = 1000, 500, 200
_LONGEST_NAME, _LONGEST_ADDRESS = 200, 300  # of a person; a dossier keeps more
_IMPOSSIBLE = (IntegrityError, DataError, dossiers.ActedOn)
_PROGRESS = ("place", "rows", "totals", "unmapped")


@dataclass(frozen=True, slots=True)
class _Pass:
    """What one passage through a part of a table works with."""

    run: Run
    resolver: Resolver
    papers: Papers
    spool: Spooled
    by: Actor


@dataclass(slots=True)
class _Judged:
    """A row with what becomes of it, and the dossier it was before."""

    made: Prepared
    verdict: Verdict
    item: Item | None = None

    @property
    def writes(self) -> bool:
        return self.verdict in {Verdict.NEW, Verdict.CHANGED}

    def refuse(self, why: str) -> None:
        """Note why the row makes no dossier after all."""
        self.verdict, self.made.refusal = Verdict.REFUSED, why

    def keep(self) -> None:
        """Note that somebody has acted here on what the old system has changed."""
        self.verdict = Verdict.KEPT
        self.made.remarks.append("hệ thống cũ đã sửa nhưng hồ sơ đã được xử lý ở đây")


def actor_of(run: Run) -> Actor:
    """Return who acts in a run: who asked for it, with this power only, in silence."""
    powers = frozenset({str(Power.MIGRATE_DATA)})
    return Actor(id=run.asked_by_id, name=run.asked_by_name, province_powers=powers, is_silent=True)


def go_on(run: Run, *, at: datetime, seconds: float, folder: Path | None = None) -> bool:
    """Go through the table for so long; return whether the run is over.

    What stops it is written on the run, for people to read.
    """
    until = monotonic() + seconds
    run = _begin(run, at=at)
    if run.state != RunState.RUNNING:
        return True
    try:
        with _passing(run, at, folder) as passing:
            while monotonic() < until:
                if not _batch(passing, at=at):
                    _end(run, RunState.DONE, "", at=at)
                    return True
    except RunBusy:
        raise
    except Anticipated as error:  # a table, a mapping or a file that cannot be read any more
        _end(run, RunState.STOPPED, str(error), at=at)
        return True
    return False


@work.story
def _begin(run: Run, *, at: datetime) -> Run:
    locked = work.lock(Run, id=run.pk)
    locked.source, locked.table = run.source, run.table
    if locked.state == RunState.QUEUED:
        locked.state, locked.begun_at = RunState.RUNNING, at
        work.update(locked, "state", "begun_at")
    return locked


@contextmanager
def _passing(run: Run, at: datetime, folder: Path | None) -> Iterator[_Pass]:
    mapping = from_text(run.mapping)
    spool = spool_of(run, mapping)
    with papers_of(run.source, run.asked_at, folder) as papers:
        resolver = Resolver(run.source, mapping, spool.headings, papers, at)
        if resolver.missing:
            names = ", ".join(resolver.missing)[:300]
            raise Unreadable(f"Bảng không có cột: {names}; hãy sửa ở “Cột nào là gì”.")
        resolver.unmapped.update(run.unmapped)
        if run.total is None:
            _note_table(run, spool)
        yield _Pass(run, resolver, papers, spool, actor_of(run))


@work.story
def _note_table(run: Run, spool: Spooled) -> None:
    run.total, run.notes = spool.total, spool.notes
    work.update(run, "total", "notes")


def _batch(passing: _Pass, *, at: datetime) -> bool:
    """Go through one batch; return whether there was one."""
    read = list(read_from(passing.spool, passing.run.place, BATCH))
    if not read:
        return False
    judged = _judge(passing, [row for row, _ in read])
    places = [place for _, place in read]
    is_carry = passing.run.kind == RunKind.CARRY
    if is_carry:
        _take_papers(passing, judged, at=at)
    try:
        _write(passing, judged, places[-1], at=at)
    except _IMPOSSIBLE:
        _restore(passing.run)
        _write_one_by_one(passing, judged, places, at=at)
    return True


def _judge(passing: _Pass, rows: Sequence[Row]) -> list[_Judged]:
    """Say of each row what becomes of it. Costs: five queries, and what the rows ask."""
    passing.resolver.look_up(rows)
    prepared = [passing.resolver.prepare(row) for row in rows]
    refs = [one.ref for one in prepared if one.ref]
    items = items_of(passing.run.source, refs)
    versions = dossiers.versions_of([item.code for item in items.values()])
    taken = dossiers.versions_of([one.code for one in prepared if one.code])
    earlier = Line.objects.filter(run=passing.run, ref__in=refs).exclude(verdict=Verdict.REFUSED)
    seen: dict[str, int] = dict(earlier.values_list("ref", "row"))
    judged = []
    for one in prepared:
        judged.append(_verdict(one, items.get(one.ref), versions, taken, seen))
        if judged[-1].verdict != Verdict.REFUSED:
            seen[one.ref] = one.row.number
            taken.setdefault(one.code, 0)
    return judged


def _verdict(
    one: Prepared,
    item: Item | None,
    versions: dict[str, int],
    taken: dict[str, int],
    seen: dict[str, int],
) -> _Judged:
    judged = _Judged(one, Verdict.REFUSED, item)
    if one.kept is None:
        return judged
    if one.ref in seen:
        judged.refuse(f"Trùng khóa với dòng {seen[one.ref]}.")
    elif item is None and one.code in taken:
        judged.refuse(f"Mã {one.code} đã là của một hồ sơ khác.")
    elif item is None:
        judged.verdict = Verdict.NEW
    elif item.digest == one.digest:
        judged.verdict = Verdict.SAME
    elif item.code != one.code:
        judged.refuse(f"Khóa này trước đây là hồ sơ {item.code}; mã không đổi được.")
    elif versions.get(item.code) != item.version:
        judged.keep()
    else:
        judged.verdict = Verdict.CHANGED
    return judged


def _take_papers(passing: _Pass, judged: Sequence[_Judged], *, at: datetime) -> None:
    """Keep the papers of what will be written; what is missing was said with the row."""
    for one in judged:
        made = one.made
        if not one.writes or made.kept is None or not (made.papers or made.outcome_paper):
            continue
        by = passing.by
        papers, wrong = keep_papers(passing.papers, made.papers, by=by, at=at)
        names = [made.outcome_paper] if made.outcome_paper else []
        results, more_wrong = keep_papers(passing.papers, names, by=by, at=at)
        made.remarks += [why for why in (*wrong, *more_wrong) if why not in made.remarks]
        outcome = made.kept.outcome
        if results:
            outcome = replace(outcome or dossiers.OutcomeIn(), file=results[0])
        made.kept = replace(made.kept, papers=papers, outcome=outcome)


@work.story
def _write(passing: _Pass, judged: Sequence[_Judged], place: int, *, at: datetime) -> None:
    """Write dossiers, keys, report and place together, or nothing of it.

    Raises: RunBusy if somebody else went on with the run, or stopped it.
    """
    run = passing.run
    locked = work.lock(Run, id=run.pk)
    if locked.state != RunState.RUNNING or locked.place != run.place:
        raise RunBusy("Lần chạy này đã dừng, hoặc đang được chạy ở nơi khác.")
    if run.kind == RunKind.CARRY:
        codes = [one.made.code for one in judged if one.verdict == Verdict.NEW]
        dossiers.reach_numbers(codes, by=passing.by)
        _bring(run, [one for one in judged if one.writes], by=passing.by, at=at)
    work.add(*(_line(run, one) for one in judged))
    ask_about([like for one in judged for like in one.made.likes], run, at=at)
    _count(run, judged)
    run.place, run.rows = place, run.rows + len(judged)
    run.unmapped = dict(passing.resolver.unmapped)
    work.update(run, *_PROGRESS)


def _restore(run: Run) -> None:
    """Set what a batch that was taken back had counted to what stands in the database."""
    run.refresh_from_db(fields=list(_PROGRESS))


def _write_one_by_one(
    passing: _Pass, judged: Sequence[_Judged], places: Sequence[int], *, at: datetime
) -> None:
    """Write each row on its own, so that one the database refuses stops no other."""
    items = items_of(passing.run.source, [one.made.ref for one in judged])
    for one, place in zip(judged, places, strict=True):
        one.item = items.get(one.made.ref)  # as it was before the batch that was taken back
        try:
            _write(passing, [one], place, at=at)
        except _IMPOSSIBLE as error:
            _restore(passing.run)
            if isinstance(error, dossiers.ActedOn):
                one.keep()
            else:
                one.refuse(_why(error))
            _write(passing, [one], place, at=at)


def _why(error: Exception) -> str:
    """Return in words why the database refuses a row."""
    if isinstance(error, IntegrityError):
        return f"Không ghi được: dữ liệu trái ràng buộc {work.broken_constraint(error)}."
    return "Không ghi được: có số, ngày hoặc chữ mà cơ sở dữ liệu không nhận."


def _bring(run: Run, judged: Sequence[_Judged], *, by: Actor, at: datetime) -> None:
    new = list[tuple[Prepared, Kept]]()
    for one in judged:
        kept = _with_person(one, by=by, at=at)
        if one.item is None:
            new.append((one.made, kept))
            continue
        dossier = dossiers.bring_again(kept, version=one.item.version, by=by, at=at)
        one.item.version, one.item.digest = dossier.version, one.made.digest
        work.update(one.item, "version", "digest")
    brought = dossiers.bring([kept for _, kept in new], by=by, at=at)
    for (made, _), dossier in zip(new, brought, strict=True):
        work.add(
            Item(
                source_id=run.source_id,
                ref=made.ref,
                dossier_id=dossier.pk,
                code=dossier.code,
                version=dossier.version,
                digest=made.digest,
                run_id=run.pk,
            )
        )


def _with_person(one: _Judged, *, by: Actor, at: datetime) -> Kept:
    """Return the dossier with its applicant among our people, who stay as we know them."""
    made, kept = one.made, one.made.kept
    if kept is None:
        raise ValueError("a refused row makes no dossier")
    if not made.identity or len(kept.applicant.full_name) > _LONGEST_NAME:
        return kept
    submitter = kept.submitter
    facts = people.PersonFacts(
        full_name=kept.applicant.full_name,
        personal_id=made.identity,
        phone=submitter.phone,
        email=submitter.email,
        address=submitter.address[:_LONGEST_ADDRESS],
    )
    person = people.remember_person(facts, by=by, at=at)
    return replace(kept, applicant=replace(kept.applicant, person_id=person.pk))


def _line(run: Run, one: _Judged) -> Line:
    made = one.made
    words = (made.refusal.rstrip(".") if made.remarks else made.refusal, *made.remarks)
    reason = "; ".join(filter(None, words))
    return Line(
        run_id=run.pk,
        row=made.row.number,
        ref=made.ref,
        code=made.code,
        verdict=one.verdict,
        column=made.column[:_COLUMN],
        reason=reason[:_REASON],
    )


def _count(run: Run, judged: Sequence[_Judged]) -> None:
    totals = dict(run.totals)
    for one in judged:
        names = [str(one.verdict)]
        if one.made.kept is not None and one.verdict != Verdict.REFUSED:
            names.append(f"status.{one.made.kept.status}")
        if one.made.remarks:
            names.append("remarks")
        for name in names:
            totals[name] = totals.get(name, 0) + 1
    run.totals = totals


def stop_going_on(run: Run, why: str, *, at: datetime) -> None:
    """Stop a run that cannot go on, and say on it why."""
    _end(run, RunState.STOPPED, why, at=at)


@work.story
def _end(run: Run, state: RunState, trouble: str, *, at: datetime) -> None:
    locked = work.lock(Run, id=run.pk)
    if locked.state == RunState.RUNNING:
        run.state = locked.state = state
        locked.ended_at, locked.trouble = at, trouble[:_TROUBLE]
        work.update(locked, "state", "ended_at", "trouble")
        detail = {"state": str(state), "rows": locked.rows}
        subject = f"migration:{run.code}"
        audit.record("migration.run_ended", subject, by=actor_of(run), at=at, detail=detail)
    drop_spool(run)
