"""Judge a file by what we believe. Not at the door: it imports the engine."""

from datetime import datetime

from motcua.foundation.signing.rules.examining.pdf import examine_pdf
from motcua.foundation.signing.rules.examining.report import Report, World
from motcua.foundation.trust import api as trust


def examine(content: bytes, *, at: datetime) -> Report:
    """Return what the signatures of a file are worth at that moment, as far as we know now.

    Costs: four queries and some 30 ms for each signature.
    """
    return examine_pdf(content, world_at(at))


def world_at(at: datetime) -> World:
    """Return whom we believe and what was revoked, as plain values. Costs: four queries."""
    view = trust.trust_view(at)
    return World(
        at=at,
        anchors={one.der: one.name for one in view.anchors},
        others=view.others,
        crls=view.crls,
        ocsps=view.ocsps,
        revoked=view.revoked,
    )
