"""Propose, approve and withdraw anchors: two people for every one.

Source: docs/law/signatures.md
"""

from datetime import date, datetime

from django.conf import settings

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.trust.choices import AnchorState, Purpose
from motcua.foundation.trust.errors import (
    AlreadyKnown,
    NoSuchAnchor,
    NotACertificate,
    SamePerson,
    TrustError,
)
from motcua.foundation.trust.models import Anchor
from motcua.foundation.trust.rules.certificates import CertificateFacts, read_certificates
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

TYPED_DIGITS = 8
EVERYWHERE = 0  # no unit: only a power over the whole province reaches it


@work.story
def propose_anchor(
    content: bytes, purpose: Purpose, *, by: Actor, at: datetime, basis: str = ""
) -> Anchor:
    """Bring in the root certificate of a file; another administrator has to approve it.

    Raises: NotAllowed, NotACertificate, AlreadyKnown, TrustError for a demo root elsewhere.
    """
    by.require(Power.PROPOSE_ANCHORS, unit_id=EVERYWHERE)
    if purpose == Purpose.DEMO and not settings.SIGNING_DEMO:
        raise TrustError("Gốc chứng thực minh họa không dùng được ở đây.")
    facts = root_in(content)
    if Anchor.objects.filter(sha256=facts.sha256).exists():
        raise AlreadyKnown("Gốc tin cậy này đã có trong danh sách.")
    anchor = Anchor.objects.create(
        name=facts.subject_name,
        purpose=purpose,
        der=facts.der,
        sha256=facts.sha256,
        subject=facts.subject,
        not_before=facts.not_before,
        not_after=facts.not_after,
        state=AnchorState.PROPOSED,
        basis=basis,
        proposed_by_id=by.id,
        proposed_by_name=by.name,
        proposed_at=at,
        valid_from=local_day(facts.not_before),
        valid_to=local_day(facts.not_after),
    )
    _trace("trust.anchor_proposed", anchor, by=by, at=at)
    return anchor


def root_in(content: bytes) -> CertificateFacts:
    """Return the one root certificate of a file. Raises: NotACertificate."""
    found = read_certificates(content)
    roots = [one for one in found if one.is_authority and one.is_root]
    if len(roots) == 1:
        return roots[0]
    if roots:
        message = f"Tệp có {len(roots)} chứng thư gốc; hãy đưa vào từng chứng thư một."
    elif any(one.is_authority for one in found):
        message = "Đây là chứng thư của tổ chức trung gian; gốc tin cậy phải là chứng thư tự ký."
    else:
        message = "Đây không phải chứng thư của một tổ chức chứng thực."
    raise NotACertificate(message, field="file")


@work.story
def approve_anchor(
    sha256: str, typed: str, *, by: Actor, at: datetime, believed_from: date | None = None
) -> Anchor:
    """Believe a proposed anchor, as the second person, who types the end of its fingerprint.

    Raises: NotAllowed, NoSuchAnchor, SamePerson, BadInput, TrustError.
    """
    by.require(Power.APPROVE_ANCHORS, unit_id=EVERYWHERE)
    anchor = _locked(sha256)
    if anchor.state != AnchorState.PROPOSED:
        raise TrustError("Gốc tin cậy này không còn chờ duyệt.")
    if anchor.proposed_by_id == by.id:
        raise SamePerson("Người đề nghị không được tự duyệt; cần một quản trị viên khác.")
    if typed.replace(" ", "").lower() != sha256[-TYPED_DIGITS:]:
        message = f"{TYPED_DIGITS} ký tự cuối của dấu vân tay chưa đúng; hãy đối chiếu lại."
        raise BadInput(message, field="typed")
    anchor.state = AnchorState.TRUSTED
    anchor.approved_by_id, anchor.approved_by_name, anchor.approved_at = by.id, by.name, at
    anchor.valid_from = believed_from or anchor.valid_from
    names = ("state", "approved_by_id", "approved_by_name", "approved_at", "valid_from")
    work.update(anchor, *names)
    _trace("trust.anchor_approved", anchor, by=by, at=at)
    return anchor


@work.story
def withdraw_anchor(sha256: str, reason: str, *, by: Actor, at: datetime) -> Anchor:
    """Stop believing an anchor from now on; what was judged before stays as it was.

    Raises: NotAllowed, NoSuchAnchor, BadInput without a reason, TrustError.
    """
    by.require(Power.PROPOSE_ANCHORS, unit_id=EVERYWHERE)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do thôi tin cậy.", field="reason")
    anchor = _locked(sha256)
    if anchor.state == AnchorState.WITHDRAWN:
        raise TrustError("Gốc này đã thôi được tin cậy từ trước.")
    anchor.state, anchor.reason = AnchorState.WITHDRAWN, reason.strip()
    anchor.withdrawn_at, anchor.withdrawn_by_name = at, by.name
    work.update(anchor, "state", "reason", "withdrawn_at", "withdrawn_by_name")
    _trace("trust.anchor_withdrawn", anchor, by=by, at=at)
    return anchor


def _locked(sha256: str) -> Anchor:
    try:
        return work.lock(Anchor, sha256=sha256)
    except Anchor.DoesNotExist as error:
        raise NoSuchAnchor("Không có gốc tin cậy này.") from error


def _trace(action: str, anchor: Anchor, *, by: Actor, at: datetime) -> None:
    detail = {"subject": anchor.subject, "purpose": anchor.purpose, "basis": anchor.basis}
    audit.record(action, f"anchor:{anchor.sha256}", by=by, at=at, detail=detail)
