"""Let dossiers live: each act done by whoever may do it, at the moment it would have been done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from motcua.casework.dossiers import api as dossiers
from motcua.casework.processes.api import StepKind
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor

from .cast import Cast

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

    def go_on(self, *, at: datetime) -> bool:
        """Do the open step, whatever it is; answer whether there was one."""
        step = self.open_step()
        if step is None:
            return False
        by = self.hand()
        if step.kind == StepKind.DECISION:
            dossiers.decide(self.code, step.seq, by=by, at=at)
        else:
            dossiers.complete_step(self.code, step.seq, by=by, at=at, comment=COMMENTS[step.kind])
        return True

    def desk(self) -> Actor:
        """Return who receives at the desk it came to."""
        dossier = dossiers.Dossier.objects.get(code=self.code)
        return self.cast.in_unit(dossier.receiving_unit_id, PostRole.DESK_OFFICER)

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
        desk = self.cast.in_unit(dossier.return_unit_id, PostRole.DESK_OFFICER)
        dossiers.return_outcome(
            self.code,
            handed_to=dossier.applicant_name,
            handed_how=HANDED[dossier.return_way],
            way=dossiers.ReturnWay(dossier.return_way),
            by=desk,
            at=at,
        )


WHY_LATE = "Cán bộ được điều động phòng, chống thiên tai nên chưa thẩm định xong."
COMMENTS: Mapping[str, str] = {
    StepKind.TASK: "Hồ sơ hợp lệ, đề xuất giải quyết.",
    StepKind.APPROVAL: "Đồng ý với dự thảo.",
    StepKind.FIELD_VISIT: "Đã kiểm tra thực địa, đúng như hồ sơ.",
    StepKind.POSTING: "Hết thời gian niêm yết, không có ý kiến khác.",
    StepKind.OUTSIDE_WAIT: "Đã nhận thông báo của cơ quan thuế.",
}
HANDED: Mapping[str, str] = {
    dossiers.ReturnWay.COUNTER: "Xuất trình căn cước",
    dossiers.ReturnWay.POST: "Gửi qua bưu chính công ích",
    dossiers.ReturnWay.ELECTRONIC: "Gửi bản điện tử vào tài khoản",
}
