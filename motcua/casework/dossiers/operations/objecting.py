"""Hear what people say against a posting, and answer them.

Source: docs/law/field-work.md
"""

from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.choices import Act, Status
from motcua.casework.dossiers.errors import AlreadyAnswered, DossierError, NoSuchDossier
from motcua.casework.dossiers.models import Dossier, Objection, Posting
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy
from motcua.lib.tongue import sentence

from .consulting import at_work, locked_part, tell_at_work
from .rights import handling_unit
from .telling import lock_dossier, part_seq, tell

_MOST_OPEN_OF_ONE = 3
_SHORTEST = 10
_MANY = 100


class ObjectionIn(NamedTuple):
    """What somebody says against a posting; whoever comes to a desk leaves a name and a contact."""

    text: str
    by_name: str = ""
    contact: str = ""


@work.story
def object_to(key: str, said: ObjectionIn, *, by: Actor, at: datetime) -> Dossier:
    """Take what somebody says against a posting: on-line with an identified account, or at a desk.

    The step cannot end before it is answered. Sent twice, as when a line broke, it is there once.

    Raises: NoSuchDossier, NotAllowed, DossierError when the posting has ended, BadInput.
    """
    found = _posting(key)
    dossier = lock_dossier(found.dossier.code)
    posting = locked_part(Posting, dossier, found.seq)  # it may have ended until we got here
    _check_running(posting, at)
    is_citizen = by.kind == ActorKind.CITIZEN
    if not is_citizen:
        by.require(Power.RECEIVE_DOSSIERS)
    elif by.person_id is None:
        raise NotAllowed(
            sentence("Hãy định danh tài khoản trước, hoặc nộp ý kiến tại Bộ phận Một cửa.")
        )
    text, name = said.text.strip(), by.name if is_citizen else tidy(said.by_name)
    _check_said(text, name, said.contact, is_citizen=is_citizen)
    open_ones = _unanswered_of(posting, by.id if is_citizen else None, name)
    if text in open_ones:
        return dossier
    if is_citizen and len(open_ones) >= _MOST_OPEN_OF_ONE:
        raise DossierError(sentence("Ý kiến trước của ông/bà đang được xem xét; xin đợi trả lời."))
    work.add(
        Objection(
            dossier_id=dossier.pk,
            seq=part_seq(dossier),
            posting_seq=posting.seq,
            account_id=by.id if is_citizen else None,
            by_name=name,
            contact=tidy(said.contact),
            text=text,
            handed_at=at,
            received_by_name="" if is_citizen else by.name,
        )
    )
    was = Status(dossier.status)
    detail = {"posting": posting.seq, "at_desk": not is_citizen}
    tell(dossier, Act.OBJECT, by=by, at=at, was=was, unit_id=posting.unit_id, detail=detail)
    return dossier


def _posting(key: str) -> Posting:
    """Raises: NoSuchDossier."""
    found = Posting.objects.select_related("dossier").filter(key=key).first()
    if found is None:
        raise NoSuchDossier(sentence("Không tìm thấy niêm yết này."))
    return found


def _check_running(posting: Posting, at: datetime) -> None:
    """Raises: DossierError."""
    if posting.ended_at is not None or at > posting.until_at:
        message = sentence(
            "Thời gian niêm yết đã hết; ông/bà có thể gửi phản ánh, khiếu nại đến cơ quan."
        )
        raise DossierError(message)


def _check_said(text: str, name: str, contact: str, *, is_citizen: bool) -> None:
    """Raises: BadInput."""
    if len(text) < _SHORTEST:
        raise BadInput(sentence("Hãy ghi rõ ý kiến: điều gì chưa đúng, vì sao."), field="text")
    if not name:
        raise BadInput(sentence("Hãy ghi họ tên người có ý kiến."), field="by_name")
    if not is_citizen and not tidy(contact):
        message = sentence("Hãy ghi địa chỉ hoặc điện thoại để trả lời.")
        raise BadInput(message, field="contact")


def _unanswered_of(posting: Posting, account_id: int | None, name: str) -> list[str]:
    """Return what somebody has said against a posting and was not answered yet."""
    mine = Objection.objects.filter(
        dossier_id=posting.dossier_id,
        posting_seq=posting.seq,
        account_id=account_id,
        by_name=name,
        settled_at=None,
    )
    return list(mine.values_list("text", flat=True)[:_MANY])


@work.story
def settle_objection(
    code: str, seq: int, *, is_upheld: bool, answer: str, by: Actor, at: datetime
) -> Dossier:
    """Answer who objected, with whether they are right; their account is told.

    Raises: NoSuchDossier, NotFound, NotAllowed, AlreadyAnswered, BadInput.
    """
    dossier, steps = at_work(code)
    unit_id = handling_unit(dossier, steps, by)
    objection = locked_part(Objection, dossier, seq)
    if objection.settled_at is not None:
        raise AlreadyAnswered(f"Ý kiến này đã được {objection.settled_by_name} trả lời.")
    if not answer.strip():
        raise BadInput(sentence("Hãy ghi nội dung trả lời người có ý kiến."), field="answer")
    objection.settled_at, objection.settled_by_name = at, by.name
    objection.is_upheld, objection.answer = is_upheld, answer
    work.update(objection, "settled_at", "settled_by_name", "is_upheld", "answer")
    detail = {"seq": seq, "upheld": is_upheld}
    tell_at_work(dossier, Act.SETTLE_OBJECTION, unit_id, by=by, at=at, note="", detail=detail)
    return dossier


def unsettled_in(dossier: Dossier) -> int:
    """Return how many objections still wait for an answer."""
    rows = Objection.objects.filter(dossier_id=dossier.pk, settled_at=None)
    return len(rows.values_list("seq", flat=True)[:_MANY])
