"""The past of the province as a plan: which dossiers there were and how each of them went.

The shares are laid down in numbers, not thrown: only who, where and when is chance.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import cycle, islice
from random import Random

from motcua.casework.procedures.api import FilingChannel
from motcua.lib.clock import local_day

from .catalogue import (
    CERTIFIED_COPIES,
    CORRECTION,
    EXTRACTS,
    LINKED_BIRTH,
    MARRIAGE,
    MARTYR_WORSHIP,
    MORTGAGE,
    VEHICLE_BADGE,
)
from .moments import some_moment

DOSSIERS = 1500
SEED = 20_250_701
OLDEST_DAYS = 270
YOUNGEST_DAYS, YOUNGEST_LONG_DAYS = 8, 85
COMMUNES = 45

# How the demo's past is spread (shares of all, helped: of what came on-line).
ONLINE, COUNTER, POST = 0.45, 0.47, 0.08
LATE, APOLOGY_OF_LATE = 0.06, 0.7
SUPPLEMENT, SECOND_SUPPLEMENT = 0.12, 0.005
REFUSED, WITHDRAWN, STOPPED = 0.03, 0.01, 0.01
ELSEWHERE = 0.09
HELPED_OF_ONLINE = 0.35
CERTIFICATION_OF_COMMUNE = 0.4
PROVINCE_SHARE = 0.02

# Procedures besides certification, each as often as its number says.
OFTEN = {
    "2.000635": 22,
    "1.001193": 18,
    "1.004873": 19,
    "1.001776": 10,
    "1.001612": 9,
    "1.000656": 7,
    "1.013225": 6,
    "1.008004": 5,
    "1.013978": 4,
    CORRECTION: 4,
    MARRIAGE: 4,
    LINKED_BIRTH: 3,
    MARTYR_WORSHIP: 2,
    "9.000001": 3,
    "1.013949": 2,
    "1.000094": 1,
}
# What is filed at the desk alone; on another way an extract is asked for in its place.
AT_DESK_ONLY = frozenset({MARRIAGE, LINKED_BIRTH})
OF_PROVINCE = {VEHICLE_BADGE: "H18.07", MORTGAGE: "H18.06.01"}
SAME_DAY = frozenset({EXTRACTS, "1.001193", "1.000656", CERTIFIED_COPIES, MARRIAGE, MORTGAGE})
NEVER_LATE = SAME_DAY | {"1.013978", "1.013949"}  # their promises move while others are awaited
TOO_SHORT_FOR_APOLOGY = NEVER_LATE | {VEHICLE_BADGE}
WITHOUT_SUPPLEMENT = frozenset({CERTIFIED_COPIES, MORTGAGE})


class Ending(StrEnum):
    """How a dossier of the past ended."""

    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Planned:
    """One dossier of the past, before it was lived."""

    number: int
    procedure_code: str
    channel: FilingChannel
    place: int
    filed_at: datetime
    ending: Ending = Ending.RETURNED
    is_late: bool = False
    has_apology: bool = False
    supplements: int = 0
    is_elsewhere: bool = False
    is_helped: bool = False

    @property
    def origin(self) -> str:
        """Return the mark by which it is found again."""
        return f"demo-{self.number:04}"

    @property
    def is_online(self) -> bool:
        return self.channel == FilingChannel.PORTAL

    @property
    def is_plain(self) -> bool:
        """Say whether nothing special happens to it yet."""
        return (self.ending, self.is_late, self.supplements) == (Ending.RETURNED, False, 0)


def plan_past(now: datetime, count: int = DOSSIERS, seed: int = SEED) -> list[Planned]:
    """Return the plan of so many dossiers before that moment, by the moment of filing."""
    chance = Random(seed)
    past = [
        Planned(number, code, channel, _place(chance), now)
        for number, (code, channel) in enumerate(_begun(count))
    ]
    chance.shuffle(past)
    for share, fits, change in _FATES:
        past = _mark(past, share * count, fits, change)
    past = _mark(past, HELPED_OF_ONLINE * ONLINE * count, _is_online, _helped)
    past = [replace(one, filed_at=_filed_at(one, now, chance)) for one in past]
    return sorted(past, key=lambda one: (one.filed_at, one.number))


def _begun(count: int) -> Iterator[tuple[str, FilingChannel]]:
    """Yield what was filed, and how: certification at the counter, the rest everywhere."""
    province = round(PROVINCE_SHARE * count)
    certified = round(CERTIFICATION_OF_COMMUNE * (count - province))
    online, post = round(ONLINE * count), round(POST * count)
    weighted = [code for code, weight in OFTEN.items() for _ in range(weight)]
    Random(SEED).shuffle(weighted)
    others = [*islice(cycle([VEHICLE_BADGE, VEHICLE_BADGE, MORTGAGE]), province)]
    others += islice(cycle(weighted), count - certified - province)
    channels = [FilingChannel.PORTAL] * online + [FilingChannel.POST] * post
    channels += [FilingChannel.COUNTER] * (len(others) - len(channels))
    Random(SEED).shuffle(channels)
    for code, channel in zip(others, channels, strict=True):
        is_elsewise = code in AT_DESK_ONLY and channel != FilingChannel.COUNTER
        yield EXTRACTS if is_elsewise else code, channel
    yield from [(CERTIFIED_COPIES, FilingChannel.COUNTER)] * certified


def _place(chance: Random) -> int:
    """Return a commune: a third of all in the first, the rest fewer and fewer."""
    if chance.random() < 1 / 3:
        return 0
    return min(int(chance.expovariate(1 / 9)) + 1, COMMUNES - 1)


Fits = Callable[[Planned], bool]
Change = Callable[[Planned], Planned]


def _mark(past: list[Planned], wanted: float, fits: Fits, change: Change) -> list[Planned]:
    """Let so many of those that fit have the fate."""
    left = round(wanted)
    marked = []
    for one in past:
        if left and fits(one):
            marked.append(change(one))
            left -= 1
        else:
            marked.append(one)
    return marked


def _is_online(one: Planned) -> bool:
    return one.is_online and not one.is_helped


def _helped(one: Planned) -> Planned:
    return replace(one, is_helped=True)


def _is_takable_elsewhere(one: Planned) -> bool:
    is_of_commune = one.procedure_code not in {CERTIFIED_COPIES, *OF_PROVINCE}
    return is_of_commune and one.ending != Ending.REFUSED


_FATES: Sequence[tuple[float, Fits, Change]] = (
    (
        REFUSED,
        lambda one: one.is_plain and one.is_online,
        lambda one: replace(one, ending=Ending.REFUSED),
    ),
    (
        WITHDRAWN,
        lambda one: one.is_plain and one.procedure_code not in SAME_DAY,
        lambda one: replace(one, ending=Ending.WITHDRAWN),
    ),
    (
        STOPPED,
        lambda one: one.is_plain and one.procedure_code not in SAME_DAY,
        lambda one: replace(one, ending=Ending.STOPPED),
    ),
    (
        LATE * APOLOGY_OF_LATE,
        lambda one: one.is_plain and one.procedure_code not in TOO_SHORT_FOR_APOLOGY,
        lambda one: replace(one, is_late=True, has_apology=True),
    ),
    (
        LATE * (1 - APOLOGY_OF_LATE),
        lambda one: one.is_plain and one.procedure_code not in NEVER_LATE,
        lambda one: replace(one, is_late=True),
    ),
    (
        SECOND_SUPPLEMENT,
        lambda one: one.is_plain and one.procedure_code not in TOO_SHORT_FOR_APOLOGY,
        lambda one: replace(one, supplements=2),
    ),
    (
        SUPPLEMENT - SECOND_SUPPLEMENT,
        lambda one: one.is_plain and one.procedure_code not in WITHOUT_SUPPLEMENT,
        lambda one: replace(one, supplements=1),
    ),
    (ELSEWHERE, _is_takable_elsewhere, lambda one: replace(one, is_elsewhere=True)),
)


def _filed_at(one: Planned, now: datetime, chance: Random) -> datetime:
    """Return when it was filed: long enough ago for all of it to be over."""
    is_short = one.is_plain and one.procedure_code in SAME_DAY
    youngest = YOUNGEST_DAYS if is_short else YOUNGEST_LONG_DAYS
    age = timedelta(days=chance.randint(youngest, OLDEST_DAYS))
    return some_moment(local_day(now - age), chance)


def shares_of(past: Sequence[Planned]) -> dict[str, float]:
    """Return how a past is spread, each as a share of all, or of what its name says."""
    found = Counter[str](str(one.channel) for one in past)
    found.update(str(one.ending) for one in past)
    found["late"] = sum(one.is_late for one in past)
    found["apology"] = sum(one.has_apology for one in past)
    found["supplement"] = sum(one.supplements > 0 for one in past)
    found["second_supplement"] = sum(one.supplements > 1 for one in past)
    found["elsewhere"] = sum(one.is_elsewhere for one in past)
    found["helped"] = sum(one.is_helped for one in past)
    found["certification"] = sum(one.procedure_code == CERTIFIED_COPIES for one in past)
    found["commune"] = sum(one.procedure_code not in OF_PROVINCE for one in past)
    return as_shares(found, len(past))


def as_shares(found: Counter[str], total: int) -> dict[str, float]:
    """Return counted things as the shares that are laid down."""
    return {
        "online": found["portal"] / total,
        "counter": found["counter"] / total,
        "post": found["post"] / total,
        "late": found["late"] / total,
        "apology_of_late": found["apology"] / max(found["late"], 1),
        "supplement": found["supplement"] / total,
        "second_supplement": found["second_supplement"] / total,
        "refused": found["refused"] / total,
        "withdrawn": found["withdrawn"] / total,
        "stopped": found["stopped"] / total,
        "elsewhere": found["elsewhere"] / total,
        "helped_of_online": found["helped"] / max(found["portal"], 1),
        "certification_of_commune": found["certification"] / max(found["commune"], 1),
    }


WANTED = {
    "online": ONLINE,
    "counter": COUNTER,
    "post": POST,
    "late": LATE,
    "apology_of_late": APOLOGY_OF_LATE,
    "supplement": SUPPLEMENT,
    "second_supplement": SECOND_SUPPLEMENT,
    "refused": REFUSED,
    "withdrawn": WITHDRAWN,
    "stopped": STOPPED,
    "elsewhere": ELSEWHERE,
    "helped_of_online": HELPED_OF_ONLINE,
    "certification_of_commune": CERTIFICATION_OF_COMMUNE,
}
