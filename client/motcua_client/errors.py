"""What may go wrong, as exceptions; `str(error)` is a sentence for people."""

from typing import Any


class ApiError(Exception):
    """The site refused. `errors` names the fields concerned, `reference` is for its operators."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.title = str(problem.get("title", ""))
        self.detail = str(problem.get("detail", ""))
        self.reference = str(problem.get("reference", ""))
        self.errors: dict[str, str] = dict(problem.get("errors") or {})
        super().__init__(self.detail or self.title or f"status {status}")


class NotSignedIn(ApiError):
    """401: the key or the word of the session is none, or no more."""


class Forbidden(ApiError):
    """403: the scope or the power is missing."""


class NotFound(ApiError):
    """404: there is no such thing, or it is not ours to know."""


class Conflict(ApiError):
    """409: somebody else was faster, or the act is not possible now."""


class Gone(ApiError):
    """410: the cursor is too old; begin anew."""


class Invalid(ApiError):
    """422: what was sent is wrong; `errors` says where."""


class TooOften(ApiError):
    """429: the requests of this minute are used up, also after waiting."""


class Unavailable(ApiError):
    """503: busy or away, also after waiting; nothing was changed."""


class Unreachable(Exception):
    """Nobody answered, or with something that is no answer."""


class BadSignature(Exception):
    """A webhook message that is not genuine, or too old."""


KINDS: dict[int, type[ApiError]] = {
    401: NotSignedIn,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: Gone,
    422: Invalid,
    429: TooOften,
    503: Unavailable,
}


def error_of(status: int, problem: object) -> ApiError:
    """Return the exception for an answer."""
    kind = KINDS.get(status, ApiError)
    return kind(status, problem if isinstance(problem, dict) else {})
