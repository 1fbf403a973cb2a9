"""Minutes and public notices as printed, made from their rows.

Source: docs/law/field-work.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import SignerRole, SigningWay
from motcua.casework.dossiers.models import (
    Dossier,
    Meeting,
    MinutesSignature,
    Objection,
    Posting,
    Seat,
    Visit,
)
from motcua.casework.procedures import api as procedures
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.clock import local
from motcua.lib.errors import NotFound

from . import letterheads
from .fieldwork import FieldWork, field_work, find_visit, findings_in_words, photos_of
from .one import get_dossier_for

_NO_NAMES = (
    papers.MinutesName(role="Người lập biên bản", name=""),
    papers.MinutesName(role="Chủ hồ sơ hoặc người đại diện", name=""),
)


def minutes_pdf(actor: Actor, code: str, seq: int) -> bytes:
    """Return the minutes of a visit, a meeting or an ended posting as PDF.

    Raises: NoSuchDossier, NotFound while they are not written.
    """
    dossier = get_dossier_for(actor, code)
    known = field_work(dossier)
    visit = find_visit(dossier, seq)
    if visit is not None and visit.done_at is not None:
        return papers.render_paper(_of_visit(dossier, visit, known))
    meeting = next((one for one in known.meetings if one.seq == seq and one.closed_at), None)
    if meeting is not None:
        return papers.render_paper(_of_meeting(dossier, meeting, known))
    posting = next((one for one in known.postings if one.seq == seq and one.ended_at), None)
    if posting is not None:
        return papers.render_paper(_of_posting(dossier, posting, known))
    raise NotFound("Biên bản này chưa được ghi.")


def invitation_pdf(actor: Actor, code: str, seq: int) -> bytes:
    """Return the invitation to a meeting, with everybody asked. Raises: NoSuchDossier, NotFound."""
    dossier = get_dossier_for(actor, code)
    known = field_work(dossier)
    meeting = next((one for one in known.meetings if one.seq == seq), None)
    if meeting is None:
        raise NotFound("Không tìm thấy cuộc họp này.")
    rows = [(s.name, _as_what(s)) for s in known.seats_of(meeting)]
    return papers.render_paper(
        papers.Minutes(
            letterhead=letterheads.of_unit(_unit(dossier), meeting.convened_at),
            kind="Giấy mời họp",
            subject=meeting.name,
            facts=(
                *_about(dossier),
                papers.Fact(name="Thời gian", value=moment(meeting.planned_at)),
                papers.Fact(name="Địa điểm", value=meeting.place),
            ),
            sections=_section("Nội dung họp", meeting.about),
            tables=(_table("Kính mời", ("Họ tên", "Chức vụ, tư cách"), rows),),
            names=(papers.MinutesName(role="Người triệu tập", name=meeting.convened_by_name),),
        )
    )


def notice_pdf(posting: Posting) -> bytes:
    """Return what is posted, to be put up at the office and in the village."""
    dossier = posting.dossier
    return papers.render_paper(
        papers.Minutes(
            letterhead=letterheads.of_unit(posting.unit_id, posting.posted_at),
            kind="Thông báo niêm yết công khai",
            subject=posting.title,
            facts=(
                papers.Fact(name="Thủ tục", value=_procedure(dossier)),
                papers.Fact(name="Niêm yết từ", value=moment(posting.posted_at)),
                papers.Fact(name="Đến hết", value=moment(posting.until_at)),
                *_places(posting),
            ),
            sections=(
                papers.MinutesSection(heading="Nội dung", lines=tuple(map(str, posting.body))),
                papers.MinutesSection(heading="Ý kiến về nội dung niêm yết", lines=(_HOW,)),
            ),
            names=(papers.MinutesName(role="Cơ quan niêm yết", name=""),),
        )
    )


_HOW = (
    "Ai có ý kiến xin gửi trong thời gian niêm yết: tại cổng dịch vụ công (mục Niêm yết công khai),"
    " hoặc tại Bộ phận Một cửa. Mọi ý kiến đều được trả lời."
)


def _of_visit(dossier: Dossier, visit: Visit, known: FieldWork) -> papers.Minutes:
    done = visit.done_at or visit.planned_at
    photos = photos_of(dossier, visit.seq)
    rows = [
        (
            photo.file_name,
            moment(photo.taken_at) if photo.taken_at else "Không rõ",
            moment(photo.added_at),
        )
        for photo in photos
    ]
    found = findings_in_words(dossier, visit.step_code, known.found_at(visit.seq))
    return papers.Minutes(
        letterhead=letterheads.of_unit(visit.unit_id or _unit(dossier), done),
        kind="Biên bản kiểm tra thực địa",
        subject=_procedure(dossier),
        facts=(
            *_about(dossier),
            papers.Fact(name="Nơi kiểm tra", value=visit.place),
            papers.Fact(name="Hẹn lúc", value=moment(visit.planned_at)),
            papers.Fact(name="Lập biên bản lúc", value=moment(done)),
            *_given("Thành phần", visit.who),
            *_given("Đơn vị đo đạc", visit.surveyor),
        ),
        sections=_section("Kết quả kiểm tra", visit.minutes),
        tables=(
            *_tables("Danh mục kiểm tra", ("Nội dung", "Kết quả"), found),
            *_tables("Ảnh chụp", ("Tệp", "Chụp lúc, theo máy ảnh", "Gửi lúc"), rows),
        ),
        closing="Biên bản được đọc lại cho những người có tên dưới đây",
        names=_names(known.signatures_of(visit.seq)) or _NO_NAMES,
    )


def _of_meeting(dossier: Dossier, meeting: Meeting, known: FieldWork) -> papers.Minutes:
    closed = meeting.closed_at or meeting.planned_at
    seats = known.seats_of(meeting)
    found = findings_in_words(dossier, meeting.step_code, known.found_at(meeting.seq))
    choices = _choices(dossier, meeting.step_code)
    rows = [
        (
            seat.name,
            _as_what(seat),
            "Có mặt" if seat.is_present else "Vắng mặt",
            *([choices.get(seat.vote, seat.vote) or "–"] if choices else []),
        )
        for seat in seats
    ]
    columns = ("Họ tên", "Chức vụ, tư cách", "Có mặt", *(["Biểu quyết"] if choices else []))
    head = "Thành phần, biểu quyết" if choices else "Thành phần"
    held = "Đã họp" if meeting.is_held else "Không tiến hành được"
    return papers.Minutes(
        letterhead=letterheads.of_unit(_unit(dossier), closed),
        kind="Biên bản họp",
        subject=meeting.name,
        facts=(
            *_about(dossier),
            papers.Fact(name="Thời gian", value=moment(meeting.planned_at)),
            papers.Fact(name="Địa điểm", value=meeting.place),
            papers.Fact(name="Kết quả", value=held),
        ),
        sections=(
            *_section("Nội dung họp", meeting.about),
            *_section("Diễn biến, ý kiến", meeting.minutes),
            *(one for label, words in found for one in _section(label, words)),
        ),
        tables=(_table(head, columns, rows),),
        closing="Biên bản được đọc lại cho những người có mặt cùng nghe",
        names=_names(known.signatures_of(meeting.seq)) or _usual_names(known, meeting),
    )


def _choices(dossier: Dossier, step_code: str) -> dict[str, str]:
    """Return the words of what is voted on."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    spec = definition.councils.get(step_code)
    fields = definition.findings.get(step_code, ())
    voted = next((f for f in fields if spec is not None and f.name == spec.vote_on), None)
    return {option.value: option.label for option in voted.options} if voted else {}


