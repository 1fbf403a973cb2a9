"""Read procedures: the version in force, its definition, search, and who does what."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple, cast

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from motcua.casework.procedures.choices import CompetentLevel, VersionState
from motcua.casework.procedures.errors import BadDefinition, NoSuchProcedure, NoSuchTemplate
from motcua.casework.procedures.models import (
    DutyHolder,
    OpenAgency,
    OutcomeTemplate,
    Procedure,
    ProcedureVersion,
    ServiceField,
)
from motcua.casework.procedures.ports import TableNamed, complaints_about
from motcua.casework.procedures.rules.definition import Definition
from motcua.casework.procedures.rules.merging import sample_values, unknown_fields
from motcua.casework.procedures.rules.parse import parse_text
from motcua.casework.processes.api import StepDef
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.text import exact, fold, has_tones, words
from motcua.lib.tongue import on_day, said

FOUND = 50
_FRESH_SECONDS = 5.0
_fresh: dict[str, tuple[float, object]] = {}
VersionIndex = dict[str, list[tuple[date, date | None, int, int]]]


def users_of_tables() -> dict[str, list[Procedure]]:
    """Return, by code of a fee table, the procedures whose version in force names it.

    Costs: one statement, and reading the texts that name any.
    """
    found: dict[str, list[Procedure]] = {}
    rows = ProcedureVersion.objects.filter(
        state=VersionState.PUBLISHED,
        source__contains="table:",
        pk=F("procedure__current_version_id"),
    ).select_related("procedure")
    for version in rows.order_by("procedure__code"):
        definition = _parsed(version.digest, version.pk)
        for table in dict.fromkeys(line.table for line in definition.fees if line.table):
            found.setdefault(table, []).append(version.procedure)
    return found


@lru_cache(maxsize=4096)
def _parsed(digest: str, version_id: int) -> Definition:
    """Return the definition; the digest makes a changed draft a different key."""
    source = ProcedureVersion.objects.values_list("source", flat=True).get(
        pk=version_id, digest=digest
    )
    return parse_text(source)


@lru_cache(maxsize=4096)
def definition_of(version_id: int) -> Definition:
    """Return what a published version says; kept in memory, for it never changes.

    Raises: NoSuchProcedure.
    """
    version = ProcedureVersion.objects.filter(pk=version_id).values_list("digest", "state").first()
    if version is None or version[1] not in {VersionState.PUBLISHED, VersionState.WITHDRAWN}:
        message = said("Phiên bản thủ tục này chưa được công khai.")
        raise NoSuchProcedure(message)
    return _parsed(version[0], version_id)


def draft_definition(version: ProcedureVersion) -> Definition:
    """Return what a version says, published or not. Raises: BadDefinition."""
    return _parsed(version.digest, version.pk)


def check_tables(definition: Definition, on: date) -> None:
    """Ask whether the fee tables that the lines name can be used from that day.

    Raises: BadDefinition with a sentence for each that cannot.
    """
    named = [TableNamed(line.name, line.table, on) for line in definition.fees if line.table]
    complaints = [words for one in named for words in complaints_about(one)]
    if complaints:
        raise BadDefinition("\n".join(complaints))


def version_in_force(procedure_id: int, on: date) -> ProcedureVersion:
    """Return the published version whose days include `on`. Raises: NoSuchProcedure."""
    versions = ProcedureVersion.objects.in_force_on(on).filter(procedure_id=procedure_id)
    found = versions.order_by("-valid_from", "-number").first()
    if found is None:
        message = said(
            "Thủ tục này không có phiên bản nào còn hiệu lực ngày %(on)s.",
            on=on_day(f"{on:%d/%m/%Y}", on),
        )
        raise NoSuchProcedure(message)
    return found


def current_definition(code: str, on: date) -> tuple[Procedure, int, Definition]:
    """Return a procedure, the id of its version in force and what that says.

    Raises: NoSuchProcedure.
    """
    procedure = Procedure.objects.select_related("service_field").filter(code=code).first()
    if procedure is None:
        message = said("Không có thủ tục mang mã “%(code)s”.", code=code)
        raise NoSuchProcedure(message)
    version = version_in_force(procedure.pk, on)
    return procedure, version.pk, definition_of(version.pk)


class Reading(NamedTuple):
    """What a visitor reads of a procedure: the version in force, or one that is still unclear."""

    procedure: Procedure
    definition: Definition
    doubts: Sequence[Mapping[str, Any]]

    @property
    def is_fileable_online(self) -> bool:
        """Say whether a citizen may file it on our portal; never while a doubt is left."""
        return not self.doubts and self.procedure.can_be_filed_online


def read_procedure(code: str, on: date) -> Reading:
    """Return what is shown of a procedure: in force, or published but unclear and so not filed.

    Raises: NoSuchProcedure.
    """
    procedure = get_procedure(code)
    versions = ProcedureVersion.objects.in_force_on(on).filter(procedure=procedure)
    found = versions.order_by("-valid_from", "-number").values_list("id", flat=True).first()
    if found is not None:
        return Reading(procedure, definition_of(found), ())
    unclear = ProcedureVersion.objects.filter(procedure=procedure, state=VersionState.UNCLEAR)
    shown = unclear.filter(pk=procedure.current_version_id or 0).first()
    if shown is None:
        message = said(
            "Thủ tục %(code)s không có phiên bản nào còn hiệu lực ngày %(on)s.",
            code=code,
            on=on_day(f"{on:%d/%m/%Y}", on),
        )
        raise NoSuchProcedure(message)
    return Reading(procedure, draft_definition(shown), shown.unclear or (_UNSETTLED,))


_UNSETTLED: Mapping[str, Any] = {"doubt": "", "words": "", "hint": ""}


class InForce(NamedTuple):
    """The version of a procedure in force on a day."""

    procedure_id: int
    version_id: int
    definition: Definition


def find_in_force(code: str, on: date) -> InForce | None:
    """Return the version in force, from memory: versions are read again every few seconds."""
    index = cast("VersionIndex", kept("index", _read_index))
    for start, end, procedure_id, version_id in index.get(code, ()):
        if start <= on and (end is None or on <= end):
            return InForce(procedure_id, version_id, definition_of(version_id))
    return None


def with_reminders(on: date) -> list[InForce]:
    """Return the versions in force that want people to be reminded. Costs: one query."""
    said = ProcedureVersion.objects.filter(
        state=VersionState.PUBLISHED, source__contains="\nreminder:"
    )
    codes = said.values_list("procedure__code", flat=True).distinct().order_by("procedure__code")
    found = [find_in_force(code, on) for code in codes]
    return [one for one in found if one is not None and one.definition.reminder is not None]


def outside_system_for(unit_code: str, on: date) -> Definition | None:
    """Return a procedure of another system whose agency gives codes that begin so.

    Its link is where such a dossier is followed. Costs: one query.
    """
    top = unit_code.partition(".")[0]
    named = Q(source__contains=f"agency_codes: [{top}.") | Q(source__contains=f"- {top}.")
    linked = ProcedureVersion.objects.filter(
        named, state=VersionState.PUBLISHED, source__contains="outside_link: http"
    )
    for code in linked.order_by("procedure__code").values_list("procedure__code", flat=True)[:20]:
        found = find_in_force(code, on)
        codes = found.definition.agency_codes if found else ()
        if found and not found.definition.is_ours and any(c.startswith(f"{top}.") for c in codes):
            return found.definition
    return None


def _read_index() -> VersionIndex:
    rows = ProcedureVersion.objects.filter(state=VersionState.PUBLISHED)
    values = rows.order_by("-valid_from", "-number").values_list(
        "procedure__code", "valid_from", "valid_to", "procedure_id", "id"
    )
    index: VersionIndex = {}
    for code, start, end, procedure_id, version_id in values:
        index.setdefault(code, []).append((start, end, procedure_id, version_id))
    return index


def service_fields() -> Sequence[ServiceField]:
    """Return all sectors by name."""
    return list(ServiceField.objects.order_by("sort_key"))


def shown_fields() -> list[tuple[ServiceField, int]]:
    """Return the sectors that have procedures shown to the public, by name, with how many."""
    shown = Procedure.objects.filter(current_version_id__isnull=False)
    counted = shown.values_list("service_field").annotate(count=Count("pk")).order_by()
    counts: dict[int, int] = dict(counted)
    return [(field, counts[field.pk]) for field in service_fields() if field.pk in counts]


def duty_unit(agency_id: int, duty: str) -> int:
    """Return the unit of the agency that does the duty: as set, else its leadership.

    Kept in memory for a few seconds.
    """
    holders = cast("dict[tuple[int, str], int]", kept("duties", _read_duties))
    tree = organisation.tree()
    agency = tree.agency(agency_id)
    if duty == "desk":
        desk = tree.desk_of(agency_id)
        return desk.id if desk else agency.root_unit_id
    return holders.get((agency_id, duty), agency.root_unit_id)


def agency_of_step(agency_id: int, step: StepDef) -> int:
    """Return the agency that does a step: the dossier's, or the one it names or who took over.

    Raises: BadDefinition.
    """
    if not step.agency:
        return agency_id
    found = organisation.tree().agency_by_code(step.agency)
    heirs = organisation.living_heirs_of_agency(found.id) if found else []
    if not heirs:
        message = f"Bước “{step.name}” do cơ quan mã {step.agency} làm, nhưng không có cơ quan này."
        raise BadDefinition(message)
    return heirs[0]


def first_unit(definition: Definition, agency_id: int) -> int:
    """Return the unit that begins the work on a dossier of the agency. Raises: BadDefinition."""
    if definition.process is not None:
        agency_id = agency_of_step(agency_id, definition.process.steps[0])
    return duty_unit(agency_id, definition.first_duty)


def is_competent(procedure_id: int, definition: Definition, agency_id: int) -> bool:
    """Say whether the agency decides on the procedure; from memory.

    Where one only tries, every procedure that no agency is named for can be tried.
    """
    listed = cast("dict[int, set[int]]", kept("listed", _read_listed)).get(procedure_id)
    if listed:
        return agency_id in listed
    agency = organisation.tree().agency(agency_id)
    kind = DECIDING_KIND.get(definition.level)
    is_its_kind = agency.kind == kind or (kind is not None and not agency.is_counted)
    return agency.is_living and is_its_kind


def _read_listed() -> dict[int, set[int]]:
    listed: dict[int, set[int]] = {}
    for procedure_id, agency_id in OpenAgency.objects.values_list("procedure_id", "agency_id"):
        listed.setdefault(procedure_id, set()).add(agency_id)
    return listed


def competent_agencies(procedure: Procedure) -> list[organisation.AgencyInfo]:
    """Return the living agencies that decide on the procedure, by code."""
    listed = set(OpenAgency.objects.filter(procedure=procedure).values_list("agency_id", flat=True))
    tree = organisation.tree()
    if listed:
        return [a for a in tree.agencies() if a.id in listed]
    kind = DECIDING_KIND.get(CompetentLevel(procedure.level))
    return [a for a in tree.agencies() if a.kind == kind]


DECIDING_KIND = {
    CompetentLevel.COMMUNE: organisation.AgencyKind.COMMUNE_COMMITTEE,
    CompetentLevel.PROVINCE: organisation.AgencyKind.DEPARTMENT,
}


def _read_duties() -> dict[tuple[int, str], int]:
    rows = DutyHolder.objects.values_list("agency_id", "duty", "unit_id")
    return {(agency, duty): unit for agency, duty, unit in rows}


def kept(name: str, read: Callable[[], object]) -> object:
    made, value = _fresh.get(name, (-_FRESH_SECONDS, None))
    if monotonic() - made >= _FRESH_SECONDS:
        value = read()
        _fresh[name] = (monotonic(), value)
    return value


def forget_kept() -> None:
    """Drop what is kept in memory, after a change in this process."""
    _fresh.clear()
    definition_of.cache_clear()
    _parsed.cache_clear()


def procedures_on_record(
    text: str = "", *, state: VersionState | None = None, after: str = "", limit: int = FOUND
) -> Sequence[Procedure]:
    """Return every procedure by code, also unpublished ones: with these words, in that state.

    Each brings `is_open`: whether a version is published, `waits`: whether a draft, and
    `has_doubts`: whether an unclear text waits.

    Costs: one query.
    """
    versions = ProcedureVersion.objects.filter(procedure=OuterRef("pk"))
    found = Procedure.objects.filter(code__gt=after).annotate(
        is_open=Exists(versions.filter(state=VersionState.PUBLISHED)),
        waits=Exists(versions.filter(state=VersionState.DRAFT)),
        has_doubts=Exists(versions.filter(state=VersionState.UNCLEAR)),
    )
    if state is not None:
        found = found.filter(Exists(versions.filter(state=state)))
    for word in words(text):
        spelt = exact(word) if has_tones(word) else fold(word)
        column = "words_exact" if has_tones(word) else "words_folded"
        found = found.filter(**{f"{column}__contains": f" {spelt}"})
    return list(found.select_related("service_field").order_by("code")[:limit])


def names_of_all() -> Sequence[tuple[str, str]]:
    """Return code and name of every procedure that was ever published."""
    published = ProcedureVersion.objects.filter(state=VersionState.PUBLISHED)
    rows = Procedure.objects.filter(pk__in=published.values("procedure_id")).order_by("code")
    return list(rows.values_list("code", "name"))


def get_procedure(code: str) -> Procedure:
    """Return the procedure, published or not. Raises: NoSuchProcedure."""
    found = Procedure.objects.select_related("service_field").filter(code=code).first()
    if found is None:
        message = said("Không có thủ tục mang mã “%(code)s”.", code=code)
        raise NoSuchProcedure(message)
    return found


def named(procedure_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return code and name of procedures.

    Costs: one query, none for no procedure.
    """
    if not procedure_ids:
        return {}
    rows = Procedure.objects.filter(pk__in=set(procedure_ids)).values_list("pk", "code", "name")
    return {pk: (code, name) for pk, code, name in rows}


