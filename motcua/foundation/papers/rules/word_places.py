"""Where number, day and signature of a Word document stand, if it is to be signed digitally."""

from collections.abc import Mapping
from dataclasses import dataclass

# What the layout knows as the places of fields.
NUMBER, DAY, NAME = "[[so]]", "[[ngay]]", "[[ky]]"
TOKENS = (NUMBER, DAY, NAME)


@dataclass(frozen=True, slots=True)
class WordFields:
    """The words of a template that stand for number, day and signer, and what comes beside them.

    A mark in capitals, as a template may ask, is answered in capitals.
    """

    number_mark: str
    day_mark: str
    name_mark: str
    notation: str
    name: str
    check_url: str = ""

    def marks(self) -> Mapping[str, str]:
        """Return what is put in place of the marks."""
        plain = {
            self.number_mark: f"{NUMBER}/{self.notation}",
            self.day_mark: DAY,
            self.name_mark: f"{NAME}{self.name}",
        }
        shouted = {
            self.number_mark.upper(): f"{NUMBER}/{self.notation.upper()}",
            self.day_mark.upper(): DAY,
            self.name_mark.upper(): f"{NAME}{self.name.upper()}",
        }
        return shouted | plain
