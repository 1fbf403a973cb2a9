"""When a step is really done, and what an outcome still needs before it is signed.

Source: docs/law/one-stop.md
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import IssuedForm, OutcomeKind
from motcua.casework.dossiers.errors import BlankSpent, StepNotOpen, StepUnfinished
from motcua.casework.dossiers.models import (
    BlankUsed,
    Consultation,
    Dossier,
    DossierOutcome,
    DossierStep,
    IssuedPaper,
    Visit,
)
from motcua.casework.dossiers.queries.money import was_paid_since
from motcua.casework.dossiers.rules.blanks import check_serials, read_serials
from motcua.casework.forms.api import check_fields
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, OutcomeSpec
from motcua.casework.processes.api import StepKind
from motcua.lib import work
from motcua.lib.clock import local
from motcua.lib.errors import BadInput
from motcua.lib.expressions import compile_expression

from .convening import has_met
from .objecting import unsettled_in
from .stepping import facts_of
from .telling import part_seq

Check = Callable[[Dossier, DossierStep, str, datetime], None]


def check_finished(dossier: Dossier, step: DossierStep, comment: str, *, at: datetime) -> None:
    """Raises: StepUnfinished naming what the step is still waiting for; StepNotOpen."""
    check = _CHECKS.get(StepKind(step.kind))
    if check is not None:
        check(dossier, step, comment, at)


def _applicant(_dossier: Dossier, _step: DossierStep, _comment: str, _at: datetime) -> None:
    message = "Bước này chờ người nộp xác nhận bản nháp; tại quầy thì ghi lời của người nộp."
    raise StepNotOpen(message)


def _timed(_dossier: Dossier, step: DossierStep, _comment: str, _at: datetime) -> None:
    until = local(step.due_at)
    message = f"Bước này tự xong khi chờ đủ thời gian, lúc {until:%H:%M ngày %d/%m/%Y}."
    raise StepNotOpen(message)


def _visited(dossier: Dossier, step: DossierStep, _comment: str, _at: datetime) -> None:
    visits = Visit.objects.filter(dossier_id=dossier.pk, seq__gt=step.seq)
    if not visits.filter(done_at__isnull=False).exists():
        message = "Hãy hẹn kiểm tra thực địa và ghi biên bản trước khi hoàn thành bước này."
        raise StepUnfinished(message)


def _interviewed(dossier: Dossier, step: DossierStep, _comment: str, _at: datetime) -> None:
    visits = Visit.objects.filter(dossier_id=dossier.pk, seq__gt=step.seq)
    if not visits.filter(done_at__isnull=False).exists():
        message = "Hãy hẹn gặp người liên quan và ghi biên bản trước khi hoàn thành bước này."
        raise StepUnfinished(message)


def _answered(dossier: Dossier, step: DossierStep, comment: str, at: datetime) -> None:
    """A question must have been asked; what stays unanswered past its time needs a word."""
    asked = asked_in(dossier, step)
    if not asked:
        message = "Hãy gửi câu hỏi cho cơ quan cần lấy ý kiến trước khi hoàn thành bước này."
        raise StepUnfinished(message)
    waiting = [one for one in asked if one.answered_at is None]
    if any(one.due_at >= at for one in waiting):
        message = "Còn nơi chưa trả lời và chưa hết hạn trả lời."
        raise StepUnfinished(message)
    if waiting and not comment.strip():
        message = "Có nơi quá hạn không trả lời; hãy ghi rõ giải quyết tiếp theo căn cứ nào."
        raise BadInput(message, field="comment")


def asked_in(dossier: Dossier, step: DossierStep) -> list[Consultation]:
    """Return the questions that were asked while the step was open."""
    rows = Consultation.objects.filter(dossier_id=dossier.pk, step_seq=step.seq)
    return list(rows.order_by("seq"))


def _met(dossier: Dossier, step: DossierStep, comment: str, _at: datetime) -> None:
    """A council must have met; where the version says nothing of it a word will do."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    if has_met(dossier, step, definition) or (step.code not in definition.councils and comment):
        return
    message = "Hãy triệu tập họp hội đồng và ghi biên bản cuộc họp trước khi hoàn thành bước này."
    raise StepUnfinished(message)


