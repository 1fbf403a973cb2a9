"""Ask the time-stamp service, within bounds; one that is away is left alone for a while.

Not at the door: it imports the engine, which only the signer's process carries.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from motcua.foundation.signing.choices import Level, MadeBy
from motcua.foundation.signing.errors import DocumentUnfit, StampRefused
from motcua.foundation.signing.models import SigningRequest
from motcua.foundation.signing.rules.lifters import lifter_for
from motcua.foundation.signing.rules.lifting import Ask
from motcua.foundation.signing.rules.time_stamps import Believed, checked, question
from motcua.foundation.trust import api as trust

from . import leaving_alone
from .finishing import Made

logger = logging.getLogger(__name__)
SIGNED = (MadeBy.SIGNED, MadeBy.SEALED, MadeBy.UPLOADED)


@contextmanager
def asker(*, at: datetime) -> Iterator[Ask]:
    """Yield what brings time stamps; each is checked before anybody sees it.

    Services are asked in turn until one answers as it should; how it went with each is noted at the
    end, because the engine asks where nobody may write.

    What it yields raises: LineDown, StampRefused.
    Costs: three queries, and one statement for each service that was asked.
    """
    view, line, went = trust.trust_view(at), trust.line(), dict[str, str]()
    believed = Believed(tuple(one.der for one in view.anchors), view.others)
    services = trust.time_stamp_services()

    def ask(imprint: bytes, digest: str) -> bytes:
        refused: Exception = trust.LineDown("Chưa khai báo dịch vụ dấu thời gian nào.")
        for service in services:
            asked = question(imprint, digest)
            try:
                answer = line.time_stamp(service.url, asked.der)
                token = checked(answer, asked, at=at, believed=believed).token
            except (trust.LineDown, StampRefused) as error:
                went[service.code] = str(error)
                refused = error
            else:
                went[service.code] = ""
                return token
        raise refused

    try:
        yield ask
    finally:
        for code, error in went.items():
            trust.note_service(code, at=at, error=error)


def stamp(imprint: bytes, digest: str, *, at: datetime) -> bytes:
    """Return a time stamp over a hash. Raises: LineDown, StampRefused."""
    with asker(at=at) as ask:
        return ask(imprint, digest)


trust.stampers["signing"] = stamp


def quietly(step: Callable[[Ask], bytes], *, at: datetime) -> bytes | None:
    """Return what a step makes with time stamps, None if none is to be had now.

    After a service gave no stamp it is not asked for half a minute, so that a long queue of
    documents does not wait for it once each.
    """
    if leaving_alone.is_left_alone(at):
        return None
    try:
        with asker(at=at) as ask:
            made = step(ask)
    except (trust.LineDown, StampRefused, DocumentUnfit) as error:
        leaving_alone.leave_alone(at)
        logger.warning("time_stamp_missing", extra={"reason": str(error)})
        return None
    leaving_alone.ask_again()
    return made


def with_time_stamp(request: SigningRequest, made: Made, *, at: datetime) -> Made:
    """Return what was made with a time stamp in its newest signature, where the policy wants one.

    Signing never waits for the service: without an answer the document stays as it is (B-B), and
    is lifted later.
    """
    how, content = made.versions[-1]
    if request.level == Level.B_B or how not in SIGNED:
        return made
    form = lifter_for(content)
    stamped = quietly(lambda ask: form.with_own_stamp(content, ask), at=at)
    if stamped is None:
        return made
    level = Level.B_T if form.are_all_timed(stamped) else Level.B_B
    return replace(made, versions=(*made.versions[:-1], (how, stamped)), level=level)
