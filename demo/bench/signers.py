"""Clients who sign and seal by the pages, batch by batch, and ask again when an answer is lost."""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from simulators.csc import PIN

from .client import CSRF, OK
from .journal import ACTS, Client, Journal

BATCH = 5
SIGNED_ACTS = ("send_to_sign", "sign", "decide")
_LOOK_S = 0.4
_MOVED_ON = frozenset({302, 403})  # somebody is at it already, or the clerk is
_GRANT = re.compile(rb'action="(/xu-ly/ky/[^/"]+/cho-phep/)"')
_DOCUMENT = re.compile(rb"/xu-ly/van-ban/([^/\"]+)/")
_TO_SEAL = re.compile(rb'name="van-ban"\s+value="([^"]+)"')
_SEALED = re.compile("Đã cấp số ([^;]+);")
_ROW = re.compile("<tr")
Place = Mapping[str, Any]


class OnPages(Client):
    """A client that also sends the forms of pages."""

    async def send(self, path: str, token: str, *rows: tuple[str, str]) -> tuple[int, bytes]:
        """Send a form and return the answer; a page that was moved to is not looked at."""
        form = urlencode([("csrfmiddlewaretoken", CSRF), *rows]).encode()
        return await self.ask("POST", path, token, form)


@dataclass(slots=True)
class Leader(OnPages):
    """Brings batches of dossiers before the leader, who signs them; hands them out when sealed."""

    place: Place = field(default_factory=dict)

    async def play(self, stopped: asyncio.Event) -> None:
        """Play until told to stop; a batch that was begun comes to its end."""
        turn = 0
        while not stopped.is_set():
            await self._sign_batch(turn)
            turn += 1
        self.caller.close()

    async def _sign_batch(self, turn: int) -> None:
        codes = [await self._proposed(f"ky-{self.number}-{turn}-{n}") for n in range(BATCH)]
        seen: dict[str, set[str]] = {code: set() for code in codes}
        while left := [code for code in codes if "decide" not in seen[code]]:
            unsent = []
            for code in left:
                unsent += await self._look(code, seen[code])
            if unsent:
                await self._send_to_sign(unsent)
            await self._help()
            await asyncio.sleep(_LOOK_S)
        for code in codes:
            await self.act(code, ACTS[-1], self.place)

    async def _proposed(self, key: str) -> str:
        """File and bring up to the leader; return the code."""
        code = await self.file_at(self.place, key)
        self.journal.filed(key, code)
        for one in ACTS[:-2]:
            await self.act(code, one, self.place)
        return code

    async def _look(self, code: str, seen: set[str]) -> list[str]:
        """Note what was done since, which is promised from now on; return what is to be sent."""
        path, token = f"/api/v1/dossiers/{code}", self.place["tokens"]["leader"]
        status, answer = await self.ask("GET", path, token)
        if status not in OK:
            await self.note(f"read {code}", status, answer)
            return []
        whole = json.loads(answer)
        done = {move["act"] for move in whole["moves"]}
        for name in SIGNED_ACTS:
            if name in done and name not in seen:
                seen.add(name)
                self.journal.write(code=code, act=name)
        step = next((one["seq"] for one in whole["steps"] if one["closed_at"] is None), None)
        return [] if "send_to_sign" in done or step is None else [f"{code} {step}"]

    async def _send_to_sign(self, lines: Sequence[str]) -> None:
        """Sign many at once, as the leader does on the page of what waits for her."""
        rows = [("act", "xong"), ("sure", "1"), *(("viec", line) for line in lines)]
        status, answer = await self.send("/xu-ly/viec/nhieu/", self._token, *rows)
        if status not in OK:
            await self.note("sign many", status, answer)

    @property
    def _token(self) -> str:
        return str(self.place["tokens"]["leader"])

    async def _help(self) -> None:
        """Type the PIN where the service waits for it; sign again what came to nothing."""
        if not self.place["is_remote"]:
            return
        status, waiting = await self.ask("GET", "/xu-ly/ky/", self._token)
        for path in {found.decode() for found in _GRANT.findall(waiting)} if status in OK else ():
            await self._insist(path, ("pin", PIN))
        status, listed = await self.ask("GET", "/xu-ly/ky-van-ban/", self._token)
        for code in {found.decode() for found in _DOCUMENT.findall(listed)} if status in OK else ():
            await self._insist(f"/xu-ly/van-ban/{code}/ky/")

    async def _insist(self, path: str, *rows: tuple[str, str]) -> None:
        """Send a form whose refusal says only that things have moved on."""
        status, answer = await self.send(path, self._token, *rows)
        if status not in OK and status not in _MOVED_ON:
            await self.note(path, status, answer)


@dataclass(slots=True)
class Clerk(OnPages):
    """Numbers and seals whatever waits, all of it at once; notes the numbers that were told."""

    place: Place = field(default_factory=dict)
    told: Journal | None = None

    async def play(self, stopped: asyncio.Event) -> None:
        """Seal until told to stop."""
        token = str(self.place["tokens"]["clerk"])
        while not stopped.is_set():
            status, answer = await self.ask("GET", "/xu-ly/dong-dau/", token)
            codes = sorted(set(_TO_SEAL.findall(answer))) if status in OK else []
            if codes:
                rows = [("van-ban", code.decode()) for code in codes]
                status, answer = await self.send("/xu-ly/dong-dau/thuc-hien/", token, *rows)
                self._keep(answer if status in OK else b"")
            elif status not in OK:
                await self.note("list to seal", status, answer)
            await asyncio.sleep(_LOOK_S)
        self.caller.close()

    def _keep(self, answer: bytes) -> None:
        """Write down each number that the page told; from then on it is promised."""
        for row in _ROW.split(answer.decode()):
            number, code = _SEALED.search(row), _DOCUMENT.search(row.encode())
            if number and code and self.told is not None:
                self.told.write(code=code[1].decode(), number=number[1])
