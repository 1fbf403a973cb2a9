"""A small procedure for tests: a certificate of marital status, three working days."""

from datetime import UTC, date, datetime

from motcua.casework.procedures.models import Procedure, ProcedureVersion
from motcua.casework.procedures.operations.importing import import_procedures
from motcua.casework.procedures.operations.publishing import publish_version, save_draft
from motcua.casework.procedures.rules.sample import SAMPLE
from motcua.casework.procedures.rules.sources import read_source
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

from .sources import CHANNELS, PAPERS, as_lines, text_row

# What publishers leave unclear: a limit without a unit, a fee too small, papers named elsewhere.
WITHOUT_UNIT = f"{CHANNELS}Trực tiếp7Miễn phíTrực tuyến7Miễn phí"
FEE_TOO_SMALL = f"{CHANNELS}Trực tiếp5 Ngày15 Việt Nam Đồng(Lệ phí: 15)"
PAPERS_ELSEWHERE = f"--{PAPERS}xem nơi khác"
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


def bring_text(**fields: object) -> ProcedureVersion:
    """Import one published text, 1.900001, and return its version."""
    import_procedures(read_source(as_lines(text_row(**fields))), by=EDITOR, at=NOW)
    return ProcedureVersion.objects.get(procedure__code="1.900001")
