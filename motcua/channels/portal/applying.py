"""The way through one application: its steps, what is known of the person, what still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Draft
from motcua.casework.fees import api as fees
from motcua.casework.forms.api import Form, Page, in_language, summary_of, visible_fields
from motcua.casework.procedures.api import Definition, FilingChannel, PaperHandling, PaperSpec
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.files import api as files
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

from .own_signing import signed_by
from .parties import is_by_writing

PEOPLE, PAPERS, RETURN, CHECK = "people", "papers", "return", "check"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of an application."""

    key: str
    title: str
    href: str


def steps_of(draft: Draft, definition: Definition) -> list[Step]:
    """Return the pages of this application in order; hidden pages of the form are left out."""
    token = draft.token
    steps = [Step(PEOPLE, _("Người nộp, chủ hồ sơ"), reverse("portal:draft_people", args=[token]))]
    for number, page in pages_of(draft, definition):
        href = reverse("portal:draft_page", args=[token, number])
        steps.append(Step(f"page-{number}", page.title, href))
    if papers_to_attach(draft, definition):
        steps.append(Step(PAPERS, _("Giấy tờ"), reverse("portal:draft_papers", args=[token])))
    steps.append(
        Step(RETURN, _("Liên hệ, nhận kết quả"), reverse("portal:draft_return", args=[token]))
    )
    steps.append(Step(CHECK, _("Kiểm tra và nộp"), reverse("portal:draft_check", args=[token])))
    return steps


def pages_of(draft: Draft, definition: Definition) -> list[tuple[int, Page]]:
    """Return the visible pages of the form with their numbers, from 1."""
    form = definition.form
    pages = in_language(form, get_language() or "").pages if form else ()
    numbered = enumerate(pages, start=1)
    return [(n, page) for n, page in numbered if visible_fields(page, facts_of(draft))]


def facts_of(draft: Draft) -> dict[str, Any]:
    """Return the answers so far as conditions read them, as if they were filed today."""
    return dossiers.facts_for(
        draft.answers,
        channel=FilingChannel.PORTAL.value,
        case_code=draft.case_code,
        on=local_day(now()),
        authority=str(draft.parties.get("submitter", {}).get("authority", "")),
    )


def place_of(steps: Sequence[Step], key: str) -> int:
    """Return the number of the step, from 1."""
    return next((n for n, step in enumerate(steps, start=1) if step.key == key), 1)


def after(steps: Sequence[Step], key: str) -> str:
    """Return the address of the step after this one."""
    return steps[min(place_of(steps, key), len(steps) - 1)].href


def before(steps: Sequence[Step], key: str) -> str:
    """Return the address of the step before this one, if there is one."""
    place = place_of(steps, key)
    return steps[place - 2].href if place > 1 else ""


def known_of(actor: Actor, draft: Draft) -> dict[str, Any]:
    """Return what is already known of the person, for the form's `prefill`.

    Whoever helps fills in for the applicant: only what was said of that person is known then.
    """
    if draft.parties.get("submitter", {}).get("authority") == dossiers.Authority.HELPER:
        applicant: dict[str, Any] = next(iter(draft.parties.get("parties", [])), {})
        return {
            "person.full_name": applicant.get("full_name") or None,
            "person.birth_date": applicant.get("birth_date"),
        }
    known: dict[str, Any] = {"person.full_name": actor.name}
    if actor.person_id is not None:
        person = people.get_person(actor.person_id)
        known |= {
            "person.full_name": person.full_name,
            "person.birth_date": person.birth_date.isoformat() if person.birth_date else None,
            "person.sex": person.sex or None,
            "person.phone": person.phone or None,
            "person.email": person.email or None,
            "person.address": person.address or None,
        }
    return known


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """One paper to attach: what is attached already, and whether it must be."""

    spec: PaperSpec
    is_required: bool
    attached: list[dict[str, Any]]

    @property
    def hint(self) -> str:
        """Return what is to be known before a file is chosen."""
        signed = _("Tệp phải được ký số trước khi gửi") if self.spec.must_be_signed else ""
        notes = (self.spec.note.rstrip("."), signed)
        return " ".join(f"{note}." for note in notes if note)


def papers_to_attach(draft: Draft, definition: Definition) -> list[PaperAsked]:
    """Return the papers that are handed in as files for this case and these answers."""
    attached = _attached(draft)
    required = {spec.code for spec in missing(draft, definition)} | set(attached)
    needed = definition.required_papers(draft.case_code, facts_of(draft))
    listed = [
        spec
        for spec in definition.papers_for(draft.case_code)
        if spec.handling == PaperHandling.HAND_IN
        and (spec in needed or spec.required_when == "false" or spec.instead_of)
    ]
    if is_by_writing(draft.parties):
        listed = [spec for spec in listed if spec.code != dossiers.AUTHORISATION.code]
        listed.append(dossiers.AUTHORISATION)
        required.add(dossiers.AUTHORISATION.code)
    return [PaperAsked(spec, spec.code in required, attached.get(spec.code, [])) for spec in listed]


