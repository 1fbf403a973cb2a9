"""What the bench of the ledger does, by the doors; imported once Django is set up."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from io import BytesIO
from itertools import count
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Power
from motcua.foundation.ledger import api as ledger
from motcua.foundation.organisation import api as organisation
from motcua.lib import merkle, work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import now
from motcua.lib.merkle import Key

from .known import CODE

STREAM = "looks"
SALT = "c2FsdC1vZi1iZW5jaC0xMj"
CITIZEN = Actor(id=1, name="Nguyễn Văn An", kind=ActorKind.CITIZEN)
DESK = Actor(id=2, name="Trần Văn Bình", province_powers=frozenset({Power.RECEIVE_DOSSIERS}))
ANSWERS = {"ho_ten": "Nguyễn Văn An", "muc_dich": "Đăng ký kết hôn", "so_ban": 2}
_numbers = count(1)
_TILES = """
SELECT t.level, t.number, t.hashes FROM unnest(%s::int[], %s::bigint[]) AS asked(level, number)
JOIN ledger_tile t ON t.stream = %s AND t.level = asked.level AND t.number = asked.number
"""
_PUT = """
INSERT INTO ledger_tile (stream, level, number, hashes)
SELECT %s, * FROM unnest(%s::int[], %s::bigint[], %s::bytea[])
ON CONFLICT (stream, level, number) DO UPDATE SET hashes = excluded.hashes
"""


def file_some(number: int) -> list[str]:
    """File applications; return their codes."""
    agency = next(
        one for one in organisation.tree().agencies() if organisation.tree().desk_of(one.id)
    )
    application = dossiers.Application(
        procedure_code=CODE,
        case_code="thuong",
        agency_id=agency.id,
        submitter=dossiers.SubmitterIn(name=CITIZEN.name, account_id=CITIZEN.id),
        channel=procedures.FilingChannel.PORTAL,
        parties=(dossiers.PartyIn(dossiers.PartyRole.APPLICANT, CITIZEN.name),),
        answers=ANSWERS,
        papers=(dossiers.PaperIn("to-khai", "Tờ khai"),),
    )
    return [dossiers.file_application(application, by=CITIZEN, at=now()) for _ in range(number)]


def without_word(codes: Sequence[str]) -> None:
    """Make dossiers as they were before the ledger."""
    dossiers.Dossier.objects.filter(code__in=codes).update(promise_salt="")


def receive_all(codes: Sequence[str]) -> None:
    """Receive each of them: the act alone."""
    for code in codes:
        dossiers.receive_dossier(code, by=DESK, at=now())


def receive_by_request(codes: Sequence[str], token: str) -> None:
    """Receive each of them as the desk does, by a request to the interface, without the network."""
    for code in codes:
        asked = {**_ASKED, "PATH_INFO": f"/api/v1/dossiers/{code}/receive"}
        said: list[str] = []
        answer = _site()({**asked, "HTTP_AUTHORIZATION": f"Bearer {token}"}, _keep(said))
        b"".join(answer)
        answer.close()
        if not said[0].startswith("200"):
            raise RuntimeError(said[0])


_ASKED = {
    "REQUEST_METHOD": "POST",
    "SERVER_NAME": "bench",
    "SERVER_PORT": "80",
    "wsgi.url_scheme": "http",
    "wsgi.input": BytesIO(),
    "CONTENT_LENGTH": "0",
}


@lru_cache(maxsize=1)
def _site() -> WSGIHandler:
    return WSGIHandler()


def _keep(said: list[str]) -> Any:
    """Return what the site tells its status, as a web server hands it over."""
    return lambda status, *_: said.append(status)


@work.story
def _write(facts: Sequence[ledger.LeafIn]) -> None:
    for fact in facts:
        ledger.promise(fact, salt=SALT)


def write_leaves(number: int, *, at_once: int = 1000) -> None:
    """Write leaves of dossiers that nobody knows, in stories of a thousand."""
    at = now()
    for first in range(0, number, at_once):
        _write(
            [
                ledger.LeafIn(
                    kind="received",
                    subject=f"X-{next(_numbers)}",
                    seq=1,
                    at=at + timedelta(seconds=first),
                    agency_code="H18.101",
                    procedure_code=CODE,
                    record={"seq": 1},
                )
                for _ in range(at_once)
            ]
        )


def seal_all() -> None:
    """Seal what waits."""
    while ledger.seal("promises", at=now()):
        pass


def verify_all() -> None:
    """Compare everything; the leaves of nobody are named, which is part of the work."""
    for _ in ledger.verify("promises"):
        pass


def grow(size: int, hashes: Sequence[bytes]) -> bytes:
    """Append to the large tree as the sealer does, and return its root."""
    begun = _read(merkle.latest_tiles(size))
    changed = merkle.append(size, hashes, begun)
    levels, numbers = [level for level, _ in changed], [number for _, number in changed]
    work.fetch(_PUT, [STREAM, levels, numbers, [*changed.values()]])
    tiles = {**begun, **changed}
    return merkle.root(size + len(hashes), lambda keys: {key: tiles[key] for key in keys})


def _read(keys: Collection[Key]) -> Mapping[Key, bytes]:
    levels, numbers = [level for level, _ in keys], [number for _, number in keys]
    rows = work.fetch(_TILES, [levels, numbers, STREAM])
    return {(level, number): hashes for level, number, hashes in rows}


def prove(index: int, size: int) -> None:
    """Prove one leaf of the large tree."""
    ledger.inclusion_of(STREAM, index, size)
