"""A file that takes the place of a part of a draft: never of what its bringer has not seen."""

from collections.abc import Callable
from typing import Any

from motcua.casework.forms.api import mark_of
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local


def instead_of_seen(
    request: ActorRequest, version: procedures.ProcedureVersion, brought: Any
) -> Callable[[Any], Any]:
    """Return the change that puts `brought` in place of the part whose mark the form carries.

    The change raises DraftMoved if somebody changed the part since; the form then carries the new
    mark, so that who sends it once more means it.
    """

    def change(data: Any) -> Any:
        if mark_of(data) != request.POST.get("seen", ""):
            who, when = version.edited_by_name or "Người khác", f"{local(version.edited_at):%H:%M}"
            message = (
                f"{who} vừa sửa phần này của bản thảo lúc {when}. Chưa có gì bị ghi đè: chọn lại "
                "tệp rồi bấm nút lần nữa để thay, hoặc bấm “Hủy” để xem bản mới."
            )
            raise procedures.DraftMoved(message)
        return brought

    return change