def _usual_names(known: FieldWork, meeting: Meeting) -> tuple[papers.MinutesName, ...]:
    there = [seat for seat in known.seats_of(meeting) if seat.is_present]
    return tuple(papers.MinutesName(role=_as_what(seat), name=seat.name) for seat in there)


def _as_what(seat: Seat) -> str:
    """Return as what somebody sits there, as a line begins."""
    words = seat.title or seat.get_role_display()
    return words[:1].upper() + words[1:]


def _of_posting(dossier: Dossier, posting: Posting, known: FieldWork) -> papers.Minutes:
    ended = posting.ended_at or posting.until_at
    said = [one for one in known.objections if one.posting_seq == posting.seq]
    rows = [
        (
            one.by_name,
            moment(one.handed_at),
            one.text,
            _answered(one),
        )
        for one in said
    ]
    return papers.Minutes(
        letterhead=letterheads.of_unit(posting.unit_id, ended),
        kind="Biên bản kết thúc niêm yết công khai",
        subject=posting.title,
        facts=(
            *_about(dossier),
            papers.Fact(name="Niêm yết từ", value=moment(posting.posted_at)),
            papers.Fact(name="Đến", value=moment(posting.until_at)),
            papers.Fact(name="Kết thúc lúc", value=moment(ended)),
            papers.Fact(name="Số ý kiến", value=str(len(said))),
            *_places(posting),
        ),
        sections=_section("Kết luận", posting.end_note),
        tables=_tables(
            "Ý kiến và trả lời", ("Người có ý kiến", "Lúc", "Nội dung", "Trả lời"), rows
        ),
        names=(
            papers.MinutesName(role="Người lập biên bản", name=posting.ended_by_name),
            papers.MinutesName(role="Đại diện cơ quan niêm yết", name=""),
        ),
    )


