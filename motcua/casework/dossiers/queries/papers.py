"""The official papers of a dossier, made again from its rows: the same row, the same bytes.

Source: docs/law/official-papers.md
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from motcua.casework.dossiers.choices import CopyKind, IssuedForm, PaperState, ReturnWay
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import (
    Dossier,
    DossierMove,
    DossierPaper,
    DueChange,
    IssuedPaper,
    SupplementItem,
)
from motcua.casework.procedures import api as procedures
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.tongue import joined, said

from . import letterheads
from .clock import limit_of
from .money import ever_taken_of
from .one import get_dossier_for, is_filer
from .sheets import progress_sheet
from .signing import signed_issued

_ACT = 1000
_KINDS = {
    CopyKind.ORIGINAL: papers.PaperKind.ORIGINAL,
    CopyKind.COPY: papers.PaperKind.COPY,
    CopyKind.ELECTRONIC: papers.PaperKind.ELECTRONIC,
    CopyKind.DATA: papers.PaperKind.ELECTRONIC,
}
_NO_LIMIT = said("Pháp luật không quy định thời hạn")
_HEAD = "Thủ trưởng đơn vị"


def paper_pdf(actor: Actor, code: str, form: str, seq: int = 0) -> bytes:
    """Return an issued paper as PDF; without `seq` the latest of the form, 06 as of now.

    Where it was signed digitally, that file is what is handed out; 06 from the end of the dossier.
    06 goes with the dossier between officers: whoever filed gets none.

    Raises: NoSuchDossier.
    """
    dossier = get_dossier_for(actor, code)
    if form == IssuedForm.PROGRESS and is_filer(actor, dossier):
        raise _no_such_paper(dossier)
    if form == IssuedForm.PROGRESS and not _all_issued(dossier, form).exists():
        return papers.render_paper(progress_sheet(dossier))
    issued = issued_paper(dossier, form, seq)
    signed = signed_issued(dossier, issued)
    return signed or papers.render_paper(official_paper(dossier, issued))


def _all_issued(dossier: Dossier, form: str) -> QuerySet[IssuedPaper]:
    return IssuedPaper.objects.filter(dossier=dossier, form=form)


def issued_paper(dossier: Dossier, form: str, seq: int) -> IssuedPaper:
    """Return an issued paper, without `seq` the latest of the form. Raises: NoSuchDossier."""
    found = _all_issued(dossier, form)
    paper = found.filter(seq=seq).first() if seq else found.order_by("-seq").first()
    if paper is None:
        raise _no_such_paper(dossier)
    return paper


def _no_such_paper(dossier: Dossier) -> NoSuchDossier:
    return NoSuchDossier(said("Hồ sơ %(code)s không có giấy này.", code=dossier.code))


def official_paper(dossier: Dossier, issued: IssuedPaper) -> papers.OfficialPaper:
    """Return the values of an issued paper, as they were on its day."""
    for name, value in issued.data.get("as_printed", {}).items():
        setattr(dossier, name, value)
    return _MAKERS[IssuedForm(issued.form)](dossier, issued)


def _procedure_name(dossier: Dossier) -> str:
    return procedures.definition_of(dossier.procedure_version_id).name


def _filing_receipt(dossier: Dossier, issued: IssuedPaper) -> papers.OfficialPaper:
    answer_by = issued.data.get("answer_by")
    return papers.SubmissionReceipt(
        letterhead=letterheads.of_unit(dossier.receiving_unit_id, issued.issued_at),
        code=dossier.code,
        procedure_name=_procedure_name(dossier),
        lookup_url=letterheads.lookup_url(dossier),
        applicant=letterheads.applicant_of(dossier),
        submitter_name=dossier.submitter_name,
        papers=_listed(dossier, issued.issued_at),
        submitted_at=dossier.submitted_at,
        answer_by=datetime.fromisoformat(answer_by) if answer_by else None,
        next_step=joined("", [_NEXT, _on_paper_only(dossier), "."]),
        contact=letterheads.contact_of(dossier.receiving_unit_id, issued.issued_at),
    )


def _slip(dossier: Dossier, issued: IssuedPaper) -> papers.OfficialPaper:
    definition = procedures.definition_of(dossier.procedure_version_id)
    limit = limit_of(dossier, definition)
    return papers.ReceptionSlip(
        letterhead=letterheads.of_unit(dossier.receiving_unit_id, issued.issued_at),
        code=dossier.code,
        procedure_name=definition.name,
        lookup_url=letterheads.lookup_url(dossier),
        applicant=letterheads.applicant_of(dossier),
        papers=_listed(dossier, issued.issued_at) or (NOTHING_HANDED_IN,),
        sets=dossier.number_of_sets,
        time_limit=calendar.in_words(limit) if limit else _NO_LIMIT,
        received_at=dossier.received_at or issued.issued_at,
        due_at=None if definition.acknowledged_by else _due_then(dossier, issued),
        due_reason="" if definition.acknowledged_by else str(issued.data.get("why", "")),
        return_way=_acknowledged(definition)
        or joined("", [_return_way(dossier, issued.issued_at), _on_paper_only(dossier)]),
        fees=_fees(dossier, issued.issued_at),
        fees_note=_NOT_YET_TAKEN if definition.fees else "",
        submitter_name=dossier.submitter_name,
        receiver_name=dossier.received_by_name or issued.by_name,
        contact=letterheads.contact_of(dossier.receiving_unit_id, issued.issued_at),
        proof_url=letterheads.proof_url(dossier),
    )


_NOT_YET_TAKEN = "chưa thu khi tiếp nhận; mức phải nộp do nơi tiếp nhận báo"
_NEXT = said("Bộ phận Một cửa kiểm tra hồ sơ và trả lời việc tiếp nhận")


def _on_paper_only(dossier: Dossier) -> str:
    """Return a sentence on what is given out on paper only; nothing where all comes as a file."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    names = "; ".join(spec.name for spec in definition.outcomes if spec.on_paper_only)
    if not names:
        return ""
    return said(". Chỉ cấp bản giấy, nhận tại quầy hoặc qua bưu chính: %(names)s", names=names)


