"""Who may sign what for an agency on a day, kept in memory by each process; who is away."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Seat
from motcua.foundation.signing.choices import Capacity, DocumentKind, TurnRole
from motcua.foundation.signing.errors import NoSigningRight, NoSuchRight
from motcua.foundation.signing.models import SigningAbsence, SigningRequest, SigningRight, Turn
from motcua.foundation.signing.ports import Expected, SignerBlock
from motcua.foundation.signing.rules.rights import RightInfo, block_of, by_rank, signed_words
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on

RECHECK_SECONDS = 2.0
_POSTS = ("post", "head_post", "ordered_by")
_WHERE = "Quản trị › Thẩm quyền ký"


@dataclass(slots=True)
class _Held:
    """What this process knows of the rights, and until when it need not ask again."""

    rights: tuple[RightInfo, ...] = ()
    holders: dict[date, dict[int, int]] = field(default_factory=dict)
    fresh_until: float = 0.0


_held = _Held()


def block_for(actor: Actor, agency_id: int, kind: DocumentKind, at: datetime) -> SignerBlock:
    """Return what is printed where the actor signs for the agency.

    Where no right is written down for such documents, everybody signs under the own title.

    Raises: NoSigningRight.
    Costs: nothing for two seconds, then up to three queries.
    Source: docs/law/signing.md
    """
    on = local_day(at)
    known = rights_of(agency_id, kind, on)
    if not known or actor.kind != ActorKind.OFFICER:
        return SignerBlock(actor.name, actor.title)
    holders = _holders(on)
    mine = by_rank(one for one in known if holders.get(one.post_id) == actor.id)
    if not mine:
        name = organisation.name_of_agency(agency_id, on=on)
        message = (
            f"Ngày {on:%d/%m/%Y} ông/bà không có thẩm quyền ký {kind.label.lower()} của {name}:"
            " cơ quan đã ghi ai được ký loại văn bản này, mà không có vị trí của ông/bà. Hãy chuyển"
            f" cho người có thẩm quyền ({_who_may(known)}); nếu ông/bà được giao ký thì quản trị"
            f" ghi thêm ở trang “{_WHERE}”."
        )
        raise NoSigningRight(message)
    return block_of(mine[0], actor.name)


def _who_may(known: Sequence[RightInfo]) -> str:
    """Return the titles of those who may sign, as they are printed."""
    blocks = [block_of(one, "") for one in by_rank(known)]
    return "; ".join(dict.fromkeys(signed_words(one.title, one.printed) for one in blocks))


def rights_of(agency_id: int, kind: DocumentKind, on: date) -> Sequence[RightInfo]:
    """Return the rights to sign such documents of an agency. Costs: seldom a query."""
    return [one for one in _rights() if one.agency_id == agency_id and one.covers(kind, on)]


def expected_signer(agency_id: int, kind: DocumentKind, unit_id: int, at: datetime) -> Expected:
    """Return who is to sign such a document; who is away is stood in for by his deputy.

    Where no right is written down, the first leader with an account in the unit or above signs.

    Raises: NoSigningRight where there is nobody.
    Costs: five queries.
    """
    found = possible_signers(agency_id, kind, unit_id, at)
    if not found:
        name = organisation.name_of_agency(agency_id, on=local_day(at))
        message = (
            f"{name} chưa có người có thẩm quyền ký {kind.label.lower()} và có tài khoản; quản trị"
            f" ghi ở trang “{_WHERE}”."
        )
        raise NoSigningRight(message)
    first, others = found[0], {one.account_id: one for one in found}
    absence = absence_of_account(first.account_id, local_day(at))
    if absence is None:
        return first
    deputy = identity.accounts_of_officers([absence.deputy_id]).get(absence.deputy_id, 0)
    if deputy not in others:
        return first
    return Expected(deputy, others[deputy].block, away_words(absence))


def away_words(absence: SigningAbsence) -> str:
    """Return why a turn is the deputy's."""
    name, until = absence.officer.full_name, absence.valid_to
    return f"{name} vắng đến hết {until:%d/%m/%Y} ({absence.reason}); chuyển người ký thay."


def possible_signers(
    agency_id: int, kind: DocumentKind, unit_id: int, at: datetime
) -> Sequence[Expected]:
    """Return who may sign such a document of the agency, heads first.

    Costs: three queries.
    """
    on = local_day(at)
    known = by_rank(rights_of(agency_id, kind, on))
    seats = _seats(agency_id, unit_id, on)
    if known:
        pairs = [(seats[one.post_id], one) for one in known if one.post_id in seats]
        held = [(seat, block_of(one, seat.officer_name)) for seat, one in pairs]
    else:
        leaders = [one for one in seats.values() if one.role == PostRole.AGENCY_LEADER]
        held = [(seat, SignerBlock(seat.officer_name, seat.title)) for seat in leaders]
    accounts = identity.accounts_of_officers([one.officer_id for one, _ in held if one.officer_id])
    found: dict[int, Expected] = {}
    for seat, block in held:
        account = accounts.get(seat.officer_id or 0)
        if account is not None:
            found.setdefault(account, Expected(account, block))
    return list(found.values())


