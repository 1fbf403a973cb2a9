"""The demo province as tests need it: whole, or with two of its communes, a fifth of the work."""

from datetime import UTC, datetime

import pytest

from demo import catalogue, fees
from demo import organisation as build
from demo.cast import Cast, founder, gather
from motcua.casework.fees import api as fee_tables
from motcua.casework.procedures import api as procedures
from motcua.foundation.organisation import api as organisation

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TWO_COMMUNES = ("H18.101", "H18.135")


def build_province(at: datetime = AT) -> Cast:
    """Build the organisation, duties, fees and procedures; return everybody."""
    build.build_organisation(by=founder(), at=at)
    catalogue.set_duties(by=founder(), at=at)
    fees.publish_tables(by=founder(), at=at)
    catalogue.publish_procedures(by=founder(), at=at)
    forget()
    return gather(at)


def build_small_province(at: datetime = AT) -> Cast:
    """Build the same with two communes and no district of before."""
    few = [one for one in build.communes() if one.code in TWO_COMMUNES]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "communes", lambda: few)
        patch.setattr(build, "_build_district", lambda *_: None)
        return build_province(at)


def forget() -> None:
    """Forget what this process keeps of a province that is built, entered or left."""
    organisation.forget_tree()
    fee_tables.forget_kept()
    procedures.forget_kept()
