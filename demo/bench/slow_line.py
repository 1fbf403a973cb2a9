"""A line between two installations that carries only so many bytes a second, each way."""

import asyncio
import threading
from contextlib import suppress

_PIECE = 16_384


class SlowLine:
    """Passes on what comes to its port; `bytes_a_second` may be changed while it runs."""

    def __init__(self, port: int, to_port: int) -> None:
        self.bytes_a_second = 0.0  # as fast as it goes
        self.passed = 0
        self._ports = port, to_port
        self._free_at = [0.0, 0.0]
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        served = asyncio.start_server(self._pass_on, "127.0.0.1", self._ports[0], limit=_PIECE)
        self._loop.run_until_complete(served)
        self._loop.run_forever()

    async def _pass_on(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            far, onward = await asyncio.open_connection("127.0.0.1", self._ports[1], limit=_PIECE)
        except OSError:
            back.close()
            return
        await asyncio.gather(self._pump(near, onward, 0), self._pump(far, back, 1))

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: int
    ) -> None:
        with suppress(OSError):
            while piece := await source.read(_PIECE):
                await self._wait(len(piece), way)
                target.write(piece)
                await target.drain()
        with suppress(OSError):
            target.close()

    async def _wait(self, size: int, way: int) -> None:
        """Wait until the line has carried so much; all connections share it."""
        self.passed += size
        if not self.bytes_a_second:
            return
        now = self._loop.time()
        self._free_at[way] = max(self._free_at[way], now) + size / self.bytes_a_second
        await asyncio.sleep(self._free_at[way] - now)
