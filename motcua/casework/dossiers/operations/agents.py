"""What is filed by somebody who acts for another: the client's, and it says who acted.

Source: docs/law/acting-for-others.md
"""

from collections.abc import Sequence
from dataclasses import replace

from motcua.casework.dossiers.choices import Act, ApplicantKind, Authority, PartyRole
from motcua.casework.dossiers.rules.application import PartyIn, SubmitterIn
from motcua.casework.procedures.api import Definition
from motcua.foundation.mandates import api as mandates
from motcua.foundation.mandates.api import Word
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor
from motcua.lib.tongue import said

_WORDS = {Act.FILE: Word.FILE, Act.SUPPLY: Word.SUPPLY, Act.WRITE_MESSAGE: Word.WRITE}


def word_of(act: Act) -> Word:
    """Return how an act stands in the history of a mandate."""
    return _WORDS.get(act, Word.OTHER)


def check_agreed(by: Actor, definition: Definition) -> None:
    """Refuse a procedure for which the client has not given the mandate.

    Raises: OutsideMandate.
    """
    agent = by.agent
    if agent is None or not (agent.procedures or agent.sectors):
        return
    if definition.code not in agent.procedures and definition.sector_code not in agent.sectors:
        message = said(
            "%(name)s chưa ủy quyền làm thủ tục này; hãy xem lại phạm vi ủy quyền.", name=by.name
        )
        raise mandates.OutsideMandate(message)


def for_client(parties: Sequence[PartyIn], by: Actor) -> tuple[PartyIn, ...]:
    """Return the parties with the client as the first applicant, whatever the agent typed."""
    if by.agent is None:
        return tuple(parties)
    return (_client(by), *parties[1:])


def _client(by: Actor) -> PartyIn:
    body = by.agent.body if by.agent else None
    if body is not None:
        return PartyIn(
            role=PartyRole.APPLICANT,
            full_name=body.name,
            enterprise_id=body.id,
            note=body.tax_code,
        )
    person = people.get_person(by.person_id) if by.person_id is not None else None
    return PartyIn(
        role=PartyRole.APPLICANT,
        full_name=by.name,
        person_id=by.person_id,
        number_hint=person.personal_id_hint if person else "",
        birth_date=person.birth_date if person else None,
    )


def kind_for_client(kind: ApplicantKind, by: Actor) -> ApplicantKind:
    """Return what sort of party applies: an agent's client is a person, or a body."""
    if by.agent is None:
        return kind
    return ApplicantKind.ENTERPRISE if by.agent.body else ApplicantKind.CITIZEN


def with_agent(submitter: SubmitterIn, mandate_id: int | None, by: Actor) -> SubmitterIn:
    """Return the submitter with who acts under the mandate, or who has helped before.

    A client who finishes alone what a helper began files in the own name; the helper stays named.
    """
    agent = by.agent
    if agent is None:
        name, account_id = mandates.named_helper(mandate_id) if mandate_id else ("", None)
        if not name:
            return submitter
        return replace(submitter, helper_name=name[:200], helper_account_id=account_id)
    name = agent.full_name[:200]
    acting = replace(submitter, name=name, mandate_id=agent.mandate_id)
    if agent.firm is not None:
        return replace(acting, authority=Authority.AGENT, authority_until=agent.mandate_until)
    return replace(
        acting,
        authority=Authority.HELPER,
        authority_until=None,
        helper_name=name,
        helper_account_id=agent.account_id,
    )