def versions_of(procedure_id: int) -> Sequence[ProcedureVersion]:
    """Return all versions of a procedure without their texts, the latest first."""
    versions = ProcedureVersion.objects.filter(procedure=procedure_id)
    return list(versions.defer("source", "original").order_by("-number"))


def get_version(code: str, number: int) -> ProcedureVersion:
    """Return one version with its text and its procedure. Raises: NoSuchProcedure."""
    versions = ProcedureVersion.objects.select_related("procedure__service_field")
    found = versions.filter(procedure__code=code, number=number).first()
    if found is None:
        message = "Không tìm thấy phiên bản này."
        raise NoSuchProcedure(message)
    return found


def find_version(version_id: int) -> ProcedureVersion | None:
    """Return a version by its number in the database."""
    return ProcedureVersion.objects.filter(pk=version_id).first()


def latest_version(procedure_id: int) -> ProcedureVersion | None:
    """Return the version with the highest number, with its text."""
    versions = ProcedureVersion.objects.filter(procedure=procedure_id)
    return versions.order_by("-number").first()


def duties_in_force(on: date) -> Sequence[str]:
    """Return the duties that processes in force name, by word; the desk is found by itself.

    Costs: one query, and one for each version this process has not read yet.
    """
    rows = ProcedureVersion.objects.in_force_on(on).filter(procedure__can_be_filed=True)
    found: set[str] = set()
    for version_id in rows.values_list("id", flat=True):
        process = definition_of(version_id).process
        found |= {step.duty for step in process.steps} if process else set()
    return sorted(found - {"desk"})


