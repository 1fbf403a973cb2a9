"""Own papers to sign: what may be typed, and how long each part may take. Knows no engine."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from motcua.foundation.signing.errors import SigningError
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

MOST_PAPERS = 30
# How long the service may be silent, the person think, the telephone lie in the pocket.
FOR_SERVICE, FOR_PERSON, FOR_PHONE = (
    timedelta(minutes=15),
    timedelta(minutes=15),
    timedelta(minutes=5),
)
_USER = re.compile(r"[0-9A-Za-z]{6,20}")
_BETWEEN = re.compile(r"[\s.\-+]+")
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class OwnPaperIn:
    """One paper to sign: its place at the owner, its names, the file that was shown.

    `is_ours` says that our press made it with a place for the signature.
    """

    ref: str
    name: str
    file_id: int
    file_name: str
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class OwnSigningIn:
    """What somebody wants to sign where, as whom."""

    owner: str
    service_code: str
    user_ref: str
    papers: Sequence[OwnPaperIn]


def cleaned_user(typed: str) -> str:
    """Return the number by which a service knows its user. Raises: BadInput."""
    user = _BETWEEN.sub("", typed)
    if not _USER.fullmatch(user):
        message = said(
            "Hãy ghi số định danh cá nhân, mã số thuế hoặc số điện thoại đã đăng ký với dịch vụ ký"
            " số, viết liền."
        )
        raise BadInput(message, field="user_ref")
    return user


def check_papers(papers: Sequence[OwnPaperIn], kinds: Sequence[str]) -> None:
    """Raises: SigningError, BadInput; `kinds` are the media types of the files."""
    if not papers:
        raise BadInput(said("Hãy chọn ít nhất một giấy để ký."), field="papers")
    if len(papers) > MOST_PAPERS:
        message = said(
            "Mỗi lần ký tối đa %(most_papers)s giấy; hãy bỏ bớt rồi ký tiếp sau.",
            most_papers=MOST_PAPERS,
        )
        raise BadInput(message, field="papers")
    others = [one.file_name for one, kind in zip(papers, kinds, strict=True) if kind != PDF]
    if others:
        raise SigningError(
            said("Chỉ ký được tệp PDF; hãy đổi sang PDF: %(names)s.", names=", ".join(others))
        )
