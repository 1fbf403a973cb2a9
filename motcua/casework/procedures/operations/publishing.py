"""Write, publish and withdraw versions of procedures; say who does what."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from motcua.casework.forms import api as forms
from motcua.casework.procedures.choices import VersionState
from motcua.casework.procedures.errors import BadDefinition, DraftMoved, NoSuchProcedure
from motcua.casework.procedures.models import (
    DutyHolder,
    OpenAgency,
    Procedure,
    ProcedureVersion,
    ServiceField,
)
from motcua.casework.procedures.queries.catalogue import agency_of_step, check_tables, forget_kept
from motcua.casework.procedures.rules.definition import Definition
from motcua.casework.procedures.rules.further import check_reminder
from motcua.casework.procedures.rules.parse import parse_text
from motcua.casework.procedures.rules.parts import part_of
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput
from motcua.lib.text import exact, fold, sort_key, words

DAY = timedelta(days=1)
# A procedure holds for the whole province: only who holds the power everywhere may change one.
EVERYWHERE = 0
NOTHING = "-"  # what was seen of a procedure that is to be new


@work.story
def save_draft(
    text: str, *, by: Actor, at: datetime, valid_from: date, seen: str = ""
) -> ProcedureVersion:
    """Keep a structured text as the draft of the procedure it names, new or known.

    The latest draft is replaced; published versions are never touched, and an unclear one stays
    to be read until its draft is published. `seen` is the digest of the text that was read before
    writing, or `NOTHING` for a procedure that is to be new: if something else stands here by now,
    nothing is kept.
    Raises: BadDefinition, NotAllowed, DraftMoved.
    Locks: the procedure, its latest version.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    definition = parse_text(text)
    procedure = _procedure_of(definition)
    latest = (
        ProcedureVersion.objects.select_for_update()
        .filter(procedure=procedure)
        .order_by("-number")
        .first()
    )
    if seen == NOTHING and latest is not None:
        message = f"Thủ tục {definition.code} đã có; hãy mở từ danh sách thủ tục rồi soạn tiếp."
        raise DraftMoved(message, field="source")
    if seen and latest is not None and latest.digest != seen:
        raise moved(latest)
    number = latest.number + 1 if latest else 1
    version = ProcedureVersion(procedure=procedure, number=number)
    if latest is not None and latest.state == VersionState.DRAFT:
        version = latest
    version.state = VersionState.DRAFT
    version.valid_from = valid_from
    version.source, version.digest = text, digest_of(text)
    version.unclear = []
    version.edited_by_name, version.edited_at = by.name, at
    version.save()
    audit.record("procedures.draft", f"procedure:{procedure.code}", by=by, at=at)
    return version


def moved(latest: ProcedureVersion) -> DraftMoved:
    """Return what is said to whoever saves over what somebody else has saved meanwhile."""
    who = latest.edited_by_name or "Người khác"
    when = latest.edited_at.astimezone(HANOI)
    message = (
        f"{who} đã lưu bản thảo này lúc {when:%H:%M ngày %d/%m/%Y}, sau khi ông/bà mở trang. Chưa"
        " có gì bị ghi đè; chữ ông/bà gõ vẫn ở dưới. Hãy xem chỗ khác nhau, rồi bấm lưu lần nữa."
    )
    return DraftMoved(message, field="source")


@work.story
def publish_version(
    version_id: int, *, by: Actor, at: datetime, seen: str = ""
) -> ProcedureVersion:
    """Put a draft in force from its first day; the version before ends the day before.

    `seen` is the digest of the text that was looked at: of another one nothing is published.
    Raises: BadDefinition for an unclear or wrong text, one that names fee tables that are not in
    force on its first day, or agencies that are not there, or reminds in vain; DraftMoved,
    NotAllowed, NoSuchProcedure.
    Locks: the procedure, the version.
    """
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    lock_procedure(ProcedureVersion.objects.filter(pk=version_id).values("procedure"))
    version = ProcedureVersion.objects.select_for_update().filter(pk=version_id).first()
    if version is None:
        raise NoSuchProcedure("Không tìm thấy phiên bản này.")
    _check_as_seen(version, seen)
    if version.unclear:
        message = "Phiên bản còn điểm chưa rõ; hãy sửa và lưu lại trước khi công khai."
        raise BadDefinition(message)
    definition = parse_text(version.source)
    check_tables(definition, version.valid_from)
    check_agencies(definition)
    check_reminder(definition.reminder, definition.cases)
    compile_form(version.source, definition)
    end_earlier(version)
    version.state = VersionState.PUBLISHED
    version.published_by_name, version.published_at = by.name, at
    version.save(update_fields=["state", "published_by_name", "published_at"])
    describe_procedure(version.procedure_id, definition, version.pk)
    audit.record("procedures.publish", f"procedure:{definition.code}", by=by, at=at)
    forget_kept()
    return version


