"""Which acts a document being written offers to whom."""

from motcua.casework.documents.api import (
    DocumentStep,
    State,
    StepKind,
    WholeDocument,
    is_hand,
    may_follow,
    unanswered,
)
from motcua.channels.kit.addresses import address
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

from .offers import Offer

_WRITTEN = (State.DRAFT, State.SUBMITTED)


def outgoing_offers(actor: Actor, whole: WholeDocument) -> list[Offer]:
    """Return what may be done with a document of the agency's own."""
    document = whole.document
    if document.imported_from:
        return []
    if document.source:
        return _answering(actor, whole)
    if document.state == State.ISSUED:
        return [
            *_of_issued(actor, whole),
            *_of_following(actor, whole),
            *_of_changing(actor, whole),
        ]
    if document.state not in _WRITTEN:
        return []
    code = document.code
    found = [offer for step in whole.open_steps() for offer in _of_step(actor, whole, step)]
    found.append(Offer("Góp ý", address("registry:comment", code)))
    writes = document.drafter_id == actor.id or actor.can(
        Power.APPROVE_DOCUMENTS, unit_id=document.unit_id
    )
    if writes:
        is_draft = document.state == State.DRAFT
        if is_draft:
            found.insert(0, Offer("Trình duyệt", address("registry:submit", code), is_main=True))
        else:
            found.append(Offer("Rút về", address("registry:take_back", code), is_at_once=True))
        found.append(Offer("Nơi nhận", address("registry:recipients", code)))
        found.append(Offer("Sửa dự thảo", address("registry:revise", code)))
        found.append(Offer("Hủy dự thảo", address("registry:drop", code)))
    return found


def _of_step(actor: Actor, whole: WholeDocument, step: DocumentStep) -> list[Offer]:
    code, found = whole.document.code, []
    is_mine = is_hand(step, actor)
    if step.kind == StepKind.APPROVE and is_mine:
        found.append(Offer("Duyệt", address("registry:approve", code, step.seq), is_main=True))
        found.append(Offer("Trả lại", address("registry:send_back", code, step.seq)))
    if step.kind == StepKind.SIGN and is_mine:
        found.append(Offer("Ký", address("registry:sign_draft", code, step.seq), is_main=True))
        found.append(Offer("Trả lại", address("registry:send_back", code, step.seq)))
    if step.kind == StepKind.SIGN and actor.can(Power.REGISTER_DOCUMENTS):
        href = address("registry:issue_on_paper", code, step.seq)
        found.append(Offer("Phát hành bản giấy", href))
    return found


def _answering(actor: Actor, whole: WholeDocument) -> list[Offer]:
    """Offer to answer a document that came in."""
    may = actor.can(Power.DRAFT_DOCUMENTS)
    if not may or whole.document.state not in (State.REGISTERED, State.DIRECTED, State.DONE):
        return []
    href = f"{address('registry:new_draft')}?tra-loi={whole.document.code}"
    return [Offer("Soạn văn bản trả lời", href)]


def _of_issued(actor: Actor, whole: WholeDocument) -> list[Offer]:
    """Offer the clerk to send, to add places, and to recall."""
    document = whole.document
    if not actor.can(Power.REGISTER_DOCUMENTS) or actor.agency_id != document.agency_id:
        return []
    current = [one for one in whole.recipients if one.removed_at is None]
    unsent = [one for one in current if one.sent_at is None and not one.envelope]
    places = Offer("Nơi nhận", address("registry:recipients", document.code), not current)
    found = [places, Offer("Thu hồi", address("registry:recall", document.code))]
    if any(one.envelope for one in current):
        href = address("registry:update_sent", document.code)
        found.append(Offer("Cập nhật văn bản đã gửi", href))
    if document.ordinal is not None and all(one.returned_at for one in whole.copy_uses):
        href = address("registry:lend_copy", document.code)
        found.append(Offer("Cho sử dụng bản lưu", href))
    if unsent:
        href = address("registry:send", document.code)
        found.insert(0, Offer("Gửi", href, is_main=True, is_at_once=True))
    return found


def _of_following(actor: Actor, whole: WholeDocument) -> list[Offer]:
    """Offer who follows the answers to remind those who have not given one."""
    document = whole.document
    if not may_follow(document, actor) or not unanswered(document):
        return []
    return [
        Offer("Đôn đốc nơi nhận", address("registry:chase", document.code)),
        Offer("Ghi nhận đã trả lời", address("registry:note_answer", document.code)),
    ]


def _of_changing(actor: Actor, whole: WholeDocument) -> list[Offer]:
    """Offer who writes documents to begin one that replaces this, or corrects it."""
    document = whole.document
    if not actor.can(Power.DRAFT_DOCUMENTS) or actor.agency_id != document.agency_id:
        return []
    begin = address("registry:new_draft")
    return [
        Offer("Soạn văn bản thay thế", f"{begin}?thay-the={document.code}&loai={document.kind}"),
        Offer("Soạn công văn đính chính", f"{begin}?dinh-chinh={document.code}"),
    ]
