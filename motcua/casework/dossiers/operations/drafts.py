"""Write an application on the portal: begin, save page by page, attach files, file.

Every draft is its owner's alone.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import BulkFiling, Draft, DraftFile
from motcua.casework.dossiers.queries.application_form import (
    is_application_signed,
    is_application_stale,
)
from motcua.casework.dossiers.queries.drafts import is_known_to, no_such_draft
from motcua.casework.dossiers.queries.own_signing import owners_of
from motcua.casework.dossiers.rules.application import Application, PaperIn
from motcua.casework.dossiers.rules.drafts import (
    APPLICATION_FORM,
    AUTHORISATION,
    applicant_kind_of,
    check_authority,
    check_parties,
    papers_of,
    parties_of,
    return_way_of,
    submitter_of,
)
from motcua.casework.forms.api import clean_answers, settle_places, with_reckoned
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel, InForce
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.mandates import api as mandates
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .agents import check_agreed, for_client, kind_for_client, with_agent
from .filing import file_application
from .signed_papers import check_signable

KEPT = timedelta(days=90)
MOST_PAPERS = 100


@work.story
def begin_draft(procedure_code: str, *, by: Actor, at: datetime) -> Draft:
    """Begin an application under the version in force.

    Raises: NoSuchProcedure, NotForFiling.
    """
    found = _in_force(procedure_code, at)
    check_agreed(by, found.definition)
    mandates.note_act(mandates.Word.BEGIN, f"procedure:{procedure_code}", by=by, at=at)
    return Draft.objects.create(
        token=secrets.token_urlsafe(18),
        account_id=by.id,
        mandate_id=by.agent.mandate_id if by.agent else None,
        procedure_id=found.procedure_id,
        procedure_version_id=found.version_id,
        case_code=found.definition.cases[0].code,
        saved_at=at,
    )


def _in_force(code: str, at: datetime) -> InForce:
    found = procedures.find_in_force(code, local_day(at))
    if found is None:
        message = said("Thủ tục %(code)s không còn hiệu lực hoặc chưa công khai.", code=code)
        raise procedures.NoSuchProcedure(message)
    if not found.definition.can_be_filed_online:
        message = said("Thủ tục này chưa nộp trực tuyến được tại cổng của tỉnh.")
        raise procedures.NotForFiling(message)
    return found


@work.story
def save_draft_page(
    token: str, answers: Mapping[str, Any], page: int, *, by: Actor, at: datetime
) -> Draft:
    """Keep what was typed on one page of the form, right or wrong, in place of what was there.

    Raises: NoSuchDraft, DossierError once filed, BadInput for a page the form has not.
    """
    draft = own_draft(token, by)
    form = procedures.definition_of(draft.procedure_version_id).form
    if form is None or not 0 <= page < len(form.pages):
        message = said("Tờ khai không có trang này.")
        raise BadInput(message, field="page")
    fields = form.pages[page].fields
    kept = {k: v for k, v in draft.answers.items() if k not in {f.name for f in fields}}
    typed = {**kept, **clean_answers(fields, answers)}
    draft.answers = with_reckoned(form, settle_places(fields, typed, on=local_day(at)))
    draft.page = page
    return saved(draft, "answers", "page", at=at)


@work.story
def attach_to_draft(
    token: str, spec_code: str, file_id: int, file_name: str, *, by: Actor, at: datetime
) -> Draft:
    """Attach a file for one of the listed papers, or the authorisation to act for somebody.

    `file_id` is what the files room answered to this very sender, never what a page sent.

    Raises: NoSuchDraft, DossierError, BadInput.
    """
    return attach(own_draft(token, by), spec_code, file_id, file_name, by=by, at=at)


def attach(  # noqa: PLR0913 -- which file, for which paper, from where
    draft: Draft,
    spec_code: str,
    file_id: int,
    file_name: str,
    *,
    reused_from: str = "",
    by: Actor,
    at: datetime,
) -> Draft:
    """Attach a file to a locked draft; `reused_from` is the dossier that had it before.

    Raises: BadInput.
    """
    definition = procedures.definition_of(draft.procedure_version_id)
    spec = definition.paper(spec_code)
    if spec is None and spec_code == AUTHORISATION.code:
        spec = AUTHORISATION
    if spec is None:
        message = said("Thủ tục không có loại giấy tờ này.")
        raise BadInput(message, field="spec_code")
    check_signable([(spec.code, file_id)], [spec])
    if len(draft.papers) >= MOST_PAPERS:
        message = said(
            "Một hồ sơ có tối đa %(most_papers)s tệp; hãy gộp bớt.", most_papers=MOST_PAPERS
        )
        raise BadInput(message, field="file")
    paper: dict[str, Any] = {
        "spec_code": spec.code,
        "name": spec.name,
        "file_id": file_id,
        "file_name": file_name,
    }
    if reused_from:
        paper["reused_from"] = reused_from
    draft.papers = [*draft.papers, paper]
    mandates.note_act(mandates.Word.ATTACH, f"paper:{spec.code}", by=by, at=at)
    DraftFile.objects.get_or_create(draft=draft, file_id=file_id)
    return saved(draft, "papers", at=at)


def detach_from_draft(token: str, index: int, *, by: Actor, at: datetime) -> Draft:
    """Take the file at this place away again; one that is not there is no error.

    Raises: NoSuchDraft, DossierError.
    """
    draft, unheld = _detach(token, index, by=by, at=at)
    files.forget_unused(unheld)
    return draft


@work.story
def _detach(token: str, index: int, *, by: Actor, at: datetime) -> tuple[Draft, list[int]]:
    draft = own_draft(token, by)
    draft.papers = [paper for place, paper in enumerate(draft.papers) if place != index]
    kept = {paper["file_id"] for paper in draft.papers} | {*draft.application.values()}
    left = DraftFile.objects.filter(draft=draft).exclude(file_id__in=kept)
    unheld = list(left.values_list("file_id", flat=True))
    left.delete()
    return saved(draft, "papers", at=at), unheld


def discard_draft(token: str, *, by: Actor, at: datetime) -> None:
    """Throw the draft away with what was typed and the files only it held; leaves a trace.

    Raises: NoSuchDraft, DossierError once it is filed.
    """
    held = _discard(token, by=by, at=at)
    signing.forget_own_signings(owners_of([token]))
    files.forget_unused(held)


@work.story
def _discard(token: str, *, by: Actor, at: datetime) -> list[int]:
    draft = own_draft(token, by)
    held = _held_by(Draft.objects.filter(pk=draft.pk))
    code = procedures.definition_of(draft.procedure_version_id).code
    BulkFiling.objects.filter(draft_id=draft.pk, filed_at__isnull=True).delete()
    audit.record(
        "dossiers.discard_draft", f"draft:{draft.pk}", by=by, at=at, detail={"procedure": code}
    )
    mandates.note_act(mandates.Word.DISCARD, f"procedure:{code}", by=by, at=at)
    draft.delete()
    return held


def _held_by(drafts: QuerySet[Draft]) -> list[int]:
    held = DraftFile.objects.filter(draft__in=drafts)
    return list(held.values_list("file_id", flat=True).distinct().order_by("file_id"))


@work.story
def set_draft_parties(token: str, parties: Mapping[str, Any], *, by: Actor, at: datetime) -> Draft:
    """Keep who applies and who files; the shape is that of `check_parties`.

    Raises: NoSuchDraft, DossierError, BadInput.
    """
    draft = own_draft(token, by)
    check_parties(parties)
    draft.parties = dict(parties)
    return saved(draft, "parties", at=at)


@work.story
def choose_draft_case(
    token: str, case_code: str, agency_id: int, *, by: Actor, at: datetime
) -> Draft:
    """Choose the case of the procedure and who decides.

    Raises: NoSuchDraft, DossierError, BadInput.
    """
    draft = own_draft(token, by)
    definition = procedures.definition_of(draft.procedure_version_id)
    if case_code not in {case.code for case in definition.cases}:
        message = said("Hãy chọn một trường hợp của thủ tục.")
        raise BadInput(message, field="case")
    if not procedures.is_competent(draft.procedure_id, definition, agency_id):
        message = said("Cơ quan được chọn không giải quyết thủ tục này.")
        raise BadInput(message, field="agency")
    draft.case_code, draft.agency_id = case_code, agency_id
    return saved(draft, "case_code", "agency_id", at=at)


def file_draft(token: str, *, by: Actor, at: datetime, key: str = "") -> str:
    """File the draft and answer with the official code; asked again, the same code.

    Raises: NoSuchDraft, NoSuchProcedure, NotForFiling, AnswersWrong, PapersMissing, BadInput.
    """
    if not key:
        return _file_draft(token, by=by, at=at, key="")
    return requests.carry_out_once(key, lambda: _file_draft(token, by=by, at=at, key=key), by=by)


@work.story
def _file_draft(token: str, *, by: Actor, at: datetime, key: str) -> str:
    draft = _locked(token, by)
    if draft.filed_code:
        return draft.filed_code
    application = application_of(draft, by, at)
    draft.filed_code = file_application(application, by=by, at=at)
    saved(draft, "filed_code", at=at)
    if key:
        requests.claim_key(key, draft.filed_code, by=by, at=at)
    return draft.filed_code


def application_of(draft: Draft, by: Actor, at: datetime) -> Application:
    """Return what is filed; the signed application goes with it while its signature holds.

    Raises: BadInput naming what is still to be chosen, PapersMissing for the authorisation.
    """
    definition = procedures.definition_of(draft.procedure_version_id)
    _check_version(draft, definition, at)
    check_agreed(by, definition)
    parties = for_client(parties_of(draft.parties), by)
    submitter = with_agent(submitter_of(draft.parties, account_id=by.id), draft.mandate_id, by)
    check_authority(submitter, draft.papers)
    if draft.agency_id is None:
        message = said("Hãy chọn cơ quan giải quyết trước khi nộp.")
        raise BadInput(message, field="agency")
    if not parties or not parties[0].full_name or not submitter.name:
        message = said("Hãy ghi tên chủ hồ sơ và người nộp trước khi nộp.")
        raise BadInput(message, field="parties")
    return Application(
        procedure_code=definition.code,
        case_code=draft.case_code,
        agency_id=draft.agency_id,
        channel=FilingChannel.PORTAL,
        submitter=submitter,
        parties=parties,
        answers=_asked(draft, definition),
        papers=(*papers_of(draft.papers), *_signed_form(draft, at)),
        applicant_kind=kind_for_client(applicant_kind_of(draft.parties), by),
        return_way=return_way_of(draft.parties),
        return_address=str(draft.parties.get("return_address", "")),
        summary=str(draft.parties.get("summary", "")),
    )


def _check_version(draft: Draft, definition: procedures.Definition, at: datetime) -> None:
    """Raises: DossierError if the procedure has changed and its writer has not seen how."""
    found = procedures.find_in_force(definition.code, local_day(at))
    if found is not None and found.version_id != draft.procedure_version_id:
        message = said(
            "Thủ tục vừa có phiên bản mới nên hồ sơ chưa được nộp. Những gì đã khai, đã tải lên"
            " còn nguyên; hãy xem lại rồi nộp."
        )
        raise DossierError(message)


def _asked(draft: Draft, definition: procedures.Definition) -> dict[str, Any]:
    """Return the answers that the version asks for; others stay in the draft only."""
    names = {field.name for field in definition.form.all_fields()} if definition.form else set()
    return {name: value for name, value in draft.answers.items() if name in names}


def _signed_form(draft: Draft, at: datetime) -> tuple[PaperIn, ...]:
    if not is_application_signed(draft) or is_application_stale(draft, at):
        return ()
    form = {
        "spec_code": APPLICATION_FORM.code,
        "name": APPLICATION_FORM.name,
        "file_id": draft.application["signed_file_id"],
        "file_name": "to-khai-da-ky.pdf",
    }
    return papers_of([form])


def sweep_drafts(*, at: datetime) -> int:
    """Remove drafts that nobody changed for ninety days, and what only they held; count them."""
    tokens, held = _sweep(at=at)
    signing.forget_own_signings(owners_of(tokens))
    files.forget_unused(held)
    return len(tokens)


@work.story
def _sweep(*, at: datetime) -> tuple[list[str], list[int]]:
    old = Draft.objects.filter(saved_at__lt=at - KEPT)
    tokens, held = list(old.values_list("token", flat=True)), _held_by(old)
    BulkFiling.objects.filter(draft_id__in=old.values("pk"), filed_at__isnull=True).delete()
    old.delete()
    return tokens, held


def own_draft(token: str, by: Actor) -> Draft:
    """Return the actor's draft, locked. Raises: NoSuchDraft; DossierError once it is filed."""
    draft = _locked(token, by)
    check_unfiled(draft)
    return draft


def check_unfiled(draft: Draft) -> None:
    """Raises: DossierError once a draft is filed."""
    if draft.filed_code:
        message = said(
            "Bản nháp này đã được nộp thành hồ sơ %(filed_code)s.", filed_code=draft.filed_code
        )
        raise DossierError(message)


def _locked(token: str, by: Actor) -> Draft:
    try:
        draft = work.lock(Draft, token=token, account_id=by.id)
    except Draft.DoesNotExist as error:
        raise no_such_draft() from error
    if not is_known_to(by, draft):
        raise no_such_draft()
    return draft


def saved(draft: Draft, *names: str, at: datetime) -> Draft:
    draft.saved_at = at
    work.update(draft, *names, "saved_at")
    return draft
