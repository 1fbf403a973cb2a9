"""Papers that must be signed digitally are looked at before a dossier is received.

Source: docs/law/signatures.md
"""

from datetime import datetime

from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier, DossierPaper
from motcua.casework.procedures.api import Definition
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Indication


def check_signed(dossier: Dossier, definition: Definition, *, at: datetime) -> None:
    """Refuse a dossier with an unsigned file where its version demands a signature.

    What a signature is worth is the officer's to judge; that there is none, is not. Papers handed
    over on paper are signed by hand.

    Raises: DossierError, FileLocked, ExaminersBusy.
    Costs: nothing where the version demands none, else a query and a look into each such file.
    """
    wanted = {spec.code for spec in definition.papers if spec.must_be_signed}
    if not wanted:
        return
    handed = DossierPaper.objects.filter(
        dossier=dossier, spec_code__in=wanted, file__isnull=False
    ).select_related("file")
    unsigned = [paper.name for paper in handed.order_by("seq") if not _is_signed(paper, at)]
    if unsigned:
        message = (
            f"Giấy tờ phải có chữ ký số nhưng tệp nộp chưa ký: {'; '.join(unsigned)}."
            " Hãy yêu cầu bổ sung, hoặc từ chối tiếp nhận."
        )
        raise DossierError(message)


def _is_signed(paper: DossierPaper, at: datetime) -> bool:
    if paper.file is None:
        return False
    with files.open_file(paper.file) as content:
        report = signing.examine(content.read(), at=at)
    return report.verdict.indication != Indication.UNSIGNED
