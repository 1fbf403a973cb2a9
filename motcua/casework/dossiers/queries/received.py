"""What a desk received: what it takes in most, the list of what a person handed in together."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Count

from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import (
    Dossier,
    DossierPaper,
    DossierScope,
    IssuedPaper,
)
from motcua.casework.procedures import api as procedures
from motcua.foundation.access import api as access
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib import work
from motcua.lib.actor import Actor

from . import letterheads
from .money import taken_of_each


def received_together(actor: Actor, codes: Sequence[str]) -> list[Dossier]:
    """Return these dossiers of one person, in the order of their codes.

    Raises: NoSuchDossier if the actor may not see one, or if they are of several people.

    Costs: two statements.
    """
    found = list(Dossier.objects.filter(code__in=codes).order_by("code"))
    visible = access.visible_among(DossierScope, actor, [dossier.pk for dossier in found])
    people = {dossier.submitter_name for dossier in found}
    is_whole = len(found) == len(set(codes)) and visible.issuperset(one.pk for one in found)
    if not is_whole or len(people) != 1:
        message = "Không tìm thấy đủ các hồ sơ này của một người, hoặc ông/bà không có quyền xem."
        raise NoSuchDossier(message)
    return found


def usual_procedures(desk_unit_id: int) -> list[int]:
    """Return the procedures of the desk's latest hundred receptions, the most frequent first.

    Costs: one statement.
    """
    rows = work.fetch(_USUAL, [desk_unit_id])
    return [row[0] for row in rows]


_USUAL = """
SELECT l.procedure_id FROM (
  SELECT d.procedure_id, d.received_at FROM dossiers_dossier d
  WHERE d.receiving_unit_id = %s AND d.received_at IS NOT NULL
  ORDER BY d.received_at DESC, d.id DESC LIMIT 100
) l GROUP BY l.procedure_id ORDER BY count(*) DESC, max(l.received_at) DESC
"""


def with_slips(found: Sequence[Dossier]) -> frozenset[int]:
    """Return the keys of those for which a reception slip was issued.

    Costs: one statement.
    """
    slips = IssuedPaper.objects.filter(
        dossier_id__in=[dossier.pk for dossier in found], form=IssuedForm.SLIP
    )
    return frozenset(slips.values_list("dossier_id", flat=True))


def received_list_pdf(actor: Actor, codes: Sequence[str]) -> bytes:
    """Return the list as PDF, for both sides to sign. Raises: NoSuchDossier.

    Costs: four statements.
    """
    found = received_together(actor, codes)
    first = found[0]
    received_at = first.received_at or first.submitted_at
    keys = [dossier.pk for dossier in found]
    handed = DossierPaper.objects.filter(dossier_id__in=keys).order_by()
    taken = taken_of_each(found)
    counts = dict(handed.values_list("dossier_id").annotate(papers=Count("seq")))
    sums = {key: sum(one.kept_vnd for one in fees) for key, fees in taken.items()}
    paper = papers.ReceivedList(
        letterhead=letterheads.of_unit(first.receiving_unit_id, received_at),
        submitter=papers.Party(
            name=first.submitter_name, address=first.submitter_address, phone=first.submitter_phone
        ),
        receiving_unit=letterheads.contact_of(first.receiving_unit_id, received_at),
        received_at=received_at,
        entries=tuple(
            _entry(serial, one, counts.get(one.pk, 0), sums.get(one.pk, 0))
            for serial, one in enumerate(found, 1)
        ),
        receiver_name=first.received_by_name,
        lookup_address=f"{settings.SITE_ADDRESS}/tra-cuu/",
    )
    return papers.render_paper(paper)


def _entry(serial: int, dossier: Dossier, count: int, paid_vnd: int) -> papers.ReceivedEntry:
    return papers.ReceivedEntry(
        serial=serial,
        code=dossier.code,
        procedure_name=procedures.definition_of(dossier.procedure_version_id).name,
        competent_unit=organisation.tree().agency(dossier.agency_id).name,
        sets=dossier.number_of_sets,
        papers=count,
        paid_vnd=paid_vnd,
        due_at=dossier.due_at,
    )
