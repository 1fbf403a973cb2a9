"""Books that all applicants sign when they get their result, as the book of marriages.

Source: docs/law/one-stop.md
"""

from collections.abc import Collection
from datetime import datetime

from motcua.casework.dossiers.choices import PartyRole, ReturnWay
from motcua.casework.dossiers.errors import NotPresent
from motcua.casework.dossiers.models import BookEntry, Dossier, DossierParty
from motcua.casework.dossiers.queries.deciding import deciding
from motcua.casework.dossiers.queries.to_book import outcomes_to_book
from motcua.casework.procedures.api import Definition
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .telling import part_seq

SERIES = "signed-book"


def sign_books(
    dossier: Dossier,
    definition: Definition,
    way: ReturnWay,
    present: Collection[int],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Enter what is handed out into its book, once all applicants are there and have signed.

    `present` are the numbers of those who are. A refusal is entered in no book, and nothing twice.

    Raises: NotPresent. Costs: nothing for most procedures, else three queries.
    Locks: the series of the book.
    """
    booked = outcomes_to_book(dossier)
    if not booked:
        return
    parties = DossierParty.objects.filter(dossier_id=dossier.pk, role=PartyRole.APPLICANT)
    applicants = list(parties.order_by("seq"))
    missing = [one.full_name for one in applicants if one.seq not in present]
    if missing or way != ReturnWay.COUNTER:
        message = (
            "Mọi người đứng tên phải cùng có mặt và ký vào sổ khi nhận kết quả; còn thiếu: "
            f"{', '.join(missing) or 'nhận tại quầy'}."
        )
        raise NotPresent(message)
    year, agency_id = local_day(at).year, deciding(dossier).agency_id
    for index, outcome in enumerate(booked):
        book = definition.book_of(outcome.spec_code)
        series = numbering.series_of_year(SERIES, f"{agency_id}/{book}", year)
        work.add(
            BookEntry(
                dossier_id=dossier.pk,
                seq=part_seq(dossier, index),
                outcome_seq=outcome.seq,
                agency_id=agency_id,
                book=book,
                year=year,
                number=numbering.allocate_number(series),
                signed_at=at,
                signers=[one.full_name for one in applicants],
                by_name=by.name,
            )
        )
