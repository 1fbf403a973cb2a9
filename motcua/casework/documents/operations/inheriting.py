"""What an agency or unit that ended leaves open passes to whoever stands in its place.

Source: docs/law/documents.md
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from motcua.casework.documents.choices import Act, Direction, ScopeRole, State
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentStep, Series
from motcua.casework.documents.queries.duplicates import held_already
from motcua.casework.documents.queries.estates import open_documents_of
from motcua.casework.documents.queries.letterheads import notation_of
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import NotAllowed

from .arriving import link_duplicate
from .finding import remember
from .following import PREFIX
from .issuing import take_refusal
from .stepping import open_steps
from .telling import let_see, lock_document, tell

_WRITTEN = (State.DRAFT, State.SUBMITTED)
_SAME = """
INSERT INTO documents_documentscope (unit_id, role, secrecy, sort_at, document_id, direction)
SELECT x.new_id, s.role, s.secrecy, s.sort_at, s.document_id, s.direction
FROM unnest(%s::bigint[], %s::bigint[]) AS x(old_id, new_id)
JOIN documents_documentscope s ON s.unit_id = x.old_id
ON CONFLICT (document_id, unit_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Heirs:
    """Which unit stands in the place of which; `rest` is where everything else goes."""

    agency_id: int
    registry_id: int
    rest: int
    units: Mapping[int, int] = field(default_factory=dict)
    people: frozenset[int] = frozenset()

    def of(self, unit_id: int, *, is_registry: bool = False) -> int:
        """Return the unit that stands in the place of one; those that live stay."""
        if is_registry:
            return self.registry_id
        if organisation.tree().unit(unit_id).is_living:
            return unit_id
        return self.units.get(unit_id, self.rest)


def heir_units(from_agency_id: int, to_agency_id: int, at: datetime) -> Heirs:
    """Return who stands in the place of the units of an agency that ended.

    A unit with one heir in the other agency passes to it, everything else to its leaders; what
    the registry held to its registry. Costs: some queries for each unit.
    """
    day, tree = local_day(at), organisation.tree()
    root = tree.agency(to_agency_id).root_unit_id
    units: dict[int, int] = {}
    for unit_id in organisation.units_ever_of(from_agency_id):
        found = [
            one
            for one in organisation.heirs_of_unit(unit_id, day)
            if tree.unit(one).agency_id == to_agency_id
        ]
        units[unit_id] = found[0] if len(found) == 1 else root
    registry = signing.registry_unit(to_agency_id, at)
    return Heirs(to_agency_id, registry, root, units, _people_of(to_agency_id, at))


def _people_of(agency_id: int, at: datetime) -> frozenset[int]:
    """Return the accounts of everybody who holds a post in an agency. Costs: two queries."""
    units = [unit.id for unit in organisation.tree().units_of(agency_id)]
    seats = organisation.seats_of_units(units, local_day(at))
    officers = {seat.officer_id for seat in seats if seat.officer_id}
    return frozenset(identity.accounts_of_officers(officers).values())


def inherit(
    from_agency_id: int,
    to_agency_id: int,
    *,
    by: Actor,
    at: datetime,
    codes: Collection[str] | None = None,
) -> int:
    """Take over what an agency that ended left open; return how many documents.

    Where it has several heirs somebody says which documents (`codes`). Its series end, so that its
    books can be closed; whoever may know of its documents there may know of them here.

    Raises: NotAllowed, DocumentError.
    """
    _check_inherits(from_agency_id, to_agency_id, codes, by)
    heirs = heir_units(from_agency_id, to_agency_id, at)
    open_ones = open_documents_of([from_agency_id])
    wanted = [one for one in open_ones if codes is None or one.code in codes]
    carried = 0
    for one in wanted:
        if one.state == State.SIGNING and not _withdraw(one, by=by, at=at):
            continue
        carry_document(one.code, heirs, by=by, at=at)
        _link_double(one.pk, at=at)
        carried += 1
    if codes is None:
        _let_heirs_see(from_agency_id, heirs)
    return carried


@work.story
def _withdraw(document: Document, *, by: Actor, at: datetime) -> bool:
    """Take back what is being signed in the name of who ended; it is signed anew by the heir.

    What was signed and sealed meanwhile is issued as it is, and stays where it was.
    """
    words = f"{organisation.name_of_agency(document.agency_id)} đã kết thúc hoạt động"
    asked = signing.find_request(document.signing_request)
    state = asked.request.state if asked is not None else ""
    if state == signing.RequestState.COMPLETED:
        return False
    if state == signing.RequestState.OPEN:
        signing.withdraw_request(document.signing_request, words, by=by, at=at)
    owner = f"{PREFIX}{document.code}"
    take_refusal(owner, document.signing_request, words, by=by, at=at)
    return True


def _link_double(document_id: int, *, at: datetime) -> None:
    """Link what waits to be registered to the same document, which another one brought along."""
    document = Document.objects.get(pk=document_id)
    if document.state != State.ARRIVED:
        return
    first = held_already(document.agency_id, document.identifier, but=document_id)
    if first is not None:
        link_duplicate(document.code, first.code, by=SYSTEM, at=at)


def _check_inherits(
    from_agency_id: int, to_agency_id: int, codes: Collection[str] | None, by: Actor
) -> None:
    """Raises: NotAllowed, DocumentError."""
    tree = organisation.tree()
    if tree.agency(from_agency_id).is_living:
        raise DocumentError(f"{tree.agency(from_agency_id).name} vẫn đang hoạt động.")
    heirs = organisation.living_heirs_of_agency(from_agency_id)
    if to_agency_id not in heirs:
        raise NotAllowed("Cơ quan của ông/bà không kế tục cơ quan này.")
    if len(heirs) > 1 and codes is None:
        raise DocumentError(
            "Cơ quan này có nhiều nơi kế tục; hãy chọn từng văn bản thuộc phần của cơ quan mình."
        )
    if by.kind == "system":
        return
    units = tree.units_of(to_agency_id) if by.agency_id == to_agency_id else ()
    if not any(by.can(Power.REGISTER_DOCUMENTS, unit_id=unit.id) for unit in units):
        raise NotAllowed("Chỉ văn thư của cơ quan kế tục tiếp nhận văn bản của cơ quan cũ.")


@work.story
def carry_document(code: str, heirs: Heirs, *, by: Actor, at: datetime) -> Document:
    """Put the heir in the place of the agency or unit that ended, in one move.

    A number that was given stays where it stands. A draft goes on in the heir's name.

    Raises: NoSuchDocument.
    """
    document = lock_document(code)
    tree, was = organisation.tree(), document.agency_id
    before = tree.agency(was)
    is_incoming = document.direction == Direction.INCOMING
    unit_id = heirs.of(document.unit_id, is_registry=is_incoming)
    detail = {
        "from_agency": was,
        "to_agency": heirs.agency_id,
        "from_unit": document.unit_id,
        "to_unit": unit_id,
    }
    document.agency_id, document.unit_id = heirs.agency_id, unit_id
    if was != heirs.agency_id and is_incoming:
        document.addressed_to = document.addressed_to or before.name
    changed = ["agency_id", "unit_id", "addressed_to", *_rewritten(document)]
    for step in open_steps(document):
        _carry_step(step, heirs, is_registry=step.unit_id == detail["from_unit"] and is_incoming)
    after = tree.agency(heirs.agency_id).name
    note = f"Chuyển từ {before.name} (đã kết thúc hoạt động) sang {after}"
    tell(
        document,
        Act.CARRY_OVER,
        by=by,
        at=at,
        was=document.state,
        changed=changed,
        note=note,
        unit_id=unit_id,
        detail=detail,
    )
    role = ScopeRole.REGISTRY if is_incoming else ScopeRole.DRAFTING
    steps = {(step.unit_id, ScopeRole.DIRECTING) for step in open_steps(document)}
    let_see(document, [(unit_id, role), (heirs.registry_id, ScopeRole.REGISTRY), *steps])
    remember(document)
    return document


def _rewritten(document: Document) -> tuple[str, ...]:
    """Let a draft go on in the name of its new agency."""
    if document.state not in _WRITTEN:
        return ()
    agency = organisation.tree().agency(document.agency_id)
    document.issuer_name, document.issuer_code = agency.name, agency.code
    document.notation = notation_of(
        document.agency_id, document.unit_id, document.kind, document.profile
    )
    return ("issuer_name", "issuer_code", "notation")


def _carry_step(step: DocumentStep, heirs: Heirs, *, is_registry: bool) -> None:
    """Let a step wait at the heir: for the same person if he works there, else for the unit."""
    step.unit_id = heirs.of(step.unit_id, is_registry=is_registry)
    if step.assignee_id is not None and step.assignee_id not in heirs.people:
        step.assignee_id, step.assignee_name = None, ""
    work.update(step, "unit_id", "assignee_id", "assignee_name")


@work.story
def _let_heirs_see(from_agency_id: int, heirs: Heirs) -> None:
    """Let those know of its documents who stand in the place of those who knew; end its series."""
    root = organisation.tree().agency(from_agency_id).root_unit_id
    pairs = {*heirs.units.items(), (root, heirs.rest), (root, heirs.registry_id)}
    ordered = sorted(pairs)
    work.put(_SAME, [[old for old, _ in ordered], [new for _, new in ordered]])
    ended = organisation.versions_of_agency(from_agency_id)[0].valid_to
    Series.objects.filter(agency_id=from_agency_id, valid_to=None).update(valid_to=ended)
