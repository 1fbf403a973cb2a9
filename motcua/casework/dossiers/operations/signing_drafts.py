"""The owner of a draft signs the application and its papers; what was signed takes their place.

Source: docs/law/signatures.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.models import Draft, DraftFile
from motcua.casework.dossiers.queries.application_form import application_form, fingerprint_of
from motcua.casework.dossiers.queries.drafts import draft_for
from motcua.casework.dossiers.queries.own_signing import owner_of_draft, ref_of_form, token_in
from motcua.casework.dossiers.rules.drafts import APPLICATION_FORM
from motcua.foundation.files import api as files
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .drafts import own_draft, saved

_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class SigningIn:
    """What somebody wants to sign: the application, some files; at which service, as whom."""

    service_code: str
    user_ref: str
    file_ids: Sequence[int] = ()
    has_application: bool = False


@work.story
def sign_draft(token: str, given: SigningIn, *, by: Actor, at: datetime) -> str:
    """Begin to sign; answer with the mark of it.

    The application is frozen as it stands now. Nothing waits here: the signer asks the service.

    Raises: NoSuchDraft, DossierError, BadInput, SigningError.
    """
    draft = own_draft(token, by)
    wanted = _papers(draft, given.file_ids)
    if given.has_application:
        file_id = _frozen(draft, by=by, at=at)
        name = f"{APPLICATION_FORM.code}.pdf"
        wanted.insert(
            0, signing.OwnPaperIn(ref_of_form(file_id), _FORM, file_id, name, is_ours=True)
        )
    asked = signing.OwnSigningIn(owner_of_draft(draft), given.service_code, given.user_ref, wanted)
    return signing.begin_own_signing(asked, by=by, at=at).token


_FORM = "Tờ khai điện tử"


def _papers(draft: Draft, file_ids: Sequence[int]) -> list[signing.OwnPaperIn]:
    """Return what is signed of the draft's papers; each content once."""
    return [
        signing.OwnPaperIn(f"file:{one['file_id']}", one["name"], one["file_id"], one["file_name"])
        for one in {paper["file_id"]: paper for paper in draft.papers}.values()
        if one["file_id"] in file_ids
    ]


def draft_form_pdf(token: str, *, by: Actor, at: datetime) -> bytes:
    """Return the application as a document, as it stands now; nothing is kept.

    Raises: NoSuchDraft, BadInput while it does not say who applies.
    """
    return _drawn(application_form(draft_for(by, token), at))


def _drawn(form: papers.ApplicationForm) -> bytes:
    if not form.signer_name:
        message = said("Hãy ghi người nộp, chủ hồ sơ trước khi ký tờ khai.")
        raise BadInput(message, field="parties")
    return papers.render_paper(form, has_fields=True)


def _frozen(draft: Draft, *, by: Actor, at: datetime) -> int:
    form = application_form(draft, at)
    fingerprint = fingerprint_of(form)
    if draft.application.get("fingerprint") == fingerprint:
        return int(draft.application["file_id"])
    stored = files.keep_bytes(_drawn(form), _PDF, by=by, at=at)
    DraftFile.objects.get_or_create(draft=draft, file=stored)
    draft.application = {"file_id": stored.pk, "fingerprint": fingerprint}
    saved(draft, "application", at=at)
    return stored.pk


@work.story
def take_own_signed(owner: str, *, at: datetime) -> None:
    """Put what was signed in the place of what was not; what is gone meanwhile is left.

    Asked again it changes nothing.
    """
    token = token_in(owner)
    draft = Draft.objects.select_for_update().filter(token=token, filed_code="").first()
    if draft is None:
        return
    signed = signing.own_signed(owner)
    draft.papers = [_signed_paper(one, signed) for one in draft.papers]
    form = signed.get(ref_of_form(draft.application.get("file_id", 0)))
    if form is not None:
        draft.application = {**draft.application, **_signed_facts(form)}
    held = {one["file_id"] for one in draft.papers} | {draft.application.get("signed_file_id")}
    for file_id in held - {None}:
        DraftFile.objects.get_or_create(draft=draft, file_id=file_id)
    saved(draft, "papers", "application", at=at)


def _signed_paper(paper: dict[str, Any], signed: Mapping[str, signing.OwnSigned]) -> dict[str, Any]:
    found = signed.get(f"file:{paper['file_id']}")
    if found is None:
        return paper
    facts = _signed_facts(found)
    return {**paper, "file_id": facts.pop("signed_file_id"), **facts}


def _signed_facts(signed: signing.OwnSigned) -> dict[str, Any]:
    return {
        "signed_file_id": signed.signed_file_id,
        "signed_by": signed.by_name,
        "signed_at": signed.at.isoformat(),
    }
