"""Clients who write down what they were promised, and ask again when an answer is lost."""

import asyncio
import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motcua.channels.api.keys import remembered_key

from .client import OK, Caller, Result
from .plays import World, filing

PATIENCE_S = 20
FILING = "/api/v1/dossiers"
_PAUSE_S = 0.2
_BROKEN = 500
_ASKED_TWICE_EVERY = 5
Act = tuple[str, str, str, dict[str, str]]
ACTS: tuple[Act, ...] = (
    ("receive", "/receive", "desk", {}),
    ("complete", "/steps/tham-dinh/complete", "handler", {"outcome": "granted"}),
    ("approve", "/steps/duyet/complete", "head", {}),
    ("decide", "/steps/ky/decide", "leader", {}),
    ("return_outcome", "/hand-out", "desk", {"handed_to": "Nguyễn Văn An"}),
)


class Journal:
    """The clients' own book: a line counts once it lies on the disk."""

    def __init__(self, path: Path) -> None:
        self.lines, self.strange = 0, list[str]()
        self.lost = Counter[str]()
        self.file = path.open("a")

    def filed(self, key: str, code: str) -> None:
        """Add the code that was promised for a key, as the site remembers the key."""
        self.write(key=remembered_key(key, FILING), code=code, act="file")

    def write(self, **line: str) -> None:
        """Add a line and wait for the disk."""
        self.file.write(json.dumps(line) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        self.lines += 1

    def close(self) -> None:
        """Close the book."""
        self.file.close()


@dataclass(slots=True)
class Client:
    """One connection that plays life after life, whatever happens to the site."""

    port: int
    world: World
    journal: Journal
    number: int
    caller: Caller = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the connection; it opens with the first request."""
        self.caller = Caller(self.port, Result())

    async def play(self, stopped: asyncio.Event) -> None:
        """Play until told to stop; a life that was begun comes to its end."""
        turn = 0
        while not stopped.is_set():
            await self._live(turn)
            turn += 1
        self.caller.close()

    async def _live(self, turn: int) -> None:
        places = self.world["places"]
        place = places[(self.number + turn) % len(places)]
        key = f"giet-{self.number}-{turn}"
        code = await self.file_at(place, key)
        if turn % _ASKED_TWICE_EVERY == 0 and await self.file_at(place, key) != code:
            self.journal.strange.append(f"{key}: another code the second time")
        self.journal.filed(key, code)
        for act in ACTS:
            await self.act(code, act, place)

    async def file_at(self, place: Mapping[str, Any], key: str) -> str:
        """File and return the code; ask again under the same key until there is one."""
        citizens = self.world["citizens"]
        token = citizens[self.number % len(citizens)]
        body = filing(self.world, place, self.number)
        while True:
            status, answer = await self.ask("POST", FILING, token, body, key)
            if status in OK:
                return str(json.loads(answer)["code"])
            await self.note(f"file {key}", status, answer)

    async def act(self, code: str, act: Act, place: Mapping[str, Any]) -> None:
        """Do one act; where the answer was lost, look whether it was done before doing it again."""
        name, path, seat, body = act
        token, base = place["tokens"][seat], f"/api/v1/dossiers/{code}"
        while True:
            status, answer = await self.ask("POST", base + path, token, body)
            if status in OK or await self._is_done(base, name, place["tokens"]["leader"]):
                self.journal.write(code=code, act=name)
                return
            await self.note(f"{name} {code}", status, answer)

    async def _is_done(self, base: str, name: str, token: str) -> bool:
        while True:
            status, answer = await self.ask("GET", base, token)
            if status in OK:
                return any(move["act"] == name for move in json.loads(answer)["moves"])
            await self.note(f"read {base}", status, answer)

    async def ask(
        self, method: str, path: str, token: str, body: object = None, key: str = ""
    ) -> tuple[int, bytes]:
        """Return the answer; status 0 where none came."""
        try:
            asked = self.caller.exchange(method, path, token, body, key=key)
            return await asyncio.wait_for(asked, PATIENCE_S)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.journal.lost[type(error).__name__] += 1
            self.caller.close()
            return 0, b""

    async def note(self, what: str, status: int, answer: bytes) -> None:
        """Note an answer that no kill explains, count one that a kill explains, and rest."""
        if status >= _BROKEN:
            self.journal.lost[str(status)] += 1
        elif status:  # a client that went on asking would not end
            self.journal.strange.append(f"{what}: {status} {answer[:300]!r}")
        await asyncio.sleep(_PAUSE_S)
