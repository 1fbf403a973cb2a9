"""The Python client follows from the description, installs, and works against a running site."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from http.client import IncompleteRead
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from motcua.casework.dossiers.api import receive_dossier
from motcua.casework.dossiers.tests.make import ANSWERS, LAN_ID, Commune, make_all
from motcua.casework.webhooks.api import send_due
from motcua.casework.webhooks.tests.receiver import receiving
from motcua.channels.api.package import CLIENT
from motcua.foundation.identity.tests.make import PASSWORD, make_account
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import now
from tools import client as writer

FILING = {
    "procedure_code": "1.004873",
    "case_code": "thuong",
    "agency_code": "H18.101",
    "parties": [{"full_name": "Lò Thị Lan"}],
    "answers": ANSWERS,
    "papers": [{"spec_code": "to-khai", "name": "Tờ khai"}],
}


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.syspath_prepend(str(CLIENT))
    import motcua_client  # noqa: PLC0415 -- found by the path above

    yield motcua_client
    for name in [one for one in sys.modules if one.startswith("motcua_client")]:
        del sys.modules[name]


def test_the_client_and_the_description_are_those_of_today() -> None:
    today = writer.description_of_today()
    stale = [
        name
        for name, text in writer.files_of(today).items()
        if (writer.PACKAGE / name).read_text() != text
    ]
    known = {path.name for path in (writer.PACKAGE / "api").glob("*.py")}

    assert writer.text_of(today) == writer.DESCRIPTION.read_text(), "run ./run client"
    assert stale == [], "run ./run client"
    assert known == {name[4:] for name in writer.files_of(today) if name.startswith("api/")}


def test_what_was_taken_away_is_told() -> None:
    assert writer.untold(writer.kept(), writer.description_of_today()) == []


def test_the_site_hands_out_a_wheel_that_installers_take(tmp_path: Path) -> None:
    browser = Browser()
    lead = browser.get("/api/client.whl")
    content = browser.get(lead["Location"]).content
    wheel = tmp_path / Path(lead["Location"]).name
    wheel.write_bytes(content)

    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(tmp_path / "here"), str(wheel)], check=True)  # noqa: S603 -- our own file

    assert (tmp_path / "here" / "motcua_client" / "api" / "hooks.py").is_file()
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert names == sorted(names, key=lambda name: (".dist-info" in name, names.index(name)))
    assert browser.get("/api/client/motcua_client-0-py3-none-any.whl").status_code == 404
    assert "Changes of the interface" in browser.get("/api/changes.md").content.decode()


@pytest.fixture
def commune(transactional_db: None) -> Commune:  # noqa: ARG001 -- the server sees what is committed
    make_account(username="lan", id=LAN_ID)
    return make_all()


def test_a_dossier_is_filed_once_followed_and_told_of(
    package: Any, live_server: LiveServer, commune: Commune, settings: Settings
) -> None:
    settings.WEBHOOKS_LOCAL = True
    site = package.Client.signed_in(live_server.url, "lan", PASSWORD)
    with receiving() as receiver:
        hook = site.hooks.subscribe({"url": receiver.url, "kinds": ["dossier.received"]})
        codes = [site.filing.file_dossier(FILING, key="k1")["code"] for _ in range(2)]
        receive_dossier(codes[0], by=commune.binh, at=now())
        outbox.catch_up(at=now())
        send_due(at=now())

        ((headers, body),) = receiver.got
        message = package.verify_webhook(headers, body, hook["secret"])

    assert codes[0] == codes[1] == message["data"]["code"]
    assert site.dossiers.read_dossier(codes[0])["dossier"]["status"] == "received"
    assert [row["code"] for row in site.dossiers.each_list_dossiers(limit=1)] == [codes[0]]


def test_refusals_are_exceptions(package: Any, live_server: LiveServer, commune: Commune) -> None:
    site = package.Client.signed_in(live_server.url, "lan", PASSWORD)

    with pytest.raises(package.Invalid) as wrong:
        site.filing.file_dossier({**FILING, "agency_code": "H18.999"})
    with pytest.raises(package.NotFound):
        site.dossiers.read_dossier("H18.101-000000-0000")
    with pytest.raises(package.Forbidden):
        list(site.read_all("dossiers"))
    with pytest.raises(package.NotSignedIn):
        package.Client(live_server.url, "mck_khong").dossiers.list_dossiers()

    assert (list(wrong.value.errors), commune.agency_id > 0) == (["agency_code"], True)


def test_busy_sites_are_waited_for_where_repeating_is_harmless(package: Any) -> None:
    with receiving() as server:
        server.statuses, server.content = [429, 503, 200], json.dumps({"code": "x"}).encode()
        waits: list[float] = []
        line = package.Transport(server.url.removesuffix("/nhan-tin"), sleep=waits.append)
        site = package.Client("", line=line)

        code = site.filing.file_dossier(FILING)["code"]
        keys = {headers["idempotency-key"] for headers, _ in server.got}
        server.statuses = [503]
        with pytest.raises(package.Unavailable):
            site.hooks.pause("wh_1")

    assert (code, len(waits), len(keys), len(server.got)) == ("x", 2, 1, 4)


def test_what_is_no_answer_is_said_to_be_none(package: Any) -> None:
    with receiving() as server:
        server.content = "<html>Bảo trì</html>".encode()
        site = package.Client("", line=package.Transport(server.url.removesuffix("/nhan-tin")))

        with pytest.raises(package.Unreachable):
            site.desk.give_slip("H18.101-260302-0007")


def test_an_answer_that_breaks_off_is_asked_for_again(
    package: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = package.Transport("https://site.vn", sleep=lambda _: None)
    asked = []

    def broken(_: object, request: Any, **__: Any) -> Any:
        asked.append(request.full_url)
        raise IncompleteRead(b"{")

    monkeypatch.setattr("urllib.request.OpenerDirector.open", broken)
    with pytest.raises(package.Unreachable):
        package.Client("", line=line).dossiers.list_dossiers()

    assert len(asked) == 4


@pytest.mark.parametrize("change", ["body", "secret", "old", "missing"])
def test_a_message_that_is_not_genuine_is_refused(package: Any, change: str) -> None:
    from motcua.casework.webhooks.rules.sealing import headers, new_secret  # noqa: PLC0415 -- made

    secret, body = new_secret(), '{"id":"m"}'
    head = headers([secret], "m", 1_000_000, body)
    given = {} if change == "missing" else head
    at = 1_000_301 if change == "old" else 1_000_000

    assert package.verify_webhook(head, body.encode(), secret, at=1_000_000) == {"id": "m"}
    with pytest.raises(package.BadSignature):
        package.verify_webhook(
            given,
            b"{}" if change == "body" else body.encode(),
            new_secret() if change == "secret" else secret,
            at=at,
        )
