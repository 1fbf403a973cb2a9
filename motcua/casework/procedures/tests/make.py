"""A small procedure for tests: a certificate of marital status, three working days."""

from datetime import UTC, date, datetime

from motcua.casework.procedures.models import Procedure
from motcua.casework.procedures.operations.publishing import publish_version, save_draft
from motcua.casework.procedures.rules.sample import SAMPLE
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

NOW = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
FIRST_DAY = date(2025, 7, 1)
EDITOR = Actor(
    id=900,
    name="Vũ Thị Quản",
    province_powers=frozenset({Power.EDIT_PROCEDURES, Power.PUBLISH_PROCEDURES}),
)
TEXT = SAMPLE


def make_procedure(*, code: str = "1.004873", text: str = TEXT) -> Procedure:
    """Return a published procedure that every commune decides on."""
    version = save_draft(text.format(code=code), by=EDITOR, at=NOW, valid_from=FIRST_DAY)
    publish_version(version.pk, by=EDITOR, at=NOW)
    return Procedure.objects.get(code=code)
