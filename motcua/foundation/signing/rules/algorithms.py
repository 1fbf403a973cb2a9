"""With which keys and hashes signatures are made here; older ones are only read. Knows no engine.

Source: docs/law/signing.md
"""

from collections.abc import Mapping

from motcua.foundation.signing.errors import WrongCertificate

LEAST_RSA_BITS, MOST_RSA_BITS = 2048, 4096
# The hash that goes with a curve of so many bits.
_CURVES: Mapping[int, str] = {256: "sha256", 384: "sha384"}
DIGESTS = frozenset({"sha256", "sha384", "sha512"})


def digest_for(kind: str, bits: int) -> str:
    """Return the hash to sign with, for a key of that kind (“rsa”, “ec”) and size.

    Raises: WrongCertificate if such keys do not sign here.
    """
    if kind == "ec" and bits in _CURVES:
        return _CURVES[bits]
    if kind == "rsa" and LEAST_RSA_BITS <= bits <= MOST_RSA_BITS:
        return "sha256"
    message = "Khóa của chứng thư này không dùng để ký được: cần RSA 2048–4096 hoặc P-256, P-384."
    raise WrongCertificate(message)
