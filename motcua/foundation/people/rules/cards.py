"""The text behind the square on a citizen's card."""

from dataclasses import dataclass, field
from datetime import date, datetime

from motcua.foundation.people.choices import Sex
from motcua.foundation.people.errors import NumberNotUsable
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .numbers import check_personal_id, read_personal_id

_FIELDS = 7
_OLD_CARD_DIGITS = 9
_SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the card says; `warnings` are for the officer to look at, not reasons to refuse."""

    personal_id: str
    old_id_card: str
    full_name: str
    birth_date: date | None
    sex: Sex | None
    address: str
    issued_on: date | None
    warnings: list[str] = field(default_factory=list)


def parse_card_qr(scanned: str) -> CardFacts:
    """Return what the seven fields say; the newer card's further fields are left alone.

    It proves nothing about who holds the card.

    Raises: BadInput if it is no such text, NumberNotUsable if the first field is no number.
    Source: docs/law/identity.md
    """
    parts = [tidy(part) for part in scanned.strip().split("|")]
    if len(parts) < _FIELDS:
        message = "Đây không phải mã QR trên căn cước; hãy quét lại hoặc nhập tay."
        raise BadInput(message, field="card")
    number, old_card, name, birth, sex_word, address, issued = parts[:_FIELDS]
    read_personal_id(number)
    birth_date, sex = _day(birth), _SEXES.get(sex_word.lower())
    return CardFacts(
        personal_id=number,
        old_id_card=old_card if len(old_card) == _OLD_CARD_DIGITS else "",
        full_name=name,
        birth_date=birth_date,
        sex=sex,
        address=address,
        issued_on=_day(issued),
        warnings=_warnings(number, sex, birth_date),
    )


def _day(digits: str) -> date | None:
    """Return the day of “01021999”, or nothing if there is none."""
    try:
        return datetime.strptime(digits, "%d%m%Y").date()  # noqa: DTZ007 -- a day on a card has no zone
    except ValueError:
        return None


def _warnings(number: str, sex: Sex | None, birth_date: date | None) -> list[str]:
    try:
        return check_personal_id(number, sex, birth_date)
    except NumberNotUsable as error:
        return [str(error)]
