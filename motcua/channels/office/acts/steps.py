"""Acts on one step: take, give, finish, approve, return, sign."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import OutcomeKind, Proposal
from motcua.casework.forms.api import Field
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import OutcomeSpec
from motcua.casework.processes.api import StepDef, StepKind, openable
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.kept import kept_file
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.forms import (
    FROM_TEMPLATE,
    LATER,
    PAPER,
    AssignForm,
    GivenForm,
    OpinionForm,
    ProposalForm,
    ReturnForm,
)
from motcua.channels.office.people import candidates, chosen, options
from motcua.foundation.access.api import Power
from motcua.foundation.requests import api as requests
from motcua.lib.errors import BadInput

from .situation import APPROVING, Act, Onward, Situation

Data = Mapping[str, Any]
NOT_TASKS = APPROVING | {StepKind.APPLICANT_CONFIRMS, StepKind.TIMER}


def has_step(situation: Situation) -> bool:
    return situation.is_workable and situation.step is not None


def is_kind(*kinds: StepKind) -> Any:
    """Return whether a step of one of these kinds is open."""
    return lambda one: has_step(one) and one.step is not None and one.step.kind in kinds


def waits_for_decision(situation: Situation) -> bool:
    """Say whether a decision is to be made; one that is being signed has been made."""
    is_signing = situation.dossier.sub_state == dossiers.SubState.SIGNING
    return bool(is_kind(StepKind.DECISION)(situation)) and not is_signing


def is_task(situation: Situation) -> bool:
    step = situation.step
    return has_step(situation) and step is not None and step.kind not in NOT_TASKS


def is_free_task(situation: Situation) -> bool:
    return is_task(situation) and situation.step is not None and situation.step.assignee_id is None


def can_go_back(situation: Situation) -> bool:
    step = situation.definition_of_step
    is_approving = is_kind(*APPROVING)(situation)
    return bool(is_approving and step is not None and step.return_to)


def step_of(situation: Situation) -> int:
    """Return the number of the step. Raises: StepNotOpen."""
    if situation.step is None:
        raise dossiers.StepNotOpen("Việc này đã có người xử lý xong; hãy tải lại hồ sơ.")
    return situation.step.seq


def take(situation: Situation, _data: Data, _request: ActorRequest) -> str:
    code = situation.dossier.code
    dossiers.take_step(code, step_of(situation), by=situation.actor, at=situation.at)
    return f"Ông/bà đã nhận xử lý hồ sơ {code}."


def complete(situation: Situation, data: Data, request: ActorRequest) -> str | Onward:
    code = situation.dossier.code
    proposal, onward = kept_draft(situation, data, proposal_in(data, request, situation))
    if onward is not None:
        return onward
    dossiers.complete_step(
        code,
        step_of(situation),
        by=situation.actor,
        at=situation.at,
        comment=data["comment"],
        proposal=proposal,
        given=given_in(situation, data),
    )
    return f"Đã xong bước này của hồ sơ {code}; hồ sơ chuyển sang bước tiếp theo."


def approve(situation: Situation, data: Data, _request: ActorRequest) -> str:
    code, comment = situation.dossier.code, data["comment"]
    dossiers.complete_step(
        code, step_of(situation), by=situation.actor, at=situation.at, comment=comment
    )
    return f"Đã duyệt hồ sơ {code}."


def give_back(situation: Situation, data: Data, _request: ActorRequest) -> str:
    code, comment = situation.dossier.code, data["comment"]
    dossiers.return_step(
        code, step_of(situation), comment=comment, by=situation.actor, at=situation.at
    )
    return f"Đã trả hồ sơ {code} để làm lại."


def kept_draft(
    situation: Situation, data: Data, proposal: Proposal | None
) -> tuple[Proposal | None, Onward | None]:
    """Keep a file that is to be signed digitally as a draft; its places are looked at first.

    Return what is still to be proposed, and where to go on to if there are places to be seen.
    """
    is_file = proposal is not None and proposal.has_file and not proposal.on_paper
    if proposal is None or not is_file or not is_for_digital(situation):
        return proposal, None
    code, seq = situation.dossier.code, step_of(situation)
    by, at, comment = situation.actor, situation.at, data["comment"]
    with requests.slow_place():
        drafts = dossiers.draft_outcome(code, seq, proposal, comment=comment, by=by, at=at)
    placed = next((one for one in drafts if one.placing), None)
    if placed is None:
        return None, None
    words = "Đã lưu dự thảo. Hãy xem chỗ của số, ngày, chữ ký và dấu rồi đi tiếp."
    return None, Onward(words, reverse("office:outcome_places", args=[code, placed.seq]))


def is_for_digital(situation: Situation) -> bool:
    """Say whether a file drafted at this step is going to be signed digitally."""
    decides = bool(is_kind(StepKind.DECISION)(situation))
    signers = dossiers.awaited_signers(
        situation.dossier, situation.actor, situation.at, decides=decides
    )
    return signers is not None


def sign(situation: Situation, data: Data, request: ActorRequest) -> str | Onward:
    code = situation.dossier.code
    asked = proposal_in(data, request, situation) if "kind" in data else None
    proposal, onward = kept_draft(situation, data, asked)
    if onward is not None:
        return onward
    signed = dossiers.sign_outcome(
        code,
        step_of(situation),
        by=situation.actor,
        at=situation.at,
        comment=data["comment"],
        proposal=proposal,
        hand=request.POST.get("hand", ""),
    )
    if signed.sub_state == dossiers.SubState.SIGNING:
        return f"Kết quả hồ sơ {code} đang được ký số; văn thư sẽ cấp số, đóng dấu."
    is_done = signed.resolved_at is not None
    rest = "kết quả chuyển về bộ phận một cửa để trả." if is_done else "hồ sơ còn bước tiếp theo."
    return f"Đã ký kết quả hồ sơ {code}; {rest}"


def given_in(situation: Situation, data: Data) -> dossiers.Given | None:
    """Return what another body gave, where the step waited for it."""
    spec = given_at(situation)
    if spec is None or "given_on" not in data:
        return None
    return dossiers.Given(
        data["number"],
        data["given_on"],
        data["outside_code"],
        OutcomeKind(data["kind"]),
        data["reason"],
        {entry.name: data[entry.name] for entry in spec.entries if entry.name in data},
    )


def given_at(situation: Situation) -> OutcomeSpec | None:
    """Return what another body is to give at the step at hand."""
    step, definition = situation.step, situation.whole.definition
    return definition.outcome_given_by(step.code) if step is not None else None


def proposal_in(data: Data, request: ActorRequest, situation: Situation) -> Proposal | None:
    """Return what was proposed; nothing means not at this step."""
    if "given_on" in data:
        return None
    if data.get("kind") in (None, "", LATER):
        return None
    kept = kept_file(request, "file", at=situation.at)
    return Proposal(
        kind=OutcomeKind(data["kind"]),
        reason=data["reason"],
        file_id=kept.pk if kept else None,
        file_name=kept.name if kept else "",
        from_template=data.get("source") == FROM_TEMPLATE,
        on_paper=bool(kept) and data.get("on_paper") == PAPER,
        serial=data.get("serial", ""),
        entries={name: data[name] for name in entry_names(situation) if name in data},
    )


def added_to(situation: Situation) -> tuple[list[Field], int]:
    """Return what officers type into the outcomes of this dossier, and how many blanks it takes."""
    whole = situation.whole
    specs = dossiers.outcomes_to_come(whole)
    return [entry for spec in specs for entry in spec.entries], dossiers.blanks_of(whole)


def entry_names(situation: Situation) -> list[str]:
    return [entry.name for entry in added_to(situation)[0]]


def word_links(situation: Situation) -> list[tuple[str, str]]:
    """Return the filled Word templates there are to take, where a proposal is asked for."""
    if has_draft(situation) and is_kind(StepKind.DECISION)(situation):
        return []
    dossier, definition = situation.dossier, situation.whole.definition
    templates = dossiers.templates_for(dossier, situation.at)
    return [
        (spec.name, reverse("office:word_draft", args=[dossier.code, spec.code]))
        for spec in procedures.outcome_specs(definition)
        if spec.code in templates
    ]


def has_draft(situation: Situation) -> bool:
    return any(outcome.decided_at is None for outcome in situation.whole.outcomes)


def sent(data: QueryDict | None, files: Any) -> Any:
    """Return the files of a form that was sent; a form only shown has none."""
    return None if data is None else files


def ask_proposal(situation: Situation, data: QueryDict | None, files: Any) -> KitForm:
    """Ask for an opinion and a proposal; it is expected where a leader comes next.

    Where the step waits for another body's result, that is asked for.
    """
    given = given_at(situation)
    if given is not None:
        return GivenForm(data, entries=given.entries)
    is_due = any(one.kind in APPROVING for one in next_steps(situation))
    first = OutcomeKind.GRANTED.value if is_due and not has_new_draft(situation) else LATER
    return proposal_form(situation, data, files, first)


def has_new_draft(situation: Situation) -> bool:
    """Say whether a draft was made while the step at hand was open."""
    since = situation.step.opened_at if situation.step else situation.at
    drafts = [one for one in situation.whole.outcomes if one.decided_at is None]
    return any(one.drafted_at >= since for one in drafts)


def next_steps(situation: Situation) -> list[StepDef]:
    """Return the steps that would open if the one at hand were done now."""
    whole, step = situation.whole, situation.step
    if whole.definition.process is None or step is None:
        return []
    opened = {one.code for one in whole.open_steps} - {step.code}
    done = {one.code for one in whole.steps} - opened | {step.code}
    facts = whole.definition.known(whole.facts)
    return openable(whole.definition.process, done, opened, facts)


def proposal_form(
    situation: Situation, data: QueryDict | None, files: Any, kind: str
) -> ProposalForm:
    has_template = bool(dossiers.templates_for(situation.dossier, situation.at))
    entries, blanks = added_to(situation)
    return ProposalForm(
        data,
        sent(data, files),
        initial={"kind": kind, "comment": comment_so_far(situation), **earlier(situation)},
        has_new_draft=has_new_draft(situation),
        is_digital=is_for_digital(situation),
        has_template=has_template,
        entries=entries,
        blanks=blanks,
        on_paper_only=[
            o.name for o in dossiers.outcomes_to_come(situation.whole) if o.on_paper_only
        ],
    )


def comment_so_far(situation: Situation) -> str:
    """Return the opinion that was kept with a draft of this step."""
    return situation.step.comment if situation.step else ""


def earlier(situation: Situation) -> dict[str, Any]:
    """Return what was typed into the draft before it went back."""
    drafts = [one for one in situation.whole.outcomes if one.decided_at is None]
    found: dict[str, Any] = {}
    for one in drafts:
        found |= one.entries
        if one.serial:
            found["serial"] = one.serial
    return found


def ask_signature(situation: Situation, data: QueryDict | None, files: Any) -> KitForm:
    """Ask for the outcome too, where nobody has drafted one."""
    if has_draft(situation):
        return OpinionForm(data)
    return proposal_form(situation, data, files, OutcomeKind.GRANTED.value)


def ask_whom(situation: Situation, data: QueryDict | None, _files: Any) -> KitForm:
    step = situation.step
    found = candidates(step.unit_id, step.kind, situation.at) if step else []
    return AssignForm(data, officers=options(found))


def assign(situation: Situation, data: Data, _request: ActorRequest) -> str:
    step, code = situation.step, situation.dossier.code
    unit_id = step.unit_id if step else 0
    found = candidates(unit_id, step.kind, situation.at) if step else []
    to = chosen(found, data["to"], dossier=situation.dossier, unit_id=unit_id)
    if to is None:
        raise BadInput("Người này không còn ở đơn vị; hãy chọn người khác.", field="to")
    dossiers.assign_step(
        code,
        step_of(situation),
        to_id=to.account_id,
        to_name=to.name,
        by=situation.actor,
        at=situation.at,
        note=data["comment"],
    )
    return f"Đã giao hồ sơ {code} cho {to.name}."


def makes_slip(situation: Situation) -> bool:
    """Say whether the step waits for a body that a slip must tell what it needs."""
    slip, step = situation.whole.definition.slip, situation.step
    return has_step(situation) and slip is not None and step is not None and step.code == slip.step


def send_slip(situation: Situation, _data: Data, _request: ActorRequest) -> str:
    code = situation.dossier.code
    dossiers.send_slip(code, step_of(situation), by=situation.actor, at=situation.at)
    return f"Đã lập phiếu chuyển thông tin của hồ sơ {code}; in hoặc tải ở mục “Giấy đã lập”."


STEP_ACTS = (
    Act(
        "nhan",
        "Nhận xử lý",
        is_free_task,
        lambda one: one.can(Power.HANDLE_DOSSIERS),
        take,
        note="Việc được ghi tên ông/bà; đồng nghiệp thấy là đã có người làm.",
        is_main=True,
    ),
    Act(
        "ky",
        "Ký kết quả",
        waits_for_decision,
        lambda one: one.has_hand,
        sign,
        ask_signature,
        links=word_links,
        note="Kết quả được cấp số, ghi ngày và tên người ký.",
        is_main=True,
    ),
    Act(
        "duyet",
        "Duyệt",
        is_kind(StepKind.APPROVAL),
        lambda one: one.has_hand,
        approve,
        lambda _one, data, _files: OpinionForm(data),
        is_main=True,
    ),
    Act(
        "phieu-chuyen",
        "Lập phiếu chuyển thông tin",
        makes_slip,
        lambda one: one.has_hand,
        send_slip,
        note="Phiếu ghi nội dung tờ khai hiện có và danh mục giấy tờ, được cấp số ngay.",
        button="Lập phiếu",
    ),
    Act(
        "hoan-thanh",
        "Hoàn thành bước",
        is_task,
        lambda one: one.has_hand,
        complete,
        ask_proposal,
        links=word_links,
        is_main=True,
    ),
    Act(
        "tra-lai",
        "Trả lại để làm lại",
        can_go_back,
        lambda one: one.has_hand,
        give_back,
        lambda _one, data, _files: ReturnForm(data),
        button="Trả lại",
    ),
    Act(
        "giao",
        "Giao, chuyển người khác",
        has_step,
        lambda one: one.can(Power.ASSIGN_DOSSIERS),
        assign,
        ask_whom,
        button="Giao việc",
    ),
)
