"""In the village and at a service firm: somebody acts for others, who see it and take it back."""

from pathlib import Path

import pytest
from django.conf import settings

from demo import accounts, mandates

from .citizens import Request, file_online
from .people import PHONE, People

RICE_LAND = Request("1.008004", "thuong", authority="")

pytestmark = pytest.mark.usefixtures("seen")


def code_sent_to(phone: str) -> str:
    """Return the code in the latest text to a telephone."""
    texts = sorted(
        Path(settings.TEXT_FOLDER).glob(f"{phone}-*"), key=lambda one: one.stat().st_mtime_ns
    )
    return texts[-1].read_text().split(":")[0].removeprefix("Ma ")


def test_a_helper_files_at_the_door_and_the_farmer_takes_it_back(people: People) -> None:
    # given Páo at the door of Dế, a telephone in his hand
    pao, de = people("pao", PHONE), people(accounts.DE.email)
    pao.go("/giup-dan/")
    pao.follow("Giúp một hộ")
    pao.put("Họ và tên người dân", accounts.DE.facts.full_name)
    pao.put("Số điện thoại của chính người dân", accounts.DE.phone)
    pao.press("Gửi mã")

    # when Dế reads the code out, and Páo files for him
    pao.put("Mã 6 số người dân đọc", code_sent_to(accounts.DE.phone))
    pao.press("Bắt đầu giúp")
    pao.reads(f"Đang làm thay {accounts.DE.facts.full_name}")
    code = file_online(pao, RICE_LAND)

    # then the dossier is Dế's, who sees who helped; taken back, it is closed to Páo at once
    pao.go(f"/ho-so/{code}/")
    pao.reads(code)
    de.go("/ho-so/")
    de.reads(code)
    de.go("/nguoi-lam-thay/")
    de.reads("Tổ trưởng tổ công nghệ số cộng đồng")
    cards = de.main.locator("section.kit-card", has_text="Tổ trưởng tổ công nghệ số")
    cards.get_by_role("button", name="Rút lại ngay").click()
    de.reads("Đã rút lại")
    pao.go(f"/ho-so/{code}/")
    pao.reads("Đã hết phiên làm thay")


def test_a_firm_files_for_a_client_and_a_leaver_is_cut_off(people: People) -> None:
    # given Duy, who works for a firm with three clients
    duy, ha = people(accounts.DUY.email), people(accounts.HA.email)
    duy.go("/dai-dien/")
    duy.reads(accounts.COMPANY.name)

    # when he files for one of them
    client = duy.main.locator("li", has_text=accounts.LAN.facts.full_name)
    client.get_by_role("button", name="Làm cho khách này").click()
    code = file_online(duy, RICE_LAND)

    # then Hà finds it among those of all clients, with who applies and who represents
    ha.go(f"/dai-dien/{mandates.FIRM.tax_code}/ho-so/")
    ha.reads(code)
    ha.reads(f"Người nộp: {accounts.DUY.facts.full_name} – {mandates.FIRM.name}")

    # and Duy, let go, is without it in the middle of his work
    ha.go(f"/to-chuc/{mandates.FIRM.tax_code}/")
    duys = ha.main.locator("li", has_text=accounts.DUY.facts.full_name)
    duys.get_by_role("button", name="Cho thôi").click()
    ha.reads("Người này không còn thấy hồ sơ của tổ chức")
    duy.go(f"/ho-so/{code}/")
    duy.reads("Đã hết phiên làm thay")
