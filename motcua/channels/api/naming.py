"""From codes people know to what operations take."""

from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import BadInput, NotAllowed

_LONGEST_SEQ = 9


def step_of(word: str) -> int | str:
    """Return a step's number, or its code."""
    return int(word) if word.isdecimal() and word.isascii() and len(word) <= _LONGEST_SEQ else word


def agency_of(code: str, field: str = "agency_code") -> organisation.AgencyInfo:
    """Return a living agency. Raises: BadInput."""
    agency = organisation.tree().agency_by_code(code)
    if agency is None or not agency.is_living:
        message = f"Không có cơ quan mang mã {code}."
        raise BadInput(message, field=field)
    return agency


def unit_of(code: str, field: str = "unit_code") -> organisation.UnitInfo:
    """Return a living unit. Raises: BadInput."""
    unit = organisation.tree().unit_by_code(code)
    if unit is None:
        message = f"Không có đơn vị mang mã {code}."
        raise BadInput(message, field=field)
    return unit


def unit_code(unit_id: int | None) -> str:
    """Return the code of a unit, nothing if there is none any more."""
    if unit_id is None:
        return ""
    try:
        return organisation.tree().unit(unit_id).code
    except organisation.NoSuchUnit:
        return ""


def officer_of(username: str, field: str = "username", *, by: Actor) -> identity.Account:
    """Return the account of an officer. Only officers learn who has one.

    Raises: NotAllowed, BadInput.
    """
    if by.kind != ActorKind.OFFICER:
        raise NotAllowed("Chỉ công chức mới giao việc cho công chức.")
    account = identity.find_account(username)
    if account is None or not account.is_officer or not account.is_active:
        message = f"Không có tài khoản công vụ mang tên {username}."
        raise BadInput(message, field=field)
    return account
