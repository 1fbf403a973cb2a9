"""Hand closed files over to the archive of the agency, or keep them a while.

Source: docs/law/workfiles.md
"""

from collections.abc import Sequence
from datetime import date, datetime

from motcua.casework.workfiles.choices import Act, HandOverState, State
from motcua.casework.workfiles.errors import NoSuchWorkFile, WorkFileError
from motcua.casework.workfiles.models import HandOver, WorkFile
from motcua.casework.workfiles.permissions import check_archive, check_write
from motcua.casework.workfiles.rules.keeping import (
    LEAST_HANDED_OVER,
    goes_to_archive,
    latest_kept,
)
from motcua.casework.workfiles.rules.values import checked_reason, new_code
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .telling import lock_file, tell

MOST_AT_ONCE = 200


@work.story
def keep_longer(code: str, until: date, reason: str, *, by: Actor, at: datetime) -> WorkFile:
    """Let the unit keep a file beyond its day, at most two years, for a reason.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError, BadInput.
    """
    work_file = lock_file(code)
    check_write(by, work_file)
    why = checked_reason(reason)
    if work_file.state != State.CLOSED or work_file.due_on is None:
        raise WorkFileError("Chỉ hồ sơ đã kết thúc và phải nộp lưu mới cần xin giữ lại.")
    latest = latest_kept(work_file.due_on)
    if not work_file.due_on < until <= latest:
        message = f"Được giữ lại đến trước hoặc vào ngày {latest:%d/%m/%Y} (không quá 2 năm)."
        raise BadInput(message, field="until")
    work_file.kept_until, work_file.warned_on = until, None
    changed = ("kept_until", "warned_on")
    note = f"Giữ lại đến {until:%d/%m/%Y}: {why}"
    tell(work_file, Act.KEEP, by=by, at=at, was=State.CLOSED, changed=changed, note=note)
    return work_file


@work.story
def offer(codes: Sequence[str], *, by: Actor, at: datetime) -> HandOver:
    """Put closed files of one unit together and offer them to the archive.

    Raises: NoSuchWorkFile, NotAllowed, MoveNotAllowed, WorkFileError, BadInput.
    Locks: the files, in the order of their codes.
    """
    wanted = sorted(set(codes))
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise BadInput(f"Hãy chọn từ 1 đến {MOST_AT_ONCE} hồ sơ để nộp lưu.", field="codes")
    files = [lock_file(code) for code in wanted]
    for one in files:
        check_write(by, one)
        _check_goes(one)
    if len({one.unit_id for one in files}) > 1:
        raise WorkFileError("Mỗi lần nộp lưu chỉ gồm hồ sơ của một đơn vị.")
    found = HandOver(
        id=work.new_id(HandOver),
        code=new_code(),
        agency_id=files[0].agency_id,
        unit_id=files[0].unit_id,
        state=HandOverState.OFFERED,
        files=len(files),
        offered_at=at,
        giver_id=by.id,
        giver_name=by.name,
        giver_title=by.title,
    )
    work.add(found)
    work.flush()
    for one in files:
        one.move_to(State.OFFERED)
        one.hand_over = found
        detail = {"hand_over": found.code}
        changed = ("hand_over",)
        tell(one, Act.OFFER, by=by, at=at, was=State.CLOSED, changed=changed, detail=detail)
    audit.record("workfiles.offered", f"hand_over:{found.code}", by=by, at=at)
    return found


def _check_goes(work_file: WorkFile) -> None:
    if not goes_to_archive(work_file.retention_years):
        message = (
            f"Hồ sơ “{work_file.title}” có thời hạn bảo quản dưới {LEAST_HANDED_OVER} năm "
            "nên không nộp lưu; đơn vị tự bảo quản."
        )
        raise WorkFileError(message)


@work.story
def accept(code: str, *, by: Actor, at: datetime) -> HandOver:
    """Take the offered files into the archive; the minutes name both sides.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError.
    """
    found = _offered(code, by)
    found.state, found.ended_at = HandOverState.ACCEPTED, at
    found.receiver_name, found.receiver_title = by.name, by.title
    work.update(found, "state", "ended_at", "receiver_name", "receiver_title")
    for one in _files(found):
        one.move_to(State.HANDED_OVER)
        tell(one, Act.HAND_OVER, by=by, at=at, was=State.OFFERED)
    audit.record("workfiles.accepted", f"hand_over:{found.code}", by=by, at=at)
    return found


@work.story
def send_back(code: str, reason: str, *, by: Actor, at: datetime) -> HandOver:
    """Give all files of a hand-over back to their unit, for a reason.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError, BadInput.
    """
    found = _offered(code, by)
    found.reason = checked_reason(reason)
    found.state, found.ended_at = HandOverState.RETURNED, at
    work.update(found, "state", "ended_at", "reason")
    for one in _files(found):
        one.move_to(State.CLOSED)
        one.hand_over = None
        changed = ("hand_over",)
        note = found.reason
        tell(one, Act.TAKE_BACK, by=by, at=at, was=State.OFFERED, changed=changed, note=note)
    audit.record("workfiles.sent_back", f"hand_over:{found.code}", by=by, at=at)
    return found


def _offered(code: str, by: Actor) -> HandOver:
    try:
        found = work.lock(HandOver, code=code)
    except HandOver.DoesNotExist as error:
        raise NoSuchWorkFile(f"Không tìm thấy lần giao nộp {code}.") from error
    check_archive(by, found.agency_id)
    if found.state != HandOverState.OFFERED:
        label = HandOverState(found.state).label.lower()
        raise WorkFileError(f"Lần giao nộp này {label}, không làm lại được.")
    return found


def _files(found: HandOver) -> list[WorkFile]:
    files = WorkFile.objects.select_for_update(of=("self",)).filter(hand_over=found)
    return list(files.order_by("code"))
