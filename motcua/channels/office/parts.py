"""What the four parts of a dossier's page show."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import (
    DossierStep,
    IssuedForm,
    OutcomeKind,
    PaperState,
)
from motcua.casework.forms.api import Form, in_words, summary_of
from motcua.casework.procedures.api import Ground
from motcua.casework.processes.api import NO_LIMIT, StepResult
from motcua.channels.kit.owners import Whose, whose
from motcua.channels.kit.paper_signatures import signatures_seen
from motcua.channels.kit.signatures import badge_of
from motcua.channels.kit.words import Badge, moment, stamp
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.lib.clock import local_day

from .acts import Act, Situation, find_act
from .field_parts import field_part
from .forms import MessageForm
from .linking import item_href
from .showing import Span, clock_badge, status_badge, step_name

Row = dict[str, Any]
MOST_ACCESSES = 50


def work_part(situation: Situation) -> dict[str, object]:
    """Return who does what until when, why it is due then, who asks, and earlier dossiers."""
    dossier = situation.dossier
    return {
        "steps": [*steps_ahead(situation), *steps_so_far(situation)],
        "open_steps": [open_step_shown(situation, step) for step in situation.whole.open_steps],
        "why": dossiers.due_reason(dossier),
        "flags": situation.whole.flags,
        "signing": signing_shown(situation),
        "clock": clock_rows(situation),
        "outcomes": outcomes_shown(situation),
        "person": person_rows(dossier),
        "places": place_rows(dossier),
        "earlier": earlier_shown(situation),
        "consultations": [asked_shown(situation, one) for one in situation.whole.consultations],
        **field_part(situation),
        **application_shown(situation),
    }


def signing_shown(situation: Situation) -> list[Row]:
    """Return the outcomes that are being signed: whose turn it is, and where to look."""
    dossier = situation.dossier
    if dossier.sub_state != dossiers.SubState.SIGNING:
        return []
    return [
        {
            "title": whole.request.title,
            "href": reverse("office:document", args=[whole.request.code]),
            "turns": [
                f"{one.get_role_display()}: {one.get_state_display().lower()}"
                for one in whole.turns
            ],
        }
        for whole in dossiers.signing_of(dossier)
    ]


def steps_so_far(situation: Situation) -> list[Row]:
    return [step_shown(situation, step) for step in reversed(situation.whole.steps)]


def steps_ahead(situation: Situation) -> list[Row]:
    """Return the steps that still come, the last one first; those with a condition say so."""
    open_codes = [step.code for step in situation.whole.open_steps]
    process = situation.whole.definition.process
    if process is None:
        return []
    ahead = frozenset().union(*(process.following(code) for code in open_codes))
    return [
        {"title": step.name, "state": "todo", "text": "Chỉ khi cần." if step.when else ""}
        for step in reversed(process.steps)
        if step.code in ahead and step.code not in open_codes
    ]


def step_shown(situation: Situation, step: DossierStep) -> Row:
    """Return a step as an item of a timeline."""
    return {
        "title": step_name(situation.whole.definition, step.code),
        "state": state_of(step, situation.at),
        "by": step.closed_by_name
        or step.assignee_name
        or unit_name(step.unit_id, situation.dossier),
        "at": step.closed_at or step.opened_at,
        "due": None if step.due_at >= NO_LIMIT or step.closed_at else step.due_at,
        "text": outcome_of_step(step),
    }


def state_of(step: DossierStep, at: datetime) -> str:
    if step.closed_at is not None:
        return "late" if step.closed_at > step.due_at else "done"
    return "late" if at > step.due_at else "current"


def outcome_of_step(step: DossierStep) -> str:
    result = StepResult(step.result).label if step.result else ""
    return ": ".join(word for word in (result, step.comment) if word)


def open_step_shown(situation: Situation, step: DossierStep) -> Row:
    """Return an open step with its own clock."""
    dossier = situation.dossier
    span = Span(step.opened_at, step.due_at, step.unit_id, dossier.paused_at is not None)
    return {
        "name": step_name(situation.whole.definition, step.code),
        "unit": unit_name(step.unit_id, situation.dossier),
        "who": step.assignee_name or "Chưa ai nhận",
        "since": step.opened_at,
        "badge": clock_badge(span, situation.at),
        "due": None if step.due_at >= NO_LIMIT else step.due_at,
        "href": f"?buoc={step.seq}",
        "is_chosen": situation.step is not None and situation.step.seq == step.seq,
    }


def asked_shown(situation: Situation, one: Any) -> Row:
    """Return a question to another unit or an outside body, with its answer or its clock."""
    if one.answered_at is not None:
        badge = Badge("Đồng ý", "ok") if one.agrees else Badge("Không đồng ý", "late")
        meta = f"{one.answered_by_name} trả lời {stamp(one.answered_at)}"
    else:
        unit_id = one.unit_id or situation.dossier.competent_unit_id
        badge = clock_badge(Span(one.asked_at, one.due_at, unit_id), situation.at)
        meta = f"{one.asked_by_name} hỏi {stamp(one.asked_at)}, hạn {stamp(one.due_at)}"
    return {
        "name": unit_name(one.unit_id, situation.dossier) if one.unit_id else one.outside_body,
        "badge": badge,
        "question": one.question,
        "answer": one.answer,
        "meta": meta,
        "href": item_href(situation, "tra-loi-y-kien", one.seq, is_open=one.answered_at is None),
    }


def unit_name(unit_id: int, dossier: dossiers.Dossier) -> str:
    """Return the unit's name, with its agency where that is not the dossier's own."""
    tree = organisation.tree()
    unit = tree.unit(unit_id)
    if unit.agency_id == dossier.agency_id:
        return unit.name
    agency = tree.agency(unit.agency_id).name
    return agency if agency == unit.name else f"{unit.name}, {agency}"


def clock_rows(situation: Situation) -> list[Row]:
    """Return the promise, the first promise if it differs, and what changed it."""
    dossier, whole = situation.dossier, situation.whole
    rows = [("Tiếp nhận", moment(dossier.received_at) if dossier.received_at else "Chưa tiếp nhận")]
    if dossier.due_at:
        rows.append(("Hẹn trả", moment(dossier.due_at)))
    if dossier.due_originally_at and dossier.due_originally_at != dossier.due_at:
        rows.append(("Hẹn trả lần đầu", moment(dossier.due_originally_at)))
    rows += [
        (change.get_kind_display(), f"{moment(change.due_now)} – {change.ground}")
        for change in whole.due_changes
        if change.due_was is not None
    ]
    rows += [(wait_name(wait.ground), span_words(wait)) for wait in whole.waits]
    return [{"key": key, "value": value} for key, value in rows]


def wait_name(ground: str) -> str:
    label = Ground(ground).label
    return label[:1].upper() + label[1:]


def span_words(wait: Any) -> str:
    end = f"đến {stamp(wait.supplied_at)}" if wait.supplied_at else "đến nay chưa xong"
    note = f" – {wait.note}" if wait.note else ""
    return f"từ {stamp(wait.asked_at)} {end}{note}"


def handed(outcome: dossiers.DossierOutcome) -> str:
    """Say when and to whom an outcome was handed out, and how that person was checked."""
    if outcome.handed_at is None:
        return ""
    return f"Trả {stamp(outcome.handed_at)} cho {outcome.handed_to}: {outcome.handed_how}"


def outcomes_shown(situation: Situation) -> list[Row]:
    """Return the drafted and signed outcomes with the address of each."""
    code = situation.dossier.code
    supplied = corrected_at(situation.whole)
    signed = dossiers.signed_papers_of(situation.dossier, at=situation.at)
    return [
        {
            "is_older": is_older(outcome, supplied),
            "name": outcome.name,
            "kind": OutcomeKind(outcome.kind).label,
            "tone": "ok" if outcome.kind == OutcomeKind.GRANTED else "late",
            "number": outcome.number,
            "handed": handed(outcome),
            "places_href": places_href(situation, outcome),
            "paper_why": "" if outcome.decided_at else outcome.paper_why,
            "more": "; ".join(outcome_more(situation, outcome)),
            "reason": outcome.reason,
            "signed": badge_of(signed.get(outcome.seq)),
            "change_href": change_href(situation, signed, outcome.seq),
            "copy_href": copy_href(situation, signed, outcome.seq),
            "by": outcome.signed_by_name or f"{outcome.drafted_by_name} (dự thảo)",
            "at": outcome.decided_at or outcome.drafted_at,
            "href": reverse("office:outcome", args=[code, outcome.seq]),
            "file": reverse("office:outcome_file", args=[code, outcome.seq])
            if outcome.file_id
            else "",
        }
        for outcome in situation.whole.outcomes
    ]


def places_href(situation: Situation, outcome: dossiers.DossierOutcome) -> str:
    """Return where the places of a draft that is a file are seen; empty for others."""
    is_signing = situation.dossier.sub_state == dossiers.SubState.SIGNING
    if not outcome.placing or outcome.decided_at is not None or is_signing:
        return ""
    return reverse("office:outcome_places", args=[situation.dossier.code, outcome.seq])


def change_href(
    situation: Situation, signed: Mapping[int, signing.OwnedPaper], outcome_seq: int
) -> str:
    """Return where a decision on an issued outcome is written down; empty where it is not open."""
    if outcome_seq not in signed:
        return ""
    return item_href(situation, "doi-hieu-luc", outcome_seq, is_open=True)


def copy_href(
    situation: Situation, signed: Mapping[int, signing.OwnedPaper], outcome_seq: int
) -> str:
    """Return where a clerk copies an issued outcome; empty for others."""
    paper = signed.get(outcome_seq)
    if paper is None or not situation.actor.can(Power.SEAL_DOCUMENTS):
        return ""
    return f"{reverse('office:new_copy')}?van-ban={paper.code}"


def corrected_at(whole: dossiers.WholeDossier) -> list[datetime]:
    """Return when the applicant supplied something, or the form was put right for them."""
    supplied = [one.supplied_at for one in whole.supplements if one.supplied_at]
    acts = [one.at for one in whole.moves if one.act == dossiers.Act.CORRECT_ANSWERS]
    return [*supplied, *acts]


def is_older(outcome: dossiers.DossierOutcome, supplied: Sequence[datetime]) -> bool:
    """Say whether a draft with a file was made before something was corrected."""
    is_draft = outcome.decided_at is None and outcome.file_id is not None
    return is_draft and any(outcome.drafted_at < at for at in supplied)


def outcome_more(situation: Situation, outcome: dossiers.DossierOutcome) -> Iterator[str]:
    """Yield until when an outcome holds, its blanks, and what an officer typed into it."""
    if situation.whole.definition.is_on_paper_only(outcome.spec_code):
        yield "Chỉ cấp bản giấy: bản này để xem và in, không gửi cho người nộp"
    if outcome.valid_until:
        yield f"có giá trị đến {outcome.valid_until:%d/%m/%Y}"
    if outcome.serial:
        yield f"phôi {outcome.serial}"
    specs = situation.whole.definition.outcomes
    entries = {entry.name: entry for spec in specs for entry in spec.entries}
    for name, value in outcome.entries.items():
        if name == dossiers.OUTSIDE_CODE:
            yield f"mã hồ sơ bên ấy: {value}"
        elif name in entries and value not in (None, ""):
            yield f"{entries[name].label}: {in_words(entries[name], value)}"


def person_rows(dossier: dossiers.Dossier) -> list[Row]:
    """Return who applies and who submits; the number is masked."""
    hint = f"… {dossier.applicant_hint}" if dossier.applicant_hint else ""
    rows = [
        ("Chủ hồ sơ", dossier.applicant_name),
        ("Số định danh", hint),
        ("Người được nói tới", dossier.subject_name),
        ("Người nộp", dossier.submitter_name),
        ("Tư cách", dossier.get_authority_display()),
        ("Điện thoại", dossier.submitter_phone),
        ("Thư điện tử", dossier.submitter_email),
        ("Địa chỉ", dossier.submitter_address),
        ("Trích yếu", dossier.summary),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def place_rows(dossier: dossiers.Dossier) -> list[Row]:
    rows = [
        ("Nơi tiếp nhận", unit_name(dossier.receiving_unit_id, dossier)),
        ("Đơn vị giải quyết", unit_name(dossier.competent_unit_id, dossier)),
        ("Nơi trả kết quả", unit_name(dossier.return_unit_id, dossier)),
        ("Cách nhận", dossier.get_return_way_display()),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def earlier_shown(situation: Situation) -> list[Row]:
    """Return other dossiers of the same person that the actor may see."""
    dossier = situation.dossier
    if dossier.applicant_person_id is None:
        return []
    found = dossiers.earlier_dossiers(situation.actor, dossier.applicant_person_id, limit=6)
    return [
        {
            "code": one.code,
            "href": reverse("office:dossier", args=[one.code]),
            "on": one.sort_at,
            "status": status_badge(one),
        }
        for one in found
        if one.pk != dossier.pk
    ]


def papers_part(situation: Situation) -> dict[str, object]:
    """Return what was handed in, what was answered, what was issued."""
    whole = situation.whole
    return {
        **application_shown(situation),
        "outcomes": outcomes_shown(situation),
        "issued": issued_shown(situation),
        "sheet": reverse("office:issued", args=[situation.dossier.code, IssuedForm.PROGRESS, 0]),
        "requests": [
            (one, [item for item in whole.supplement_items if item.request_seq == one.seq])
            for one in whole.supplements
        ],
    }


def application_shown(situation: Situation) -> dict[str, object]:
    """Return the papers handed in and the answers given."""
    papers = situation.whole.papers
    looks = signing.looks_at([one.file_id for one in papers], at=situation.at)
    owners = whose(situation.dossier)
    return {
        "papers": [paper_shown(situation.dossier, paper, looks, owners) for paper in papers],
        "answers": list(answers_shown(situation)),
    }


def paper_shown(
    dossier: dossiers.Dossier, paper: Any, looks: Mapping[int, signing.Looked], owners: Whose
) -> Row:
    has_file = paper.file_id is not None
    args = [dossier.code, paper.seq]
    return {
        "name": paper.name,
        "kind": paper.kind_in_words,
        "state": PaperState(paper.state).label,
        "quantity": paper.quantity,
        "file_name": paper.file_name,
        "href": reverse("office:paper_file", args=args) if has_file else "",
        "preview": reverse("office:paper_preview", args=args) if has_file else "",
        "is_added": paper.supplement_seq is not None,
        "seen": signatures_seen(
            looks,
            paper.file_id,
            reverse("office:paper_signatures", args=args),
            whose=owners,
        ),
    }


def answers_shown(situation: Situation) -> Iterator[tuple[str, list[Row]]]:
    form = situation.whole.definition.form
    if form is not None:
        for title, fields in summary_of(form, situation.whole.answers):
            yield title, [{"key": field.label, "value": words} for field, words in fields]


def issued_shown(situation: Situation) -> list[Row]:
    code = situation.dossier.code
    signed = dossiers.signed_slips_of(situation.dossier, at=situation.at)
    return [
        {
            "name": IssuedForm(paper.form).label,
            "signed": badge_of(signed.get(paper.seq)),
            "number": paper.number,
            "at": paper.issued_at,
            "by": paper.by_name,
            "href": reverse("office:issued", args=[code, paper.form, paper.seq]),
        }
        for paper in reversed(situation.whole.issued)
    ]


def talk_part(situation: Situation) -> dict[str, object]:
    """Return the thread and the form to answer, for those who may."""
    act: Act | None = find_act("nhan-tin")
    can_write = act is not None and act.is_open_to(situation)
    return {
        "thread": list(situation.whole.messages),
        "message_form": MessageForm() if can_write else None,
    }


def trail_part(situation: Situation) -> dict[str, object]:
    """Return what was done, whether the chain is whole, and who looked."""
    whole = situation.whole
    return {
        "moves": [move_shown(move, whole.definition.form) for move in reversed(whole.moves)],
        "broken": dossiers.verify_moves(whole.moves),
        "accesses": accesses_shown(dossiers.accesses_of(situation.actor, situation.dossier.code)),
    }


def accesses_shown(entries: Sequence[Any]) -> list[Row]:
    """Return who looked, newest first: one line for each person, day and purpose."""
    lines: dict[tuple[str, date, bool], Row] = {}
    for one in entries:
        is_print = one.purpose == "dossiers.print"
        key = (one.actor_name, local_day(one.at), is_print)
        line = lines.setdefault(
            key,
            {
                "who": f"{one.actor_name}, {one.actor_title}"
                if one.actor_title
                else one.actor_name,
                "at": one.at,
                "what": "in giấy" if is_print else "xem",
                "times": 0,
            },
        )
        line["times"] += 1
    return list(lines.values())[:MOST_ACCESSES]


def move_shown(move: Any, form: Form | None) -> Row:
    who = f"{move.by_name}, {move.by_title}" if move.by_title else move.by_name
    return {
        "title": dossiers.Act(move.act).label,
        "state": "done",
        "by": who,
        "at": move.at,
        "text": ". ".join([move.note.rstrip("."), *dossiers.changes_told(form, move)]),
    }
