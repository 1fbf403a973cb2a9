"""The book of copies certified at a desk.

Source: docs/law/official-papers.md
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from motcua.casework.dossiers.choices import BookKind
from motcua.foundation.papers import api as papers
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI, local_day

from . import letterheads
from .books import closing_of, find_closed, kept_certifications
from .registers import check_reader


def certification_rows(
    unit_id: int, first: date, latest: date
) -> Iterator[papers.CertificationEntry]:
    """Yield what the desk certified between two days, both counted, in the order of the book.

    A book closed for these days says what it said when it was closed.

    Costs: two statements.
    """
    closed = find_closed(unit_id, first, latest, BookKind.CERTIFICATION)
    return kept_certifications(closed) if closed else certified_rows(unit_id, first, latest)


def certified_rows(unit_id: int, first: date, latest: date) -> Iterator[papers.CertificationEntry]:
    """Yield the book of these days as it stands now."""
    since = datetime.combine(first, time(), tzinfo=HANOI)
    end = datetime.combine(latest + timedelta(days=1), time(), tzinfo=HANOI)
    for row in work.fetch(_LINES, [unit_id, since, end], prepare=False):
        number, at, applicant, paper, signer, title, copies, amount, receipt = row
        yield papers.CertificationEntry(
            number=number,
            certified_on=local_day(at),
            applicant_name=applicant,
            paper_name=paper,
            signed_by=", ".join(part for part in (signer, title) if part),
            copies=copies,
            paid_vnd=amount,
            note=receipt,
        )


_LINES = """
SELECT l.book_number, d.received_at, d.applicant_name, l.paper_name,
       coalesce(o.signed_by_name, ''), coalesce(o.signed_by_title, ''), l.copies, l.amount_vnd,
       coalesce(f.receipt_number, '')
FROM dossiers_dossier d
JOIN dossiers_certificationline l ON l.dossier_id = d.id
LEFT JOIN LATERAL (
  SELECT o.signed_by_name, o.signed_by_title FROM dossiers_dossieroutcome o
  WHERE o.dossier_id = d.id ORDER BY o.seq LIMIT 1
) o ON true
LEFT JOIN LATERAL (
  SELECT f.receipt_number FROM payments_orderline f
  WHERE f.subject = 'dossier:' || d.code AND f.receipt_number <> '' ORDER BY f.id LIMIT 1
) f ON true
WHERE d.receiving_unit_id = %s AND d.received_at >= %s AND d.received_at < %s
ORDER BY l.book, l.book_number
"""


def certification_book_pdf(actor: Actor, unit_id: int, first: date, latest: date) -> bytes:
    """Return the book of these days as it is printed.

    Raises: NotAllowed, PaperTooLong over 10,000 lines.
    """
    check_reader(actor, unit_id)
    end = datetime.combine(latest, time(), tzinfo=HANOI)
    closed = find_closed(unit_id, first, latest, BookKind.CERTIFICATION)
    paper = papers.CertificationBook(
        letterhead=letterheads.of_unit(unit_id, end),
        unit_name=letterheads.contact_of(unit_id, end),
        from_day=first,
        to_day=latest,
        entries=tuple(certification_rows(unit_id, first, latest)),
        closing=closing_of(closed),
    )
    return papers.render_paper(paper)
