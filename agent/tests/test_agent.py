"""The agent serves one site, shows what is signed, and takes the PIN only on its own page."""

import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from .make import PAIR, PDF, PIN, SITE, Running, make_attributes, make_holder, make_row, running

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path, make_holder()) as found:
        yield found


def result(agent: Running, job: str) -> dict[str, object]:
    _, said = agent.post("/v1/result", {"job": job})
    return dict(said)


def test_what_the_person_agrees_to_is_signed(agent: Running) -> None:
    job = agent.begin(make_holder())

    status, page = agent.say(job, PIN)

    said = agent.post("/v1/result", {"job": job})[1]
    (signed,) = said["signatures"]
    raw = b64decode(signed["raw"])
    attributes = make_attributes(make_holder())
    make_holder().key.public_key().verify(raw, attributes, padding.PKCS1v15(), hashes.SHA256())
    assert (status, signed["id"], "Đã ký 1 văn bản" in page) == (200, 7, True)


def test_nothing_is_signed_before_the_person_agrees(agent: Running) -> None:
    job = agent.begin(make_holder())

    assert result(agent, job) == {"state": "asked"}


def test_the_page_shows_who_asks_and_the_very_documents(agent: Running) -> None:
    job = agent.begin(make_holder())

    page = agent.ask("GET", f"/xac-nhan/{job}/")[1].decode()
    document = agent.ask("GET", f"/xac-nhan/{job}/0.pdf")[1]

    assert SITE in page
    assert "Giấy xác nhận (H18-1)" in page
    assert document == PDF


def test_a_refusal_is_told(agent: Running) -> None:
    job = agent.begin(make_holder())

    agent.say(job, "", say="no")

    assert result(agent, job)["state"] == "refused"


def test_a_wrong_pin_may_be_corrected(agent: Running) -> None:
    job = agent.begin(make_holder())

    _, page = agent.say(job, "sai")
    agent.say(job, PIN)

    assert "còn 2 lần thử" in page
    assert result(agent, job)["state"] == "signed"


def test_three_wrong_pins_end_it(agent: Running) -> None:
    job = agent.begin(make_holder())

    for _ in range(3):
        agent.say(job, "sai")
    agent.say(job, PIN)

    assert result(agent, job) == {
        "state": "refused",
        "error": "Mật khẩu sai 3 lần; đóng chương trình máy ký rồi mở lại.",
    }


@pytest.mark.parametrize("origin", ["https://ke-gian.example", "null", "", f"{SITE}.ke-gian.vn"])
def test_a_foreign_page_is_refused(agent: Running, origin: str) -> None:
    status, said = agent.post("/v1/sign", {}, Origin=origin)

    assert (status, said) == (403, {"error": "Máy ký không phục vụ trang này."})


def test_a_foreign_page_is_not_let_in_by_the_browser(agent: Running) -> None:
    ours = agent.ask("OPTIONS", "/v1/sign", Origin=SITE)
    foreign = agent.ask("OPTIONS", "/v1/sign", Origin="https://ke-gian.example")

    assert (ours[0], ours[2]["Access-Control-Allow-Origin"]) == (204, SITE)
    assert (foreign[0], "Access-Control-Allow-Origin" in foreign[2]) == (403, False)


def test_a_name_that_only_leads_here_is_refused(agent: Running) -> None:
    status, _, _ = agent.ask("GET", "/", Host="ke-gian.example")

    assert status == 403


def test_a_page_that_is_not_paired_is_refused(agent: Running) -> None:
    status, said = agent.post("/v1/sign", {}, X_Motcua_Pair="XXXXX-XXXXX")

    assert (status, "ghép đôi" in said["error"]) == (403, True)


@pytest.mark.parametrize("origin", [SITE, "https://ke-gian.example", ""])
def test_only_its_own_page_brings_a_pin(agent: Running, origin: str) -> None:
    job = agent.begin(make_holder())

    status, _ = agent.say(job, PIN, Origin=origin)

    assert (status, result(agent, job)) == (403, {"state": "asked"})


def test_the_site_cannot_guess_the_mark_of_the_form(agent: Running) -> None:
    job = agent.begin(make_holder())
    own = f"http://{agent.agent.host}"

    status = agent.ask("POST", f"/xac-nhan/{job}/", b"token=x&say=yes", Origin=own)[0]

    assert (status, result(agent, job)) == (403, {"state": "asked"})


def test_its_pages_are_shown_in_no_frame(agent: Running) -> None:
    headers = agent.ask("GET", "/")[2]

    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "changes",
    [
        {"content": "JVBERi0xLjcg"},
        {"content": "khong phai base64"},
        {"attributes": "00"},
        {"attributes": make_attributes(make_holder(), PDF + b"x").hex()},
        {"reserved": "0-5"},
        {"reserved": "x"},
        {"id": "x"},
    ],
)
def test_a_hash_of_something_else_is_not_signed(agent: Running, changes: dict[str, object]) -> None:
    row = make_row(make_holder(), **changes)

    status, said = agent.post("/v1/sign", {"certificate": make_holder().digest, "documents": [row]})

    assert (status, "job" in said) == (400, False)


def test_what_was_made_for_another_certificate_is_not_signed(agent: Running) -> None:
    row = make_row(make_holder())
    other = make_holder("Lò Văn Dũng").digest

    status, said = agent.post("/v1/sign", {"certificate": other, "documents": [row]})

    assert (status, "chứng thư khác" in said["error"]) == (400, True)


def test_a_key_of_another_certificate_is_not_used(agent: Running) -> None:
    job = agent.begin(make_holder("Lò Văn Dũng"))

    agent.say(job, PIN)

    assert result(agent, job)["state"] == "refused"


@pytest.mark.parametrize(
    "said", [{}, [], {"certificate": "x"}, {"certificate": "x", "documents": []}]
)
def test_nonsense_is_refused(agent: Running, said: object) -> None:
    assert agent.post("/v1/sign", said)[0] == 400


def test_a_new_request_takes_the_place_of_one_that_waits(agent: Running) -> None:
    first = agent.agent.jobs.find(agent.begin(make_holder()))

    agent.begin(make_holder())

    assert "yêu cầu ký mới" in first.refused


def test_a_request_that_is_gone_is_told(agent: Running) -> None:
    assert agent.post("/v1/result", {"job": "x"})[0] == 400
    assert agent.ask("GET", "/xac-nhan/x/")[0] == 404


def test_too_large_a_form_is_not_read(agent: Running) -> None:
    job = agent.begin(make_holder())

    assert agent.say(job, "x" * 5000)[0] == 403


def test_the_pairing_code_is_asked_whoever_the_page_is(agent: Running) -> None:
    assert agent.post("/v1/result", {"job": "x"}, X_Motcua_Pair=PAIR + "x")[0] == 403


def test_the_program_by_itself_knows_what_it_reads() -> None:
    oid = "1.2.840.113549.1.9.16.2.47"
    kinds = "__import__('asn1crypto.cms').cms.CMSAttributeType"
    asked = f"import agent.__main__; print({kinds}.map('{oid}'))"

    said = subprocess.run(  # noqa: S603 -- our own words, run by our own interpreter
        [sys.executable, "-c", asked], capture_output=True, check=True, text=True, cwd=ROOT
    )

    assert said.stdout.strip() == "signing_certificate_v2"
