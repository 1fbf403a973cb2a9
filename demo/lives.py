"""Let dossiers live: each act done by whoever may do it, at the moment it would have been done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.processes.api import StepKind
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, PostRole
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.expressions import compile_expression

from .cast import Cast
from .catalogue import MARITAL_STATUS
from .fieldwork import call_council, found_at, hold_council
from .moments import after, closing_after

ROLES: Mapping[str, PostRole] = {
    "handler": PostRole.HANDLER,
    "unit_head": PostRole.UNIT_HEAD,
    "agency_leader": PostRole.AGENCY_LEADER,
    "desk_officer": PostRole.DESK_OFFICER,
}


@dataclass(slots=True)
class Life:
    """One dossier under way, and everybody who may act on it."""

    code: str
    cast: Cast
    chance: Random = field(default_factory=lambda: Random(1))
    from_template: bool = False

    def open_step(self) -> dossiers.DossierStep | None:
        """Return the step that is to be done now."""
        steps = dossiers.DossierStep.objects.filter(dossier__code=self.code, closed_at=None)
        return steps.order_by("seq").first()

    def hand(self) -> Actor:
        """Return who does the open step. Raises: LookupError."""
        step = self.open_step()
        if step is None:
            message = f"nothing is open in {self.code}"
            raise LookupError(message)
        return self.cast.in_unit(step.unit_id, ROLES[step.role])

    def take(self, *, at: datetime) -> None:
        """Let whoever handles it take the open step."""
        step = self.open_step()
        if step is not None:
            dossiers.take_step(self.code, step.seq, by=self.hand(), at=at)

    def go_on(self, *, at: datetime) -> datetime | None:
        """Do the open step, whatever it is; answer when it was done, None if nothing is open."""
        step = self.open_step()
        if step is None:
            return None
        if dossiers.is_on_its_way(self.dossier()):
            dossiers.note_arrival(self.code, by=self.hand(), at=at)
        special = _SPECIAL.get(StepKind(step.kind))
        if special is not None:
            return special(self, step, at)
        by = self.hand()
        if step.kind == StepKind.DECISION:
            dossiers.decide(self.code, step.seq, by=by, at=at)
        else:
            dossiers.complete_step(
                self.code,
                step.seq,
                by=by,
                at=at,
                comment=COMMENTS[step.kind],
                proposal=self.proposal() if self.is_to_propose(step) else None,
            )
        return at

    def is_to_propose(self, step: dossiers.DossierStep) -> bool:
        """Say whether the step drafts an outcome; what a visit decides on is not known before."""
        whole = dossiers.whole(self.dossier())
        is_known = bool(whole.definition.outcomes_for(whole.facts))
        return step.kind == StepKind.TASK and (is_known or not whole.definition.findings)

    def proposal(self) -> dossiers.Proposal:
        """Return an outcome with the serials and entries it takes."""
        dossier = self.dossier()
        whole = dossiers.whole(dossier)
        known = whole.definition.known(whole.facts)
        number = dossier.pk * MOST_BLANKS  # no other dossier's serials come near
        count = max(
            (compile_expression(o.serials)(known) for o in whole.definition.outcomes_for(known)),
            default=1,
        )
        serial = f"ĐB {number:08}"
        if count > 1:
            serial = f"{serial} – ĐB {number + count - 1:08}"
        return dossiers.Proposal(serial=serial, entries=ENTRIES, from_template=self.from_template)

    def is_paid_first(self) -> bool:
        """Say whether its fee is due when it is handed in."""
        fees = dossiers.whole(self.dossier()).definition.fees
        return any(line.collected == "at_filing" for line in fees)

    def dossier(self) -> dossiers.Dossier:
        """Return it as it stands."""
        return dossiers.Dossier.objects.get(code=self.code)

    def desk(self) -> Actor:
        """Return who receives at the desk it came to."""
        dossier = dossiers.Dossier.objects.get(code=self.code)
        return self.cast.in_unit(dossier.receiving_unit_id, PostRole.DESK_OFFICER)

    def ask(self, due_at: datetime, *, at: datetime, unit_id: int | None = None) -> int:
        """Ask the commune lived in before, or whoever looks after the land; answer the number."""
        dossier, tree = self.dossier(), organisation.tree()
        others = [
            one
            for one in tree.agencies()
            if one.kind == AgencyKind.COMMUNE_COMMITTEE
            and one.is_living
            and one.id != dossier.agency_id
        ]
        is_status = dossiers.whole(dossier).definition.code == MARITAL_STATUS
        whom: dict[str, Any] = (
            {"unit_id": unit_id or others[0].root_unit_id} if is_status else OUTSIDE
        )
        dossiers.consult(self.code, question=QUESTION, due_at=due_at, by=self.hand(), at=at, **whom)
        return dossiers.whole(dossier).consultations[-1].seq

    def answering(self, seq: int) -> Actor:
        """Return who answers the question: the unit asked, or who asked a body outside."""
        asked = next(c for c in dossiers.whole(self.dossier()).consultations if c.seq == seq)
        if asked.unit_id is None:
            return self.hand()
        return self.cast.in_unit(asked.unit_id, PostRole.AGENCY_LEADER)

    def leader(self) -> Actor:
        """Return the leader of the agency that decides."""
        dossier = dossiers.Dossier.objects.get(code=self.code)
        return self.cast.in_unit(dossier.competent_unit_id, PostRole.AGENCY_LEADER)

    def head_apologises(self, new_due_at: datetime, *, at: datetime) -> None:
        """Let the head of the unit at work apologise and promise anew."""
        dossier = dossiers.Dossier.objects.get(code=self.code)
        head = self.cast.in_unit(dossier.competent_unit_id, PostRole.UNIT_HEAD)
        dossiers.apologise(self.code, new_due_at, WHY_LATE, by=head, at=at)

    def hand_out(self, *, at: datetime) -> None:
        """Hand the outcome out where it is to be returned."""
        dossier = dossiers.Dossier.objects.get(code=self.code)
        if dossier.closed_at is not None:
            return  # acknowledged at once: there is nothing to hand out
        desk = self.cast.in_unit(dossier.return_unit_id, PostRole.DESK_OFFICER)
        parties = dossiers.whole(dossier).parties
        dossiers.return_outcome(
            self.code,
            handed_to=dossier.applicant_name,
            handed_how=HANDED[dossier.return_way],
            way=dossiers.ReturnWay(dossier.return_way),
            present=[p.seq for p in parties if p.role == dossiers.PartyRole.APPLICANT],
            collected=[spec.code for spec in dossiers.papers_at_return(dossiers.whole(dossier))],
            by=desk,
            at=at,
        )


def _confirm(life: Life, _step: dossiers.DossierStep, at: datetime) -> datetime:
    dossiers.confirm_draft(life.code, is_right=True, by=life.desk(), at=at)
    return at


def _visit(life: Life, step: dossiers.DossierStep, at: datetime) -> datetime:
    """Make an appointment, go there, write the minutes."""
    by, there, back = life.hand(), after(at, 60), after(at, 120)
    place = life.dossier().submitter_address or "Tại thửa đất"
    dossiers.field.plan_visit(life.code, there, place, "Cán bộ địa chính, chủ hồ sơ", by=by, at=at)
    seq = dossiers.whole(life.dossier()).visits[-1].seq
    found, said = found_at(life.dossier(), step.code), COMMENTS[step.kind]
    dossiers.field.record_visit(life.code, seq, said, by=by, at=back, found=found)
    dossiers.complete_step(life.code, step.seq, by=by, at=back, comment=COMMENTS[step.kind])
    return back


def _meet(life: Life, step: dossiers.DossierStep, at: datetime) -> datetime:
    """Call the council for the next working hours, hold it, go on with what it found."""
    by, there = life.hand(), after(at, 240)
    seq = call_council(life.dossier(), step.code, there, by, at)
    over = after(there, 60)
    hold_council(life.dossier(), step.code, seq, by, over)
    dossiers.complete_step(life.code, step.seq, by=by, at=over, comment=COMMENTS[step.kind])
    return over


def _ask(life: Life, step: dossiers.DossierStep, at: datetime) -> datetime:
    """Ask whom the procedure asks, and go on with the answer."""
    seq = life.ask(closing_after(at, 2), at=at)
    answered = after(at, 240)
    dossiers.answer_consultation(
        life.code, seq, agrees=True, answer=ANSWER, by=life.answering(seq), at=answered
    )
    dossiers.complete_step(
        life.code, step.seq, by=life.hand(), at=answered, comment=COMMENTS[step.kind]
    )
    return answered


def _wait_for_posting(life: Life, step: dossiers.DossierStep, at: datetime) -> datetime:
    """Take the notice down when its time is over."""
    at = after(max(at, step.due_at), 5)
    comment = COMMENTS[step.kind]
    dossiers.complete_step(life.code, step.seq, by=life.hand(), at=at, comment=comment)
    return at


def _wait_outside(life: Life, step: dossiers.DossierStep, at: datetime) -> datetime:
    """Send the slip where the procedure has one, and go on with the notice that came."""
    by, definition = life.hand(), dossiers.whole(life.dossier()).definition
    if definition.slip is not None and definition.slip.step == step.code:
        dossiers.send_slip(life.code, step.seq, by=by, at=at)
    spec, number = definition.outcome_given_by(step.code), life.dossier().pk
    given = None
    if spec is not None:
        noted = {one.name: ENTRIES[one.name] for one in spec.entries}
        day = local_day(at)
        given = dossiers.Given(f"{number}/TB", day, f"NGOAI-{number}", entries=noted)
    dossiers.complete_step(
        life.code, step.seq, by=by, at=at, comment=COMMENTS[step.kind], given=given
    )
    return at


def _hear(life: Life, step: dossiers.DossierStep, at: datetime) -> datetime:
    """Hear those concerned, and write down what they said."""
    by, met = life.hand(), after(at, 60)
    place, who = "Trụ sở UBND", "Cha mẹ đẻ, người giám hộ, trẻ"
    dossiers.field.plan_visit(life.code, met, place, who, by=by, at=at)
    seq = dossiers.whole(life.dossier()).visits[-1].seq
    dossiers.field.record_visit(life.code, seq, HEARD, by=by, at=met)
    dossiers.complete_step(life.code, step.seq, by=by, at=met, comment=HEARD)
    return met


def _wait_for_time(_life: Life, step: dossiers.DossierStep, at: datetime) -> datetime:
    """Let the time of the step pass."""
    at = after(max(at, step.due_at), 5)
    dossiers.close_silent(at=at)
    return at


def _pay(life: Life, _step: dossiers.DossierStep, at: datetime) -> datetime:
    """Record what the tax authority has told, and by which paper one knows that it was paid."""
    by, paid = life.hand(), after(at, 600)
    record_land_dues(life, at)
    [due] = payments.obligations_of(dossiers.subject_of(life.code))[-1:]
    seen = payments.EvidenceIn(f"GNT-{life.dossier().pk:06}", local_day(paid), "Kho bạc Nhà nước")
    dossiers.record_due_paid(life.code, due.code, seen, by=by, at=paid)
    return paid


def record_land_dues(life: Life, at: datetime) -> None:
    """Record the notice of the tax authority on land."""
    due = dossiers.DueIn(
        body_name="Thuế cơ sở 5 tỉnh Điện Biên",
        notice_number=f"{life.dossier().pk % 9000 + 1000}/TB-TCS5",
        notice_on=local_day(at),
        name="Tiền sử dụng đất, lệ phí trước bạ",
        amount_vnd=4_500_000,
        due_on=local_day(at + timedelta(days=30)),
    )
    dossiers.record_due(life.code, due, by=life.hand(), at=at)


_SPECIAL: Mapping[StepKind, Callable[[Life, dossiers.DossierStep, datetime], datetime]] = {
    StepKind.APPLICANT_CONFIRMS: _confirm,
    StepKind.FIELD_VISIT: _visit,
    StepKind.CONSULTATION: _ask,
    StepKind.COUNCIL: _meet,
    StepKind.POSTING: _wait_for_posting,
    StepKind.PAYMENT: _pay,
    StepKind.OUTSIDE_WAIT: _wait_outside,
    StepKind.INTERVIEW: _hear,
    StepKind.TIMER: _wait_for_time,
}
MOST_BLANKS = 40
ENTRIES: Mapping[str, Any] = {
    "ma_so_thue": "5600123456",
    "thang_chi": "04/2026",
    "so_tien_chi": 500_000,
}
OUTSIDE = {"outside_body": "Công ty Điện lực Điện Biên"}
QUESTION = "Đề nghị cho ý kiến về nội dung thuộc phạm vi quản lý của quý cơ quan."
ANSWER = "Qua kiểm tra, không có ý kiến khác."
WHY_LATE = "Cán bộ được điều động phòng, chống thiên tai nên chưa thẩm định xong."
COMMENTS: Mapping[str, str] = {
    StepKind.TASK: "Hồ sơ hợp lệ, đề xuất giải quyết.",
    StepKind.APPROVAL: "Đồng ý với dự thảo.",
    StepKind.CONSULTATION: "Đã có ý kiến trả lời.",
    StepKind.FIELD_VISIT: "Đã kiểm tra thực địa, đúng như hồ sơ.",
    StepKind.POSTING: "Hết thời gian niêm yết, không có ý kiến khác.",
    StepKind.COUNCIL: "Hội đồng nhất trí thông qua.",
    StepKind.OUTSIDE_WAIT: "Đã nhận thông báo của cơ quan thuế.",
}
HEARD = "Những người được hỏi đồng ý, đã nghe giải thích quyền thay đổi ý kiến."
HANDED: Mapping[str, str] = {
    dossiers.ReturnWay.COUNTER: "Xuất trình căn cước",
    dossiers.ReturnWay.POST: "Gửi qua bưu chính công ích",
    dossiers.ReturnWay.ELECTRONIC: "Gửi bản điện tử vào tài khoản",
}
