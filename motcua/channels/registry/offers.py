"""Which acts a document's page offers to whom; each part of the channel adds its own."""

from typing import NamedTuple

from motcua.casework.documents.api import (
    Document,
    DocumentStep,
    FileRole,
    State,
    StepKind,
    WholeDocument,
    is_hand,
)
from motcua.channels.kit.addresses import address
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor


class Offer(NamedTuple):
    """One act: its word, its page, whether it is the one to do now, or done at a click."""

    word: str
    href: str
    is_main: bool = False
    is_at_once: bool = False


def incoming_offers(actor: Actor, whole: WholeDocument) -> list[Offer]:
    """Return what may be done with a document that came in."""
    document = whole.document
    is_clerk = actor.can(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if document.imported_from:
        href = address("registry:correct", document.code)
        return [Offer("Sửa thông tin đăng ký", href)] if is_clerk else []
    if not document.source:
        return []
    found = [offer for step in whole.open_steps() for offer in _of_step(actor, document.code, step)]
    if is_clerk:
        found += _of_clerk(document.code, State(document.state), whole)
    leads = actor.can(Power.DIRECT_DOCUMENTS, unit_id=document.unit_id)
    if (is_clerk or leads) and document.state in (State.REGISTERED, State.DIRECTED):
        found.append(Offer("Kết thúc xử lý", address("registry:finish", document.code)))
    if is_clerk or leads:
        found += _of_handling(document, whole)
    return [*found, *_of_paper(document, whole, is_clerk=is_clerk)]


def _of_handling(document: Document, whole: WholeDocument) -> list[Offer]:
    """Offer to remind who should deal with the document, or to open it again."""
    found = []
    if waits(document, whole):
        found.append(Offer("Đôn đốc", address("registry:remind", document.code)))
    if document.state == State.DONE:
        found.append(Offer("Mở lại", address("registry:reopen", document.code)))
    return found


def _of_paper(document: Document, whole: WholeDocument, *, is_clerk: bool) -> list[Offer]:
    """Offer the slip and the mark of arrival once the document has its number."""
    if document.ordinal is None:
        return []
    slip = address("registry:routing_slip", document.code)
    found = [Offer("Phiếu giải quyết (PDF)", slip)]
    if is_clerk and can_stamp(whole):
        href = address("registry:stamp", document.code)
        found.append(Offer("Đóng dấu “ĐẾN” lên bản đọc", href, is_at_once=True))
    return found


def can_stamp(whole: WholeDocument) -> bool:
    """Say whether there is a PDF without a copy that bears the mark of arrival."""
    kept = [one for one in whole.files if one.gone_at is None]
    if any(one.role == FileRole.STAMPED for one in kept):
        return False
    mains = [one for one in kept if one.role == FileRole.MAIN]
    return any(one.file.media_type == "application/pdf" for one in mains)


def waits(document: Document, whole: WholeDocument) -> bool:
    """Say whether somebody is to deal with the document, and can be reminded."""
    if document.state == State.DIRECTED:
        return bool(whole.lines)
    asked = [step for step in whole.open_steps() if step.kind in (StepKind.DIRECT, StepKind.WORK)]
    return document.state == State.REGISTERED and bool(asked)


def _of_step(actor: Actor, code: str, step: DocumentStep) -> list[Offer]:
    kind, unit_id = step.kind, step.unit_id
    is_mine = step.assignee_id in (None, actor.id)
    if kind == StepKind.READ and is_hand(step, actor):
        return [
            Offer(
                "Đã đọc",
                address("registry:mark_read", code, step.seq),
                is_main=True,
                is_at_once=True,
            )
        ]
    if kind == StepKind.RECALL and actor.can(Power.REGISTER_DOCUMENTS, unit_id=unit_id):
        href = address("registry:answer_recall", code, step.seq)
        return [Offer("Trả lời nơi gửi", href, is_main=True)]
    if kind != StepKind.DIRECT or not is_mine:
        return []
    if not actor.can(Power.DIRECT_DOCUMENTS, unit_id=unit_id):
        return []
    return [
        Offer("Cho ý kiến chỉ đạo", address("registry:direct", code, step.seq), is_main=True),
        Offer("Chuyển người khác", address("registry:pass_on", code, step.seq)),
    ]


def _of_clerk(code: str, state: State, whole: WholeDocument) -> list[Offer]:
    if state == State.ARRIVED:
        return [
            Offer("Đăng ký", address("registry:register", code), is_main=True),
            Offer("Từ chối tiếp nhận", address("registry:refuse", code)),
            Offer("Đây là văn bản mật", address("registry:purge", code)),
        ]
    if state not in (State.REGISTERED, State.DIRECTED):
        return []
    found = [Offer("Sửa thông tin đăng ký", address("registry:correct", code))]
    waiting = [step for step in whole.open_steps() if step.kind == StepKind.DIRECT]
    if waiting:
        href = address("registry:pass_on", code, waiting[0].seq)
        found.insert(0, Offer("Trình người khác", href))
    else:
        found.insert(
            0, Offer("Trình lãnh đạo", address("registry:bring", code), state == State.REGISTERED)
        )
    return [
        *found,
        Offer("Trả lại nơi gửi", address("registry:give_back", code)),
        Offer("Đây là văn bản mật", address("registry:purge", code)),
    ]
