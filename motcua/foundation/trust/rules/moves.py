"""From which state a certificate may come into which."""

from collections.abc import Mapping

from motcua.foundation.trust.choices import CertificateState as S
from motcua.foundation.trust.errors import TrustError

MOVES: Mapping[S, frozenset[S]] = {
    S.ACTIVE: frozenset({S.SUSPENDED, S.REVOKED, S.ENDED}),
    S.SUSPENDED: frozenset({S.ACTIVE, S.REVOKED, S.ENDED}),
    S.ENDED: frozenset({S.REVOKED}),
    S.REVOKED: frozenset(),
}


def check_certificate_move(current: S, target: S) -> None:
    """Raises: TrustError if `target` may not follow `current`."""
    if current == S.REVOKED:
        raise TrustError("Chứng thư đã thu hồi thì không dùng lại được.")
    if target not in MOVES[current]:
        raise TrustError(f"Chứng thư “{current.label}” không thể chuyển sang “{target.label}”.")