def _posted(dossier: Dossier, step: DossierStep, comment: str, at: datetime) -> None:
    """What is posted stays so for as long as the version says, and objections are answered."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    process = definition.process
    is_timed = process is not None and process.step(step.code).budget is not None
    if is_timed and at < step.due_at:
        message = f"Còn niêm yết đến {local(step.due_at):%H:%M ngày %d/%m/%Y}."
        raise StepUnfinished(message)
    if step.code not in definition.postings:
        return
    if waiting := unsettled_in(dossier):
        message = f"Còn {waiting} ý kiến về nội dung niêm yết chưa trả lời."
        raise StepUnfinished(message)
    if not comment.strip():
        message = "Hãy ghi kết luận của biên bản kết thúc niêm yết."
        raise BadInput(message, field="comment")


def _informed(dossier: Dossier, step: DossierStep, _comment: str, _at: datetime) -> None:
    """Who is waited for must have been told, where the version has a slip for that."""
    slip = procedures.definition_of(dossier.procedure_version_id).slip
    if slip is None or slip.step != step.code:
        return
    sent = IssuedPaper.objects.filter(
        dossier_id=dossier.pk, form=IssuedForm.TRANSFER, issued_at__gte=step.opened_at
    )
    if not sent.exists():
        message = f"Hãy lập phiếu chuyển thông tin gửi {slip.to} trước khi hoàn thành bước này."
        raise StepUnfinished(message)


def _paid(dossier: Dossier, step: DossierStep, comment: str, _at: datetime) -> None:
    if not comment.strip() and not was_paid_since(dossier, step.opened_at):
        message = (
            "Hãy yêu cầu nộp tiền và ghi số biên lai; nếu không phải nộp hoặc được miễn thì"
            " ghi căn cứ."
        )
        raise BadInput(message, field="comment")


_CHECKS: Mapping[StepKind, Check] = {
    StepKind.APPLICANT_CONFIRMS: _applicant,
    StepKind.FIELD_VISIT: _visited,
    StepKind.INTERVIEW: _interviewed,
    StepKind.CONSULTATION: _answered,
    StepKind.COUNCIL: _met,
    StepKind.POSTING: _posted,
    StepKind.TIMER: _timed,
    StepKind.PAYMENT: _paid,
    StepKind.OUTSIDE_WAIT: _informed,
}


def fill_in(dossier: Dossier, definition: Definition, outcomes: Sequence[DossierOutcome]) -> None:
    """See that the outcomes to be signed bear what an officer types; spend their blank forms.

    Raises: BadInput, BlankSpent.
    """
    specs = {spec.code: spec for spec in definition.outcomes if spec.has_serial or spec.entries}
    granted = [o for o in outcomes if o.kind == OutcomeKind.GRANTED and o.spec_code in specs]
    if not granted:
        return
    facts = definition.known(facts_of(dossier))
    blanks: list[tuple[DossierOutcome, str]] = []
    for outcome in granted:
        spec = specs[outcome.spec_code]
        _check_entries(spec, outcome)
        if spec.has_serial:
            serials = read_serials(outcome.serial)
            wanted = compile_expression(spec.serials)(facts)
            check_serials(serials, wanted if isinstance(wanted, int) else 1, spec.name)
            blanks += [(outcome, serial) for serial in serials]
    _spend(dossier, definition, blanks)


def _check_entries(spec: OutcomeSpec, outcome: DossierOutcome) -> None:
    complaints = check_fields(spec.entries, outcome.entries)
    for name, words in complaints.items():
        raise BadInput(words, field=name)


def _spend(
    dossier: Dossier, definition: Definition, blanks: Sequence[tuple[DossierOutcome, str]]
) -> None:
    """Note the blanks as spent. Raises: BlankSpent."""
    if not blanks:
        return
    rows = [
        BlankUsed(
            dossier_id=dossier.pk,
            seq=part_seq(dossier, index),
            outcome_seq=outcome.seq,
            book=f"{definition.code}/{outcome.spec_code}",
            serial=serial,
        )
        for index, (outcome, serial) in enumerate(blanks)
    ]
    wanted = BlankUsed.objects.filter(
        book__in={row.book for row in rows}, serial__in=[row.serial for row in rows]
    )
    spent = wanted.order_by("serial").values_list("serial", flat=True).first()
    if spent is not None:
        message = f"Số phôi {spent} đã dùng cho kết quả khác."
        raise BlankSpent(message)
    work.add(*rows)
