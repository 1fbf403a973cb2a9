"""How the system is: messages on their way, recurring work, processes, space on the disk."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.webhooks import api as webhooks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import ADMIN_POWERS, holds, needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.jobs import api as jobs
from motcua.foundation.ledger import api as ledger
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import now

SLOW_SECONDS = 60
LITTLE_SPACE = 0.15
GIGABYTE = 1_000_000_000
LETTERS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at, how it stands and what it says."""

    what: str
    word: str
    tone: str
    says: str


@require_GET
@needs(*ADMIN_POWERS)
def start(request: ActorRequest) -> HttpResponse:
    """Show where an administrator begins; how the system is, to those of the province."""
    is_provincial = holds(request.actor, Power.ADMINISTER_IDENTITY, everywhere=True)
    context: dict[str, object] = {"title": "Quản trị", "is_provincial": is_provincial}
    if is_provincial:
        at = now()
        lags = outbox.lags()
        context |= {
            "signs": [
                *promises(ledger.ledger_state()),
                telling(lags),
                *told_others(webhooks.dead_letters()),
                working(jobs.troubled_jobs(at)),
                *living(at),
                *space(),
            ],
            "lags": lags,
            "letters": outbox.dead_letters(LETTERS_SHOWN),
        }
    return page(request, "start", context, current="start")


def promises(state: ledger.LedgerState) -> list[Sign]:
    """Say whether promises are sealed and signed; what stopped comes first of all."""
    stopped = [
        Sign(one.get_name_display(), "Đã dừng", "late", one.stopped_why) for one in state.stopped
    ]
    says = f"{state.promises.size} lá, {state.waiting} đang chờ niêm phong."
    unsigned = Sign("Khóa ký đầu sổ", "Thiếu", "late", "Đầu sổ cam kết không được ký.")
    sealed = [] if stopped else [Sign("Sổ cam kết", "Tốt", "ok", says)]
    return [*stopped, *sealed, *([] if state.has_key else [unsigned])]


def telling(lags: Sequence[outbox.Lag]) -> Sign:
    """Say how far those who are to hear of facts are behind."""
    seconds = max((lag.seconds for lag in lags), default=0.0)
    waiting = sum(lag.facts for lag in lags)
    if seconds > SLOW_SECONDS:
        minutes = int(seconds // 60)
        return Sign("Việc chờ lan truyền", "Chậm", "late", f"{waiting} việc, chậm {minutes} phút.")
    return Sign("Việc chờ lan truyền", "Tốt", "ok", f"{waiting} việc đang chờ.")


def told_others(dead: int) -> list[Sign]:
    """Say how many messages to other systems were given up, if any."""
    if not dead:
        return []
    says = f"{dead} tin không giao được; xem từng nơi nhận ở “Báo tin hệ thống khác”."
    return [Sign("Báo tin hệ thống khác", "Hỏng", "late", says)]


def working(troubled: Sequence[str]) -> Sign:
    """Say which recurring work fails or is late."""
    if troubled:
        return Sign("Việc định kỳ", "Hỏng", "late", ", ".join(troubled))
    return Sign("Việc định kỳ", "Tốt", "ok", "Mọi việc chạy đúng giờ.")


def living(at: datetime) -> list[Sign]:
    """Say which processes have gone silent."""
    silent = jobs.silent_processes(at)
    if silent:
        return [Sign("Tiến trình nền", "Im lặng", "late", ", ".join(silent))]
    if not jobs.known_processes():
        return [Sign("Tiến trình nền", "Chưa chạy", "late", "Hãy chạy ./run motcua worker.")]
    return [Sign("Tiến trình nền", "Tốt", "ok", "Không tiến trình nào im lặng.")]


def space() -> list[Sign]:
    """Say how much room the disk of the files has left."""
    folder = Path(settings.FILES_DIR)
    place = next(one for one in (folder, *folder.parents) if one.exists())
    usage = shutil.disk_usage(place)
    share = usage.free / usage.total
    gigabytes = f"{usage.free / GIGABYTE:.1f}".replace(".", ",")
    says = f"Còn {gigabytes} GB ({share:.0%})."
    if share < LITTLE_SPACE:
        return [Sign("Đĩa chứa tệp", "Sắp đầy", "late", says)]
    return [Sign("Đĩa chứa tệp", "Tốt", "ok", says)]


@require_POST
@needs(Power.ADMINISTER_IDENTITY, everywhere=True)
def retry(request: ActorRequest, delivery_id: int) -> HttpResponse:
    """Put a dead delivery back in the queue."""

    def act(at: datetime) -> str:
        outbox.retry_dead(delivery_id, at=at)
        return reverse("backoffice:start")

    return done(request, act, "Đã đưa lại vào hàng chờ gửi.")
