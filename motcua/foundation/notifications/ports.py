"""The kinds of messages there are: declared by the rooms above, beside what they react to."""

from dataclasses import dataclass

from .errors import NoSuchKind


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message: its name, its text until another is published, who it is for."""

    code: str
    label: str
    subject: str
    body: str
    by_email: bool = True
    for_officers: bool = False


kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Make a kind known, so that its text can be edited and its mails refused.

    Raises: ValueError if it is declared twice.
    """
    if kind.code in kinds:
        raise ValueError(f"messages of kind {kind.code} are declared twice")
    kinds[kind.code] = kind
    return kind


def get_kind(code: str) -> Kind:
    """Raises: NoSuchKind."""
    if code not in kinds:
        raise NoSuchKind(f"Không có loại thông báo “{code}”.")
    return kinds[code]
