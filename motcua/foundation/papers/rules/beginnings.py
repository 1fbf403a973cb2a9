"""A document that has only been begun: the agency's head, the wording of the kind, blanks.

Source: docs/law/document-layout.md
"""

from motcua.foundation.papers.choices import DocumentKind, LayoutProfile

from .document_values import in_full
from .documents import AdministrativeDocument
from .kinds import form_of
from .markup import body_from
from .parts import Letterhead, Signer
from .profiles import style_of
from .starting import starting_body

_BLANK = "…"
_ADDRESSED = frozenset(
    {
        DocumentKind.OFFICIAL_LETTER,
        DocumentKind.TELEGRAM,
        DocumentKind.PROPOSAL,
        DocumentKind.REPORT,
    }
)


def begun_document(
    kind: int, letterhead: Letterhead, profile: str = LayoutProfile.GOVERNMENT
) -> AdministrativeDocument:
    """Return what an officer begins with in Word: an ellipsis is where something is to be said."""
    form, style = form_of(kind, profile), style_of(profile)
    issuer = in_full(letterhead.issuer).replace("\n", " ")
    signer = Signer(capacity="", title="Chức vụ người ký", name=_BLANK)
    return AdministrativeDocument(
        kind=DocumentKind(kind),
        letterhead=letterhead,
        profile=LayoutProfile(profile),
        body=body_from(starting_body(kind, profile)),
        signers=(signer,) * form.signers,
        subject=f"Về việc {_BLANK}" if form.needs_subject else "",
        authority=issuer if form.needs_authority else "",
        attached_to=""
        if form.has_place or form.is_numbered
        else f"Kèm theo Quyết định số {_BLANK}",
        addressees=(_BLANK,) if kind in _ADDRESSED else (),
        bases=(f"Căn cứ {_BLANK}", f"Theo đề nghị của {_BLANK}") if form.enacting else (),
        recipients=("Như trên" if kind in _ADDRESSED else _BLANK, f"Lưu: {style.kept}, {_BLANK}"),
    )
