"""Keys on this computer: in a device (PKCS#11) or in a file (PKCS#12)."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from motcua.lib.devices import Device, DeviceAway, KeyAbsent, PinBlocked, PinWrong

MOST_WRONG = 3
DIGEST = "sha256"
_HASHES: Mapping[str, Callable[[], hashes.HashAlgorithm]] = {DIGEST: hashes.SHA256}


class PinRefused(Exception):
    """The PIN was wrong; the text is shown and another may be typed."""


class CannotSign(Exception):
    """Nothing can be signed; the text says why."""


class Keys(Protocol):
    """Where the keys of this computer are."""

    def sign(self, certificate: str, pin: str, contents: Sequence[bytes]) -> list[bytes]:
        """Sign each with the key of the certificate with this SHA-256.

        Raises: PinRefused, CannotSign.
        """


class FileKeys:
    """One key in a PKCS#12 file; three wrong passwords and it is left alone until a new start."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wrong = 0

    def sign(self, certificate: str, pin: str, contents: Sequence[bytes]) -> list[bytes]:
        """Sign each. Raises: PinRefused, CannotSign."""
        if self._wrong >= MOST_WRONG:
            raise CannotSign("Mật khẩu sai 3 lần; đóng chương trình máy ký rồi mở lại.")
        try:
            key, held, _ = pkcs12.load_key_and_certificates(self._path.read_bytes(), pin.encode())
        except OSError as error:
            raise CannotSign(f"Không đọc được tệp khóa {self._path.name}.") from error
        except ValueError as error:
            self._wrong += 1
            raise PinRefused(wrong_words(MOST_WRONG - self._wrong)) from error
        self._wrong = 0
        if held is None or sha256(held.public_bytes(Encoding.DER)).hexdigest() != certificate:
            raise CannotSign("Tệp khóa trên máy này không phải của chứng thư được yêu cầu.")
        if isinstance(key, rsa.RSAPrivateKey):
            return [key.sign(one, padding.PKCS1v15(), _HASHES[DIGEST]()) for one in contents]
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return [key.sign(one, ec.ECDSA(_HASHES[DIGEST]())) for one in contents]
        raise CannotSign("Loại khóa trong tệp không dùng để ký được.")


class DeviceKeys:
    """Keys in a device. It counts wrong PINs itself; the last one is not risked here."""

    def __init__(self, module: str, token_label: str) -> None:
        self._device = Device(module, token_label)
        self._wrong = 0

    def sign(self, certificate: str, pin: str, contents: Sequence[bytes]) -> list[bytes]:
        """Sign each, and close the device again. Raises: PinRefused, CannotSign."""
        if self._wrong >= MOST_WRONG - 1:
            message = "Mã PIN đã sai 2 lần; máy ký dừng lại để thiết bị không bị khóa."
            raise CannotSign(f"{message} Kiểm tra mã PIN, rồi đóng và mở lại chương trình.")
        try:
            self._device.open(pin)
            self._wrong = 0
            return self._device.sign_many(self._key_of(certificate), contents, DIGEST)
        except PinWrong as error:
            self._wrong += 1
            raise PinRefused(wrong_words(MOST_WRONG - 1 - self._wrong)) from error
        except PinBlocked as error:
            raise CannotSign("Thiết bị đã khóa vì mã PIN sai; liên hệ nơi cấp.") from error
        except (DeviceAway, KeyAbsent) as error:
            message = "Không thấy thiết bị ký hoặc khóa trong đó; hãy cắm thiết bị rồi ký lại."
            raise CannotSign(message) from error
        finally:
            self._device.close()

    def _key_of(self, certificate: str) -> bytes:
        """Return what the key is found by. Raises: CannotSign, DeviceAway."""
        for one in self._device.certificates():
            if sha256(one.der).hexdigest() == certificate:
                return one.key_id
        raise CannotSign("Thiết bị đang cắm không có chứng thư được yêu cầu.")


def wrong_words(left: int) -> str:
    """Return what to tell when a PIN was wrong."""
    return f"Mã PIN sai, còn {left} lần thử." if left > 0 else "Mã PIN sai; không thử thêm được."
