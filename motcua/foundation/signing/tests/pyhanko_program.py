"""pyHanko's own command line: a program of its own, which has loaded already when it is asked.

Loading takes ten times as long as answering. So one process loads it once, and each call is made
by a copy of that process, which begins and ends by itself.
"""

import atexit
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

_PROGRAM = """
import json, os, signal, sys, tempfile
from pyhanko.cli import launch

def call(words, folder, out, err):
    signal.alarm(120)
    os.chdir(folder)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.argv = ["pyhanko", *words]
    launch()

for line in sys.stdin:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if not pid:
            code = 1
            try:
                call(*json.loads(line), out, err)
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(bool(end.code))
            except BaseException as error:
                sys.excepthook(type(error), error, error.__traceback__)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode(errors="replace"))
    print(json.dumps([code, *said]), flush=True)
"""


class Said(NamedTuple):
    """What the program answered."""

    code: int
    out: str
    err: str


def pyhanko(*words: str | Path, folder: Path) -> Said:
    """Call pyHanko's command with these words, in a folder."""
    program = _loaded()
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(json.dumps([[str(word) for word in words], str(folder)]) + "\n")
    program.stdin.flush()
    return Said(*json.loads(program.stdout.readline()))


@cache
def _loaded() -> "subprocess.Popen[str]":
    program = subprocess.Popen(  # noqa: S603 -- our own words
        [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(program.communicate)  # the end of its input is its end
    return program
