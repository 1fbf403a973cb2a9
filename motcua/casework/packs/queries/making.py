"""Packs of what stands here: a version with its fee tables and Word templates."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.casework.fees import api as fees
from motcua.casework.packs.choices import PackState
from motcua.casework.packs.errors import NoSuchPack
from motcua.casework.packs.models import ReceivedPack
from motcua.casework.packs.rules.archives import read_zip
from motcua.casework.packs.rules.contents import read_packs
from motcua.casework.packs.rules.making import files_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import ProcedureVersion, VersionState

Table = tuple[str, bytes, Mapping[str, Any]]


def pack_of(code: str, *, on: date, number: int | None = None) -> dict[str, bytes]:
    """Return the files of a pack: of this version, else of the one in force, else of the latest.

    Raises: NoSuchProcedure, NoSuchPack while something is unclear, BadDefinition.
    """
    version = _version(code, on, number)
    if version.unclear:
        message = (
            f"Thủ tục {code} còn điểm chưa rõ; hãy làm rõ từng điểm ở trang của thủ tục rồi xuất"
            " gói."
        )
        raise NoSuchPack(message)
    text = version.source
    definition = procedures.draft_definition(version)
    is_draft = version.state == VersionState.DRAFT
    tables = list(_tables(definition, on=on, is_draft=is_draft))
    return files_of((code, definition.name), text, tables, _templates(version, on))


def _version(code: str, on: date, number: int | None) -> ProcedureVersion:
    if number is not None:
        return procedures.get_version(code, number)
    procedure = procedures.get_procedure(code)
    running = procedures.find_in_force(code, on)
    found = (
        procedures.find_version(running.version_id)
        if running
        else procedures.latest_version(procedure.pk)
    )
    if found is None:
        raise NoSuchPack("Thủ tục này chưa có phiên bản nào.")
    return found


def _tables(definition: procedures.Definition, *, on: date, is_draft: bool) -> Iterator[Table]:
    """Yield each table the fees name: its draft for a draft, else what is in force or comes."""
    for code in sorted({line.table for line in definition.fees if line.table}):
        version = table_version(code, on=on, is_draft=is_draft)
        if version is None:
            continue
        yield (
            code,
            version.model.encode(),
            {
                "name": fees.get_table(code).name,
                "valid_from": version.valid_from,
                "basis": version.basis,
                "basis_on": version.basis_on,
                "basis_issuer": version.basis_issuer,
                "examples": version.examples,
            },
        )


def table_version(code: str, *, on: date, is_draft: bool = False) -> fees.FeeTableVersion | None:
    """Return what a table says on a day, or will say; for a draft its own draft before that."""
    try:
        versions = fees.versions_of(code)
    except fees.NoSuchTable:
        return None
    drafts = [one for one in versions if one.state == fees.TableState.DRAFT]
    published = [one for one in versions if one.state == fees.TableState.PUBLISHED]
    running = [
        one for one in published if one.valid_from <= on and (one.valid_to or date.max) >= on
    ]
    in_order = [*drafts, *running] if is_draft else [*running, *published, *drafts]
    return next(iter([*in_order, *published]), None)


def _templates(version: ProcedureVersion, on: date) -> dict[str, bytes]:
    """Return the templates for everybody that are in use; a draft's own, still waiting, first."""
    specs = procedures.outcome_specs(procedures.draft_definition(version))
    wanted = {spec.code for spec in specs}
    kept = procedures.templates_of(version.procedure_id).filter(agency=None, withdrawn_at=None)
    begun = sorted(
        (one for one in kept if one.valid_from <= on), key=lambda one: (one.valid_from, one.number)
    )
    found = {
        one.outcome_code: procedures.content_of_template(one)
        for one in {one.outcome_code: one for one in begun}.values()
        if one.outcome_code in wanted
    }
    waiting = ReceivedPack.objects.filter(version=version, state=PackState.DRAFTED)
    brought = waiting.order_by("-id").first() if version.state == VersionState.DRAFT else None
    if brought is not None:
        packed = read_packs(read_zip(bytes(brought.content)))[0].templates
        found |= {outcome: content for outcome, content in packed.items() if outcome in wanted}
    return found
