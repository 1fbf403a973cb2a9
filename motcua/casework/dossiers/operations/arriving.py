"""Papers travel from the desk to whoever decides; where the law says so the clock starts there.

Source: docs/law/time-limits.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import Act, Status
from motcua.casework.dossiers.errors import AlreadyAnswered, StepNotOpen
from motcua.casework.dossiers.models import Dossier, DossierStep
from motcua.casework.dossiers.queries.clock import is_on_its_way
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, FilingChannel
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor

from .clock import start_clock
from .steps import follow_promise
from .telling import lock_dossier, tell

_CLOCK = ("clock_from", "due_at", "due_originally_at")


def has_to_arrive(dossier: Dossier, definition: Definition) -> bool:
    """Say whether the clock waits until the papers are where they are decided on.

    What came on-line is there at once, and so is what the deciding agency's own desk took in.
    """
    if not definition.clock_from_arrival or dossier.channel == FilingChannel.PORTAL:
        return False
    tree = organisation.tree()
    desk, deciding = dossier.receiving_unit_id, dossier.competent_unit_id
    return tree.agency_of(desk).id != tree.agency_of(deciding).id


def check_arrived(dossier: Dossier) -> None:
    """Raises: StepNotOpen while the papers are on their way."""
    if is_on_its_way(dossier):
        message = (
            f"Hồ sơ {dossier.code} chưa đến: hãy xác nhận danh sách bàn giao của bộ phận một cửa"
            " trước; thời hạn tính từ lúc ấy."
        )
        raise StepNotOpen(message)


@work.story
def note_arrival(code: str, *, by: Actor, at: datetime) -> Dossier:
    """Say that the papers of a dossier are here, where it is decided on; its clock starts.

    Raises: NoSuchDossier, NotAllowed, AlreadyAnswered.
    """
    dossier = lock_dossier(code)
    by.require(Power.HANDLE_DOSSIERS, unit_id=dossier.competent_unit_id)
    if not is_on_its_way(dossier):
        message = f"Hồ sơ {code} đã đến rồi, hoặc thời hạn không tính từ lúc đến."
        raise AlreadyAnswered(message)
    arrive(dossier, by=by, at=at)
    return dossier


def arrive(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """Let the clock of a locked dossier run from this moment: its first promise is made now."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    dossier.clock_from = at
    why = start_clock(dossier, definition, by=by, at=at)
    # What waits to be done has its time from now: nobody could begin before.
    DossierStep.objects.filter(dossier_id=dossier.pk, closed_at=None).update(opened_at=at)
    follow_promise(dossier, definition, ())
    was, unit_id = Status(dossier.status), dossier.competent_unit_id
    tell(dossier, Act.ARRIVE, by=by, at=at, was=was, note=why, changed=_CLOCK, unit_id=unit_id)
