"""The living registry of the ward: what came in and what it wrote, done by those who do it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import (
    ArrivalIn,
    Direction,
    DirectiveIn,
    Document,
    EntryIn,
    FileIn,
    FileRole,
    LineIn,
    RouteIn,
    ScopeRole,
    Source,
    State,
)
from motcua.casework.tasks import api as tasks
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor

from .cast import Cast, aloud
from .duties import WARD, Stage
from .letters import Fate, Letter, incoming, last_year
from .moments import after, closing_after, morning_before
from .names import officer_name
from .press import Sheet, kept

FIRST_SIGNER = 3000
SOURCES = (Source.POST, Source.HAND, Source.EMAIL)
AN_HOUR, HALF_A_DAY, A_DAY = 60, 240, 480  # minutes of work
SHORTLY = timedelta(minutes=5)
BEGIN_OF_LAST = (12, 22)


def home() -> organisation.AgencyInfo:
    """Return the ward. Raises: LookupError."""
    found = organisation.tree().agency_by_code(WARD)
    if found is None:
        raise LookupError(WARD)
    return found


def told_already(direction: Direction) -> set[tuple[str, bool]]:
    """Return what the ward has documents about, and whether they are doubles of others."""
    held = Document.objects.filter(agency_id=home().id, direction=direction)
    return {(one, state == State.LINKED) for one, state in held.values_list("subject", "state")}


@dataclass(frozen=True, slots=True)
class Scene(Stage):
    """The ward's people; what they do with documents has all its consequences."""

    def acts(self, post: str) -> Actor:
        """Return who holds a post of the ward, as one whose acts have consequences."""
        return aloud(self.who(post))

    def van(self) -> Actor:
        """Return the clerk."""
        return self.acts("VP-03")

    def route(self, post: str, words: str) -> RouteIn:
        """Return the way to who holds a post of the ward."""
        actor = self.who(post)
        return RouteIn(actor.unit_ids[0], actor.id, actor.name, words)

    def before_now(self, at: datetime) -> datetime:
        """Return a moment, but none that is still to come."""
        return min(at, self.at - SHORTLY)

    def later(self, at: datetime, minutes: int) -> datetime:
        """Return a working moment so many minutes later, but none that is still to come."""
        return self.before_now(after(at, minutes))


def fill_incoming(cast: Cast, at: datetime, letters: Iterable[Letter] | None = None) -> int:
    """Let what came to the ward come in; what is there is left. Return how many came."""
    stage, told = Scene(cast, at), told_already(Direction.INCOMING)
    wanted = incoming() if letters is None else tuple(letters)
    new = [
        (number, one)
        for number, one in enumerate(wanted)
        if (one.subject, one.fate is Fate.DOUBLED) not in told
    ]
    for number, letter in new:
        _live(stage, letter, number, _moment(stage, letter, number))
    return len(new)


def close_last_year(cast: Cast, at: datetime) -> int:
    """Let the last letters of the year before come in, and its book be closed; once."""
    stage, year = Scene(cast, at), at.year - 1
    series = documents.Book.objects.filter(agency_id=home().id, year=year)
    if series.exists():
        return 0
    begun = at.replace(year=year, month=BEGIN_OF_LAST[0], day=BEGIN_OF_LAST[1], hour=9, minute=5)
    for number, letter in enumerate(last_year()):
        _live(stage, letter, 90 + number, after(begun, number * A_DAY))
    book = series.get(direction=Direction.INCOMING)
    documents.close_book(book.pk, by=stage.van(), at=stage.ago(40))
    return len(last_year())


def _moment(stage: Scene, letter: Letter, number: int) -> datetime:
    if not letter.days_ago:
        return stage.at - timedelta(minutes=40)
    return morning_before(stage.at, letter.days_ago, 10 + number % 5 * 12)


def _live(stage: Scene, letter: Letter, number: int, at: datetime) -> None:
    document = _arrive(stage, letter, number, at)
    _FATES[letter.fate](stage, letter, document, stage.later(at, 10))