def _answered(said: Objection) -> str:
    """Return what was answered; a dossier that ended early leaves some without an answer."""
    if said.settled_at is None:
        return "Chưa trả lời"
    return f"{'Có căn cứ' if said.is_upheld else 'Không có căn cứ'}: {said.answer}"


def _names(signed: Sequence[MinutesSignature]) -> tuple[papers.MinutesName, ...]:
    return tuple(
        papers.MinutesName(
            role=SignerRole(one.role).label, name=one.name, note=_how(one), drawn=one.strokes
        )
        for one in signed
    )


def _how(one: MinutesSignature) -> str:
    """Return how somebody signed, or that they refused and before whom."""
    if one.way == SigningWay.REFUSED:
        why = f"; lý do: {one.reason}" if one.reason else ""
        return f"Từ chối ký lúc {moment(one.at)}, làm chứng: {one.witness}{why}"
    return f"{SigningWay(one.way).label} lúc {moment(one.at)}"


def _about(dossier: Dossier) -> tuple[papers.Fact, ...]:
    return (
        papers.Fact(name="Hồ sơ", value=dossier.code),
        papers.Fact(name="Chủ hồ sơ", value=dossier.applicant_name),
    )


def _places(posting: Posting) -> tuple[papers.Fact, ...]:
    return _given("Nơi niêm yết", posting.places)


def _given(name: str, value: str) -> tuple[papers.Fact, ...]:
    return (papers.Fact(name=name, value=value),) if value else ()


def _section(heading: str, words: str) -> tuple[papers.MinutesSection, ...]:
    lines = tuple(line for line in words.split("\n") if line.strip())
    return (papers.MinutesSection(heading=heading, lines=lines),) if lines else ()


def _table(
    heading: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> papers.MinutesTable:
    return papers.MinutesTable(heading=heading, columns=columns, rows=tuple(map(tuple, rows)))


def _tables(
    heading: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> tuple[papers.MinutesTable, ...]:
    return (_table(heading, columns, rows),) if rows else ()


def _procedure(dossier: Dossier) -> str:
    return procedures.definition_of(dossier.procedure_version_id).name


def _unit(dossier: Dossier) -> int:
    return dossier.competent_unit_id or dossier.receiving_unit_id


def moment(at: datetime) -> str:
    """Return a moment as minutes say it."""
    return f"{local(at):%H:%M ngày %d/%m/%Y}"
