"""The client of the bench: plain sockets and few of the machine's cycles."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter
from typing import Any

OK = range(200, 300)
CSRF = "b" * 32  # a browser has one from its first page
Play = Callable[["Caller", int], Awaitable[int]]
Party = tuple[int, Play, float]  # how many, what they do, every how many seconds


@dataclass(slots=True)
class Result:
    """What one measurement found. Units: seconds, milliseconds, requests per second."""

    seconds: float = 0.0
    done: int = 0
    failed: int = 0
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return how many were done in a second."""
        return self.done / self.seconds if self.seconds else 0.0

    def percentile(self, share: int) -> float:
        """Return the time below which so many per cent of the requests stayed, in ms."""
        if len(self.times) < 2:  # noqa: PLR2004 -- percentiles need two values
            return 1000 * sum(self.times)
        return 1000 * quantiles(self.times, n=100)[share - 1]


class Caller:
    """One connection that stays open; every request is timed."""

    def __init__(self, port: int, result: Result) -> None:
        self.port, self.result = port, result
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def call(self, method: str, path: str, token: str, body: object = None) -> Any:
        """Return the answer's JSON, or None where it was refused."""
        status, answer = await self.exchange(method, path, token, body)
        if status in OK:
            return json.loads(answer) if answer[:1] in (b"{", b"[") else answer
        self.result.failed += 1
        return None

    async def exchange(
        self, method: str, path: str, token: str, body: object = None, *, key: str = ""
    ) -> tuple[int, bytes]:
        """Return the status and the bytes of the answer. Bytes are sent as the form they are."""
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        data, kind = _plain(body), "application/json"
        if isinstance(body, bytes):
            data, kind = body, "application/x-www-form-urlencoded"
        who = f"Authorization: Bearer {token}"
        if not path.startswith("/api/"):
            who = f"Cookie: motcua_phien={token}; csrftoken={CSRF}"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: bench\r\n{who}\r\n"
            f"Content-Type: {kind}\r\nContent-Length: {len(data)}\r\n"
        )
        if key:
            head += f"Idempotency-Key: {key}\r\n"
        begin = perf_counter()
        self.writer.write(f"{head}\r\n".encode() + data)
        answer = await self._answer(self.reader)
        self.result.times.append(perf_counter() - begin)
        return answer

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                return status, await reader.readexactly(int(value))
            if name.lower() == b"transfer-encoding":
                return status, await self._chunks(reader)
        return status, b""

    async def _chunks(self, reader: asyncio.StreamReader) -> bytes:
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


def _plain(body: object) -> bytes:
    return b"" if body is None or isinstance(body, bytes) else json.dumps(body).encode()


async def _play(caller: Caller, turn: int, party: Party, end: float) -> None:
    clients, play, every = party
    while (begin := perf_counter()) < end:
        try:
            gained = await play(caller, turn)
            caller.result.done += gained
        except EOFError:
            break
        turn += clients
        if every:
            await asyncio.sleep(max(0.0, begin + every - perf_counter()))
    caller.close()


async def _run(port: int, seconds: float, parties: Sequence[Party]) -> list[Result]:
    begin = perf_counter()
    found = [Result() for _ in parties]
    await asyncio.gather(
        *(
            _play(Caller(port, result), number, party, begin + seconds)
            for result, party in zip(found, parties, strict=True)
            for number in range(party[0])
        )
    )
    for result in found:
        result.seconds = perf_counter() - begin
    return found


def run(port: int, clients: int, seconds: float, play: Play) -> Result:
    """Let so many clients play for so long, without think time.

    `play(caller, turn)` makes its requests and returns how many units of work it has done.
    """
    return asyncio.run(_run(port, seconds, [(clients, play, 0.0)]))[0]


def beside(
    port: int, seconds: float, clients: int, once_a_second: Play, always: Play
) -> tuple[Result, Result]:
    """Let some clients act once a second each, and as many beside them without think time."""
    parties = [(clients, once_a_second, 1.0), (clients, always, 0.0)]
    first, second = asyncio.run(_run(port, seconds, parties))
    return first, second
