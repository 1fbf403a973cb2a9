"""Outcomes that are files: whether they are signed digitally, and where their fields stand.

Source: docs/law/signing.md
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.errors import DossierError, OutcomeMissing, PlacesMissing
from motcua.casework.dossiers.models import Dossier, DossierOutcome, DossierStep
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.casework.processes.api import StepKind
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, Expected
from motcua.lib.actor import Actor

from .deciding import deciding
from .merging import content_of
from .signing import policy_of


class Awaited(NamedTuple):
    """Who may sign an outcome digitally, the expected one first; whether policy insists on it."""

    names: tuple[str, ...]
    is_required: bool


def awaited_signers(dossier: Dossier, by: Actor, at: datetime, *, decides: bool) -> Awaited | None:
    """Return who is going to sign a draft of the actor's digitally; None where nobody will.

    Who `decides` signs himself; else it is who is expected to.

    Costs: nothing without a policy, else up to ten queries.
    """
    definition = procedures.definition_of(dossier.procedure_version_id)
    policy = policy_of(dossier, definition, at)
    if policy is None:
        return None
    try:
        first = _first(dossier, by, at, decides=decides)
    except signing.SigningError:
        return Awaited((), is_required=True) if policy.is_required else None
    holds_one = bool(signing.certificates_for(Actor(first.account_id, first.block.name), at))
    if not (policy.is_required or holds_one):
        return None
    others = () if decides else _possible(dossier, at)
    names = dict.fromkeys(one.block.name for one in (first, *others))
    return Awaited(tuple(names), policy.is_required)


def _first(dossier: Dossier, by: Actor, at: datetime, *, decides: bool) -> Expected:
    kind, place = DocumentKind.OUTCOME, deciding(dossier)
    if decides:
        return Expected(by.id, signing.block_for(by, place.agency_id, kind, at))
    return signing.expected_signer(place.agency_id, kind, place.unit_id, at)


def _possible(dossier: Dossier, at: datetime) -> Iterable[Expected]:
    place = deciding(dossier)
    return signing.possible_signers(place.agency_id, DocumentKind.OUTCOME, place.unit_id, at)


def signer_of_drafts(dossier: Dossier, unit_id: int, at: datetime) -> Expected:
    """Return who is to sign: whose name a draft prints, else who is expected to.

    Raises: NoSigningRight. Costs: up to nine queries.
    """
    drafts = DossierOutcome.objects.filter(dossier=dossier, decided_at=None).order_by("seq")
    printed = {one.placing["signer"] for one in drafts if one.placing}
    if printed - {""}:
        for one in _possible(dossier, at):
            if one.block.name in printed:
                return one
    agency_id = deciding(dossier).agency_id
    return signing.expected_signer(agency_id, DocumentKind.OUTCOME, unit_id, at)


def check_placed(outcomes: Iterable[DossierOutcome]) -> None:
    """Raises: PlacesMissing while a field of a file has no place."""
    for outcome in outcomes:
        if outcome.placing and signing.missing_in_file(outcome.placing):
            message = (
                f"Tệp “{outcome.name}” còn ô chưa có chỗ (số, ngày, chữ ký hoặc dấu). Hãy mở “Chỗ"
                " ký” của dự thảo để đặt cho đủ, hoặc chọn ký trên bản giấy."
            )
            raise PlacesMissing(message)


def check_signer(outcome: DossierOutcome, name: str) -> None:
    """Raises: DossierError if a file prints somebody else as its signer."""
    printed = outcome.placing["signer"] if outcome.placing else ""
    if printed and printed != name:
        message = (
            f"Tệp “{outcome.name}” in tên người ký {printed}, không phải {name}. Hãy để {printed}"
            " ký, hoặc trả lại để sửa tệp rồi trình lại."
        )
        raise DossierError(message)


def placed_draft(dossier: Dossier, seq: int) -> DossierOutcome:
    """Return a draft that is a file with places, with its file. Raises: OutcomeMissing."""
    drafts = DossierOutcome.objects.select_related("file")
    found = drafts.filter(dossier=dossier, seq=seq, decided_at=None).first()
    if found is None or not found.placing or found.file is None:
        message = "Hồ sơ không có dự thảo này, hoặc dự thảo không cần đặt chỗ ký."
        raise OutcomeMissing(message)
    return found


def picture_of_draft(outcome: DossierOutcome, page: int, chosen: str) -> bytes:
    """Return a page of a draft as a picture with its fields.

    Raises: DocumentUnfit, FileLocked. Costs: a process of its own, some 0.5 s.
    """
    if outcome.file is None:
        raise OutcomeMissing("Dự thảo này không có tệp.")
    placing = signing.placing_of(outcome.placing)
    return signing.picture_of_places(content_of(outcome.file), placing, page, chosen)


def is_paper_choice(dossier: Dossier, definition: Definition, at: datetime) -> bool:
    """Say whether an officer may choose to sign on paper though a file could be signed."""
    policy = policy_of(dossier, definition, at)
    return policy is None or not policy.is_required


def decides(step: DossierStep) -> bool:
    """Say whether the outcome is signed at the step."""
    return step.kind == StepKind.DECISION
