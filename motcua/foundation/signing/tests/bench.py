"""`./run bench-signing`: how fast signatures are made and examined, on one core, in this process.

Each figure is the median of several rounds of processor time, so that it can be told beside other
work too (what is done in a child: of the clock). Keys are kept, stamps drawn beforehand.
"""

import argparse
import gc
import io
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from time import perf_counter, process_time

from PIL import Image, ImageDraw

from motcua.foundation.papers import api as papers
from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.operations.examining import examine_apart
from motcua.foundation.signing.rules import halves
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.halves import Order
from motcua.foundation.signing.rules.order import field_names, locks_of
from motcua.foundation.signing.rules.sizes import field_sizes
from motcua.foundation.trust.tests.make import MONDAY, make_between, make_leaf

from .corpus import HOA, make_sealed
from .make import BOTH, make_prepared, raw_signature
from .test_engine import make_world
from .test_examining import stamped_for_long
from .xml_corpus import signed

Work = Callable[[], object]
_CHILD = "in a child"


def main() -> None:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(prog="./run bench-signing", description="Đo ký số.")
    parser.add_argument("--rounds", type=int, default=200, help="số lần cho mỗi việc")
    rounds = parser.parse_args().rounds
    for words, work in _works():
        spent = _seconds(work, rounds, perf_counter if _CHILD in words else process_time)
        median = statistics.median(spent)
        sys.stdout.write(
            f"{words}: {median * 1000:.1f} ms (fastest tenth {_fast(spent) * 1000:.1f}),"
            f" {1 / median:.0f} per second\n"
        )
        sys.stdout.flush()


def _works() -> Iterator[tuple[str, Work]]:
    prepared, sealed, xml = make_prepared(), make_sealed(), signed()
    world = make_world()
    later, lasting = replace(world, at=MONDAY + timedelta(hours=1)), stamped_for_long()
    yield "B-B, not seen", lambda: _sign(prepared, None)
    stamp = _stamp(prepared)
    yield "B-B with the picture of a signature", lambda: _sign(prepared, stamp)
    yield "examine B-LTA, off-line", lambda: examine_file(lasting, later)
    yield "examine leader and seal, B-B", lambda: examine_file(sealed, world)
    yield "examine XAdES B-B", lambda: examine_file(xml, world)
    examine_apart(sealed, world)  # so that the engine is loaded
    yield f"examine leader and seal {_CHILD}", lambda: examine_apart(sealed, world)


def _sign(prepared: bytes, stamp: bytes | None) -> bytes:
    """Let the leader sign; the key is an RSA key of 2048 bits."""
    pair, name = make_leaf(HOA), field_names(BOTH)[0]
    order = Order(
        field_name=name,
        certificate=pair.der,
        chain=(make_between().der,),
        at=MONDAY,
        permits=locks_of(BOTH)[name].permits,
        certifies=True,
        stamp=stamp,
    )
    half = halves.begin(prepared, order)
    raw = raw_signature(pair, half.attributes)
    return halves.finish(prepared, half, raw, certificate=pair.der, chain=order.chain)


def _stamp(prepared: bytes) -> bytes:
    """Return handwriting in blue, as large as its field."""
    picture = Image.new("RGBA", (480, 260))
    ImageDraw.Draw(picture).line([(20, 200), (150, 40), (220, 220), (460, 60)], "#0033a0", 8)
    target = io.BytesIO()
    picture.save(target, "PNG")
    size = field_sizes(prepared)[field_names(BOTH)[BOTH.index(TurnRole.LEADER)]]
    return papers.render_image_stamp(target.getvalue(), width_mm=48, height_mm=26, size=size)


def _seconds(work: Work, rounds: int, clock: Callable[[], float]) -> list[float]:
    work()
    gc.collect()
    gc.disable()  # as in the child
    spent = []
    for _ in range(rounds):
        since = clock()
        work()
        spent.append(clock() - since)
    gc.enable()
    return spent


def _fast(spent: list[float]) -> float:
    return sorted(spent)[len(spent) // 10]
