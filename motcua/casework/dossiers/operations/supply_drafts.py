"""Keep what is about to be supplied, let its owner sign it, and send it in the end.

Source: docs/law/one-stop.md
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.choices import CopyKind, Status
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier, SupplementItem, SupplyDraft, SupplyPaper
from motcua.casework.dossiers.queries.own_signing import owner_of_supply, supply_in
from motcua.casework.dossiers.queries.supplying import Supplying, open_request_of, supplying_of
from motcua.casework.dossiers.rules.application import PaperIn
from motcua.casework.procedures import api as procedures
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed
from motcua.lib.tongue import said

from .drafts import KEPT
from .rights import is_applicant, require_applicant_or_desk
from .signed_papers import check_signable
from .signing_drafts import SigningIn
from .supplements import supply
from .telling import lock_dossier


@work.story
def keep_supply(
    code: str,
    item_seq: int,
    papers: Sequence[PaperIn],
    answers: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    at: datetime,
) -> SupplyDraft:
    """Keep files for one item of the open request, and corrected answers, without sending them.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput for a file that must be signed
    and cannot be signed here.
    """
    dossier, request_seq = _open(code, by)
    items = SupplementItem.objects.filter(dossier=dossier, request_seq=request_seq, seq=item_seq)
    if papers and not items.exists():
        raise DossierError(said("Nội dung này không còn được yêu cầu bổ sung; hãy tải lại trang."))
    definition = procedures.definition_of(dossier.procedure_version_id)
    check_signable([(one.spec_code, one.file_id) for one in papers], definition.papers)
    draft, _ = SupplyDraft.objects.get_or_create(
        dossier=dossier, request_seq=request_seq, defaults={"saved_at": at}
    )
    draft.answers, draft.saved_at = {**draft.answers, **(answers or {})}, at
    work.update(draft, "answers", "saved_at")
    SupplyPaper.objects.bulk_create(
        SupplyPaper(
            supply=draft,
            item_seq=item_seq,
            spec_code=one.spec_code,
            name=one.name,
            file_id=one.file_id,
            file_name=one.file_name,
        )
        for one in papers
        if one.file_id is not None
    )
    return draft


def drop_supply_paper(code: str, paper_id: int, *, by: Actor, at: datetime) -> None:
    """Take back a file that was kept. Raises: NoSuchDossier, NotAllowed, DossierError."""
    files.forget_unused(_drop(code, paper_id, by=by, at=at))


@work.story
def _drop(code: str, paper_id: int, *, by: Actor, at: datetime) -> list[int]:
    dossier, _ = _open(code, by)
    kept = supplying_of(dossier)
    found = [one for one in kept.papers if one.pk == paper_id]
    if kept.draft is None or not found:
        raise DossierError(said("Tệp này đã được bỏ hoặc đã gửi; hãy tải lại trang."))
    SupplyPaper.objects.filter(pk=paper_id).delete()
    kept.draft.saved_at = at
    work.update(kept.draft, "saved_at")
    return [found[0].file_id]


@work.story
def sign_supply(code: str, given: SigningIn, *, by: Actor, at: datetime) -> str:
    """Begin to sign kept files at a remote service; answer with the mark of it.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput, SigningError.
    """
    dossier, request_seq = _open(code, by)
    wanted = [
        signing.OwnPaperIn(f"file:{one.file_id}", one.name, one.file_id, one.file_name)
        for one in {paper.file_id: paper for paper in supplying_of(dossier).papers}.values()
        if one.file_id in given.file_ids
    ]
    owner = owner_of_supply(code, request_seq)
    asked = signing.OwnSigningIn(owner, given.service_code, given.user_ref, wanted)
    return signing.begin_own_signing(asked, by=by, at=at).token


@work.story
def take_supply_signed(owner: str, *, at: datetime) -> None:
    """Put what was signed in the place of what was not; what is gone meanwhile is left."""
    code, request_seq = supply_in(owner)
    if not code:
        return
    dossier = lock_dossier(code)
    drafts = SupplyDraft.objects.filter(dossier=dossier, request_seq=request_seq)
    signed = signing.own_signed(owner)
    for paper in SupplyPaper.objects.filter(supply__in=drafts):
        found = signed.get(f"file:{paper.file_id}")
        if found is not None:
            paper.file_id = found.signed_file_id
            paper.signed_by_name, paper.signed_at = found.by_name, found.at
            work.update(paper, "file_id", "signed_by_name", "signed_at")
    drafts.update(saved_at=at)


@work.story
def send_supply(code: str, *, by: Actor, at: datetime) -> Dossier:
    """Send what was kept: papers and corrected answers take their place in the dossier.

    Raises: NoSuchDossier, NotAllowed, DossierError also while it is being signed, BadInput
    for a paper that must be signed and is not, AnswersWrong.
    """
    dossier, request_seq = _open(code, by)
    if signing.own_signing_open(owner_of_supply(code, request_seq)) is not None:
        message = said(
            "Giấy tờ đang được ký số. Hãy chờ ký xong, hoặc bấm “Thôi, không ký nữa” ở trang ký số"
            " rồi gửi."
        )
        raise DossierError(message)
    kept = supplying_of(dossier)
    papers = [_as_paper(one) for one in kept.papers]
    answers = kept.draft.answers if kept.draft else {}
    sent = supply(code, papers, answers, by=by, at=at)
    _forget(kept)
    return sent


def _as_paper(kept: SupplyPaper) -> PaperIn:
    return PaperIn(
        spec_code=kept.spec_code,
        name=kept.name,
        kind=CopyKind.ELECTRONIC,
        file_id=kept.file_id,
        file_name=kept.file_name,
    )


def _forget(kept: Supplying) -> None:
    """Remove what was kept, now that the dossier's papers hold the files."""
    work.flush()
    if kept.draft is not None:
        kept.draft.delete()


def sweep_supplies(*, at: datetime) -> int:
    """Remove what nobody changed for ninety days, and what only it held; count the drafts."""
    count, owners, held = _sweep(at=at)
    signing.forget_own_signings(owners)
    files.forget_unused(held)
    return count


@work.story
def _sweep(*, at: datetime) -> tuple[int, list[str], list[int]]:
    old = SupplyDraft.objects.filter(saved_at__lt=at - KEPT).select_related("dossier")
    owners = [owner_of_supply(one.dossier.code, one.request_seq) for one in old]
    papers = SupplyPaper.objects.filter(supply__in=list(old))
    held = list(papers.values_list("file_id", flat=True))
    SupplyDraft.objects.filter(pk__in=[one.pk for one in old]).delete()
    return len(owners), owners, held


def _open(code: str, by: Actor) -> tuple[Dossier, int]:
    """Return the actor's locked dossier and the open request.

    Raises: NoSuchDossier, NotAllowed, DossierError.
    """
    dossier = lock_dossier(code)
    require_applicant_or_desk(dossier, by)
    if not is_applicant(dossier, by):
        raise NotAllowed(said("Chỉ người nộp hồ sơ chuẩn bị giấy tờ bổ sung ở đây."))
    request_seq = open_request_of(dossier)
    if dossier.status != Status.AWAITING_APPLICANT or not request_seq:
        label = Status(dossier.status).label
        raise DossierError(
            said("Hồ sơ %(code)s đang ở “%(label)s”, không chờ bổ sung.", code=code, label=label)
        )
    return dossier, request_seq
