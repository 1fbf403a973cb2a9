"""Send another body what it needs to set its dues: the slip, issued in the step that waits for it.

Source: docs/law/further-procedures.md
"""

from collections.abc import Mapping
from datetime import datetime

from motcua.casework.dossiers.choices import Act, IssuedForm
from motcua.casework.dossiers.errors import StepNotOpen
from motcua.casework.dossiers.models import Dossier, DossierAnswers, DossierPaper
from motcua.casework.forms.api import summary_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, Slip
from motcua.lib import work
from motcua.lib.actor import Actor

from .issuing import issue_numbered
from .stepping import begin, check_hand, open_step
from .telling import tell


@work.story
def send_slip(code: str, step_seq: int | str, *, by: Actor, at: datetime) -> Dossier:
    """Issue the slip with what the dossier says now; made again, the later one counts.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen.
    """
    dossier, step, _ = open_step(code, step_seq)
    check_hand(step, by)
    definition = procedures.definition_of(dossier.procedure_version_id)
    slip = definition.slip
    if slip is None or slip.step != step.code:
        message = "Bước này không có phiếu chuyển thông tin."
        raise StepNotOpen(message)
    was = begin(dossier)
    data = _said(dossier, definition, slip) | {"signer": by.name, "title_of_signer": by.title}
    paper = issue_numbered(dossier, IssuedForm.TRANSFER, step.unit_id, by=by, at=at, data=data)
    tell(
        dossier,
        Act.SEND_SLIP,
        by=by,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=f"{slip.to}: {paper.number}",
    )
    return dossier


def _said(dossier: Dossier, definition: Definition, slip: Slip) -> dict[str, object]:
    """Return what the slip says, in words, as the answers are now."""
    words = _words(dossier, definition)
    blocks = [
        {"title": one.title, "lines": [procedures.filled(line, words) for line in one.lines]}
        for one in slip.blocks
    ]
    papers = DossierPaper.objects.filter(dossier_id=dossier.pk).order_by("seq")
    listed = list(dict.fromkeys(papers.values_list("name", flat=True)))
    return {
        "to": slip.to,
        "form": slip.form,
        "title": slip.title,
        "blocks": blocks,
        "papers": listed,
    }


def _words(dossier: Dossier, definition: Definition) -> Mapping[str, str]:
    if definition.form is None:
        return {}
    rows = DossierAnswers.objects.filter(dossier_id=dossier.pk)
    answers = rows.values_list("answers", flat=True).first() or {}
    pages = summary_of(definition.form, answers)
    return {field.name: said for _, rows in pages for field, said in rows}