def _check_as_seen(version: ProcedureVersion, seen: str) -> None:
    """Raises: DraftMoved for what is no draft, another text than was seen, or an overtaken draft.

    Drafts may wait beside each other after an import; the older never ends the newer in force.
    """
    if version.state not in {VersionState.DRAFT, VersionState.UNCLEAR}:
        message = f"Phiên bản {version.number} không còn là bản thảo; hãy tải lại trang."
        raise DraftMoved(message)
    if seen and version.digest != seen:
        who = version.edited_by_name or "Người khác"
        message = (
            f"{who} vừa sửa bản thảo sau khi ông/bà xem; chưa công khai gì. Hãy xem lại rồi công"
            " khai."
        )
        raise DraftMoved(message)
    newer = ProcedureVersion.objects.filter(
        procedure=version.procedure_id, state=VersionState.PUBLISHED, number__gt=version.number
    )
    if (number := newer.values_list("number", flat=True).first()) is not None:
        message = f"Phiên bản {number}, mới hơn bản thảo này, đã công khai; hãy soạn tiếp từ đó."
        raise DraftMoved(message)


def check_agencies(definition: Definition) -> None:
    """Raises: BadDefinition for agencies the version names that are not there.

    A code that means nothing would open the procedure to every agency of its level.
    """
    for step in definition.process.steps if definition.process else ():
        agency_of_step(EVERYWHERE, step)
    tree, named = organisation.tree(), definition.agency_codes if definition.is_ours else ()
    if missing := [code for code in named if tree.agency_by_code(code) is None]:
        message = (
            f"Không có cơ quan mã {', '.join(missing)}: hãy sửa “Chỉ những cơ quan này giải"
            " quyết” (agency_codes), hoặc để trống."
        )
        raise BadDefinition(message)


def compile_form(text: str, definition: Definition) -> None:
    """Make ready what checks answers, and try it with the form's own test data.

    Raises: BadDefinition with what a sample of test data now says instead.
    """
    if definition.form is None:
        return
    try:
        samples = forms.samples_of(part_of(text, "form"))
        complaints = forms.failing(definition.form, samples)
    except forms.BadForm as error:
        raise BadDefinition(str(error)) from error
    if complaints:
        raise BadDefinition("\n".join(complaints))
    forms.compile_form(definition.form)


def end_earlier(version: ProcedureVersion) -> None:
    """Let the version before end, or give way whole if it began on the same day or later.

    An unclear text that was only shown gives way too.
    """
    running = ProcedureVersion.objects.filter(
        procedure=version.procedure_id, state=VersionState.PUBLISHED
    )
    running.filter(valid_from__gte=version.valid_from).update(state=VersionState.WITHDRAWN)
    end_after(running.filter(valid_from__lt=version.valid_from), version.valid_from - DAY)
    unclear = ProcedureVersion.objects.filter(
        procedure=version.procedure_id, state=VersionState.UNCLEAR, number__lt=version.number
    )
    unclear.update(state=VersionState.WITHDRAWN)


def end_after(running: QuerySet[ProcedureVersion], on: date) -> None:
    """Let versions end with a day, those too that were to end later."""
    running.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).update(valid_to=on)


@work.story
def withdraw_procedure(procedure_id: int, *, on: date, by: Actor, at: datetime) -> None:
    """End the procedure: nothing can be filed from the day after `on`; running dossiers go on.

    A version that was to begin later never does.
    """
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    procedure = Procedure.objects.select_for_update().get(pk=procedure_id)
    running = ProcedureVersion.objects.filter(procedure=procedure, state=VersionState.PUBLISHED)
    running.filter(valid_from__gt=on).update(state=VersionState.WITHDRAWN)
    end_after(running, on)
    procedure.can_be_filed = procedure.can_be_filed_online = False
    procedure.save(update_fields=["can_be_filed", "can_be_filed_online"])
    audit.record("procedures.withdraw", f"procedure:{procedure.code}", by=by, at=at)
    forget_kept()


