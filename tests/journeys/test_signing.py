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
from motcua.foundation.signing.operations.examining import examine
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


def test_ten_outcomes_are_signed_and_sealed_in_two_goes(people: People) -> None:
    # given what waits for Hoa
    hoa, van = people("hoa"), people("van")
    hoa.go("/xu-ly/cho-ky/")
    codes = [word.split()[0] for word in choose(hoa, "viec", EXTRACT, TEN)]

    # when she signs ten of them with one word, and Vân seals them with one
    hoa.press("Duyệt, ký các hồ sơ đã chọn")
    hoa.press("Thực hiện", exact=False)
    hoa.reads("xong 10 trong 10 hồ sơ")
    let_signer_work()
    van.go("/xu-ly/dong-dau/")
    choose(van, "van-ban", EXTRACT, TEN)
    van.press("Cấp số, đóng dấu", exact=False)
    van.reads("10 trong 10 văn bản")
    let_signer_work()

    # then each is decided, numbered in order, and valid
    found = [dossiers.Dossier.objects.get(code=code) for code in codes]
    papers = [signing.SignedPaper.objects.get(request__owner__contains=code) for code in codes]
    assert [one.status for one in found] == [Status.RESOLVED] * TEN
    numbers = sorted(int(one.number.split("/")[0]) for one in papers)
    assert numbers == list(range(numbers[0], numbers[0] + TEN))
    first = papers[0].request
    assert first is not None
    report = apart(lambda: examine(signing.document_of(first), at=now()))
    assert report.verdict.indication == "TOTAL-PASSED"


def test_whoever_holds_the_paper_sees_on_a_phone_that_it_is_in_force(people: People) -> None:
    token = signing.SignedPaper.objects.values_list("token", flat=True)[0]

    passer = people("", PHONE)
    passer.go(f"/giay/{token}/")

    passer.reads("Đang có hiệu lực")
    passer.reads("UBND phường Điện Biên Phủ")
