"""Whose certificate a signature bears: compared with who applies and who hands in.

Numbers are compared as keyed marks; none is shown, kept or logged here.

Source: docs/law/signatures.md
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.api import Dossier, Holder, PartyRole, holders_of
from motcua.foundation.signing import api as signing
from motcua.lib.text import exact

Whose = Callable[[], Sequence[Holder]]
Words = str | Promise
_TAX_CODE = "tax_code"
_ROLE_WORDS: dict[PartyRole, Words] = {
    PartyRole.APPLICANT: _("chủ hồ sơ"),
    PartyRole.SUBMITTER: _("người nộp"),
}


@dataclass(frozen=True, slots=True)
class OwnerShown:
    """What a comparison came to: a word with its tone, and the reason."""

    word: Words
    tone: str
    reason: Words


def owner_of(one: signing.SignatureShown, holders: Sequence[Holder]) -> OwnerShown:
    """Say whether a certificate is that of somebody in the dossier, by number, else not at all.

    A number that agrees counts, whatever the name; one that differs from all that are known is
    somebody else's, unless the name is of one whose number the dossier lacks.
    """
    for holder in holders:
        if found := set(one.holder or ()) & holder.marks:
            return _same(one, holder, next(iter(found)))
    if one.holder is None:
        return _not_compared(one, holders, _("chữ ký sắp được kiểm tra lại để so số"))
    if not one.holder:
        return _not_compared(one, holders, _("chứng thư không ghi số định danh, mã số thuế"))
    kinds = {_kind(mark) for mark in one.holder}
    known = [holder for holder in holders if kinds & {_kind(mark) for mark in holder.marks}]
    namesake = _named(one, holders)
    if not known or (namesake is not None and namesake not in known):
        lacking: Words = _("hồ sơ không có mã số thuế của tổ chức")
        if kinds != {_TAX_CODE}:
            lacking = _("hồ sơ không có số định danh, số giấy tờ cùng loại của người ấy")
        return _not_compared(one, holders, lacking)
    return _others(one, known, kinds)


def _same(one: signing.SignatureShown, holder: Holder, mark: str) -> OwnerShown:
    told = {"number": _number(mark), "role": _ROLE_WORDS[holder.role]}
    reason: Words = _("%(number)s trên chứng thư trùng %(role)s.") % told
    if exact(holder.name) not in _names(one):
        more = _("Tên ghi khác với hồ sơ; hãy xem lại cách viết tên.")
        reason = f"{reason} {more}"
    return OwnerShown(_("Đúng người"), "ok", reason)


def _others(one: signing.SignatureShown, known: Sequence[Holder], kinds: set[str]) -> OwnerShown:
    number = _number(min(kinds))
    roles = ", ".join(str(_ROLE_WORDS[role]) for role in dict.fromkeys(h.role for h in known))
    told = {"number": number, "roles": roles}
    reason: Words = _("%(number)s trên chứng thư khác %(roles)s.") % told
    if _named(one, known) is not None:
        more = _("Chỉ trùng tên.")
        reason = f"{reason} {more}"
    return OwnerShown(_("Chứng thư của người khác"), "late", reason)


def _not_compared(one: signing.SignatureShown, holders: Sequence[Holder], why: Words) -> OwnerShown:
    """Return that numbers cannot be compared, why, and what the names say."""
    namesake = _named(one, holders)
    names: Words = _("Tên trên chứng thư không trùng người nộp, chủ hồ sơ; hãy kiểm tra ai ký.")
    if namesake is not None:
        names = _("Tên trên chứng thư trùng %(role)s.") % {"role": _ROLE_WORDS[namesake.role]}
    return OwnerShown(_("Không so được"), "soon", _in_one(why, names))


def _in_one(why: Words, names: Words) -> str:
    said = str(why)
    return f"{said[:1].upper()}{said[1:]}. {names}"


def _named(one: signing.SignatureShown, holders: Sequence[Holder]) -> Holder | None:
    return next((holder for holder in holders if exact(holder.name) in _names(one)), None)


def _names(one: signing.SignatureShown) -> set[str]:
    """Return the names in a certificate; tones and capitals have to agree, spaces need not."""
    return {exact(name) for name in (one.signer, one.organisation) if name}


def _kind(mark: str) -> str:
    return mark.partition(":")[0]


def _number(mark: str) -> Words:
    if _kind(mark) == _TAX_CODE:
        return _("Mã số thuế")
    return _("Số định danh") if _kind(mark) == "personal_id" else _("Số giấy tờ")


def whose(dossier: Dossier) -> Whose:
    """Return how to ask who may sign the papers of a dossier; asked at most once."""
    asked: list[Sequence[Holder]] = []

    def holders() -> Sequence[Holder]:
        if not asked:
            asked.append(holders_of(dossier))
        return asked[0]

    return holders