@work.story
def set_duty(agency_id: int, duty: str, unit_id: int | None, *, by: Actor, at: datetime) -> None:
    """Say which unit of an agency does a duty; without one its leadership does.

    Raises: NotAllowed, NoSuchUnit, BadInput for a unit of another agency.
    """
    tree = organisation.tree()
    by.require(Power.EDIT_ORGANISATION, unit_id=tree.agency(agency_id).root_unit_id)
    if unit_id is None:
        DutyHolder.objects.filter(agency_id=agency_id, duty=duty).delete()
    elif tree.unit(unit_id).agency_id != agency_id:
        raise BadInput("Đơn vị này không thuộc cơ quan đã chọn.", field="unit")
    else:
        DutyHolder.objects.update_or_create(
            agency_id=agency_id, duty=duty, defaults={"unit_id": unit_id}
        )
    detail = {"duty": duty, "unit": tree.unit(unit_id).code if unit_id else ""}
    audit.record("procedures.set_duty", f"agency:{agency_id}", by=by, at=at, detail=detail)
    forget_kept()


def digest_of(text: str) -> str:
    """Return the fingerprint of a structured text."""
    return sha256(text.encode()).hexdigest()


def service_field(code: str, name: str) -> ServiceField:
    """Return the sector with this code (or, without a code, this name), new or known."""
    key = code or fold(name)[:40]
    field, _ = ServiceField.objects.get_or_create(
        code=key, defaults={"name": name, "sort_key": sort_key(name)}
    )
    return field


def _procedure_of(definition: Definition) -> Procedure:
    procedure = Procedure.objects.select_for_update().filter(code=definition.code).first()
    if procedure is not None:
        return procedure
    procedure = Procedure(code=definition.code)
    describe(procedure, definition)
    procedure.save()
    return procedure


def lock_procedure(procedures: QuerySet[ProcedureVersion, Any]) -> None:
    """Let one change of a procedure wait for another, whichever of its versions they mean."""
    list(Procedure.objects.select_for_update().filter(pk__in=procedures).values_list("pk"))


def describe_procedure(procedure_id: int, definition: Definition, version_id: int) -> None:
    """Repeat what the version in force says where lists and search read it."""
    procedure = Procedure.objects.select_for_update().get(pk=procedure_id)
    describe(procedure, definition)
    procedure.can_be_filed = definition.can_be_filed
    procedure.can_be_filed_online = definition.can_be_filed_online
    procedure.current_version_id = version_id
    procedure.save()
    tree = organisation.tree()
    OpenAgency.objects.filter(procedure=procedure).delete()
    agencies = [tree.agency_by_code(code) for code in definition.agency_codes]
    OpenAgency.objects.bulk_create(
        OpenAgency(procedure=procedure, agency_id=agency.id) for agency in agencies if agency
    )


def show_unclear(procedure: Procedure, version: ProcedureVersion, definition: Definition) -> None:
    """Let an unclear text be found and read where nothing is in force; it opens no filing."""
    describe(procedure, definition)
    if version.state == VersionState.UNCLEAR:
        procedure.current_version_id = version.pk
    procedure.save()


def describe(procedure: Procedure, definition: Definition) -> None:
    """Repeat what a definition says where lists and search read it. Does not save."""
    procedure.name, procedure.plain_name = definition.name, definition.plain_name
    procedure.service_field = service_field(definition.sector_code, definition.sector_name)
    procedure.level = definition.level
    procedure.service_level = definition.service_level
    procedure.filing_mode = definition.filing_mode
    procedure.life_events = list(definition.life_events)
    told = " ".join(
        [
            definition.plain_name,
            definition.name,
            *definition.keywords,
            definition.sector_name,
            definition.code,
        ]
    )
    procedure.words_exact = " " + " ".join(exact(word) for word in words(told))
    procedure.words_folded = " " + " ".join(fold(word) for word in words(told))
