"""Codes of agencies: the new form, the legacy form, and the way between them."""

import re

from motcua.foundation.organisation.errors import BadOrganisation

LONGEST_CODE = 35
STATE_CODE = r"[A-Y][0-9]{2}(\.[0-9A-Z]+)*"
SCHEME_CODE = r"Z[0-9]{2}[0-9A-Z]{1,32}"
BUSINESS_CODE = r"[0-9]{10}(-[0-9]{3})?"
NEW_CODE = f"^({STATE_CODE}|{SCHEME_CODE}|{BUSINESS_CODE})$"
LEGACY_CODE = r"^[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Y][0-9]{2}$"
STAFF_CODE = r"^[0-9A-Za-z]+([._-][0-9A-Za-z]+)*$"
UNIT_CODE = r"^[0-9A-Z]+(\.[0-9A-Z]+)*$"

_EMPTY = re.compile(r"^0+$")
_WIDTHS = (3, 2, 2)  # of the groups for levels 4, 3 and 2, in the order they are written
_STATE = re.compile(f"^{STATE_CODE}$")


def is_legacy(code: str) -> bool:
    """Say whether the code has the thirteen-character form of QCVN 102."""
    return re.fullmatch(LEGACY_CODE, code) is not None


def check_code(code: str) -> None:
    """Accept an agency code in the new or the legacy form.

    Raises: BadOrganisation.
    Source: docs/law/organisation.md
    """
    lawful = re.fullmatch(NEW_CODE, code) or is_legacy(code)
    if not lawful or len(code) > LONGEST_CODE:
        message = (
            f"Mã định danh “{code}” không đúng mẫu: chỉ dùng chữ số, chữ hoa A–Z và dấu chấm,"
            " nhóm đầu như H18, dài nhất 35 ký tự."
        )
        raise BadOrganisation(message, field="code")


def check_staff_code(code: str, whose: str) -> None:
    """Accept the code of an officer or a post: it stands in addresses and on papers.

    Raises: BadOrganisation.
    """
    if not re.fullmatch(STAFF_CODE, code):
        message = (
            f"Mã {whose} “{code}” chỉ được dùng chữ cái không dấu, chữ số, và dấu chấm, gạch nối,"
            " gạch dưới ở giữa; không có dấu cách hay “/”."
        )
        raise BadOrganisation(message, field="code")


def new_code_of(legacy: str) -> str:
    """Return the new form of a legacy code: “000.00.04.G18” → “G18.04”.

    Raises: BadOrganisation.
    Source: docs/law/organisation.md
    """
    if not is_legacy(legacy):
        message = f"“{legacy}” không phải mã định danh theo mẫu cũ, ví dụ 000.00.04.G18."
        raise BadOrganisation(message, field="code")
    first, *lower = reversed(legacy.split("."))
    while lower and _EMPTY.match(lower[-1]):
        lower.pop()
    return ".".join([first, *lower])


def legacy_code_of(code: str) -> str | None:
    """Return the legacy form of a new code: “H18.04” → “000.00.04.H18”.

    None if the legacy form has no room for it: more than four levels, or a longer group. An empty
    level in the middle cannot be told from a missing one and has no legacy form either.
    Source: docs/law/organisation.md
    """
    if not _STATE.fullmatch(code):
        return None
    first, *lower = code.split(".")
    if len(lower) > len(_WIDTHS) or any(_EMPTY.match(group) for group in lower[-1:]):
        return None
    groups = [*lower, *["0" * width for width in (2, 2, 3)[len(lower) :]]]
    groups.reverse()
    if any(len(group) != width for group, width in zip(groups, _WIDTHS, strict=True)):
        return None
    return ".".join([*groups, first])


def is_below(code: str, parent: str) -> bool:
    """Say whether a code belongs to the level right or further below another's."""
    return code.startswith(f"{parent}.")
