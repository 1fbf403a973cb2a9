"""A program of its own: see whether the engine can put fields into a document, within limits.

The input is the document; the answer is the sentence that says why not, or nothing. What is asked
of an unknown file never happens where keys are. Knows no database.
"""

import resource
import sys

from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.errors import NOT_STANDARD, DocumentUnfit

from .foreign import with_fields_at
from .order import field_names, locks_of
from .placing import Place

MOST_MEMORY, MOST_CPU_SECONDS = 1_500_000_000, 20
_TRIED = (TurnRole.LEADER,)
_BOX = (10.0, 10.0, 40.0, 40.0)


def why_unfit(pdf: bytes) -> str:
    """Return why fields cannot be put into a document, nothing if they can."""
    try:
        places = [Place(name, 0, _BOX) for name in field_names(_TRIED)]
        with_fields_at(pdf, places, locks_of(_TRIED))
    except DocumentUnfit as error:
        return str(error)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError):
        return NOT_STANDARD
    return ""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.buffer.write(why_unfit(sys.stdin.buffer.read()).encode())


if __name__ == "__main__":
    main()
