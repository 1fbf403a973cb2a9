"""The web server as production runs it: `python -m config.web [options of granian]`.

The code is read once, then the server branches into its workers, which share what was read: two
of them take little more memory than one, and one that ended is there again at once. ADR 102.
"""

import multiprocessing
import sys

from granian.cli import cli

from config import wsgi

AS_WE_RUN_IT = ("--interface", "wsgi", "--blocking-threads", "1", "--no-ws")
WORKERS = ("--workers", "2")


def words(given: list[str]) -> list[str]:
    """Return the words granian is called with: ours first, so that those given prevail."""
    return [*AS_WE_RUN_IT, *WORKERS, *given, f"{wsgi.__name__}:application"]


def main() -> None:
    """Serve until told to end."""
    multiprocessing.set_start_method("fork")
    cli(words(sys.argv[1:]), prog_name="config.web", auto_envvar_prefix="GRANIAN")


if __name__ == "__main__":
    main()
