"""How signing names what citizens sign of a draft, or of what they supply."""

from collections.abc import Sequence

from motcua.casework.dossiers.models import Draft

APPLICATION = "application"
_DRAFT, _SUPPLY = "draft", "supply"


def owner_of_draft(draft: Draft) -> str:
    """Return how signing names a draft."""
    return f"{_DRAFT}:{draft.token}"


def owner_of_supply(code: str, request_seq: int) -> str:
    """Return how signing names what is about to be supplied after one request."""
    return f"{_SUPPLY}:{code}#{request_seq}"


def ref_of_form(file_id: int) -> str:
    """Return how signing names the application as it was frozen in that file."""
    return f"{APPLICATION}:{file_id}"


def token_in(owner: str) -> str:
    """Return the token of the draft that was signed for, nothing if it is none."""
    room, _, rest = owner.partition(":")
    return rest if room == _DRAFT else ""


def supply_in(owner: str) -> tuple[str, int]:
    """Return the dossier and the request that was signed for, nothing if it is none."""
    room, _, rest = owner.partition(":")
    code, _, seq = rest.partition("#")
    return (code, int(seq)) if room == _SUPPLY and seq.isdecimal() else ("", 0)


def owners_of(tokens: Sequence[str]) -> list[str]:
    """Return how signing names drafts of these tokens."""
    return [f"{_DRAFT}:{token}" for token in tokens]