def _arrive(stage: Scene, letter: Letter, number: int, at: datetime) -> Document:
    """Let Vân take a letter in, with its scan."""
    entry = _entry(letter, number, at)
    sheet = Sheet(
        issuer=entry.issuer_name,
        number=entry.number,
        notation=entry.notation,
        day=entry.issued_on or at.date(),
        kind=letter.kind,
        subject=entry.subject,
        signer=entry.signer_name,
    )
    file = FileIn(FileRole.MAIN, kept(sheet, at), f"{entry.number}-{entry.notation}.pdf")
    facts = ArrivalIn(
        agency_id=home().id,
        unit_id=stage.unit("VP"),
        source=SOURCES[number % len(SOURCES)],
        arrived_at=at,
        entry=entry,
        files=(file,),
    )
    return documents.take_arrival(facts, by=stage.van(), at=at)


def _entry(letter: Letter, number: int, at: datetime) -> EntryIn:
    """Return what the register says of a letter; one that came before says the same again."""
    first = Document.objects.filter(agency_id=home().id, subject=letter.subject).first()
    if first is not None and letter.fate is Fate.DOUBLED:
        return EntryIn(**{name: getattr(first, name) for name in EntryIn.__dataclass_fields__})
    is_asked = letter.fate in (Fate.DONE, Fate.LATE, Fate.WORKING, Fate.OVERDUE)
    return EntryIn(
        subject=letter.subject,
        issuer_name=letter.issuer,
        kind=letter.kind,
        number=str(101 + number * 37 % 880),
        notation=letter.notation,
        issued_on=(at - timedelta(days=1 + number % 3)).date(),
        signer_name=officer_name(FIRST_SIGNER + number % 17),
        signer_title="Thủ trưởng cơ quan",
        pages=1,
        due_on=closing_after(at, letter.days).date() if is_asked else None,
        answer_wanted=is_asked and number % 2 == 0,
    )


def _enter(stage: Scene, document: Document, at: datetime, post: str = "LD-01") -> None:
    to = stage.route(post, "Kính trình lãnh đạo cho ý kiến")
    documents.register(document.code, by=stage.van(), at=at, to=to)


def _step(document: Document) -> int:
    """Return the number of the step that waits."""
    steps = documents.DocumentStep.objects.filter(document_id=document.pk, closed_at=None)
    return int(steps.order_by("seq").first().seq)  # type: ignore[union-attr]  # -- one always waits


def _direct(stage: Scene, letter: Letter, document: Document, at: datetime) -> datetime:
    """Let Hoa name who leads; return until when."""
    _enter(stage, document, at)
    unit = organisation.tree().unit(stage.unit(letter.unit))
    told = stage.later(at, AN_HOUR)
    due = closing_after(told, letter.days)
    lines = [LineIn(ScopeRole.LEAD, unit.id, name=unit.name, due_at=due)]
    words = f"Giao {unit.name} chủ trì tham mưu, thực hiện đúng thời hạn."
    directive = DirectiveIn(words, lines, due)
    documents.direct(document.code, _step(document), directive, by=stage.acts("LD-01"), at=told)
    return due


def _work(stage: Scene, letter: Letter, document: Document, at: datetime) -> tuple[str, int]:
    """Let the head give the task to who does it, and some of it be done; return code and part."""
    code = tasks.tasks_of(f"document:{document.code}")[0].code
    seq = int(tasks.TaskPart.objects.get(task__code=code).seq)
    unit, head = stage.unit(letter.unit), stage.who(f"{letter.unit}-01")
    doer = stage.who(f"{letter.unit}-02")
    tasks.assign_part(code, seq, unit, doer.id, by=head, at=stage.later(at, HALF_A_DAY))
    words = "Đã thu thập số liệu của các tổ dân phố, bản; đang tổng hợp."
    tasks.report_progress(code, seq, 50, words, by=doer, at=stage.later(at, A_DAY))
    return code, seq


