"""Remind before anybody asks: a paper that ends, an age that is reached; with a prepared draft.

Nobody is reminded twice of the same, nobody who has said no, and nothing is filed for anybody.

Source: docs/law/further-procedures.md
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from motcua.casework.dossiers.choices import OutcomeKind, PromptKind
from motcua.casework.dossiers.models import (
    Dossier,
    DossierOutcome,
    Draft,
    Prompt,
    PromptRefused,
)
from motcua.casework.dossiers.queries.prompts import key_of_age, key_of_outcome, renewal_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, InForce, Reminder
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import NotFound
from motcua.lib.tongue import said

from . import message_kinds as kinds
from .notifying import living
from .renewing_outcomes import renewed_draft

WINDOW = timedelta(days=120)
LATELY = timedelta(days=60)
AT_ONCE = 500
PAGE = "/ho-so/soan-san/"


def remind(*, at: datetime) -> int:
    """Tell everybody whose paper ends soon or who soon reaches an age; return of how many."""
    return _remind_of_ends(at) + _remind_of_ages(at)


def _remind_of_ends(at: datetime) -> int:
    found = list(_ending(local_day(at)))
    return sum(_tell_of_end(one.dossier_id, one.seq, at=at) for one in found)


def _ending(day: date) -> Iterator[DossierOutcome]:
    """Yield the outcomes that end soon, belong to an account, and were not spoken of."""
    key = Concat(
        Value("outcome:"),
        Cast(OuterRef("dossier_id"), CharField()),
        Value("#"),
        Cast(OuterRef("seq"), CharField()),
    )
    spoken = Prompt.objects.filter(account_id=OuterRef("dossier__submitter_account_id"), key=key)
    refused = PromptRefused.objects.filter(
        account_id=OuterRef("dossier__submitter_account_id"),
        procedure_code=OuterRef("dossier__procedure__code"),
    )
    found = DossierOutcome.objects.filter(
        valid_until__range=(day, day + WINDOW),
        kind=OutcomeKind.GRANTED,
        decided_at__isnull=False,
        dossier__submitter_account_id__isnull=False,
    ).exclude(Exists(spoken) | Exists(refused))
    for one in found.select_related("dossier").order_by("valid_until").iterator(AT_ONCE):
        renewal, last = renewal_of(one.dossier, one), one.valid_until
        if renewal and last and last <= day + timedelta(renewal.days_before):
            yield one


@work.story
def _tell_of_end(dossier_id: int, seq: int, *, at: datetime) -> int:
    outcome = DossierOutcome.objects.select_related("dossier").get(dossier_id=dossier_id, seq=seq)
    dossier = outcome.dossier
    to = living([dossier.submitter_account_id] if dossier.submitter_account_id else [])
    if not to or outcome.valid_until is None:
        return 0
    definition = procedures.definition_of(dossier.procedure_version_id)
    prompt = Prompt(
        account_id=to[0],
        kind=PromptKind.ENDING,
        key=key_of_outcome(outcome),
        procedure_code=definition.code,
        due_on=outcome.valid_until,
        told_at=at,
    )
    values = {"name": outcome.name, "code": dossier.code, "day": f"{outcome.valid_until:%d/%m/%Y}"}
    return _say(prompt, kinds.ENDING, values, at=at)


def _say(
    prompt: Prompt, kind: notifications.Kind, values: Mapping[str, str], *, at: datetime
) -> int:
    """Write down that somebody is told, and tell; nothing where that was done before."""
    _, is_new = Prompt.objects.get_or_create(
        account_id=prompt.account_id,
        key=prompt.key,
        defaults={
            "kind": prompt.kind,
            "procedure_code": prompt.procedure_code,
            "due_on": prompt.due_on,
            "draft_token": prompt.draft_token,
            "told_at": at,
        },
    )
    if is_new:
        notifications.notify([prompt.account_id], kind, values, by=SYSTEM, at=at, link=PAGE)
    return int(is_new)


def _remind_of_ages(at: datetime) -> int:
    told, day = 0, local_day(at)
    for found in procedures.with_reminders(day):
        reminder = found.definition.reminder
        if reminder is not None and found.definition.cases:
            turning = people.people_reaching(
                reminder.age, day - LATELY, day + timedelta(days=reminder.days_before)
            )
            told += sum(
                _tell_of_age(account_id, person, found, reminder, at=at)
                for first in range(0, len(turning), AT_ONCE)
                for account_id, person in _unspoken(turning[first : first + AT_ONCE], found)
            )
    return told


def _unspoken(turning: Sequence[people.Person], found: InForce) -> list[tuple[int, people.Person]]:
    """Return those with an account who were not told, want to be, and have not filed it.

    Costs: four queries, however many people.
    """
    known, code = {one.pk: one for one in turning}, found.definition.code
    accounts = identity.Account.objects.filter(person_id__in=known, disabled_at=None)
    whose = dict(accounts.order_by("pk").values_list("pk", "person_id"))
    told = Prompt.objects.filter(account_id__in=whose, key=key_of_age(code))
    refused = PromptRefused.objects.filter(account_id__in=whose, procedure_code=code)
    filed = Dossier.objects.filter(applicant_person_id__in=known, procedure_id=found.procedure_id)
    silent = {*told.values_list("account_id", flat=True)}
    silent |= {*refused.values_list("account_id", flat=True)}
    done = {*filed.values_list("applicant_person_id", flat=True)}
    return [
        (account_id, known[person_id])
        for account_id, person_id in whose.items()
        if account_id not in silent and person_id not in done
    ]


@work.story
def _tell_of_age(
    account_id: int, person: people.Person, found: InForce, reminder: Reminder, *, at: datetime
) -> int:
    """Prepare an application for somebody with an account, and say so; file nothing."""
    born, code = person.birth_date, found.definition.code
    if born is None:
        return 0
    draft = _prepared(account_id, person, found, at=at)
    prompt = Prompt(
        account_id=account_id,
        kind=PromptKind.AGE,
        key=key_of_age(code),
        procedure_code=code,
        due_on=_birthday(born, reminder.age),
        draft_token=draft.token,
        told_at=at,
    )
    values = {"title": reminder.title, "words": reminder.words, "procedure": found.definition.name}
    return _say(prompt, kinds.AGE, values, at=at)


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)  # born on 29 February


def _prepared(account_id: int, person: people.Person, found: InForce, *, at: datetime) -> Draft:
    """Write a draft from what is known of its owner."""
    definition = found.definition
    agency = _agency_for(found, person.place_code)
    return Draft.objects.create(
        token=secrets.token_urlsafe(18),
        account_id=account_id,
        procedure_id=found.procedure_id,
        procedure_version_id=found.version_id,
        case_code=definition.cases[0].code,
        agency_id=agency,
        answers=_known(definition, person),
        saved_at=at,
    )


def _known(definition: Definition, person: people.Person) -> dict[str, Any]:
    facts = {
        "person.full_name": person.full_name,
        "person.birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "person.address": person.address or None,
        "person.phone": person.phone or None,
        "person.email": person.email or None,
    }
    fields = definition.form.all_fields() if definition.form else ()
    asked = {one.name: facts.get(one.prefill) for one in fields if one.prefill}
    return {name: value for name, value in asked.items() if value}


def _agency_for(found: InForce, place_code: str) -> int | None:
    """Return the agency of the place where somebody lives, if it decides on the procedure."""
    if not place_code:
        return None
    agencies = [
        one
        for one in organisation.tree().agencies()
        if one.place_code == place_code and one.is_living
    ]
    return next(
        (
            one.id
            for one in agencies
            if procedures.is_competent(found.procedure_id, found.definition, one.id)
        ),
        None,
    )


@work.story
def refuse_prompts(procedure_code: str, *, by: Actor, at: datetime) -> None:
    """Keep that somebody does not want to be reminded of a procedure; said twice, it is once."""
    PromptRefused.objects.get_or_create(
        account_id=by.id, procedure_code=procedure_code, defaults={"at": at}
    )


@work.story
def begin_renewal(code: str, outcome_seq: int, *, by: Actor, at: datetime) -> Draft:
    """Begin to ask again for what ends, with the answers and papers of the first time.

    Begun before and not filed, it is the same draft. Raises: NotFound, NoSuchProcedure.
    """
    outcome = (
        DossierOutcome.objects.select_related("dossier", "file")
        .filter(dossier__code=code, seq=outcome_seq, dossier__submitter_account_id=by.id)
        .first()
    )
    renewal = renewal_of(outcome.dossier, outcome) if outcome else None
    if outcome is None or renewal is None or outcome.valid_until is None:
        raise NotFound(said("Giấy này không có thủ tục gia hạn trên mạng."))
    prompt, _ = Prompt.objects.get_or_create(
        account_id=by.id,
        key=key_of_outcome(outcome),
        defaults={
            "kind": PromptKind.ENDING,
            "procedure_code": procedures.definition_of(outcome.dossier.procedure_version_id).code,
            "due_on": outcome.valid_until,
            "told_at": at,
        },
    )
    prompt = Prompt.objects.select_for_update().get(pk=prompt.pk)  # asked twice at once: one draft
    begun = Draft.objects.filter(token=prompt.draft_token, account_id=by.id, filed_code="").first()
    if begun is not None:
        return begun
    draft = renewed_draft(outcome, renewal, by=by, at=at)
    Prompt.objects.filter(pk=prompt.pk).update(draft_token=draft.token)
    return draft
