"""Hoa signs by every way that needs her own hand: a token, a remote service, other software."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django import Settings

from demo.cast import gather
from demo.proof import set_up_signing
from demo.ways import FILE_PASSWORD
from motcua.foundation.signing.tests.returned import sign_by_file
from motcua.lib.clock import now
from simulators.csc import PIN
from tests.remote import running_remote

from .people import PHONE, People, Person
from .signing import RunningAgent, ask_hoa, run_signer, running_agent, state_of

pytestmark = pytest.mark.usefixtures("seen")
ASK = """async ([address, pair]) => {
  try {
    const answer = await fetch(address + "/v1/sign", {
      method: "POST", body: "{}",
      headers: {"Content-Type": "application/json", "X-Motcua-Pair": pair},
    });
    return `answered ${answer.status}`;
  } catch (error) { return "blocked"; }
}"""


@pytest.fixture(scope="module", autouse=True)
def _keys(province: str) -> None:  # noqa: ARG001 -- the province comes first
    set_up_signing(gather(now()), now())


@pytest.fixture
def agent(province: str, settings: Settings, tmp_path: Path) -> Iterator[RunningAgent]:
    with running_agent(province, tmp_path / "agent") as found:
        settings.SIGNING_AGENT_ADDRESS = found.address
        yield found


def choose(hoa: Person, code: str, way: str) -> None:
    """Let Hoa choose how she signs."""
    hoa.go(f"/xu-ly/van-ban/{code}/")
    hoa.tick(way)
    hoa.press("Ký số", exact=False)
    run_signer()


def test_a_token_on_her_computer(people: People, agent: RunningAgent) -> None:
    # given a document for which she chose the token on her own computer
    hoa, code = people("hoa"), ask_hoa("journey:token")
    choose(hoa, code, "Thiết bị ký cắm vào máy này")
    hoa.go("/xu-ly/ky/")

    # when she signs on the page, looks at what the agent shows, and types her PIN there
    hoa.put("Mã ghép đôi của máy ký", agent.pair)
    with hoa.page.expect_popup() as opened:
        hoa.press("Ký 1 văn bản bằng thiết bị")
    own = opened.value
    expect(own.get_by_role("link", name="Giấy xác nhận tình trạng hôn nhân")).to_be_visible()
    hoa.eyes.look(own)
    own.get_by_label("Mã PIN").fill(FILE_PASSWORD)
    own.get_by_role("button", name="Ký", exact=True).click()

    # then the agent says so, the page passes it on, and the document is signed
    expect(own.get_by_role("heading", name="Đã ký")).to_be_visible()
    hoa.page.wait_for_url("**/xu-ly/ky/")
    expect(hoa.main.get_by_text("Đang ghép chữ ký")).to_be_visible()
    run_signer()
    assert state_of(code) == "completed"


def test_a_foreign_page_gets_nothing_from_the_agent(page: Page, agent: RunningAgent) -> None:
    page.goto("data:text/html,<p>foreign")

    assert page.evaluate(ASK, [agent.address, agent.pair]) == "blocked"


def test_one_pin_at_a_remote_service_on_her_phone(
    people: People, settings: Settings, tmp_path: Path
) -> None:
    settings.CSC_FILE = str(tmp_path / "csc.json")
    hoa = people("hoa", PHONE)
    codes = [ask_hoa(f"journey:remote-{place}") for place in (1, 2)]
    with running_remote(Path(settings.HOME) / "var" / "csc") as remote:
        remote.write_settings(tmp_path / "csc.json")
        for code in codes:
            choose(hoa, code, "Ký số từ xa")
        hoa.go("/xu-ly/ky/")
        hoa.put("Mã PIN ký số", PIN)
        hoa.press("Ký 2 văn bản", exact=False)
        hoa.reads("Đã cho phép ký 2 văn bản")
        run_signer()

    assert [state_of(code) for code in codes] == ["completed", "completed"]


def test_a_file_signed_with_other_software(people: People, tmp_path: Path) -> None:
    hoa, code = people("hoa"), ask_hoa("journey:elsewhere")
    choose(hoa, code, "Phần mềm ký khác")
    hoa.go(f"/xu-ly/van-ban/{code}/")
    sent = hoa.page.request.get(f"/xu-ly/van-ban/{code}/tep/").body()
    key = Path(settings.HOME) / "var" / "may-ky" / "hoa.p12"
    (tmp_path / "da-ky.pdf").write_bytes(sign_by_file(sent, key, FILE_PASSWORD, tmp_path))

    hoa.main.get_by_label("Tệp PDF đã ký").set_input_files(tmp_path / "da-ky.pdf")
    hoa.press("Gửi tệp đã ký", exact=False)

    hoa.reads("chỉ thêm đúng một chữ ký")
    assert state_of(code) == "completed"