def duties_of(agency_id: int) -> dict[str, int]:
    """Return which unit of the agency does which duty, as far as it was said."""
    rows = DutyHolder.objects.filter(agency=agency_id)
    return dict(rows.values_list("duty", "unit_id"))


def latest_definition(procedure_id: int) -> Definition:
    """Return what the latest version says, published or not.

    Raises: NoSuchProcedure, BadDefinition.
    """
    version = latest_version(procedure_id)
    if version is None:
        raise NoSuchProcedure("Thủ tục này chưa có phiên bản nào.")
    return draft_definition(version)


class Trial(NamedTuple):
    """What came of trying a Word template with invented answers; without complaints it is set."""

    unknown: Sequence[str]
    undrawn: Sequence[str]
    pdf: bytes

    @property
    def is_good(self) -> bool:
        """Say whether the template may be used."""
        return not self.unknown and not self.undrawn


def try_template(definition: Definition, content: bytes, on: date) -> Trial:
    """Fill a Word template with invented answers and set it as a citizen would get it.

    Raises: TemplateRefused if the file is damaged, dangerous, or asks for what none may ask.
    """
    unknown = unknown_fields(definition, papers.fields_of_word(content))
    if unknown:
        return Trial(unknown, (), b"")
    filled = papers.fill_word_template(content, sample_values(definition))
    try:
        return Trial((), (), papers.render_word(filled, definition.name, on))
    except papers.WordNotDrawn as error:
        return Trial((), error.parts, b"")