def _attached(draft: Draft) -> dict[str, list[dict[str, Any]]]:
    """Return the attached files by the paper they are for."""
    stored = files.StoredFile.objects.in_bulk([paper["file_id"] for paper in draft.papers])
    found: dict[str, list[dict[str, Any]]] = {}
    for index, paper in enumerate(draft.papers):
        file = stored[paper["file_id"]]
        place = [draft.token, index]
        shown = {
            "name": paper["file_name"],
            "size": file.size,
            "href": reverse("portal:draft_file", args=place),
            "preview": reverse("portal:draft_preview", args=place) if file.has_preview else "",
            "remove": reverse("portal:draft_detach", args=place),
            **_signed(paper, file, reverse("portal:draft_signatures", args=place)),
        }
        found.setdefault(paper["spec_code"], []).append(shown)
    return found


def _signed(paper: dict[str, Any], file: files.StoredFile, href: str) -> dict[str, str]:
    """Return who signed a file, where it bears a signature; more is told on its own page."""
    if not file.bears_signature:
        return {}
    return {"note": _("Đã ký số"), "tone": "ok", "by": signed_by(paper), "more": href}


def unsigned_names(draft: Draft, definition: Definition) -> list[str]:
    """Return the attached papers that must be signed and are not."""
    given = [(paper["spec_code"], paper["file_id"]) for paper in draft.papers]
    return list(dict.fromkeys(dossiers.lacks_signature(given, definition.papers).values()))


def missing(draft: Draft, definition: Definition) -> list[PaperSpec]:
    """Return the papers that must still be attached."""
    lacking = dossiers.missing_papers(_so_far(draft, definition), definition, local_day(now()))
    has = {paper["spec_code"] for paper in draft.papers}
    if is_by_writing(draft.parties) and dossiers.AUTHORISATION.code not in has:
        lacking.append(dossiers.AUTHORISATION)
    return lacking


def _so_far(draft: Draft, definition: Definition) -> dossiers.Application:
    return dossiers.Application(
        procedure_code=definition.code,
        case_code=draft.case_code,
        agency_id=draft.agency_id or 0,
        channel=FilingChannel.PORTAL,
        submitter=dossiers.SubmitterIn(name=""),
        parties=(),
        answers=draft.answers,
        papers=[dossiers.PaperIn(p["spec_code"], p["name"]) for p in draft.papers],
    )


def brought_later(draft: Draft, definition: Definition) -> list[dict[str, str]]:
    """Return the papers that are not attached but shown, or handed over when the outcome comes."""
    needed = definition.required_papers(draft.case_code, facts_of(draft))
    return [
        {"name": spec.name, "note": spec.note, "word": spec.handling.label, "tone": "info"}
        for spec in needed
        if spec.handling != PaperHandling.HAND_IN
    ]


def answers_in_words(draft: Draft, definition: Definition) -> list[dict[str, Any]]:
    """Return what was answered, page by page, each row with the way to change it."""
    return [
        {"title": page.title, "rows": _rows(definition, draft, page, number)}
        for number, page in pages_of(draft, definition)
    ]


def _rows(definition: Definition, draft: Draft, page: Page, number: int) -> list[dict[str, str]]:
    href = reverse("portal:draft_page", args=[draft.token, number])
    alone = Form(definition.code, page.title, (page,))
    told = [pair for _title, rows in summary_of(alone, facts_of(draft)) for pair in rows]
    return [
        {"key": one.label, "value": text, "href": f"{href}#id_{one.name}"} for one, text in told
    ]


def fees_of(draft: Draft, definition: Definition) -> list[dict[str, Any]]:
    """Return what is to be paid, line by line, each with its reason."""
    due = fees.fees_due(definition, draft.case_code, FilingChannel.PORTAL, facts_of(draft))
    return [
        {
            "name": one.line.name,
            "amount_vnd": one.amount_vnd,
            "is_known": not one.trouble,
            "reason": _("Nơi tiếp nhận sẽ tính.") if one.trouble else one.reason,
        }
        for one in due
    ]


def page_with_complaint(
    draft: Draft, definition: Definition, complaints: Mapping[str, str]
) -> int | None:
    """Return the number of the first page that holds something wrong."""
    names = {name.partition(".")[0] for name in complaints}
    for number, page in pages_of(draft, definition):
        if names & {one.name for one in page.fields}:
            return number
    return None
