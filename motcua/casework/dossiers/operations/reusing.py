"""Hand in again, by a word, what an earlier dossier has already.

Source: docs/law/one-stop.md
"""

from datetime import datetime

from motcua.casework.dossiers.models import Draft
from motcua.casework.dossiers.queries.at_hand import AtHand, at_hand
from motcua.casework.dossiers.queries.outcomes import outcome_pdf
from motcua.foundation.files import api as files
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .drafts import attach, own_draft

_PDF = "application/pdf"


@work.story
def reuse_in_draft(token: str, spec_code: str, key: str, *, by: Actor, at: datetime) -> Draft:
    """Attach a paper or an outcome of an earlier dossier of the same applicant to a draft.

    `key` names one of what `at_hand` answers to this very person; an outcome is taken as it is
    handed out, with the signatures it bears. The dossier says of the paper where it comes from.

    Raises: NoSuchDraft, DossierError, BadInput.
    """
    draft = own_draft(token, by)
    offered = at_hand(by, draft, local_day(at))
    found = next((one for one in offered if one.key == key), None)
    if found is None:
        message = said(
            "Không tìm thấy giấy tờ này trong các hồ sơ trước; hãy chọn lại hoặc tải tệp lên."
        )
        raise BadInput(message, field=spec_code)
    file_id = _kept(found, by=by, at=at) if found.file_id is None else found.file_id
    name = found.file_name or f"{found.code}-ket-qua-{found.seq}.pdf"
    return attach(draft, spec_code, file_id, name, reused_from=found.code, by=by, at=at)


def _kept(found: AtHand, *, by: Actor, at: datetime) -> int:
    content = outcome_pdf(by, found.code, found.seq)
    return int(files.keep_bytes(content, _PDF, by=by, at=at).pk)
