"""Ask for the signature of a PDF that is not one of our own papers."""

import secrets
from datetime import datetime

from motcua.foundation.signing.choices import DocumentKind, Level, TurnRole
from motcua.foundation.signing.errors import FileNotPdf, NotYourTurn
from motcua.foundation.signing.models import SigningRequest
from motcua.lib import work
from motcua.lib.actor import Actor

from .requesting import TurnIn, Wanted, new_token, request_signatures
from .turns import begin_attempt

_MAGIC = b"%PDF-"


@work.story
def ask_for_file(name: str, pdf: bytes, *, by: Actor, at: datetime) -> SigningRequest:
    """Ask for one's own signature on a PDF; it stands in no place that is seen.

    Raises: FileNotPdf, NotYourTurn without a post, NoCertificate, NotAllowed.
    """
    if not pdf.startswith(_MAGIC):
        raise FileNotPdf("Chỉ ký được tệp PDF.", field="file")
    if by.agency_id is None or not by.unit_ids:
        raise NotYourTurn("Tài khoản này không giữ vị trí nào để ký.")
    turn = TurnIn(TurnRole.LEADER, by.unit_ids[0], by.id, by.name, by.title)
    wanted = Wanted(
        kind=DocumentKind.MODULE_PDF,
        owner=f"file:{secrets.token_hex(8)}",
        title="Văn bản ký riêng",
        about=name,
        pdf=pdf,
        agency_id=by.agency_id,
        unit_id=by.unit_ids[0],
        turns=(turn,),
        level=Level.B_B,
        token=new_token(),
    )
    request = request_signatures(wanted, by=by, at=at)
    begin_attempt(request.code, by=by, at=at)
    return request