def _finish(
    stage: Scene, letter: Letter, document: Document, at: datetime, *, done: datetime
) -> None:
    code, seq = _work(stage, letter, document, at)
    done = stage.before_now(max(done, after(at, A_DAY + AN_HOUR)))
    doer, words = stage.who(f"{letter.unit}-02"), "Đã hoàn thành và báo cáo nơi gửi."
    tasks.ask_to_finish(code, seq, words, by=doer, at=done)
    tasks.approve_part(code, seq, by=stage.acts("LD-01"), at=stage.later(done, AN_HOUR))


def _done(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:
    due = _direct(stage, letter, document, at)
    _finish(stage, letter, document, at, done=due - timedelta(hours=5))


def _late(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:
    due = _direct(stage, letter, document, at)
    _finish(stage, letter, document, at, done=closing_after(due, 2))


def _working(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:
    _direct(stage, letter, document, at)
    _work(stage, letter, document, at)


def _know(stage: Scene, document: Document, at: datetime) -> None:
    _enter(stage, document, at)
    unit = organisation.tree().unit(stage.unit("VP"))
    directive = DirectiveIn(
        "Để biết, lưu hồ sơ.", [LineIn(ScopeRole.KNOW, unit.id, name=unit.name)]
    )
    told, hoa = stage.later(at, AN_HOUR), stage.acts("LD-01")
    documents.direct(document.code, _step(document), directive, by=hoa, at=told)


def _known(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:  # noqa: ARG001 -- same shape as the others
    _know(stage, document, at)
    read = stage.later(at, A_DAY)
    documents.mark_read(document.code, _step(document), by=stage.acts("VP-01"), at=read)


def _to_read(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:  # noqa: ARG001 -- same shape as the others
    _know(stage, document, at)


def _closed(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:  # noqa: ARG001 -- same shape as the others
    documents.register(document.code, by=stage.van(), at=at)
    words = "Văn phòng đã trả lời trực tiếp, lưu hồ sơ."
    documents.finish(document.code, words, by=stage.van(), at=stage.later(at, AN_HOUR))


def _returned(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:  # noqa: ARG001 -- same shape as the others
    documents.register(document.code, by=stage.van(), at=at)
    words = "Văn bản gửi phường Mường Thanh, bưu tá phát nhầm; chuyển trả nơi gửi."
    documents.give_back(document.code, words, by=stage.van(), at=stage.later(at, AN_HOUR))


def _refused(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:  # noqa: ARG001 -- same shape as the others
    words = "Văn bản không gửi phường Điện Biên Phủ."
    documents.refuse_arrival(document.code, words, by=stage.van(), at=at)


def _doubled(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:  # noqa: ARG001 -- same shape as the others
    same = documents.duplicates_of(document)
    if same:
        documents.link_duplicate(document.code, same[0].code, by=stage.van(), at=at)


def _for_chair(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:  # noqa: ARG001 -- same shape as the others
    _enter(stage, document, at)


def _for_deputy(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:  # noqa: ARG001 -- same shape as the others
    _enter(stage, document, at, "LD-02")


def _arrived(stage: Scene, letter: Letter, document: Document, at: datetime) -> None:
    """Leave it where it is."""


_FATES: Mapping[Fate, Callable[[Scene, Letter, Document, datetime], None]] = {
    Fate.DONE: _done,
    Fate.LATE: _late,
    Fate.WORKING: _working,
    Fate.OVERDUE: _working,
    Fate.KNOWN: _known,
    Fate.TO_READ: _to_read,
    Fate.CLOSED: _closed,
    Fate.RETURNED: _returned,
    Fate.REFUSED: _refused,
    Fate.DOUBLED: _doubled,
    Fate.FOR_CHAIR: _for_chair,
    Fate.FOR_DEPUTY: _for_deputy,
    Fate.ARRIVED: _arrived,
}
