"""Reference translations of issued papers, for applicants who read English.

Source: docs/law/official-papers.md
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.procedures import api as procedures
from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import ReferenceLine, ReferenceList
from motcua.lib.actor import Actor
from motcua.lib.clock import local
from motcua.lib.money import in_dong
from motcua.lib.tongue import in_english, on_day, said

from .one import get_dossier_for
from .papers import NOTHING_HANDED_IN, issued_paper, official_paper

Lines = Iterable[tuple[str, object]]
TRANSLATED = frozenset(
    {
        IssuedForm.FILED,
        IssuedForm.SLIP,
        IssuedForm.SUPPLEMENT,
        IssuedForm.REFUSAL,
        IssuedForm.APOLOGY,
        IssuedForm.STOP,
    }
)


def reference_pdf(actor: Actor, code: str, form: str, seq: int = 0) -> bytes:
    """Return what an issued paper says in English, marked as a translation for reference.

    Raises: NoSuchDossier.
    """
    dossier = get_dossier_for(actor, code)
    if form not in TRANSLATED:
        message = said("Hồ sơ %(code)s không có giấy này.", code=dossier.code)
        raise NoSuchDossier(message)
    paper = official_paper(dossier, issued_paper(dossier, form, seq))
    if not isinstance(paper, papers.DossierPaper):
        raise NoSuchDossier(said("Giấy này không có bản dịch để tham khảo."))
    return papers.render_paper(reference_of(paper, IssuedForm(form)))


def reference_of(paper: papers.DossierPaper, form: IssuedForm) -> papers.ReferenceCopy:
    """Return the English of a paper, from the same values as the paper itself."""
    about: Lines = [
        (said("Ngày lập"), on_day("", paper.letterhead.issued_on)),
        (said("Tên thủ tục"), procedures.official(paper.procedure_name)),
    ]
    lines = ((in_english(name), in_english(value)) for name, value in (*about, *_lines(paper)))
    return papers.ReferenceCopy(
        letterhead=paper.letterhead,
        code=paper.code,
        procedure_name=paper.procedure_name,
        lookup_url=paper.lookup_url,
        kind=in_english(form.label),
        original=str(form.label),
        issuer=in_english(procedures.official(paper.letterhead.issuer)),
        lines=tuple(ReferenceLine(name=name, value=value) for name, value in lines if value),
        lists=tuple(_lists(paper)),
    )


def _lines(paper: papers.DossierPaper) -> Lines:
    """Yield what the paper says, line by line."""
    match paper:
        case papers.SubmissionReceipt():
            yield said("Người nộp"), paper.submitter_name
            yield said("Nộp lúc"), _at(paper.submitted_at)
            yield said("Việc tiếp theo"), paper.next_step
            yield said("Trả lời trước"), _at(paper.answer_by)
        case papers.ReceptionSlip():
            yield from _of_slip(paper)
        case papers.SupplementRequestPaper():
            yield said("Nộp bổ sung trước"), _at(paper.answer_by)
            yield said("Người hướng dẫn"), paper.guide_name
        case papers.RefusalPaper():
            yield said("Lý do"), _quoted(paper.reason)
            yield said("Căn cứ pháp lý"), _quoted("; ".join(paper.legal_basis))
        case papers.ApologyPaper():
            yield said("Tiếp nhận lúc"), _at(paper.received_at)
            yield said("Hẹn lần đầu"), _at(paper.due_originally_at)
            yield said("Lý do"), _quoted(paper.reason)
            yield said("Hẹn lại"), _at(paper.due_at)
        case papers.StopNotice():
            yield said("Dừng giải quyết lúc"), _at(paper.stopped_at)
            yield said("Lý do"), _quoted(paper.reason)
            yield said("Căn cứ pháp lý"), _quoted("; ".join(paper.legal_basis))
            yield said("Phí, lệ phí"), _quoted(paper.fee_handling)
            yield said("Bản chính"), _quoted(paper.originals_handling)


def _of_slip(slip: papers.ReceptionSlip) -> Lines:
    yield said("Chủ hồ sơ"), slip.applicant.name
    yield said("Người nộp"), slip.submitter_name
    yield said("Tiếp nhận lúc"), _at(slip.received_at)
    yield said("Thời hạn"), slip.time_limit
    yield said("Hẹn trả kết quả"), _at(slip.due_at)
    yield said("Nhận kết quả"), slip.return_way
    yield said("Người tiếp nhận"), slip.receiver_name
    if NOTHING_HANDED_IN in slip.papers:
        yield said("Giấy tờ đã nộp"), NOTHING_HANDED_IN.name
    for fee in slip.fees:
        yield procedures.official(fee.name), in_dong(fee.amount_vnd)


def _lists(paper: papers.DossierPaper) -> Iterator[ReferenceList]:
    """Yield the papers listed, and what is to be supplied."""
    if isinstance(paper, papers.ReceptionSlip | papers.SubmissionReceipt):
        handed_in = [one for one in paper.papers if one != NOTHING_HANDED_IN]
        names = tuple(in_english(procedures.official(one.name)) for one in handed_in)
        if names:
            yield ReferenceList(name=in_english(said("Giấy tờ đã nộp")), lines=names)
    if isinstance(paper, papers.SupplementRequestPaper):
        asked = (f"{_quoted(one.name)}: {_quoted(one.reason)}" for one in paper.items)
        yield ReferenceList(name=in_english(said("Cần bổ sung")), lines=tuple(asked))


def _at(moment: datetime | None) -> object:
    return on_day("", local(moment)) if moment else ""


def _quoted(words: str) -> str:
    """Return what an officer wrote, which nobody has translated."""
    return f"“{words}”" if words else ""
