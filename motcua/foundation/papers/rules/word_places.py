"""Where number, day and signature of a Word document stand, if it is to be signed digitally."""

from collections.abc import Mapping
from dataclasses import dataclass

# What the layout knows as the places of fields.
NUMBER, DAY, NAME = "[[so]]", "[[ngay]]", "[[ky]]"
TOKENS = (NUMBER, DAY, NAME)


@dataclass(frozen=True, slots=True)
class WordFields:
    """The words of a template that stand for number, day and signer, and what comes beside them.

    `joint` stands between number and notation; an empty mark asks for no place. A mark in
    capitals, as a template may ask, is answered in capitals.
    """

    number_mark: str
    day_mark: str
    name_mark: str
    notation: str
    name: str
    check_url: str = ""
    joint: str = "/"
    initials: int = 0

    def marks(self) -> Mapping[str, str]:
        """Return what is put in place of the marks."""
        said = (
            (self.number_mark, f"{NUMBER}{self.joint}{self.notation}", NUMBER),
            (self.day_mark, DAY, DAY),
            (self.name_mark, f"{NAME}{self.name}", NAME),
        )
        plain = {mark: words for mark, words, _ in said if mark}
        shouted = {
            mark.upper(): token + words.removeprefix(token).upper()
            for mark, words, token in said
            if mark
        }
        return shouted | plain

    def tokens(self) -> tuple[str, ...]:
        """Return the places that the document must have; one without a mark is not asked for."""
        marks = (self.number_mark, self.day_mark, self.name_mark)
        return tuple(token for token, mark in zip(TOKENS, marks, strict=True) if mark)
