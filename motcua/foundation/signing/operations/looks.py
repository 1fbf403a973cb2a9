"""How large the pictures of a document's signatures are, before anybody has signed it."""

from collections.abc import Sequence
from datetime import date

from motcua.foundation.identity import api as identity
from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.models import SigningRequest, Turn
from motcua.foundation.signing.rules.standing import MM, Looks, Size
from motcua.foundation.trust import api as trust


def looks_of(request: SigningRequest, turns: Sequence[Turn], on: date) -> Looks:
    """Return the sizes of the agency's seal and of the leaders' handwriting on that day.

    Costs: two queries and a file for each of them.
    """
    if not any(turn.role == TurnRole.SEAL for turn in turns):
        return Looks()
    seal = trust.seal_picture_of(request.agency_id, on)
    leaders = [one for one in turns if one.role == TurnRole.LEADER and one.account_id]
    hands = {one.field_name: _hand_of(one.account_id or 0, on) for one in leaders}
    known = {name: size for name, size in hands.items() if size is not None}
    return Looks(_size(seal) if seal else None, known)


def _hand_of(account_id: int, on: date) -> Size | None:
    officer_id = identity.get_account(account_id).officer_id
    picture = trust.handwriting_of(officer_id, on) if officer_id else None
    return _size(picture) if picture else None


def _size(picture: trust.Picture) -> Size:
    return picture.width_mm * MM, picture.height_mm * MM
