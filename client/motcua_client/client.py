"""The client of one site. Written by `./run client`; do not edit."""

from collections.abc import Iterator
from typing import Any

from . import models
from .api.agendas import Agendas
from .api.bulk import Bulk
from .api.catalogue import Catalogue
from .api.councils import Councils
from .api.desk import Desk
from .api.documents import Documents
from .api.dossiers import Dossiers
from .api.drafts import Drafts
from .api.figures import Figures
from .api.filing import Filing
from .api.hooks import Hooks
from .api.leading import Leading
from .api.mandates import Mandates
from .api.money import Money
from .api.outgoing import Outgoing
from .api.promises import Promises
from .api.registers import Registers
from .api.sessions import Sessions
from .api.signatures import Signatures
from .api.staffing import Staffing
from .api.tasks import Tasks
from .api.uploads import Uploads
from .api.work import Work
from .api.workfiles import Workfiles
from .bulk import Keep, keep_nothing, rows_of
from .core import Transport


class Client:
    """Everything one may ask of a site, by subject; `word` is an application's key."""

    def __init__(self, site: str, word: str = "", *, line: Transport | None = None) -> None:
        line = line or Transport(site, word)
        self.line = line
        self.agendas = Agendas(line)
        self.bulk = Bulk(line)
        self.catalogue = Catalogue(line)
        self.councils = Councils(line)
        self.desk = Desk(line)
        self.documents = Documents(line)
        self.dossiers = Dossiers(line)
        self.drafts = Drafts(line)
        self.figures = Figures(line)
        self.filing = Filing(line)
        self.hooks = Hooks(line)
        self.leading = Leading(line)
        self.mandates = Mandates(line)
        self.money = Money(line)
        self.outgoing = Outgoing(line)
        self.promises = Promises(line)
        self.registers = Registers(line)
        self.sessions = Sessions(line)
        self.signatures = Signatures(line)
        self.staffing = Staffing(line)
        self.tasks = Tasks(line)
        self.uploads = Uploads(line)
        self.work = Work(line)
        self.workfiles = Workfiles(line)

    @classmethod
    def signed_in(cls, site: str, username: str, password: str) -> "Client":
        """Return a client that speaks as a person."""
        stranger = cls(site)
        answer = stranger.sessions.open_session({"username": username, "password": password})
        return cls(site, answer["token"])

    def read_all(
        self,
        stream: models.Stream,
        *,
        since: str = "",
        keep: Keep = keep_nothing,
        names: bool = False,
    ) -> Iterator[dict[str, Any]]:
        """Yield every row of a stream, or what changed since a cursor; `keep` gets the new ones."""

        def piece(cursor: str) -> bytes:
            return self.bulk.read(stream, since=cursor, names=names)

        return rows_of(piece, since, keep)
