"""Rate a dossier."""

from datetime import datetime

from motcua.casework.dossiers import api as dossiers
from motcua.foundation.audit import api as audit
from motcua.foundation.outbox import api as outbox
from motcua.lib import text, work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.tongue import said

from .errors import NotYetRateable, RatedBefore
from .events import DossierRated
from .models import Rating
from .queries import can_rate, find_rating
from .rules import Marks, check_marks


@work.story
def rate_dossier(code: str, marks: Marks, comment: str, *, by: Actor, at: datetime) -> Rating:
    """Keep what the applicant says of the handling; once, and only by whoever filed it.

    Raises: NoSuchDossier, NotYetRateable, RatedBefore, BadInput.
    Source: docs/law/ratings.md
    """
    dossier = dossiers.get_dossier_for(by, code)
    if dossier.submitter_account_id != by.id:
        message = said("Không tìm thấy hồ sơ %(code)s trong các hồ sơ ông/bà đã nộp.", code=code)
        raise dossiers.NoSuchDossier(message, hidden=f"dossier:{code}")
    if not can_rate(dossier):
        message = said("Hồ sơ %(code)s chưa có kết quả nên chưa đánh giá được.", code=code)
        raise NotYetRateable(message)
    check_marks(marks)
    work.lock(dossiers.Dossier, id=dossier.pk)
    if find_rating(dossier.pk) is not None:
        message = said(
            "Hồ sơ %(code)s đã được đánh giá, mỗi hồ sơ chỉ đánh giá một lần.", code=code
        )
        raise RatedBefore(message)
    rating = Rating.objects.create(
        dossier_id=dossier.pk,
        agency_id=dossier.agency_id,
        procedure_id=dossier.procedure_id,
        comment=text.tidy(comment)[:2000],
        rated_at=at,
        **marks._asdict(),
    )
    rated = DossierRated(dossier.pk, 1, dossier.agency_id, marks.overall, local_day(at))
    outbox.announce(rated, by=by, at=at)
    audit.record("ratings.given", f"dossier:{code}", by=by, at=at, detail=marks._asdict())
    return rating
