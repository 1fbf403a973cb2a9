from motcua.lib.errors import Anticipated, BadInput, NotFound
from motcua.lib.tongue import said


class DossierError(Anticipated):
    """Something about a dossier that stands in the way; the message says what to do."""


class MoveNotAllowed(DossierError):
    """The dossier is in a status from which this cannot be done."""


class NoSuchDossier(NotFound):
    """There is no such dossier, or the person may not know of it."""


class StepNotOpen(DossierError):
    """The step is not open any more, or somebody else has it."""


class PapersMissing(BadInput):
    """Papers that the law demands are not there; names them."""


class AnswersWrong(BadInput):
    """The form has wrong or missing answers; `complaints` names each field."""

    def __init__(self, complaints: dict[str, str]) -> None:
        super().__init__(said("Tờ khai còn chỗ chưa đúng; hãy xem các dòng được đánh dấu."))
        self.complaints = complaints


class SeveralWrong(BadInput):
    """Some of several dossiers cannot be received, so none is; `complaints` by their place."""

    def __init__(self, complaints: dict[int, Anticipated]) -> None:
        said = "; ".join(f"hồ sơ {place + 1}: {why}" for place, why in complaints.items())
        super().__init__(f"Chưa tiếp nhận hồ sơ nào. {said[:1].upper()}{said[1:]}")
        self.complaints = complaints


class TooManySupplements(DossierError):
    """The version of the procedure allows no further request for supplements."""


class ReappointedBefore(DossierError):
    """A dossier may be re-appointed only once."""


class OutcomeMissing(DossierError):
    """There is no outcome to decide on or to hand out."""


class PlacesMissing(DossierError):
    """A file that is to be signed digitally still lacks the place of a field."""


class NotPaid(DossierError):
    """A fee that is due when the application is handed in was not paid."""


class StepUnfinished(DossierError):
    """What a step is there for has not happened yet; says what is missing."""


class BlankSpent(DossierError):
    """A numbered blank form was used on another outcome before."""


class NotWaiting(DossierError):
    """The clock does not stand for this reason."""


class NotPresent(DossierError):
    """Somebody who must be there and sign the book when the result is handed out is not."""


class NoSuchDraft(NotFound):
    """There is no such draft, or it is somebody else's."""


class AlreadyAnswered(DossierError):
    """The question, visit or list has been dealt with before."""
