"""What the dossiers' own rows say must stand in the public ledger.

Source: docs/law/ledger.md
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from motcua.casework.dossiers.choices import Act
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import Dossier, DossierMove, DueChange
from motcua.casework.dossiers.rules.promising import Identity, Seen, kinds_of, leaves_of
from motcua.foundation.ledger import api as ledger
from motcua.lib.tongue import said

from .chained import verify_moves

_ACT = 1000
_NO_PROOF = said("Mã hồ sơ và mã bí mật trên giấy hẹn không khớp nhau.")


def seen(move: DossierMove) -> Seen:
    """Return of a move what the ledger needs."""
    return Seen(
        seq=move.seq,
        at=move.at,
        act=str(move.act),
        was=str(move.was),
        status=str(move.status),
        by_id=move.by_id,
        due_at=move.due_at,
        detail=move.detail,
        hash=move.hash,
    )


def identity_of(dossier: Dossier) -> Identity:
    """Return of a dossier what the ledger needs."""
    return Identity(
        dossier.code, dossier.agency_id, dossier.procedure_id, dossier.procedure_version_id
    )


class Dossiers:
    """The witness of all dossiers that have a secret word of their own."""

    def testimonies(self, after: int, most: int) -> Sequence[ledger.Testimony]:
        """Return what there is about the next dossiers, in order of id.

        Costs: three queries.
        """
        first = _first_promised()
        if first is None:
            return []
        rows = Dossier.objects.filter(pk__gt=max(after, first - 1)).order_by("pk")[:most]
        dossiers = {row.pk: row for row in rows}
        moves, changes = _moves(dossiers), _changes(dossiers)
        return [
            _testimony(dossier, moves.get(pk, []), changes.get(pk, []))
            for pk, dossier in dossiers.items()
        ]

    def testimony(self, subject: str) -> ledger.Testimony | None:
        """Return what there is about one dossier, None if there is none of that code."""
        dossier = Dossier.objects.filter(code=subject).first()
        if dossier is None:
            return None
        one = {dossier.pk: dossier}
        return _testimony(
            dossier, _moves(one).get(dossier.pk, []), _changes(one).get(dossier.pk, [])
        )


def slip_proof(code: str, word: str) -> ledger.Proof:
    """Return what the ledger proves to the holder of a slip.

    Raises: NoSuchDossier, alike where the code is unknown and where the word is not its own.
    """
    told = Dossiers().testimony(code)
    if told is None or not ledger.is_salt(word, told.salt):
        raise NoSuchDossier(_NO_PROOF)
    return ledger.proof_of(told)


def _first_promised() -> int | None:
    """Return the first dossier that has a secret word; older ones are in no ledger."""
    found = Dossier.objects.exclude(promise_salt="").order_by("pk")
    return found.values_list("pk", flat=True).first()


def _moves(dossiers: Mapping[int, Dossier]) -> dict[int, list[DossierMove]]:
    rows = DossierMove.objects.filter(dossier_id__in=[*dossiers]).order_by("dossier_id", "seq")
    return {pk: list(own) for pk, own in groupby(rows, key=lambda move: move.dossier_id)}


def _changes(dossiers: Mapping[int, Dossier]) -> dict[int, list[DueChange]]:
    rows = DueChange.objects.filter(dossier_id__in=[*dossiers]).order_by("dossier_id", "seq")
    return {pk: list(own) for pk, own in groupby(rows, key=lambda change: change.dossier_id)}


def _testimony(
    dossier: Dossier, moves: Sequence[DossierMove], changes: Sequence[DueChange]
) -> ledger.Testimony:
    return ledger.Testimony(
        id=dossier.pk,
        subject=dossier.code,
        salt=dossier.promise_salt,
        leaves=tuple(_leaves(dossier, moves)) if dossier.promise_salt else (),
        wrong=_wrong(dossier, moves, changes),
    )


def _leaves(dossier: Dossier, moves: Sequence[DossierMove]) -> Iterator[ledger.LeafIn]:
    due_was = None
    agencies, versions = _agencies(dossier, moves), _versions(dossier, moves)
    for move in moves:
        one = seen(move)
        kinds = kinds_of(one, due_was)
        if kinds:
            of = identity_of(dossier)._replace(
                agency_id=agencies[move.seq], version_id=versions[move.seq]
            )
            yield from leaves_of(one, kinds, of, due_was)
        due_was = move.due_at


def _agencies(dossier: Dossier, moves: Sequence[DossierMove]) -> dict[int, int]:
    """Return the agency at the time of each move: a correction keeps the one before it."""
    found, agency_id = {}, dossier.agency_id
    for move in reversed(moves):
        found[move.seq] = agency_id
        if move.act == Act.CORRECT:
            agency_id = move.detail.get("was", {}).get("agency_id", agency_id)
    return found


def _versions(dossier: Dossier, moves: Sequence[DossierMove]) -> dict[int, int]:
    """Return the procedure's version at the time of each move, as `_agencies` does."""
    found, version_id = {}, dossier.procedure_version_id
    for move in reversed(moves):
        found[move.seq] = version_id
        if move.act == Act.REBASE:
            version_id = move.detail["version_was"]
    return found


def _wrong(dossier: Dossier, moves: Sequence[DossierMove], changes: Sequence[DueChange]) -> str:
    """Return what does not fit within the rows of one dossier, nothing if all does."""
    if not dossier.promise_salt and not _is_brought(moves):
        return "hồ sơ mới hơn sổ nhưng không có trong sổ"
    broken = verify_moves(moves)
    if broken is not None:
        return f"việc thứ {broken} không còn như lúc ghi"
    if not moves or (dossier.version, dossier.latest_hash) != (moves[-1].seq, moves[-1].hash):
        return "việc cuối cùng không phải việc được ghi sau cùng"
    if dossier.due_at != moves[-1].due_at:
        return f"ngày hẹn trên hồ sơ khác ngày hẹn ở việc thứ {moves[-1].seq}"
    if not dossier.promise_salt:
        return ""  # it was promised, and kept, by another system: ours vouches for its moves only
    return _wrong_dates(dossier, moves) or _wrong_change(moves, changes)


def _is_brought(moves: Sequence[DossierMove]) -> bool:
    """Say whether a dossier came from another system, and so is in no ledger of ours."""
    return bool(moves) and moves[0].act == Act.IMPORT


def _wrong_dates(dossier: Dossier, moves: Sequence[DossierMove]) -> str:
    first = next((move.due_at for move in moves if move.due_at), None)
    if dossier.due_originally_at != first:
        return "ngày hẹn lần đầu khác việc đã ghi"
    received = next((move for move in moves if move.act == Act.RECEIVE), None)
    if (dossier.received_at is None) != (received is None):
        return "thời điểm tiếp nhận khác việc đã ghi"
    if received is not None and dossier.received_at != max(received.at, dossier.submitted_at):
        return "thời điểm tiếp nhận khác việc đã ghi"
    return ""


def _wrong_change(moves: Sequence[DossierMove], changes: Sequence[DueChange]) -> str:
    """Return which reason for a due moment does not stand beside the move that made it."""
    due = {move.seq: move.due_at for move in moves}
    for change in changes:
        if due.get(change.seq // _ACT) != change.due_now:
            return f"lý do đổi hẹn số {change.seq} không khớp việc đã ghi"
    return ""
