"""`./run bench-engine`: what the engine itself costs when a step is completed, without database.

What a completion asks of it: which steps count as done, which open now, whether all is over.
"""

import os
import statistics
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import django

ROUNDS = 200
PARALLEL = (75, 150, 300)
MOST_STEP_MS, MOST_PARALLEL_S = 0.3, 0.3
BEGIN = datetime(2026, 1, 5, 2, tzinfo=UTC)


def main() -> None:
    """Print a line for each figure; end with 1 if a bar is missed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.bench")
    django.setup()
    from motcua.casework.procedures import api as procedures  # noqa: PLC0415 -- after setup
    from motcua.casework.processes import api as processes  # noqa: PLC0415 -- after setup

    source = procedures.SAMPLE.format(code="1.000000")
    process = processes.parse_process(procedures.part_of(source, "process"))
    step_ms = statistics.median(_lived(process) for _ in range(ROUNDS)) * 1000 / len(process.steps)
    sys.stdout.write(f"a step of three completed: {step_ms:.3f} ms\n")
    each = {count: min(_lived(_parallel(count)) for _ in range(5)) for count in PARALLEL}
    for count, seconds in each.items():
        sys.stdout.write(f"{count} consultations beside each other, all: {seconds:.3f} s\n")
    growth = each[300] / each[150] / 2
    sys.stdout.write(f"each of 300 against each of 150: {growth:.2f} ×\n")
    is_held = step_ms <= MOST_STEP_MS and each[300] < MOST_PARALLEL_S
    sys.exit(0 if is_held else 1)


def _parallel(count: int) -> Any:
    """Return a process in which so many units are asked at once, and one joins them.

    More than a written process may have: put together here.
    """
    from motcua.casework.processes import api as processes  # noqa: PLC0415 -- after setup

    plain = [_step("nhan"), _step("hoi", after=["nhan"]), _step("ky", kind="decision")]
    process = processes.parse_process(plain)
    first, asked, final = process.steps
    all_asked = [replace(asked, code=f"hoi-{number}") for number in range(count)]
    join = replace(final, after=tuple(one.code for one in all_asked))
    return replace(process, steps=(first, *all_asked, join))


def _step(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": code, "duty": "justice", "role": "handler", **more}


def _lived(process: Any) -> float:
    """Return the processor time of all completions of one dossier's process."""
    from motcua.casework.dossiers.models import DossierStep  # noqa: PLC0415 -- after setup
    from motcua.casework.dossiers.operations.steps import done_codes  # noqa: PLC0415 -- after setup
    from motcua.casework.processes import api as processes  # noqa: PLC0415 -- after setup

    steps: list[DossierStep] = []
    spent, moment = 0.0, BEGIN
    while True:
        begun = time.process_time()
        opened = {step.code for step in steps if step.closed_at is None}
        done = done_codes(process, steps)
        ready = processes.openable(process, done, opened, {})
        is_over = processes.is_finished(process, done, {*opened, *(s.code for s in ready)}, {})
        spent += time.process_time() - begun
        first = len(steps) + 1
        steps += [
            DossierStep(dossier_id=1, seq=number, code=one.code, kind=one.kind, opened_at=moment)
            for number, one in enumerate(ready, first)
        ]
        current = next((step for step in steps if step.closed_at is None), None)
        if current is None or is_over:
            return spent
        moment += timedelta(minutes=1)
        current.closed_at, current.result = moment, "done"


if __name__ == "__main__":
    main()
