"""A play of those who take money, as a process of its own whose clock is that of the journeys.

`python -m tests.journeys.played AHEAD NAME FOLDER …`: so many seconds before the machine's clock.
"""

import runpy
import sys
from datetime import timedelta

import pytest

from .wall_clock import WallClock


def main() -> None:
    """Run the play until told to stop."""
    _, ahead, name, *rest = sys.argv
    sys.argv = [name, *rest]
    with pytest.MonkeyPatch.context() as patch:
        WallClock(patch).ahead = timedelta(seconds=float(ahead))
        runpy.run_module(f"simulators.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
