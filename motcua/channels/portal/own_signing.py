"""What pages show while a citizen or a business signs own papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier, Draft, SupplyPaper
from motcua.channels.kit.tongues import translate as _
from motcua.channels.kit.words import stamp
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Consent, OwnSigning, OwnState
from motcua.lib.actor import Actor

_PDF = "application/pdf"
_WORKING = frozenset({OwnState.ASKED, OwnState.WAITING, OwnState.GRANTED, OwnState.SIGNED})


@dataclass(frozen=True, slots=True)
class Signable:
    """One paper as the page of signing offers it: what to send, how it stands."""

    value: str
    name: str
    file_name: str
    href: str
    can_sign: bool
    note: str
    tone: str
    by: str
    is_chosen: bool
    drop_href: str = ""


def signables_of(draft: Draft, at: datetime) -> list[Signable]:
    """Return the application and each file of a draft, with what can be signed."""
    stored = files.StoredFile.objects.in_bulk([one["file_id"] for one in draft.papers])
    rows = [
        _paper(draft, place, one, stored[one["file_id"]]) for place, one in enumerate(draft.papers)
    ]
    return [application_shown(draft, at), *rows]


def application_shown(draft: Draft, at: datetime) -> Signable:
    """Return the application of a draft as a document: signed, void, or not yet signed."""
    is_signed = dossiers.is_application_signed(draft)
    is_void = is_signed and dossiers.is_application_stale(draft, at)
    note, tone = (_("Đã ký số"), "ok") if is_signed else ("", "neutral")
    by = signed_by(draft.application)
    if is_void:
        note, tone = _("Chữ ký không còn giá trị"), "late"
        by = _("Tờ khai đã sửa sau khi ký; hãy ký lại.")
    page = "portal:draft_form_signed" if is_signed and not is_void else "portal:draft_form"
    return Signable(
        value=dossiers.APPLICATION,
        name=_("Tờ khai điện tử"),
        file_name=_("Xem tờ khai (PDF)"),
        href=reverse(page, args=[draft.token]),
        can_sign=not is_signed or is_void,
        note=note,
        tone=tone,
        by=by,
        is_chosen=not is_signed or is_void,
    )


def supplied_signables(dossier: Dossier) -> list[Signable]:
    """Return each file that is about to be supplied, with whether it can be signed."""
    kept = dossiers.supplying_of(dossier).papers
    return [_supplied(dossier.code, one) for one in kept]


def _supplied(code: str, one: SupplyPaper) -> Signable:
    note, tone = _standing(one.file)
    is_pdf = one.file.media_type == _PDF
    by = f"{one.signed_by_name}, {stamp(one.signed_at)}" if one.signed_at else ""
    return Signable(
        value=f"{one.file_id}",
        name=one.name,
        file_name=one.file_name,
        href=reverse("portal:supply_file", args=[code, one.pk]),
        can_sign=is_pdf and one.signed_at is None,
        note=note,
        tone=tone,
        by=by,
        is_chosen=is_pdf and not one.file.bears_signature,
        drop_href=reverse("portal:supply_drop", args=[code, one.pk]),
    )


def _standing(stored: files.StoredFile) -> tuple[str, str]:
    """Return whether a file is signed, or why it cannot be, with the tone of that."""
    if stored.bears_signature:
        return _("Đã có chữ ký số"), "ok"
    return ("", "neutral") if stored.media_type == _PDF else (_("Không phải tệp PDF"), "neutral")


def _paper(draft: Draft, place: int, one: dict[str, Any], stored: files.StoredFile) -> Signable:
    is_pdf = stored.media_type == _PDF
    note, tone = _standing(stored)
    return Signable(
        value=f"{one['file_id']}",
        name=one["name"],
        file_name=one["file_name"],
        href=reverse("portal:draft_file", args=[draft.token, place]),
        can_sign=is_pdf and "signed_by" not in one,
        note=note,
        tone=tone,
        by=signed_by(one),
        is_chosen=is_pdf and not stored.bears_signature,
    )


def signed_by(kept: dict[str, Any]) -> str:
    """Return who signed here and when, as a draft keeps it; nothing for what is not."""
    if "signed_by" not in kept:
        return ""
    return f"{kept['signed_by']}, {stamp(datetime.fromisoformat(kept['signed_at']))}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One signing as its page shows it."""

    signing: OwnSigning
    papers: Sequence[str]
    back: str
    again: str
    is_moving: bool
    is_arriving: bool
    asks_pin: bool
    asks_otp: bool
    asks_page: bool
    code: str


def shown_of(found: OwnSigning, actor: Actor) -> Shown:
    """Return what the page of a signing shows to its owner."""
    is_arriving = found.state == OwnState.DONE and not _has_arrived(found, actor)
    consent, is_prepared = found.consent, found.state == OwnState.PREPARED
    back, again = _places(found)
    return Shown(
        signing=found,
        papers=[one.name for one in signing.own_papers_of(found)],
        back=back,
        again=again,
        is_moving=found.state in _WORKING or is_arriving,
        is_arriving=is_arriving,
        asks_pin=is_prepared and consent in (Consent.PIN, Consent.PIN_AND_OTP),
        asks_otp=is_prepared and consent in (Consent.OTP, Consent.PIN_AND_OTP),
        asks_page=is_prepared and consent == Consent.OWN_PAGE,
        code=signing.check_code(found),
    )


def _places(found: OwnSigning) -> tuple[str, str]:
    """Return where to go on, and where to begin again."""
    room, _colon, rest = found.owner.partition(":")
    if room == "draft":
        return (
            reverse("portal:draft_check", args=[rest]),
            reverse("portal:draft_sign", args=[rest]),
        )
    code = rest.partition("#")[0]
    return (
        reverse("portal:supply", args=[code]),
        reverse("portal:supply_sign", args=[code]),
    )


def _has_arrived(found: OwnSigning, actor: Actor) -> bool:
    """Say whether what was signed already stands in its draft, or among what is supplied."""
    code, _seq = dossiers.supply_in(found.owner)
    if code:
        return _is_among_supplied(found, actor, code)
    token = found.owner.partition(":")[2]
    draft = dossiers.draft_for(actor, token)
    refs = {one.ref for one in signing.own_papers_of(found)}
    waits = any(f"file:{one['file_id']}" in refs for one in draft.papers)
    is_form = any(ref.startswith(dossiers.APPLICATION) for ref in refs)
    lacks_form = is_form and not dossiers.is_application_signed(draft)
    return bool(draft.filed_code) or not (waits or lacks_form)


def _is_among_supplied(found: OwnSigning, actor: Actor, code: str) -> bool:
    kept = dossiers.supplying_of(dossiers.get_dossier_for(actor, code)).papers
    refs = {one.ref for one in signing.own_papers_of(found)}
    return not any(f"file:{one.file_id}" in refs for one in kept)
