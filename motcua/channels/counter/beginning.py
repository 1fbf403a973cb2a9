"""What already stands on the reception screen when it begins with an earlier dossier."""

from typing import Any

from django.http import QueryDict

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.answers import typed_again

from .attachments import Attachment
from .checklist import OTHER


def person_of(earlier: dossiers.Dossier) -> dict[str, str]:
    """Return what is typed again for the next dossier of the same person."""
    return {
        "same_as": earlier.code,
        "full_name": earlier.applicant_name,
        "applicant_kind": earlier.applicant_kind,
        "phone": earlier.submitter_phone,
        "email": earlier.submitter_email,
        "address": earlier.submitter_address,
        "authority": earlier.authority,
        "submitter_name": earlier.submitter_name,
        "return_way": earlier.return_way,
        "return_address": earlier.return_address,
    }


def begun_anew(kept: dossiers.WholeDossier) -> QueryDict:
    """Return everything of a dossier received by mistake, to be corrected and received anew."""
    old, data = kept.dossier, QueryDict(mutable=True)
    values = {
        **person_of(old),
        "redo": old.code,
        "procedure": kept.definition.code,
        "case": old.case_code,
        "agency": str(old.agency_id),
        "return_unit": str(old.return_unit_id),
        "number_of_sets": str(old.number_of_sets),
        "subject_name": old.subject_name,
        "gist": old.summary,
        **typed_again(kept.definition.form, kept.answers),
    }
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    listed = {spec.code for spec in kept.definition.papers}
    for paper in kept.papers:
        _tick(data, paper.spec_code if paper.spec_code in listed else OTHER, paper)
    return data


def _tick(data: QueryDict, code: str, paper: Any) -> None:
    name = f"paper_{code}"
    data[f"{name}_given"] = "on"
    data[f"{name}_kind"], data[f"{name}_quantity"] = paper.kind, str(paper.quantity)
    data[f"{name}_name"] = paper.name
    if paper.file_id:
        data.appendlist(f"{name}_file_kept", Attachment(paper.file_id, paper.file_name).mark)
