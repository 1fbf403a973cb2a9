"""Papers that the version wants signed digitally come signed, or the filing is not taken.

Only that there is a signature is asked here: what it is worth, the officer sees before receiving.
Source: docs/law/one-stop.md
"""

from collections.abc import Iterable, Mapping

from motcua.casework.procedures.api import PaperSpec
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

_PDF = "application/pdf"
Given = tuple[str, int | None]


def check_signed(given: Iterable[Given], specs: Iterable[PaperSpec]) -> None:
    """Raises: BadInput naming the files that lack a signature; `given` are codes and file ids.

    Costs: one query where any paper must be signed.
    """
    names = dict.fromkeys(_unsigned(given, specs).values())
    if names:
        message = said(
            "“%(names)s” phải được ký số trước khi nộp, mà tệp gửi lên chưa có chữ ký số. Hãy ký"
            " bằng chữ ký số của mình rồi gửi lại tệp PDF hoặc XML đã ký.",
            names="; ".join(names),
        )
        raise BadInput(message, field="file")


def check_signable(given: Iterable[Given], specs: Iterable[PaperSpec]) -> None:
    """Let a draft hold an unsigned PDF of such a paper where it can be signed on the portal.

    Raises: BadInput for any other file that lacks a signature.
    Costs: two queries where any paper must be signed.
    """
    rows = list(given)
    unsigned = _unsigned(rows, specs)
    if unsigned and signing.own_services():
        pdfs = files.StoredFile.objects.filter(pk__in=list(unsigned), media_type=_PDF)
        signable = set(pdfs.values_list("pk", flat=True))
        rows = [(code, file_id) for code, file_id in rows if file_id not in signable]
    check_signed(rows, specs)


def lacks_signature(given: Iterable[Given], specs: Iterable[PaperSpec]) -> Mapping[int, str]:
    """Return the files that must be signed and are not, with the names of their papers.

    Costs: one query where any paper must be signed.
    """
    return _unsigned(given, specs)


def _unsigned(given: Iterable[Given], specs: Iterable[PaperSpec]) -> dict[int, str]:
    wanted = {spec.code: spec.name for spec in specs if spec.must_be_signed}
    sent = [(code, file_id) for code, file_id in given if code in wanted and file_id is not None]
    if not sent:
        return {}
    keys = [file_id for _, file_id in sent]
    signed = files.StoredFile.objects.filter(pk__in=keys, bears_signature=True)
    known = set(signed.values_list("pk", flat=True))
    return {file_id: wanted[code] for code, file_id in sent if file_id not in known}
