"""Take packs in, make drafts of them, drop them. Nothing here is ever put in force.

Source: docs/reference/packs.md
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from motcua.casework.fees import api as fees
from motcua.casework.packs.choices import PackState
from motcua.casework.packs.errors import NoSuchPack, PackMoved
from motcua.casework.packs.models import ReceivedPack
from motcua.casework.packs.queries.received import EVERYWHERE, content_of
from motcua.casework.packs.queries.standing import Standing, check_words, standing_of
from motcua.casework.packs.queries.trusting import Judged, judge
from motcua.casework.packs.rules.archives import Folders, write_zip
from motcua.casework.packs.rules.contents import Pack, read_packs
from motcua.casework.packs.rules.names import MANIFEST
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

Checked = Sequence[tuple[Pack, Judged]]


def check_packs(folders: Folders, *, at: datetime) -> Checked:
    """Return what packs say and who signed them; writes nothing.

    Raises: BadPack with all that is wrong in all of them.
    """
    packs = read_packs(folders)
    for pack in packs:
        check_words(pack)
    return [(pack, judge(pack.code, pack.files, at=at)) for pack in packs]


def receive_packs(folders: Folders, *, by: Actor, at: datetime) -> Sequence[ReceivedPack]:
    """Keep packs to be looked at: all of them, or none if anything is wrong.

    Raises: NotAllowed, BadPack, ExaminersBusy.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    return _keep(check_packs(folders, at=at), by=by, at=at)


@work.story
def _keep(checked: Checked, *, by: Actor, at: datetime) -> Sequence[ReceivedPack]:
    kept = []
    for pack, judged in checked:
        received = ReceivedPack.objects.create(
            code=pack.code,
            name=pack.head.name,
            product=pack.head.product,
            content=write_zip({pack.code: pack.files}),
            digest=sha256(pack.files[MANIFEST]).hexdigest(),
            signed=judged.state,
            signature=judged.plain(),
            state=PackState.WAITING,
            received_at=at,
            received_by_name=by.name,
        )
        audit.record(
            "packs.receive", f"procedure:{pack.code}", by=by, at=at, detail=_told(received)
        )
        kept.append(received)
    return kept


def _told(received: ReceivedPack) -> dict[str, str]:
    return {
        "manifest": received.digest,
        "signed": str(received.signed),
        "signer": str(received.signature.get("signer", "")),
    }


@work.story
def draft_pack(
    pack_id: int, seen: str, *, by: Actor, at: datetime, valid_from: date | None = None
) -> ReceivedPack:
    """Make a received pack the draft of its procedure and of its fee tables; publish nothing.

    `seen` tells what stood here when the differences were shown. Word templates wait until
    somebody tries them and puts them in use. What is the same here stays untouched.
    Raises: NotAllowed, NoSuchPack, PackMoved, DraftMoved, BadPack, BadDefinition, BadFeeTable.
    """
    received = _locked(pack_id, by)
    pack = content_of(received)
    standing = standing_of(pack, on=local_day(at))
    if standing.seen != seen:
        message = (
            "Bản thảo ở đây vừa thay đổi sau khi ông/bà xem; chưa có gì bị ghi đè. Hãy xem lại chỗ"
            " khác nhau rồi làm lại."
        )
        raise PackMoved(message)
    for table in pack.tables:
        if standing.changes_table(table.code):
            seen = standing.tables_seen[table.code]
            fees.save_table(replace(table, seen=seen), by=by, at=at)
    if standing.changes_text:
        procedures.save_draft(
            pack.text,
            by=by,
            at=at,
            valid_from=valid_from or local_day(at),
            seen=standing.text_seen,
        )
    latest = procedures.latest_version(procedures.get_procedure(pack.code).pk)
    received.version = latest
    _settle(received, PackState.DRAFTED, by=by, at=at)
    audit.record("packs.draft", f"procedure:{pack.code}", by=by, at=at, detail=_told(received))
    return received


@work.story
def import_packs(
    folders: Folders, *, by: Actor, at: datetime
) -> Sequence[tuple[ReceivedPack, Standing]]:
    """Receive packs and make drafts of all of them at once, or of none.

    Raises: as `receive_packs` and `draft_pack`.
    """
    done = []
    for received in receive_packs(folders, by=by, at=at):
        standing = standing_of(content_of(received), on=local_day(at))
        done.append((draft_pack(received.pk, standing.seen, by=by, at=at), standing))
    return done


@work.story
def drop_pack(pack_id: int, *, by: Actor, at: datetime) -> ReceivedPack:
    """Put a received pack aside. Raises: NotAllowed, NoSuchPack, PackMoved."""
    received = _locked(pack_id, by)
    _settle(received, PackState.DROPPED, by=by, at=at)
    audit.record("packs.drop", f"procedure:{received.code}", by=by, at=at, detail=_told(received))
    return received


def _locked(pack_id: int, by: Actor) -> ReceivedPack:
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    found = ReceivedPack.objects.select_for_update().filter(pk=pack_id).first()
    if found is None:
        raise NoSuchPack("Không có gói này.")
    if found.state != PackState.WAITING:
        raise PackMoved(f"Gói này {PackState(found.state).label.lower()} rồi.")
    return found


def _settle(received: ReceivedPack, state: PackState, *, by: Actor, at: datetime) -> None:
    received.state, received.settled_at, received.settled_by_name = state, at, by.name
    received.save(update_fields=["state", "settled_at", "settled_by_name", "version"])
