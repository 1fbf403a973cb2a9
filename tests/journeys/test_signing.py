"""Ten outcomes signed in one batch, numbered and sealed by the clerk, looked at on a phone."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from demo.cast import gather
from demo.proof import set_up_signing
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now

from .people import PHONE, People, Person

T = TypeVar("T")
TEN = 10
EXTRACT = "bản sao trích lục hộ tịch"

pytestmark = pytest.mark.usefixtures("seen", "proof")


@pytest.fixture(scope="module", autouse=True)
def proof(province: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:  # noqa: ARG001 -- the province comes first
    """Give Hoa and the ward certificates, and let outcomes be signed digitally."""
    home = Path(tmp_path_factory.mktemp("proof"))
    with override_settings(HOME=home, SIGNING_KEYS_DIR=str(home / "keys")):
        set_up_signing(gather(now()), now())
        yield


def apart(what: Callable[[], T]) -> T:
    """Do something in a thread of its own: the browser's loop is at work in this one."""

    def do() -> T:
        try:
            return what()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(do).result()


def let_signer_work() -> None:
    """Do what the signer does, and what the worker does when it hears of it."""
    for command in ("signer", "worker"):
        apart(partial(call_command, command, "--once"))


def choose(person: Person, box: str, words: str, most: int) -> list[str]:
    """Tick so many boxes beside these words; return what they stand for."""
    rows = person.main.locator(f"article:has-text('{words}'), tr:has-text('{words}')")
    boxes = rows.locator(f"input[name={box}]").all()[:most]
    for one in boxes:
        one.check()
    return [one.get_attribute("value") or "" for one in boxes]


def sign_and_seal(people: People, most: int) -> list[str]:
    """Let Hoa sign so many outcomes with one word, and Vân seal them with one; return the codes."""
    hoa, van = people("hoa"), people("van")
    hoa.go("/xu-ly/cho-ky/")
    codes = [word.split()[0] for word in choose(hoa, "viec", EXTRACT, most)]
    hoa.press("Duyệt, ký các hồ sơ đã chọn")
    hoa.press("Thực hiện", exact=False)
    hoa.reads(f"xong {most} trong {most} hồ sơ")
    let_signer_work()
    van.go("/xu-ly/dong-dau/")
    choose(van, "van-ban", EXTRACT, most)
    van.press("Cấp số, đóng dấu", exact=False)
    van.reads(f"{most} trong {most} văn bản")
    let_signer_work()
    return codes


def paper_of(code: str) -> signing.SignedPaper:
    return signing.SignedPaper.objects.get(request__owner__contains=code)


def test_ten_outcomes_are_signed_and_sealed_in_two_goes(people: People) -> None:
    codes = sign_and_seal(people, TEN)

    found = [dossiers.Dossier.objects.get(code=code).status for code in codes]
    numbers = sorted(int(paper_of(code).number.split("/")[0]) for code in codes)
    request = paper_of(codes[0]).request
    assert found == [Status.RESOLVED] * TEN
    assert numbers == list(range(numbers[0], numbers[0] + TEN))
    assert request is not None
    report = apart(lambda: signing.examine(signing.document_of(request), at=now()))
    assert report.verdict.indication == "TOTAL-PASSED"


def test_whoever_holds_a_paper_sees_on_a_phone_whether_it_counts(people: People) -> None:
    # given a paper that was issued, whose mark somebody scans
    code = sign_and_seal(people, 1)[0]
    passer, hoa = people("", PHONE), people("hoa")
    address = f"/giay/{paper_of(code).token}/"
    passer.go(address)
    passer.reads("Đang có hiệu lực")
    passer.reads("Ủy ban nhân dân phường Điện Biên Phủ")

    # when a decision revokes it
    hoa.go(f"/xu-ly/ho-so/{code}/")
    hoa.reads("Ký ban hành: Lò Thị Hoa")
    hoa.follow("Đính chính, thay thế, thu hồi")
    hoa.main.get_by_label("Thu hồi: giấy không còn giá trị").check()
    hoa.main.locator("[name=decision_number]").fill("12/QĐ-UBND")
    hoa.main.locator("[name=decided_on]").fill(f"{now():%d/%m/%Y}")
    hoa.main.locator("[name=reason]").fill("Cấp nhầm sổ gốc")
    hoa.press("Ghi thay đổi hiệu lực", exact=False)

    # then whoever scans it next is told so, with the decision
    passer.go(address)
    passer.reads("Đã bị thu hồi theo quyết định số 12/QĐ-UBND")
    passer.does_not_read("Cấp nhầm sổ gốc")
