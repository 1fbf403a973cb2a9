"""The shape of what rooms announce."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """A fact of one aggregate, in the past tense; rooms derive their own.

    Fields are ids, codes, days and numbers only: no names, nothing personal. `seq` is the
    aggregate's version after the act and orders its facts.
    """

    topic: ClassVar[str]
    version: ClassVar[int] = 1
    aggregate: ClassVar[str]

    aggregate_id: int
    seq: int
