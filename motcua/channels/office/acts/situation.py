"""What an act is about: who looks, when, at which dossier, and at which step of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.http import QueryDict

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier, DossierStep, Status, WholeDossier
from motcua.casework.processes.api import StepDef, StepKind
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.text import whole_number

APPROVING = frozenset({StepKind.APPROVAL, StepKind.DECISION})
WORKABLE = frozenset({Status.RECEIVED, Status.PROCESSING})


@dataclass(frozen=True, slots=True)
class Situation:
    """One officer before one dossier; `item` numbers the part an act is about, if it is one."""

    actor: Actor
    at: datetime
    whole: WholeDossier
    step: DossierStep | None = None
    item: int = 0

    @property
    def dossier(self) -> Dossier:
        """Return the dossier."""
        return self.whole.dossier

    @property
    def is_workable(self) -> bool:
        """Say whether steps of the dossier can be worked on now."""
        return self.dossier.status in WORKABLE and not dossiers.is_on_its_way(self.dossier)

    def can(self, power: Power, unit_id: int | None = None) -> bool:
        """Say whether the actor holds the power there, at the step's unit if none is named."""
        at_unit = self.step.unit_id if unit_id is None and self.step else unit_id
        return self.actor.can(power, unit_id=at_unit)

    @property
    def has_hand(self) -> bool:
        """Say whether the actor may do the step: it is free or his own, or he may re-assign it."""
        if self.step is None or not self.can(power_for(self.step)):
            return False
        is_mine = self.step.assignee_id in (None, self.actor.id)
        return is_mine or self.can(Power.ASSIGN_DOSSIERS)

    @property
    def is_at_work(self) -> bool:
        """Say whether the actor works on any open step of the dossier."""
        powers = (Power.HANDLE_DOSSIERS, Power.APPROVE_DOSSIERS)
        return any(
            self.actor.can(power, unit_id=step.unit_id)
            for step in self.whole.open_steps
            for power in powers
        )

    @property
    def definition_of_step(self) -> StepDef | None:
        """Return what the process says of the step."""
        process = self.whole.definition.process
        if process is None or self.step is None:
            return None
        return next((one for one in process.steps if one.code == self.step.code), None)


def power_for(step: DossierStep) -> Power:
    """Return the power with which a step is done."""
    if step.kind in APPROVING:
        return Power.APPROVE_DOSSIERS
    is_desk_work = step.kind == StepKind.HAND_OVER
    return Power.HAND_OVER_DOSSIERS if is_desk_work else Power.HANDLE_DOSSIERS


def situate(
    actor: Actor, dossier: Dossier, at: datetime, *, step_seq: str = "", item: str = ""
) -> Situation:
    """Return the situation; without a number, the open step in the actor's hand is meant."""
    whole = dossiers.whole(dossier)
    found = Situation(actor, at, whole, item=whole_number(item) or 0)
    steps = whole.open_steps
    if step_seq.isdecimal():
        steps = [step for step in steps if step.seq == whole_number(step_seq)]
    held = [Situation(actor, at, whole, step, found.item) for step in steps]
    return next((one for one in held if one.has_hand), held[0] if held else found)


class Onward(NamedTuple):
    """What has happened, and where the officer goes on."""

    words: str
    href: str


Can = Callable[[Situation], bool]
Ask = Callable[[Situation, QueryDict | None, Any], KitForm]
Run = Callable[[Situation, Mapping[str, Any], ActorRequest], str | Onward]
Facts = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do with a dossier: when it fits, who may, what is asked, what is done.

    `run` calls one operation and returns the sentence about what happened, with the page to go on
    to where that is not the dossier's.
    """

    slug: str
    label: str
    fits: Can
    may: Can
    run: Run
    ask: Ask = field(default=lambda _situation, data, _files: KitForm(data))
    facts: Callable[[Situation], Facts] = lambda _situation: []
    links: Callable[[Situation], list[tuple[str, str]]] = lambda _situation: []
    note: str = ""
    is_warning: bool = False
    is_main: bool = False
    is_per_item: bool = False
    button: str = ""

    @property
    def button_text(self) -> str:
        """Return what stands on the button of the act's page."""
        return self.button or self.label

    def is_open_to(self, situation: Situation) -> bool:
        """Say whether the act is offered."""
        return self.fits(situation) and self.may(situation)
