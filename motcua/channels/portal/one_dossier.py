"""One dossier as its owner sees it: what to do, papers to fetch, the thread, who looked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import IssuedForm, ReturnWay, Side, Status, SubState, WholeDossier
from motcua.casework.fees import api as fees
from motcua.casework.forms.api import in_words, summary_of
from motcua.casework.procedures.api import FeeDue, FilingChannel
from motcua.casework.processes.api import StepKind
from motcua.channels.kit import words
from motcua.channels.kit.signatures import badge_of
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.audit.api import AccessEntry
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import NotFound
from motcua.lib.tongue import is_english

_WITHDRAWABLE = frozenset(
    status for status, further in dossiers.MOVES.items() if Status.WITHDRAWN in further
)
_PURPOSES = {
    "dossiers.api": _l("Xem hồ sơ từ hệ thống kết nối"),
    "dossiers.desk": _l("Xem hồ sơ tại Bộ phận Một cửa"),
    "dossiers.office": _l("Xem hồ sơ để giải quyết"),
    "dossiers.print": _l("In giấy tờ của hồ sơ"),
    "dossiers.return": _l("Mở hồ sơ để trả kết quả"),
    "people.reveal": _l("Xem số định danh"),
}
_LOOK = _l("Xem hồ sơ")


def own(actor: Actor, dossier: dossiers.Dossier) -> dossiers.Dossier:
    """Return the dossier if the actor, or an enterprise the actor acts for, filed it.

    Raises: NotFound.
    """
    if not dossiers.is_applicant(dossier, actor):
        raise NotFound(_("Không tìm thấy hồ sơ này trong các hồ sơ ông/bà đã nộp."))
    return dossier


def colleague_of(dossier: dossiers.Dossier, actor: Actor) -> str:
    """Return who filed it, where that was somebody else of the same enterprise."""
    return "" if dossier.submitter_account_id == actor.id else dossier.submitter_name


def can_withdraw(dossier: dossiers.Dossier, actor: Actor) -> bool:
    """Say whether this person may still take it back."""
    return dossier.status in _WITHDRAWABLE and dossiers.may_take_back(dossier, actor)


def due_online(whole: WholeDossier) -> list[FeeDue]:
    """Return what the owner may pay now although nobody has asked for it yet.

    Nothing where the desk must reckon an amount first, or all is over.
    """
    found = whole.dossier
    if found.closed_at is not None or found.returned_at is not None:
        return []
    channel = FilingChannel(found.channel)
    dues = dossiers.still_charged(
        found, fees.fees_due(whole.definition, found.case_code, channel, whole.facts)
    )
    if any(one.trouble for one in dues):
        return []
    paid = {one.line_code for one in whole.fees}
    return [one for one in dues if one.amount_vnd and one.line.code not in paid]


def can_supply(dossier: dossiers.Dossier) -> bool:
    """Say whether the office waits for something from the applicant."""
    return dossier.status == Status.AWAITING_APPLICANT


def must_confirm(dossier: dossiers.Dossier) -> bool:
    """Say whether the applicant is asked to look at the draft of the outcome."""
    return dossier.sub_state == SubState.CONFIRMING


def silent_from(whole: WholeDossier) -> datetime | None:
    """Return from when saying nothing about the draft means that it is right, if it ever does."""
    process = whole.definition.process
    for step in whole.open_steps:
        if step.kind == StepKind.APPLICANT_CONFIRMS and process is not None:
            return step.due_at if process.step(step.code).silence_is_consent else None
    return None


def drafts_of(whole: WholeDossier) -> list[dict[str, str]]:
    """Return the outcomes that are drafted and not yet signed."""
    code = whole.dossier.code
    return [
        {"name": one.name, "href": reverse("portal:outcome", args=[code, one.seq])}
        for one in whole.outcomes
        if not one.decided_at
    ]


def told_in(whole: WholeDossier) -> list[dict[str, Any]]:
    """Return what was answered in the form, page by page, in words."""
    form = whole.definition.form
    pages = summary_of(form, whole.answers) if form else []
    return [
        {"title": title, "rows": [{"key": one.label, "value": text} for one, text in rows]}
        for title, rows in pages
    ]


def asked_for(whole: WholeDossier) -> tuple[Any, list[Any]]:
    """Return the open request for supplements and its items; None if there is none."""
    request = next((one for one in reversed(whole.supplements) if not one.supplied_at), None)
    if request is None:
        return None, []
    return request, [one for one in whole.supplement_items if one.request_seq == request.seq]


def downloads_of(whole: WholeDossier, at: datetime, *, by: Actor) -> list[dict[str, Any]]:
    """Return the slips and results the owner may fetch, newest first, each with who signed it.

    Who acts for the owner gets results only if the owner allows it.
    """
    code = whole.dossier.code
    signed = dossiers.signed_papers_of(whole.dossier, at=at)
    slips_signed = dossiers.signed_slips_of(whole.dossier, at=at)
    slips = [
        {
            "name": IssuedForm(paper.form).label,
            "at": paper.issued_at,
            "href": reverse("portal:slip", args=[code, paper.form, paper.seq]),
            "english": reverse("portal:reference", args=[code, paper.form, paper.seq])
            if is_english() and paper.form in dossiers.TRANSLATED
            else "",
            "note": "",
            "signed": badge_of(slips_signed.get(paper.seq)),
        }
        for paper in whole.issued
        if paper.form != IssuedForm.PROGRESS
    ]
    results = [
        {
            "name": _with_validity(outcome),
            "at": outcome.decided_at,
            "href": reverse("portal:outcome", args=[code, outcome.seq]),
            "note": _handed(outcome),
            "signed": badge_of(signed.get(outcome.seq)),
        }
        for outcome in whole.outcomes
        if outcome.decided_at
        and (by.agent is None or by.agent.may_receive)
        and not whole.definition.is_on_paper_only(outcome.spec_code)
    ]
    return [*reversed(results), *reversed(slips)]


def on_paper_of(whole: WholeDossier) -> list[dict[str, Any]]:
    """Return the results that are given out on paper only, each with where it is."""
    return [
        {"name": _with_validity(outcome), "at": outcome.decided_at, "where": _where(whole, outcome)}
        for outcome in whole.outcomes
        if outcome.decided_at and whole.definition.is_on_paper_only(outcome.spec_code)
    ]


def renewable_of(whole: WholeDossier, at: datetime) -> list[dict[str, Any]]:
    """Return the results that end soon and can be asked for again."""
    code, day = whole.dossier.code, local_day(at)
    return [
        {
            "name": _with_validity(outcome),
            "href": reverse("portal:renew", args=[code, outcome.seq]),
        }
        for outcome in whole.outcomes
        if outcome.decided_at and dossiers.is_renewable(whole.dossier, outcome, day)
    ]


def _noted(whole: WholeDossier, outcome: dossiers.DossierOutcome) -> str:
    """Return what was noted of a result that another body gave, as an amount it paid."""
    spec = next((one for one in whole.definition.outcomes if one.code == outcome.spec_code), None)
    entries = spec.entries if spec is not None and spec.given_by else ()
    told = [(one, outcome.entries.get(one.name)) for one in entries]
    return "; ".join(
        f"{one.label}: {in_words(one, value)}" for one, value in told if value not in (None, "")
    )


def _where(whole: WholeDossier, outcome: dossiers.DossierOutcome) -> str:
    dossier = whole.dossier
    if noted := _noted(whole, outcome):
        return noted
    if outcome.handed_at:
        return _handed(outcome)
    if dossier.return_way == ReturnWay.POST:
        return _("Chỉ cấp bản giấy, gửi qua bưu chính")
    unit = organisation.name_of_unit(dossier.return_unit_id)
    return _("Chỉ cấp bản giấy, mời ông/bà nhận tại %(unit)s", unit=unit)


def _handed(outcome: dossiers.DossierOutcome) -> str:
    """Return to whom the outcome was handed out, and how that person was checked."""
    if outcome.handed_at is None:
        return ""
    return _("Đã trả cho %(to)s: %(how)s", to=outcome.handed_to, how=outcome.handed_how)


def _with_validity(outcome: dossiers.DossierOutcome) -> str:
    """Return the name of an outcome, with the day until which it holds."""
    if outcome.valid_until is None:
        return outcome.name
    day = words.short_day(outcome.valid_until)
    return _("%(name)s (có giá trị đến %(day)s)", name=outcome.name, day=day)


def papers_of(whole: WholeDossier) -> list[dict[str, Any]]:
    """Return what was handed in, each with where it is now."""
    return [
        {
            "name": paper.name,
            "note": _handed_in(paper),
            "href": reverse("portal:paper", args=[whole.dossier.code, paper.seq])
            if paper.file_id
            else "",
            "file_name": paper.file_name,
            "word": paper.get_state_display(),
        }
        for paper in whole.papers
    ]


def _handed_in(paper: Any) -> str:
    words_of_it = f"{_(paper.get_kind_display())}, {_('%(count)s bản', count=paper.quantity)}"
    if not paper.reused_from:
        return words_of_it
    again = _("dùng lại từ hồ sơ %(code)s", code=paper.reused_from)
    return f"{words_of_it}, {again}"


def thread_of(whole: WholeDossier) -> list[dict[str, Any]]:
    """Return the questions and answers, oldest first; the office has no names here."""
    return [
        {
            "is_mine": message.side == Side.CITIZEN,
            "who": message.by_name if message.side == Side.CITIZEN else _("Cơ quan"),
            "at": message.at,
            "text": message.text,
        }
        for message in whole.messages
    ]


def looks_in_words(entries: Sequence[AccessEntry]) -> list[dict[str, Any]]:
    """Return who opened the dossier: office and title, when, and for what.

    What one officer opens anew within the same minute is one line.
    """
    rows = {
        (entry.actor_id, entry.purpose, entry.at.replace(second=0, microsecond=0)): {
            "at": entry.at,
            "who": entry.actor_title or _("Công chức"),
            "agency": _agency(entry.agency_id),
            "purpose": _PURPOSES.get(entry.purpose, _LOOK),
        }
        for entry in entries
    }
    return list(rows.values())


def _agency(agency_id: int | None) -> str:
    return organisation.name_of_agency(agency_id) if agency_id else "–"
