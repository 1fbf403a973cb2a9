"""What the signature of a pack is worth here.

Source: docs/reference/packs.md
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from motcua.casework.packs.choices import Signed
from motcua.casework.packs.errors import BadPack, Fault
from motcua.casework.packs.rules.manifest import NAMESPACE
from motcua.casework.packs.rules.names import MANIFEST, SIGNATURE, Files
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Indication
from motcua.lib.safexml import BrokenXml, UnsafeXml, read_xml

_ROOT = f"{{{NAMESPACE}}}pack"
_SIGNED = "{http://www.w3.org/2000/09/xmldsig#}Signature"
WHOLE = "toàn bộ tệp"
UNSIGNED_WORDS = "Gói không có chữ ký: không biết chắc ai lập."


@dataclass(frozen=True, slots=True)
class Judged:
    """Who signed a pack, and whether that is believed here."""

    state: Signed
    words: str
    signer: str = ""
    organisation: str = ""

    def plain(self) -> dict[str, str]:
        """Return what is kept."""
        return {"words": self.words, "signer": self.signer, "organisation": self.organisation}


def judge(code: str, files: Files, *, at: datetime) -> Judged:
    """Return who signed the pack. An altered one is refused, an unknown signer is said.

    Raises: BadPack, ExaminersBusy.
    """
    content = files.get(SIGNATURE)
    if content is None:
        return Judged(Signed.NONE, UNSIGNED_WORDS)
    _check_subject(code, files[MANIFEST], content)
    report = signing.examine(content, at=at)
    found = report.verdict.indication
    shown = report.signatures[0] if len(report.signatures) == 1 else None
    is_whole = shown is not None and shown.covers == WHOLE
    if found == Indication.FAILED or shown is None or not is_whole or report.unreadable:
        words = f"chữ ký không đúng: {report.verdict.words} Hãy xin lại gói từ người ký."
        raise BadPack(Fault(SIGNATURE, words))
    return Judged(_state(found, shown), _words(found, shown), shown.signer, shown.organisation)


def _state(found: Indication, shown: signing.SignatureShown) -> Signed:
    if found == Indication.PASSED:
        return Signed.TRUSTED
    return Signed.UNCHECKED if shown.trust.is_trusted else Signed.UNKNOWN


def _words(found: Indication, shown: signing.SignatureShown) -> str:
    why = "" if found == Indication.PASSED else shown.trust.why
    return f"{shown.verdict.words} {why}".strip()


def _check_subject(code: str, manifest: bytes, content: bytes) -> None:
    """Raises: BadPack unless what is signed is this very manifest and nothing else."""
    try:
        root = read_xml(content)
    except (BrokenXml, UnsafeXml) as error:
        raise BadPack(Fault(SIGNATURE, "không phải tệp XML ký số đọc được.")) from error
    inside = [child.tag for child in root]
    is_ours = root.tag == _ROOT and root.get("code") == code and inside in ([_SIGNED], [])
    if not is_ours or root.get("manifest") != sha256(manifest).hexdigest():
        words = (
            "chữ ký này không phải của gói này: bản kê đã bị sửa sau khi ký, hoặc chữ ký lấy từ"
            " gói khác. Hãy bỏ tệp chữ ký, hoặc xin ký lại."
        )
        raise BadPack(Fault(SIGNATURE, words))
    if not inside:
        raise BadPack(Fault(SIGNATURE, "tệp này chưa được ký."))
