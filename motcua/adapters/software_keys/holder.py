"""Private keys as PEM files in one folder, named by their reference."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from motcua.foundation.signing import api as signing

_REF = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class SoftwareKeys:
    """Implements `signing.TokenHolder` where a site only shows how signing works."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sign_many(self, key_ref: str, to_sign: Sequence[bytes], digest: str) -> list[bytes]:
        """Sign each. Raises: HolderRefuses if the key is not there or the hash is not known."""
        if digest not in _HASHES:
            raise signing.HolderRefuses(f"Không ký được với hàm băm {digest}.")
        key = self._key(key_ref)
        return [_sign(key, one, _HASHES[digest]()) for one in to_sign]

    def _key(self, key_ref: str) -> Key:
        """Return the key; no reference can lead out of the folder. Raises: HolderRefuses."""
        path = self.folder / f"{key_ref}.pem"
        if not _REF.fullmatch(key_ref) or not path.is_file():
            raise signing.HolderRefuses("Không tìm thấy khóa của chứng thư này trên máy chủ.")
        return _loaded(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _loaded(path: Path, _changed: int) -> Key:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise signing.HolderRefuses("Loại khóa này không dùng để ký ở đây.")
    return key


def _sign(key: Key, content: bytes, algorithm: hashes.HashAlgorithm) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(content, padding.PKCS1v15(), algorithm)
    return key.sign(content, ec.ECDSA(algorithm))


def from_settings() -> SoftwareKeys:
    """Return the keys below the folder named by the settings.

    Raises: HolderRefuses where the site is no demo: such keys have no legal value.
    """
    if not settings.SIGNING_DEMO:
        raise signing.HolderRefuses("Khóa trong tệp chỉ dùng để minh họa, không dùng được ở đây.")
    return SoftwareKeys(Path(settings.SIGNING_KEYS_DIR))
