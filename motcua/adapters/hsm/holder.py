"""Keys inside devices: one session for each token, kept while it works."""

from collections.abc import Sequence

from motcua.foundation.signing import api as signing
from motcua.lib.devices import Device, DeviceAway, KeyAbsent, PinBlocked, PinWrong

from .pins import NoPin, Pins, wrong_words


class Devices:
    """Implements `signing.TokenHolder`; a key is named “token/key”, both by their labels."""

    def __init__(self, module: str, pins: Pins) -> None:
        self._module = module
        self._pins = pins
        self._open: dict[str, Device] = {}

    def sign_many(self, key_ref: str, to_sign: Sequence[bytes], digest: str) -> list[bytes]:
        """Sign each. Raises: HolderAway, HolderRefuses."""
        token, _, key = key_ref.partition("/")
        if not token or not key:
            raise signing.HolderRefuses("Tên khóa phải có dạng “thiết bị/khóa”.")
        was_open = token in self._open and self._open[token].is_open
        try:
            return self._device(token).sign_many(key, to_sign, digest)
        except KeyAbsent as error:
            message = f"Thiết bị “{token}” không có khóa “{key}” ký được như yêu cầu."
            raise signing.HolderRefuses(message) from error
        except DeviceAway as error:
            if not was_open:
                raise signing.HolderAway(_away(token)) from error
        return self._again(token, key, to_sign, digest)

    def close(self) -> None:
        """End every session; the next signature opens them anew."""
        for device in self._open.values():
            device.close()

    def _again(self, token: str, key: str, to_sign: Sequence[bytes], digest: str) -> list[bytes]:
        """Sign in a new session: the one kept did not hold. Raises: HolderAway, HolderRefuses."""
        try:
            return self._device(token).sign_many(key, to_sign, digest)
        except (DeviceAway, KeyAbsent) as error:
            raise signing.HolderAway(_away(token)) from error

    def _device(self, token: str) -> Device:
        """Return the device, open. Raises: DeviceAway, HolderRefuses."""
        device = self._open.setdefault(token, Device(self._module, token))
        if device.is_open:
            return device
        try:
            device.open(self._pins.pin_for(token))
        except NoPin as error:
            raise signing.HolderRefuses(str(error)) from error
        except PinWrong as error:
            left = self._pins.note_refused(token)
            words = wrong_words(token, left) if left else self._pins.locked_words(token)
            raise signing.HolderRefuses(words) from error
        except PinBlocked as error:
            self._pins.note_refused(token, is_blocked=True)
            raise signing.HolderRefuses(self._pins.locked_words(token)) from error
        self._pins.note_taken(token)
        return device


def _away(token: str) -> str:
    return f"Không thấy thiết bị “{token}”; hệ thống tự thử lại khi thiết bị có trở lại."
