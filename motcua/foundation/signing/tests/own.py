"""Lan with own papers to sign, and services that ask her, without a network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from motcua.foundation.files import api as files
from motcua.foundation.files.api import StoredFile
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.operations import own_preparing
from motcua.foundation.signing.operations.own_carrying import carry_own
from motcua.foundation.signing.rules.own_halves import halves_of
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import MONDAY, QUANG, Pair, make_between
from motcua.lib.actor import Actor, ActorKind

from .services import FakeService

LAN = Actor(71, "Lò Thị Lan", kind=ActorKind.CITIZEN)
DUNG = Actor(72, "Lê Văn Dũng", kind=ActorKind.CITIZEN)
OWNER = "draft:thu"
PUSH, REMOTE = "push:thu", "csc:tu-xa"
HER_NUMBER = "011198000123"


class FakePhone(FakeService):
    """Signs what Lan confirms on her telephone."""

    def __init__(self, pair: Pair) -> None:
        super().__init__(pair)
        self.says = signing.PushState.WAITING
        self.pairs = [pair]
        self.orders: list[signing.PushOrder] = []
        self.spoils = False
        self.refuses = ""

    def find_keys(self, user_ref: str) -> Sequence[signing.PushKey]:  # type: ignore[override]  # -- the other port's shape
        self._answer()
        chain = make_between().der
        return [
            signing.PushKey(f"{user_ref[-3:]}-{n}", (one.der, chain))
            for n, one in enumerate(self.pairs, start=1)
        ]

    def start(self, order: signing.PushOrder) -> None:
        self.orders.append(order)
        self._answer()
        if self.refuses:
            raise signing.HolderRefuses(self.refuses)

    def poll(self, order: signing.PushOrder) -> signing.PushAnswer:
        self._answer()
        if self.says != signing.PushState.SIGNED:
            return signing.PushAnswer(self.says)
        shift = bytes(32) if self.spoils else b""
        made = {mark: self.raw(shift or digest) for mark, digest in order.hashes.items()}
        return signing.PushAnswer(self.says, made)


def open_services(*kinds: trust.ServiceKind) -> None:
    """Let an administrator open services to the public: “thu” asks phones, “tu-xa” is CSC."""
    for kind in kinds:
        code = "thu" if kind == trust.ServiceKind.PUSH else "tu-xa"
        given = trust.ServiceIn(
            code, "Ký số thử", kind, "https://ky.example/", client_ref="tinh", is_public=True
        )
        trust.set_service(given, by=QUANG, at=MONDAY)


def make_own_file(text: str = "giay") -> StoredFile:
    """Return a paper as a camera makes it: it breaks a small rule of PDF."""
    return files.keep_file("giay.pdf", BytesIO(make_pdf(text)), by=LAN, at=MONDAY)


@dataclass(frozen=True)
class Begun:
    """What Lan has begun."""

    token: str
    files: list[StoredFile]

    @property
    def now(self) -> signing.OwnSigning:
        return signing.own_signing_for(LAN, self.token)


def begin(*texts: str, service: str = PUSH, given: Sequence[StoredFile] = ()) -> Begun:
    """Let Lan begin to sign papers of these contents, or these files."""
    stored = [*given] or [make_own_file(text) for text in texts or ("giay",)]
    papers = [
        signing.OwnPaperIn(f"file:{one.pk}", f"Giấy {n}", one.pk, "giay.pdf")
        for n, one in enumerate(stored, start=1)
    ]
    wanted = signing.OwnSigningIn(OWNER, service, HER_NUMBER, papers)
    return Begun(signing.begin_own_signing(wanted, by=LAN, at=MONDAY).token, stored)


def carry(after: timedelta = timedelta()) -> datetime:
    """Let the signer work at a moment after Monday's; return it."""
    at = MONDAY + after
    carry_own(at=at)
    return at


def begun_here(order: dict[str, Any], contents: Sequence[bytes]) -> list[dict[str, Any]]:
    """Do what the process with limits does, without waiting for one to start."""
    return [dict(row) for row in halves_of(order, b"".join(contents))]


def begin_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what the process with limits does be done in this one."""
    monkeypatch.setattr(own_preparing, "begun", begun_here)
