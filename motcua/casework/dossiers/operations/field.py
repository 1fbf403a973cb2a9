"""The second half of the door: work outside the offices, councils, postings, lists of people.

Callers say `dossiers.field.convene(…)`; the list of the door itself stays readable (ADR 77).
"""

from motcua.casework.dossiers.choices import SeatRole, SignerRole, SigningWay
from motcua.casework.dossiers.models import (
    CollectedDecision,
    Meeting,
    MinutesSignature,
    Objection,
    Posting,
    Seat,
    Visit,
)
from motcua.casework.dossiers.queries.collected import (
    Collectable,
    Collected,
    collectable_for,
    collected_for,
    collected_of,
    get_collected_for,
    is_list_being_signed,
    list_takes_signatures,
)
from motcua.casework.dossiers.queries.collected_papers import collected_pdf
from motcua.casework.dossiers.queries.fieldwork import (
    FieldWork,
    VisitRow,
    asked_at,
    field_work,
    find_visit,
    findings_in_words,
    photos_of,
    visits_for,
)
from motcua.casework.dossiers.queries.minutes_papers import (
    invitation_pdf,
    minutes_pdf,
    notice_pdf,
)
from motcua.casework.dossiers.queries.postings import find_posting, own_objections, posted_now

from .collecting import collect, decide_collected, leave_out
from .convening import CameIn, SeatIn, convene, council_of, record_meeting
from .objecting import ObjectionIn, object_to, settle_objection
from .rights import works_on_step, works_on_visit
from .signing_lists import sign_collected
from .signing_minutes import SignatureIn, sign_minutes
from .visiting import MOST_PHOTOS, PhotoIn, add_visit_photo, plan_visit, record_visit

__all__ = [
    "MOST_PHOTOS",
    "CameIn",
    "Collectable",
    "Collected",
    "CollectedDecision",
    "FieldWork",
    "Meeting",
    "MinutesSignature",
    "Objection",
    "ObjectionIn",
    "PhotoIn",
    "Posting",
    "Seat",
    "SeatIn",
    "SeatRole",
    "SignatureIn",
    "SignerRole",
    "SigningWay",
    "Visit",
    "VisitRow",
    "add_visit_photo",
    "asked_at",
    "collect",
    "collectable_for",
    "collected_for",
    "collected_of",
    "collected_pdf",
    "convene",
    "council_of",
    "decide_collected",
    "field_work",
    "find_posting",
    "find_visit",
    "findings_in_words",
    "get_collected_for",
    "invitation_pdf",
    "is_list_being_signed",
    "leave_out",
    "list_takes_signatures",
    "minutes_pdf",
    "notice_pdf",
    "object_to",
    "own_objections",
    "photos_of",
    "plan_visit",
    "posted_now",
    "record_meeting",
    "record_visit",
    "settle_objection",
    "sign_collected",
    "sign_minutes",
    "visits_for",
    "works_on_step",
    "works_on_visit",
]
