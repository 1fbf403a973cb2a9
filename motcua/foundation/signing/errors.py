"""What may stand in the way of signing; the message is for the person who will read it."""

from motcua.lib.errors import Anticipated, BadInput, Conflict, NotFound
from motcua.lib.tongue import said

NOT_STANDARD = said(
    "Tệp PDF bị hỏng hoặc không đúng chuẩn nên không ký được. Hãy mở tệp, in hoặc xuất lại thành"
    " tệp PDF mới rồi ký."
)


class SigningError(Anticipated):
    """Something about a request that stands in the way; the message says what to do."""


class NoSuchPolicy(NotFound):
    """There is no such policy."""


class NoSuchRequest(NotFound):
    """There is no such request, or the person may not know of it."""


class NoSuchPaper(NotFound):
    """No paper that was issued carries that mark."""


class PaperIsOver(SigningError):
    """The paper was replaced or revoked before; nothing changes it any more."""


class NotYourTurn(SigningError):
    """It is somebody else's turn, or nobody's."""


class AlreadyComplete(SigningError):
    """Everybody has signed; what was issued is corrected or revoked by a decision."""


class VersionSignedMeanwhile(Conflict):
    """Somebody else signed the same version first."""


class WrongCertificate(SigningError):
    """The certificate is not the signer's, or may not be used now."""


class WrongSignature(SigningError):
    """What came back is no signature of the certificate over what was to be signed."""


class ServiceAway(SigningError):
    """The holder of the key gives no answer; the queue tries again by itself."""


class DocumentUnfit(BadInput):
    """The document cannot be signed: it has no place for a signature, or is damaged."""


class FileNotPdf(BadInput):
    """The file is no PDF that can be read."""


class StampRefused(SigningError):
    """What a time-stamp service answered is not the stamp that was asked for."""


class ExaminersBusy(SigningError):
    """Too many files are being examined at once; a moment later there is room."""


class NotOnlySigned(BadInput):
    """A file brought back is not what was handed out and one signature; the text says why."""


class GrantRefused(BadInput):
    """The holder of the key did not believe the PIN or the password; the text is shown."""


class NoSigningRight(SigningError):
    """The person has no right to sign such a document for the agency on that day."""


class NoSuchRight(NotFound):
    """There is no such right to sign, or no such absence."""


class SignedAlready(SigningError):
    """Somebody has signed, so that the printed name of the signer can no longer change."""


class ReportsBusy(SigningError):
    """So many reports wait for the seal that one more would keep officers' work waiting."""


class NoSuchReport(NotFound):
    """No report is kept under this mark, or no longer."""
