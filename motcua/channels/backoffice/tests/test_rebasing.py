"""Running dossiers onto a new version in the browser: looked at first, decided, followed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import MONDAY, make_all, make_received
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, TEXT
from motcua.foundation.jobs.api import RecurringJob
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.clock import now

from .people import page_of, seat, signed_in

pytestmark = pytest.mark.django_db
PAGE = "thu-tuc/1.004873/chuyen-ho-so/"
DECISION = {"decision_number": "12/QĐ-UBND", "decision_on": "03/03/2026", "reason": "Luật mới"}


@pytest.fixture
def code() -> str:
    """Return a dossier of a version that is not the one in force any more."""
    procedures.forget_kept()
    found = make_received(make_all())
    text = TEXT.replace("code: tham-dinh,", "code: xem-xet,")
    text = text.replace("return_to: tham-dinh", "return_to: xem-xet")
    day = MONDAY.date() + timedelta(days=1)
    version = procedures.save_draft(
        text.format(code="1.004873"), by=EDITOR, at=MONDAY, valid_from=day
    )
    procedures.publish_version(version.pk, by=EDITOR, at=MONDAY)
    return found


def decide(client: Client, query: str, **changes: str) -> str:
    """Decide as seen; return where it leads, or what the page says."""
    running = procedures.find_in_force("1.004873", now().date())
    seen = str(running.version_id) if running else ""
    values = {**DECISION, "request_key": str(uuid4()), "seen": seen, **changes}
    answer = client.post(f"/quan-tri/{PAGE}?{query}", values)
    return answer.headers.get("Location") or answer.content.decode()


def test_a_step_that_is_gone_is_asked_for_and_then_the_dossier_moves(
    quan: Client, code: str
) -> None:
    assert "Phiên bản 1 (từ 01/07/2025)" in page_of(quan, PAGE)
    stays = page_of(quan, f"{PAGE}?tu=1")
    assert code in stays
    assert "hãy chọn bước thay" in stays
    query = "tu=1&thay_tham-dinh=xem-xet"
    assert "Chuyển được" in page_of(quan, f"{PAGE}?{query}")

    where = decide(quan, query)
    dossiers.go_on_rebasing(at=now())

    assert where.startswith(f"/quan-tri/{PAGE}")
    told = quan.get(where).content.decode()
    assert code in told
    assert "Đã chuyển" in told
    assert dossiers.Rebasing.objects.get().version_now.number == 2
    assert "12/QĐ-UBND" in page_of(quan, PAGE)
    assert "Không còn hồ sơ nào" in page_of(quan, PAGE)


@pytest.mark.parametrize(
    ("query", "changes", "said"),
    [
        ("tu=1", {"decision_number": ""}, "Số quyết định"),
        ("", {}, "Hãy chọn hồ sơ và xem trước"),
        ("tu=1&ma=khong-co", {}, "Không có hồ sơ nào như vậy"),
        ("tu=1&co_quan=H99.999", {}, "Không có cơ quan mang mã"),
        ("tu=1", {"seen": "1"}, "Phiên bản đang có hiệu lực vừa đổi"),
        ("tu=1", {"decision_on": "03/03/2099"}, "Ngày quyết định không sau hôm nay"),
    ],
)
def test_what_is_missing_is_said_and_nothing_begins(
    quan: Client, code: str, query: str, changes: dict[str, str], said: str
) -> None:
    told = decide(quan, query, **changes)

    assert said in told
    assert code
    assert not dossiers.Rebasing.objects.exists()


def test_only_who_publishes_everywhere_opens_the_pages(quan: Client, code: str) -> None:
    where = decide(quan, "tu=1")
    agency = organisation.Agency.objects.first()
    assert agency is not None
    mai = signed_in(seat(agency, PostRole.HANDLER, "Quàng Thị Mai", "mai"))

    assert code
    assert page_of(mai, PAGE) in {"403", "404"}
    assert mai.get(where).status_code in {403, 404}
    assert quan.get(f"/quan-tri/{PAGE}999999/").status_code == 404


def broken(*_: object, **__: object) -> None:
    raise KeyError


def test_what_failed_is_named_and_tried_again_by_a_button(
    quan: Client, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = decide(quan, "tu=1&thay_tham-dinh=xem-xet")
    why = "Lỗi không lường trước (KeyError), đã thử 3 lần."
    with monkeypatch.context() as patch:
        patch.setattr("motcua.casework.dossiers.operations.rebasing._rebase", broken)
        for _ in range(3):
            dossiers.go_on_rebasing(at=now())
    RecurringJob.objects.create(
        name="dossiers.rebase", next_at=now(), failures=2, latest_error="KeyError"
    )

    page = quan.get(where).content.decode()
    listed = quan.get(f"{where}?state=failed").content.decode()
    again = quan.post(f"{where}thu-lai/", {"request_key": str(uuid4())})
    during = quan.get(where).content.decode()
    quan.post(f"{where}thu-lai/", {"request_key": str(uuid4())})
    twice = quan.get(where).content.decode()
    dossiers.go_on_rebasing(at=now())

    assert ("1 hồ sơ chưa chuyển được do lỗi" in page, why in listed) == (True, True)
    assert (again.status_code, "Việc nền đang gặp lỗi (KeyError)" in during) == (302, True)
    assert "Không còn hồ sơ nào chưa chuyển được" in twice
    assert (code in page, "Đã chuyển" in quan.get(where).content.decode()) == (True, True)