def heirs_of(request: SigningRequest, turn: Turn, at: datetime) -> Sequence[Expected]:
    """Return to whom a turn may be handed: who may sign, or who may initial in the unit.

    Who has another turn in the document is left out where nobody may sign twice.

    Costs: four queries.
    """
    others = Turn.objects.filter(request=request) if request.is_apart else Turn.objects.none()
    taken = {turn.account_id, *others.values_list("account_id", flat=True)}
    return [one for one in _heirs(request, turn, at) if one.account_id not in taken]


def _heirs(request: SigningRequest, turn: Turn, at: datetime) -> Sequence[Expected]:
    if turn.role == TurnRole.LEADER:
        kind = DocumentKind(request.document_kind)
        return possible_signers(request.agency_id, kind, turn.unit_id, at)
    held = access.holders_of(Power.SIGN_DOCUMENTS, on=local_day(at), unit_ids=[turn.unit_id])
    accounts = identity.accounts_of_officers([one.officer_id for one in held])
    blocks = {
        accounts[one.officer_id]: SignerBlock(one.officer.full_name, one.post.title)
        for one in held
        if one.officer_id in accounts
    }
    return [Expected(key, block) for key, block in blocks.items()]


def _seats(agency_id: int, unit_id: int, on: date) -> dict[int, Seat]:
    tree = organisation.tree()
    units = {unit.id for unit in tree.units_of(agency_id)} | set(tree.ancestors(unit_id))
    return {seat.post_id: seat for seat in organisation.seats_of_units(units, on)}


def absence_of_account(account_id: int, on: date) -> SigningAbsence | None:
    """Return the absence in which somebody is on that day. Costs: two queries."""
    officer_id = identity.get_account(account_id).officer_id or 0
    found = SigningAbsence.objects.filter(holding_on(on), officer_id=officer_id, ended_at=None)
    return found.select_related("officer", "deputy").first()


def rights_on_record(*, limit: int) -> Sequence[SigningRight]:
    """Return rights of past, present and future by agency, the newest first. Costs: one query."""
    rows = SigningRight.objects.select_related("post__unit", *_POSTS)
    return list(rows.order_by("agency_id", "-valid_from", "-pk")[:limit])


def absences_since(
    on: date, *, officer_id: int | None = None, limit: int
) -> Sequence[SigningAbsence]:
    """Return absences that have not ended before the day. Costs: one query."""
    found = SigningAbsence.objects.filter(valid_to__gte=on, ended_at=None)
    if officer_id is not None:
        found = found.filter(officer_id=officer_id)
    return list(found.select_related("officer", "deputy").order_by("valid_from", "pk")[:limit])


def get_right(right_id: int) -> SigningRight:
    """Return one right. Raises: NoSuchRight."""
    found = SigningRight.objects.select_related(*_POSTS).filter(pk=right_id).first()
    if found is None:
        raise NoSuchRight("Không có thẩm quyền ký này.")
    return found


def forget_rights() -> None:
    """Ask the database again at the next look: this process has just changed a right."""
    _held.fresh_until = 0.0


def _rights() -> tuple[RightInfo, ...]:
    moment = monotonic()
    if moment >= _held.fresh_until:
        rows = SigningRight.objects.select_related(*_POSTS).order_by("id")
        _held.rights = tuple(right_info(row) for row in rows)
        _held.holders = {}
        _held.fresh_until = moment + RECHECK_SECONDS
    return _held.rights


def _holders(on: date) -> dict[int, int]:
    """Return the account of who holds on that day each post that has a right."""
    if on not in _held.holders:
        posts = {one.post_id for one in _rights()}
        found = organisation.PostHolding.objects.filter(holding_on(on), post__in=posts)
        pairs = list(found.values_list("post_id", "officer_id"))
        accounts = identity.accounts_of_officers([officer for _, officer in pairs])
        _held.holders[on] = {
            post: accounts[officer] for post, officer in pairs if officer in accounts
        }
    return _held.holders[on]


def right_info(row: SigningRight) -> RightInfo:
    """Return what a row says as plain values."""
    return RightInfo(
        right_id=row.pk,
        agency_id=row.agency_id,
        post_id=row.post_id,
        title=row.post.title,
        capacity=Capacity(row.capacity),
        head_post_id=row.head_post_id,
        head_title=row.head_post.title if row.head_post else "",
        order_title=row.ordered_by.title if row.ordered_by else "",
        collective=row.collective,
        kinds=tuple(row.kinds),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
