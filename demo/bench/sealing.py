"""The seal of a small province that makes its evidence by itself: a key, no time stamps."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from demo.cast import founder
from demo.certifying import kept_certificate, register
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, Level, TurnRole
from motcua.foundation.trust.api import CertificateIn, HolderKind, Way
from motcua.lib.clock import local_day
from simulators.authority import Authority

from .signing import SOFTWARE, believe


def let_seal(folder: Path, code: str, at: datetime) -> None:
    """Give the province a seal, and let it stand alone under what is made here."""
    authority = Authority(folder, at=at)
    believe(authority, replace(founder(), id=2, name="Người thứ hai"), at)
    agency = organisation.tree().agency_by_code(code)
    if agency is None:
        raise LookupError(code)
    held = CertificateIn(
        kept_certificate(authority, "seal", agency.name, "", at),
        HolderKind.AGENCY,
        agency_id=agency.id,
        way=Way.SERVER,
        service_code=SOFTWARE,
        key_ref="seal",
    )
    register(held, at)
    alone = signing.PolicyIn(
        DocumentKind.VERIFICATION,
        Level.B_B,
        (TurnRole.SEAL,),
        is_required=False,
        valid_from=local_day(at),
    )
    signing.set_policy(alone, by=founder(), at=at)