def templates_of(procedure_id: int) -> QuerySet[OutcomeTemplate]:
    """Return every Word template of a procedure's outcomes, the newest first.

    Costs: one query.
    """
    found = OutcomeTemplate.objects.filter(procedure=procedure_id).select_related("agency", "file")
    return found.order_by("outcome_code", "-number")


def get_template(procedure_id: int, outcome_code: str, number: int) -> OutcomeTemplate:
    """Return one template. Raises: NoSuchTemplate."""
    found = templates_of(procedure_id).filter(outcome_code=outcome_code, number=number).first()
    if found is None:
        raise NoSuchTemplate("Không có mẫu Word này.")
    return found


def templates_in_force(procedure_id: int, agency_id: int, on: date) -> dict[str, OutcomeTemplate]:
    """Return the template for each outcome that has one: the agency's own before the common one.

    Costs: one query.
    """
    found = OutcomeTemplate.objects.select_related("file").filter(
        Q(agency=None) | Q(agency=agency_id),
        procedure=procedure_id,
        valid_from__lte=on,
        withdrawn_at=None,
    )
    ordered = found.order_by(F("agency").asc(nulls_first=True), "valid_from", "number")
    return {one.outcome_code: one for one in ordered}


def content_of_template(template: OutcomeTemplate) -> bytes:
    """Return the Word file of a template. Raises: FileLocked."""
    with files.open_file(template.file) as content:
        return content.read()
