"""Somebody begins to sign own papers, chooses a certificate, leaves it; the signer does the rest.

Nothing here waits for a service: what is asked of one is asked by the signer's process.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.identity import api as identity
from motcua.foundation.signing.choices import OwnState
from motcua.foundation.signing.errors import SigningError
from motcua.foundation.signing.models import OWN_OPEN, OwnPaper, OwnSigning
from motcua.foundation.signing.queries.own import own_services, own_signing_for
from motcua.foundation.signing.rules.own import (
    FOR_SERVICE,
    OwnPaperIn,
    OwnSigningIn,
    check_papers,
    cleaned_user,
)
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

KEPT = timedelta(days=30)
_ENDED = ("state", "ended_at", "next_try_at", "sealed_user", "sealed_grant", "latest_error")


@work.story
def begin_own_signing(given: OwnSigningIn, *, by: Actor, at: datetime) -> OwnSigning:
    """Begin to sign; the files are frozen as they are now.

    What was begun before for the same owner is given up.

    Raises: BadInput, SigningError.
    """
    services = {one.code: one for one in own_services()}
    if given.service_code not in services:
        raise BadInput(said("Hãy chọn một dịch vụ ký số."), field="service")
    user = cleaned_user(given.user_ref)
    check_papers(given.papers, _kinds(given.papers))
    _give_up_before(given.owner, at)
    service = services[given.service_code]
    signing = OwnSigning(
        id=work.new_id(OwnSigning),
        token=secrets.token_urlsafe(18),
        owner=given.owner,
        account_id=by.id,
        account_name=by.name,
        service_code=service.code,
        service_name=service.name,
        state=OwnState.ASKED,
        sealed_user=identity.seal_secret(user),
        next_try_at=at,
        begun_at=at,
        expires_at=at + FOR_SERVICE,
    )
    work.add(signing, *_papers(signing, given.papers))
    detail = {"service": service.code, "papers": len(given.papers)}
    audit.record("signing.own_begun", given.owner, by=by, at=at, detail=detail)
    return signing


def _give_up_before(owner: str, at: datetime) -> None:
    """End what is open, at once: the new one is written before what a story updates."""
    OwnSigning.objects.filter(owner=owner, state__in=OWN_OPEN).update(
        state=OwnState.CANCELLED, ended_at=at, next_try_at=None, sealed_user="", sealed_grant=""
    )


def _kinds(papers: Sequence[OwnPaperIn]) -> list[str]:
    kinds = dict(
        files.StoredFile.objects.filter(pk__in=[one.file_id for one in papers]).values_list(
            "pk", "media_type"
        )
    )
    return [kinds.get(one.file_id, "") for one in papers]


def _papers(signing: OwnSigning, papers: Sequence[OwnPaperIn]) -> list[OwnPaper]:
    return [
        OwnPaper(
            signing_id=signing.pk,
            seq=seq,
            ref=one.ref,
            name=one.name[:500],
            file_name=one.file_name[:200],
            file_id=one.file_id,
            is_ours=one.is_ours,
        )
        for seq, one in enumerate(papers, start=1)
    ]


@work.story
def choose_own_key(token: str, key_ref: str, *, by: Actor, at: datetime) -> None:
    """Choose with which of several certificates to sign. Raises: NoSuchRequest, BadInput."""
    signing = _locked(token, by)
    if signing.state != OwnState.CHOOSING:
        return
    if key_ref not in {one["ref"] for one in signing.keys}:
        raise BadInput(said("Hãy chọn một chứng thư trong danh sách."), field="key")
    signing.key_ref, signing.state = key_ref, OwnState.ASKED
    signing.next_try_at, signing.expires_at = at, at + FOR_SERVICE
    work.update(signing, "key_ref", "state", "next_try_at", "expires_at")


@work.story
def cancel_own_signing(token: str, *, by: Actor, at: datetime) -> None:
    """Leave it; what the telephone says later is not heard. Raises: NoSuchRequest."""
    signing = _locked(token, by)
    if signing.is_open:
        end(signing, OwnState.CANCELLED, "", at=at)
        audit.record("signing.own_cancelled", signing.owner, by=by, at=at)


def _locked(token: str, by: Actor) -> OwnSigning:
    return work.lock(OwnSigning, id=own_signing_for(by, token).pk)


def end(signing: OwnSigning, state: OwnState, words: str, *, at: datetime) -> None:
    """Bring it to an end, with what was kept sealed forgotten; call inside a story."""
    signing.state, signing.ended_at, signing.next_try_at = state, at, None
    signing.sealed_user = signing.sealed_grant = ""
    signing.latest_error = words[:500]
    work.update(signing, *_ENDED)


def require_open(signing: OwnSigning, state: OwnState) -> None:
    """Raises: SigningError unless it stands there."""
    if signing.state != state:
        raise SigningError(said("Lần ký này đã sang bước khác; hãy xem lại tình trạng trên trang."))


def forget_own_signings(owners: Sequence[str]) -> None:
    """Forget what was signed for these owners; files nobody else holds go too."""
    files.forget_unused(_forget(owners))


@work.story
def _forget(owners: Sequence[str]) -> list[int]:
    papers = OwnPaper.objects.filter(signing__owner__in=list(owners))
    held = _files_of(papers)
    OwnSigning.objects.filter(owner__in=list(owners)).delete()
    return held


def _files_of(papers: QuerySet[OwnPaper]) -> list[int]:
    held = {one.file_id for one in papers} | {one.signed_file_id for one in papers}
    return sorted(key for key in held if key is not None)


def sweep_own_signings(*, at: datetime) -> int:
    """Forget what ended a month ago, and end what its person left; count what was forgotten."""
    count, held = _sweep(at)
    files.forget_unused(held)
    return count


@work.story
def _sweep(at: datetime) -> tuple[int, list[int]]:
    left = OwnSigning.objects.filter(state__in=OWN_OPEN, expires_at__lt=at - KEPT)
    left.update(
        state=OwnState.EXPIRED,
        ended_at=F("expires_at"),
        next_try_at=None,
        sealed_user="",
        sealed_grant="",
    )
    old = OwnSigning.objects.filter(ended_at__lt=at - KEPT)
    held = _files_of(OwnPaper.objects.filter(signing__in=old))
    _, by_table = old.delete()
    return by_table.get(OwnSigning._meta.label, 0), held
