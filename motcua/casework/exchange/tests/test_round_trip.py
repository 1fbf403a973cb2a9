"""Whatever can be written is read back the same, and written again with the same bytes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from unicodedata import normalize

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from motcua.casework.exchange.choices import BusinessKind, Status
from motcua.casework.exchange.rules.edxml.contents import content_of
from motcua.casework.exchange.rules.edxml.messages import (
    Answered,
    Attachment,
    DocumentMessage,
    DocumentType,
    Hop,
    Organ,
    OtherInfo,
    SignerInfo,
    StaffInfo,
    StatusMessage,
    document_id,
)

from .messages import NOW, PDF, make_business, make_message, make_status, read, write

LETTERS = some.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")


def text(longest: int, shortest: int = 0) -> some.SearchStrategy[str]:
    """Give text as it is kept: NFC, nothing around it."""
    return (
        some.text(LETTERS, min_size=shortest, max_size=longest)
        .map(lambda value: normalize("NFC", value).strip()[:longest].strip())
        .filter(lambda value: len(value) >= shortest and normalize("NFC", value) == value)
    )


codes = some.from_regex(r"H[0-9]{2}(\.[0-9A-Z]{1,4}){0,5}", fullmatch=True)
days = some.dates(date(1945, 9, 2), date(2026, 10, 1))
moments = some.integers(0, 10**8).map(lambda seconds: NOW - timedelta(seconds=seconds))
numbers = some.one_of(some.none(), some.integers(0, 999_999))
marks = some.from_regex(r"[0-9A-ZĐ]{1,8}(-[A-ZĐ]{1,6})?", fullmatch=True)
organs = some.builds(
    Organ, codes, text(200, 1), text(500), text(99), text(99), text(20), text(20), text(99)
)
staff = some.builds(StaffInfo, text(99), text(99), text(99), text(20))


def identified(organ: str, day: date, number: str, notation: str) -> dict[str, object]:
    return {
        "issued_on": day,
        "number": number,
        "notation": notation,
        "document_id": document_id(organ, day, number, notation),
    }


identities = some.builds(
    identified, codes, days, some.from_regex(r"[0-9]{1,8}", fullmatch=True), marks
)
answers = some.builds(
    lambda organ, day, mark: Answered(organ, f"1/{mark}", day, document_id(organ, day, "1", mark)),
    codes,
    days,
    marks,
)
others = some.builds(
    OtherInfo,
    some.integers(0, 4),
    text(99),
    text(9),
    numbers,
    numbers,
    some.one_of(some.none(), some.booleans()),
    some.lists(text(99, 1), max_size=3).map(tuple),
)
files = some.lists(some.tuples(text(60, 1), some.binary(min_size=1, max_size=300)), max_size=3).map(
    lambda found: tuple(
        Attachment(f"cid:{place}", f"{name}.pdf", content_of(PDF + content))
        for place, (name, content) in enumerate(found)
    )
)
documents = some.builds(
    lambda identity, **values: make_message(**identity, **values),
    identities,
    sender=organs,
    receivers=some.lists(organs, min_size=1, max_size=4, unique_by=lambda one: one.code).map(tuple),
    place=text(50),
    kind=some.builds(DocumentType, text(99, 1), some.integers(0, 29), some.integers(0, 9)),
    subject=text(500, 1),
    content=text(500),
    signer=some.one_of(some.none(), some.builds(SignerInfo, text(50, 1), text(99), text(99))),
    due_on=some.one_of(some.none(), days),
    other=some.one_of(some.none(), others),
    answers=some.lists(answers, max_size=2).map(tuple),
    steering=some.one_of(some.none(), some.integers(1, 3)),
    to_places=some.lists(text(150, 1), max_size=3).map(tuple),
    hops=some.lists(some.builds(Hop, codes, moments), max_size=3).map(tuple),
    business=some.builds(
        lambda kind, staff: replace(make_business(kind), staff=staff),
        some.sampled_from(list(BusinessKind)),
        staff,
    ),
    attachments=files,
)
statuses = some.builds(
    make_status,
    some.sampled_from(Status.values),
    sender=organs,
    about=answers,
    description=text(999, 1),
    at=moments,
    staff=staff,
)
often = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@often
@given(documents)
def test_documents_come_back_the_same(message: DocumentMessage) -> None:
    content = write(message)

    reading = read(content)

    assert (reading.message, reading.is_valid) == (message, True)
    assert write(message) == content


@often
@given(statuses)
def test_statuses_come_back_the_same(message: StatusMessage) -> None:
    content = write(message)

    reading = read(content)

    assert (reading.message, reading.is_valid) == (message, True)
    assert write(message) == content


def test_moments_are_those_of_ha_noi() -> None:
    at = datetime.fromisoformat("2026-09-30T23:30:00+00:00")

    assert b"<edXML:Timestamp>2026/10/01 06:30:00<" in write(make_status(at=at))