def _acknowledged(definition: procedures.Definition) -> str:
    """Return what is said of a notice that has no outcome: the slip is its acknowledgement."""
    if not definition.acknowledged_by:
        return ""
    return said("Thủ tục không có kết quả giấy; giấy này xác nhận cơ quan đã nhận thông báo")


NOTHING_HANDED_IN = papers.ListedPaper(
    name=said("Không có giấy tờ kèm theo"), kind=papers.PaperKind.ORIGINAL, quantity=0
)


def _due_then(dossier: Dossier, issued: IssuedPaper) -> datetime | None:
    """Return the promise as it stood with the act that issued the paper."""
    moves = DossierMove.objects.filter(dossier=dossier, seq=issued.seq // _ACT)
    return moves.values_list("due_at", flat=True).first()


def _return_way(dossier: Dossier, at: datetime) -> str:
    way = ReturnWay(dossier.return_way)
    if way == ReturnWay.COUNTER:
        place = organisation.name_of_unit(dossier.return_unit_id, on=local_day(at))
        return joined(": ", [way.label, place])
    if not dossier.return_address:
        return way.label
    return joined(": ", [way.label, dossier.return_address])


def _listed(dossier: Dossier, at: datetime) -> tuple[papers.ListedPaper, ...]:
    rows = DossierPaper.objects.filter(dossier=dossier, added_at__lte=at)
    rows = rows.exclude(state=PaperState.EXPECTED).select_related("file").order_by("seq")
    return tuple(_line(row) for row in rows)


def _line(row: DossierPaper) -> papers.ListedPaper:
    note = CopyKind.DATA.label if row.kind == CopyKind.DATA else ""
    return papers.ListedPaper(
        name=row.name,
        kind=_KINDS[CopyKind(row.kind)],
        quantity=row.quantity,
        digest=row.file.sha256 if row.file else "",
        note=note,
    )


def _fees(dossier: Dossier, at: datetime) -> tuple[papers.FeeLine, ...]:
    return tuple(
        papers.FeeLine(name=row.name, amount_vnd=row.amount_vnd, receipt=row.receipt_number)
        for row in ever_taken_of(dossier)
        if row.taken_at <= at
    )


def _supplement(dossier: Dossier, issued: IssuedPaper) -> papers.OfficialPaper:
    request = int(issued.data["request"])
    items = SupplementItem.objects.filter(dossier=dossier, request_seq=request).order_by("seq")
    desk, at = dossier.receiving_unit_id, issued.issued_at
    return papers.SupplementRequestPaper(
        letterhead=letterheads.of_unit(desk, at, number=int(issued.data["number"])),
        code=dossier.code,
        procedure_name=_procedure_name(dossier),
        lookup_url=letterheads.lookup_url(dossier),
        applicant=letterheads.applicant_of(dossier),
        items=tuple(papers.SupplementItem(name=i.what, reason=i.reason) for i in items),
        answer_by=_moment(issued.data.get("answer_by")),
        desk_contact=letterheads.contact_of(desk, at),
        guide_name=issued.by_name,
    )


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None


def _refusal(dossier: Dossier, issued: IssuedPaper) -> papers.OfficialPaper:
    desk, at = dossier.receiving_unit_id, issued.issued_at
    return papers.RefusalPaper(
        letterhead=letterheads.of_unit(desk, at),
        code=dossier.code,
        procedure_name=_procedure_name(dossier),
        lookup_url=letterheads.lookup_url(dossier),
        applicant=letterheads.applicant_of(dossier),
        reason=issued.data["reason"],
        legal_basis=(issued.data["basis"],),
        submitter_name=dossier.submitter_name,
        receiver_name=issued.by_name,
        desk_contact=letterheads.contact_of(desk, at),
    )


def _apology(dossier: Dossier, issued: IssuedPaper) -> papers.OfficialPaper:
    change = DueChange.objects.get(dossier=dossier, seq=issued.seq // _ACT * _ACT)
    head = letterheads.of_agency(
        dossier.agency_id, issued.issued_at, number=int(issued.data["number"])
    )
    return papers.ApologyPaper(
        letterhead=head,
        code=dossier.code,
        procedure_name=_procedure_name(dossier),
        lookup_url=letterheads.lookup_url(dossier),
        addressee=dossier.applicant_name,
        received_at=dossier.received_at or dossier.submitted_at,
        due_originally_at=dossier.due_originally_at or change.due_now,
        reason=change.ground,
        due_at=change.due_now,
        signer=_signer(issued),
        recipients=(
            "Như trên",
            letterheads.contact_of(dossier.receiving_unit_id, issued.issued_at),
        ),
    )


def _stop(dossier: Dossier, issued: IssuedPaper) -> papers.OfficialPaper:
    head = letterheads.of_agency(
        dossier.agency_id, issued.issued_at, number=int(issued.data["number"]), notation="TB"
    )
    return papers.StopNotice(
        letterhead=head,
        code=dossier.code,
        procedure_name=_procedure_name(dossier),
        lookup_url=letterheads.lookup_url(dossier),
        applicant=letterheads.applicant_of(dossier),
        received_at=dossier.received_at,
        stopped_at=issued.issued_at,
        reason=issued.data["reason"],
        legal_basis=(issued.data["basis"],),
        fee_handling=issued.data["fees"],
        originals_handling=issued.data["originals"],
        signer=_signer(issued),
    )


def _transfer(dossier: Dossier, issued: IssuedPaper) -> papers.OfficialPaper:
    said = issued.data
    head = letterheads.of_agency(
        dossier.agency_id, issued.issued_at, number=int(said["number"]), notation="PCTT"
    )
    return papers.TransferSlip(
        letterhead=head,
        code=dossier.code,
        procedure_name=_procedure_name(dossier),
        lookup_url=letterheads.lookup_url(dossier),
        name=said["title"],
        form_name=said["form"],
        addressee=said["to"],
        applicant=letterheads.applicant_of(dossier),
        received_at=dossier.received_at or dossier.submitted_at,
        blocks=tuple(
            papers.SlipPart(title=one["title"], lines=tuple(one["lines"])) for one in said["blocks"]
        ),
        papers=tuple(said["papers"]),
        signer=papers.Signer(
            title=str(said.get("title_of_signer") or _HEAD), name=str(said["signer"])
        ),
        recipients=(said["to"], "Lưu hồ sơ"),
    )


def _signer(issued: IssuedPaper) -> papers.Signer:
    title, name = issued.data.get("title") or _HEAD, issued.data.get("signer") or issued.by_name
    capacity = str(issued.data.get("capacity", ""))
    return papers.Signer(title=str(title), name=str(name), capacity=capacity)


def _progress(dossier: Dossier, issued: IssuedPaper) -> papers.OfficialPaper:
    del issued  # what the sheet says follows from the steps, which are closed
    return progress_sheet(dossier)


_MAKERS: Mapping[IssuedForm, Callable[[Dossier, IssuedPaper], papers.OfficialPaper]] = {
    IssuedForm.FILED: _filing_receipt,
    IssuedForm.SLIP: _slip,
    IssuedForm.SUPPLEMENT: _supplement,
    IssuedForm.REFUSAL: _refusal,
    IssuedForm.APOLOGY: _apology,
    IssuedForm.STOP: _stop,
    IssuedForm.PROGRESS: _progress,
    IssuedForm.TRANSFER: _transfer,
}
