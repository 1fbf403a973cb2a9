"""What the clients of the bench do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from .client import Caller, Play
from .known import CODE, PASSWORD, name_of

World = Mapping[str, Any]
LIFE_ACTS = 6


def filing(world: World, place: Mapping[str, Any], turn: int) -> dict[str, Any]:
    """Return the body of an application to the place, by somebody else in each turn."""
    name = name_of(turn)
    return {
        "procedure_code": CODE,
        "case_code": "thuong",
        "agency_code": place["code"],
        "parties": [{"full_name": name}],
        "answers": {"ho_ten": name, "muc_dich": "Đăng ký kết hôn", "so_ban": 2},
        "papers": [{"spec_code": "to-khai", "name": "Tờ khai"}],
        "submitter_name": f"{name} {len(world['citizens'])}",
    }


def file_everywhere(world: World) -> Play:
    """File with one agency after the other."""
    return _file(world, lambda turn: world["places"][turn % len(world["places"])])


def file_in_one_series(world: World) -> Play:
    """File with one and the same agency."""
    return _file(world, lambda _: world["places"][0])


def _file(world: World, choose: Callable[[int], Mapping[str, Any]]) -> Play:
    async def play(caller: Caller, turn: int) -> int:
        token = world["citizens"][turn % len(world["citizens"])]
        body = filing(world, choose(turn), turn)
        return int(await caller.call("POST", "/api/v1/dossiers", token, body) is not None)

    return play


def collect(world: World, codes: list[tuple[str, str]]) -> Play:
    """File, and note the code with the token of the desk it came to."""

    async def play(caller: Caller, turn: int) -> int:
        place = world["places"][turn % len(world["places"])]
        token = world["citizens"][turn % len(world["citizens"])]
        answer = await caller.call("POST", "/api/v1/dossiers", token, filing(world, place, turn))
        if answer:
            codes.append((answer["code"], place["tokens"]["desk"]))
        return 1

    return play


def receive(codes: list[tuple[str, str]]) -> Play:
    """Receive what was filed before, each once."""
    left = iter(codes)

    async def play(caller: Caller, _turn: int) -> int:
        found = next(left, None)
        if found is None:
            raise EOFError
        path = f"/api/v1/dossiers/{found[0]}/receive"
        return int(await caller.call("POST", path, found[1]) is not None)

    return play


def live(world: World) -> Play:
    """Play a whole life: six acts by five people."""

    async def play(caller: Caller, turn: int) -> int:
        place = world["places"][turn % len(world["places"])]
        citizen = world["citizens"][turn % len(world["citizens"])]
        filed = await caller.call("POST", "/api/v1/dossiers", citizen, filing(world, place, turn))
        if filed is None:
            return 0
        base = f"/api/v1/dossiers/{filed['code']}"
        tokens = place["tokens"]
        acts: list[tuple[str, str, object]] = [
            ("/receive", tokens["desk"], {}),
            ("/steps/tham-dinh/complete", tokens["handler"], {"outcome": "granted"}),
            ("/steps/duyet/complete", tokens["head"], {}),
            ("/steps/ky/decide", tokens["leader"], {}),
            ("/hand-out", tokens["desk"], {"handed_to": name_of(turn)}),
        ]
        for path, token, body in acts:
            if await caller.call("POST", base + path, token, body) is None:
                return 0
        return 1

    return play


def read(path: str, choose: Callable[[int], str]) -> Play:
    """Read one page again and again as somebody else each time."""

    async def play(caller: Caller, turn: int) -> int:
        return int(await caller.call("GET", path, choose(turn)) is not None)

    return play


def walk(path: str, pages: int, token: str, found: list[str]) -> Play:
    """Walk so many pages on and note the last cursor."""

    async def play(caller: Caller, _turn: int) -> int:
        cursor = ""
        for _ in range(pages):
            answer = await caller.call("GET", f"{path}&after={cursor}", token)
            if not answer or not answer["next"]:
                break
            cursor = answer["next"]
        found.append(cursor)
        raise EOFError

    return play


def search(words: Sequence[str], choose: Callable[[int], str]) -> Play:
    """Ask for one thing after the other."""

    async def play(caller: Caller, turn: int) -> int:
        path = f"/api/v1/dossiers?limit=20&q={quote(words[turn % len(words)])}"
        return int(await caller.call("GET", path, choose(turn)) is not None)

    return play


def sign_in(world: World) -> Play:
    """Sign in as one citizen after the other."""

    async def play(caller: Caller, turn: int) -> int:
        names = world["citizen_names"]
        body = {"username": names[turn % len(names)], "password": PASSWORD}
        return int(await caller.call("POST", "/api/v1/sessions", "", body) is not None)

    return play
