"""What a dossier's page shows of visits, meetings and what was posted."""

from typing import Any
from urllib.parse import quote

from django.urls import reverse

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.words import Badge, moment, stamp

from .acts import Situation
from .linking import item_href

Row = dict[str, Any]
FieldWork = dossiers.field.FieldWork


def field_part(situation: Situation) -> dict[str, object]:
    """Return visits, meetings and postings of the dossier as they are shown."""
    known = dossiers.field.field_work(situation.dossier)
    return {
        "visits": [visit_shown(situation, one, known) for one in situation.whole.visits],
        "meetings": [meeting_shown(situation, one, known) for one in known.meetings],
        "postings": [posting_shown(situation, one, known) for one in known.postings],
    }


def visit_shown(situation: Situation, one: Any, known: FieldWork) -> Row:
    """Return one visit: where, when, what was found, the pictures, who signed."""
    is_done = one.done_at is not None
    code, dossier = situation.dossier.code, situation.dossier
    found = known.found_at(one.seq)
    return {
        "place": one.place,
        "planned_at": one.planned_at,
        "who": one.who,
        "surveyor": one.surveyor,
        "minutes": one.minutes,
        "found": dossiers.field.findings_in_words(dossier, one.step_code, found),
        "photos": [
            photo_shown(code, photo)
            for photo in situation.whole.photos
            if photo.visit_seq == one.seq
        ],
        "badge": Badge("Đã làm", "ok") if is_done else Badge("Đã hẹn", "info"),
        "page": reverse("office:visit", args=[code, one.seq]),
        "href": item_href(situation, "bien-ban", one.seq, is_open=not is_done),
        "photo_href": item_href(situation, "anh-thuc-dia", one.seq, is_open=not is_done),
        **signing_shown(situation, one.seq, known, is_written=is_done),
    }


def signing_shown(situation: Situation, seq: int, known: FieldWork, *, is_written: bool) -> Row:
    """Return the names under minutes, where to sign and where the paper is."""
    code = situation.dossier.code
    return {
        "signed": [
            f"{one.get_role_display()} {one.name}: {one.get_way_display().lower()}"
            + (f" (làm chứng: {one.witness})" if one.witness else "")
            for one in known.signatures_of(seq)
        ],
        "sign_href": item_href(situation, "ky-bien-ban", seq, is_open=is_written),
        "pdf": reverse("office:minutes", args=[code, seq]) if is_written else "",
    }


def photo_shown(code: str, photo: Any) -> Row:
    """Return a picture with when the camera says it was taken."""
    args = [code, photo.seq]
    return {
        "name": photo.file_name,
        "taken": stamp(photo.taken_at) if photo.taken_at else "",
        "href": reverse("office:visit_photo", args=args),
        "preview": reverse("office:visit_photo_preview", args=args),
    }


def meeting_shown(situation: Situation, one: Any, known: FieldWork) -> Row:
    """Return one meeting: who was asked, who came, how they voted, what came of it."""
    is_closed, code = one.closed_at is not None, situation.dossier.code
    badge = Badge("Đã triệu tập", "info")
    if is_closed:
        badge = Badge("Đã họp", "ok") if one.is_held else Badge("Không tiến hành được", "soon")
    labels = vote_labels(situation, one.step_code)
    found = known.found_at(one.seq)
    return {
        "name": one.name,
        "badge": badge,
        "when": f"{moment(one.planned_at)}, {one.place}",
        "about": one.about,
        "minutes": one.minutes,
        "seats": [seat_words(seat, labels) for seat in known.seats_of(one)],
        "found": dossiers.field.findings_in_words(situation.dossier, one.step_code, found),
        "invitation": reverse("office:invitation", args=[code, one.seq]),
        "href": item_href(situation, "bien-ban-hop", one.seq, is_open=not is_closed),
        **signing_shown(situation, one.seq, known, is_written=is_closed),
    }


def vote_labels(situation: Situation, step_code: str) -> dict[str, str]:
    """Return the words of what is voted on."""
    spec = dossiers.field.council_of(situation.dossier, step_code)
    fields = dossiers.field.asked_at(situation.dossier, step_code)
    voted = next((field for field in fields if field.name == spec.vote_on), None)
    return {option.value: option.label for option in voted.options} if voted else {}


def seat_words(seat: Any, labels: dict[str, str]) -> str:
    """Return one seat in a line."""
    who = f"{seat.name} ({seat.title or seat.get_role_display()})"
    if seat.is_present is None:
        return who
    came = "có mặt" if seat.is_present else "vắng mặt"
    vote = f", biểu quyết: {labels.get(seat.vote, seat.vote)}" if seat.vote else ""
    return f"{who}: {came}{vote}"


def posting_shown(situation: Situation, one: Any, known: FieldWork) -> Row:
    """Return what is posted until when, and what people say against it."""
    badge = Badge("Đang niêm yết", "info")
    if one.ended_at is not None:
        badge = Badge("Đã kết thúc", "ok")
    elif situation.at > one.until_at:
        badge = Badge("Hết thời gian niêm yết", "soon")
    return {
        "title": one.title,
        "badge": badge,
        "span": f"từ {moment(one.posted_at)} đến {moment(one.until_at)}",
        "places": one.places,
        "page": reverse("portal:posting", args=[one.key]),
        "notice": "" if one.ended_at else reverse("portal:posting_notice", args=[one.key]),
        "note": one.end_note,
        "pdf": reverse("office:minutes", args=[situation.dossier.code, one.seq])
        if one.ended_at
        else "",
        "objections": [
            {
                "name": said.by_name,
                "text": said.text,
                "meta": f"gửi {stamp(said.handed_at)}",
                "answer": said.answer,
                "badge": Badge("Đã trả lời", "ok") if said.answer else Badge("Chờ trả lời", "soon"),
                "href": item_href(
                    situation, "tra-loi-niem-yet", said.seq, is_open=said.settled_at is None
                ),
            }
            for said in known.objections
            if said.posting_seq == one.seq
        ],
    }


def map_href(place: str) -> str:
    """Return where a phone opens its own map of a place; nothing is sent before it is tapped."""
    return f"geo:0,0?q={quote(place)}"
