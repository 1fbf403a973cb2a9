"""The PINs of the devices, and how often each was refused.

A device locks itself after a few wrong PINs. So a PIN that was refused is not tried again, not
even after a restart, until its file has changed; after the third no other is tried either.
"""

import json
from dataclasses import dataclass
from pathlib import Path

MOST_REFUSED = 3
_OTHERS_MAY_READ = 0o077


class NoPin(Exception):
    """There is no PIN to be tried; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Refused:
    """How often PINs of one device were refused, and which state of the file held the latest."""

    times: int = 0
    mark: str = ""


class Pins:
    """PINs in a file of lines “device: PIN”; a line without a device is for all others."""

    def __init__(self, file: Path, state: Path) -> None:
        self._file = file
        self._state = state

    def pin_for(self, device: str) -> str:
        """Return the PIN to try. Raises: NoPin."""
        refused = self.refused(device)
        if refused.times >= MOST_REFUSED:
            raise NoPin(locked_words(device, self._state))
        if refused.mark == self._mark():
            raise NoPin(wrong_words(device, MOST_REFUSED - refused.times))
        return self._read(device)

    def refused(self, device: str) -> Refused:
        """Return what is remembered of a device."""
        kept = self._kept().get(device)
        return Refused(kept[0], kept[1]) if kept else Refused()

    def note_refused(self, device: str, *, is_blocked: bool = False) -> int:
        """Remember that the PIN was refused; return how many more may be tried."""
        times = MOST_REFUSED if is_blocked else self.refused(device).times + 1
        self._keep({**self._kept(), device: (times, self._mark())})
        return max(MOST_REFUSED - times, 0)

    def note_taken(self, device: str) -> None:
        """Forget earlier refusals: the PIN was right."""
        kept = self._kept()
        if kept.pop(device, None):
            self._keep(kept)

    def locked_words(self, device: str) -> str:
        """Return what to tell when a device is locked."""
        return locked_words(device, self._state)

    def _read(self, device: str) -> str:
        try:
            mode = self._file.stat().st_mode
            lines = self._file.read_text().splitlines()
        except (OSError, ValueError) as error:
            raise NoPin("Chưa đọc được tệp mã PIN của thiết bị giữ khóa.") from error
        if mode & _OTHERS_MAY_READ:
            raise NoPin("Tệp mã PIN để người khác đọc được; đặt quyền 0600 rồi ký lại.")
        pairs = [line.rpartition(":") for line in lines if line.strip()]
        named = {name.strip(): pin.strip() for name, _, pin in pairs}
        pin = named.get(device) or named.get("")
        if not pin:
            raise NoPin(f"Tệp mã PIN chưa có mã của thiết bị “{device}”.")
        return pin

    def _mark(self) -> str:
        try:
            found = self._file.stat()
        except OSError:
            return "-"
        return f"{found.st_mtime_ns}-{found.st_size}"

    def _kept(self) -> dict[str, tuple[int, str]]:
        try:
            kept = json.loads(self._state.read_text())
        except (OSError, ValueError):
            return {}
        return {name: (int(times), str(mark)) for name, (times, mark) in kept.items()}

    def _keep(self, kept: dict[str, tuple[int, str]]) -> None:
        self._state.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._state.with_suffix(".new")
        fresh.write_text(json.dumps(kept))
        fresh.replace(self._state)


def wrong_words(device: str, left: int) -> str:
    """Return what to tell when a PIN was refused."""
    return (
        f"Mã PIN của thiết bị “{device}” sai, còn {left} lần thử. Ghi mã đúng vào tệp mã PIN của"
        " máy chủ rồi ký lại; mã sai không được thử lại."
    )


def locked_words(device: str, state: Path) -> str:
    """Return what to tell when a device is locked."""
    return (
        f"Thiết bị “{device}” đã khóa vì mã PIN sai {MOST_REFUSED} lần. Báo quản trị mở khóa với"
        f" nơi cấp, ghi mã PIN mới, xóa tệp {state.name} rồi ký lại."
    )
