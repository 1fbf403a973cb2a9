"""Papers that the version wants signed digitally come signed, or the filing is not taken.

Only that there is a signature is asked here: what it is worth, the officer sees before receiving.
Source: docs/law/one-stop.md
"""

from collections.abc import Iterable

from motcua.casework.procedures.api import PaperSpec
from motcua.foundation.files import api as files
from motcua.lib.errors import BadInput

Given = tuple[str, int | None]


def check_signed(given: Iterable[Given], specs: Iterable[PaperSpec]) -> None:
    """Raises: BadInput naming the files that lack a signature; `given` are codes and file ids.

    Costs: one query where any paper must be signed.
    """
    wanted = {spec.code: spec.name for spec in specs if spec.must_be_signed}
    sent = [(code, file_id) for code, file_id in given if code in wanted and file_id is not None]
    if not sent:
        return
    keys = [file_id for _, file_id in sent]
    signed = files.StoredFile.objects.filter(pk__in=keys, bears_signature=True)
    known = set(signed.values_list("pk", flat=True))
    names = dict.fromkeys(wanted[code] for code, file_id in sent if file_id not in known)
    if names:
        message = (
            f"“{'; '.join(names)}” phải được ký số trước khi nộp, mà tệp gửi lên chưa có chữ ký số."
            " Hãy ký bằng chữ ký số của mình rồi gửi lại tệp PDF hoặc XML đã ký."
        )
        raise BadInput(message, field="file")
