"""What steps bring to light: what a visit checks, how a council meets, what is posted.

Findings are the facts an officer adds to the applicant's answers; the conditions of later steps
and outcomes may ask for them as for any answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.forms.api import Field, FieldKind, parse_form
from motcua.casework.procedures.errors import BadDefinition
from motcua.casework.processes.api import Process, StepKind

Data = Mapping[str, Any]
Findings = Mapping[str, tuple[Field, ...]]
_PERCENT = 100
_MEETS = frozenset({StepKind.FIELD_VISIT, StepKind.COUNCIL})


@dataclass(frozen=True, slots=True)
class CouncilSpec:
    """How the council of a step meets (hội đồng).

    `members` are the seats the law lists, the chair first and the secretary second. At least
    `quorum` of a hundred members must be there; with `both_parties` also everybody invited as a
    party, and `absent_twice` says what counts as found when one stays away a second time. Members
    vote on the finding `vote_on`; the majority decides, at a tie the chair.
    `parties` names the answers in which the other side of the matter stands.
    """

    step: str
    name: str
    members: tuple[str, ...]
    quorum: int = 0
    both_parties: bool = False
    absent_twice: tuple[tuple[str, str], ...] = ()
    vote_on: str = ""
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostingSpec:
    """What a step posts in public (niêm yết): lines with places for answers, as of outcomes."""

    step: str
    title: str
    body: tuple[str, ...]
    places: str = ""


def read_findings(data: Any, process: Process | None) -> dict[str, tuple[Field, ...]]:
    """Return by step what is found there, as the fields of a form.

    Raises: BadDefinition for a step there is not, or at which nobody writes minutes.
    """
    found = {}
    for step, fields in _table(data, "findings").items():
        _check_step(process, step, "findings", _MEETS)
        page = {"title": f"bước “{step}”", "fields": fields}
        form = parse_form({"code": step, "title": step, "pages": [page]})
        found[step] = form.pages[0].fields
    return found


def read_councils(
    data: Any, process: Process | None, findings: Findings
) -> Mapping[str, CouncilSpec]:
    """Return by step how its council meets. Raises: BadDefinition."""
    return {
        step: _council(step, entry, process, findings)
        for step, entry in _table(data, "councils").items()
    }


def _council(step: str, data: Data, process: Process | None, findings: Findings) -> CouncilSpec:
    _check_step(process, step, "councils", frozenset({StepKind.COUNCIL}))
    where = f"councils “{step}”"
    known = {field.name: field for field in findings.get(step, ())}
    absent = tuple((str(k), str(v)) for k, v in dict(data.get("absent_twice", {})).items())
    vote_on, quorum = str(data.get("vote_on", "")), int(data.get("quorum", 0))
    if vote_on and (vote_on not in known or known[vote_on].kind != FieldKind.CHOICE):
        raise BadDefinition(f"{where}: “vote_on” phải là một ô chọn trong “findings” của bước.")
    if strange := sorted({name for name, _ in absent} - set(known)):
        raise BadDefinition(f"{where}: “{', '.join(strange)}” không có trong “findings” của bước.")
    if not 0 <= quorum <= _PERCENT:
        raise BadDefinition(f"{where}: “quorum” là phần trăm từ 0 đến 100.")
    name = str(data.get("name", "")).strip()
    members = tuple(str(one) for one in data.get("members", ()))
    if not name or not members:
        raise BadDefinition(f"{where}: thiếu “name” hoặc “members”.")
    both = data.get("both_parties", False) is True
    parties = tuple(str(one) for one in data.get("parties", ()))
    return CouncilSpec(step, name, members, quorum, both, absent, vote_on, parties)


def read_postings(data: Any, process: Process | None) -> Mapping[str, PostingSpec]:
    """Return by step what is posted in public.

    Raises: BadDefinition for a step that posts nothing, or that has no time of its own.
    """
    return dict(_postings(_table(data, "postings"), process))


def _postings(table: Data, process: Process | None) -> Iterator[tuple[str, PostingSpec]]:
    for step, entry in table.items():
        _check_step(process, step, "postings", frozenset({StepKind.POSTING}))
        if process is None or process.step(step).budget is None:
            raise BadDefinition(f"postings “{step}”: bước phải có “budget” là thời gian niêm yết.")
        title = str(entry.get("title", "")).strip()
        body = tuple(str(line) for line in entry.get("body", ()))
        if not title or not body:
            raise BadDefinition(f"postings “{step}”: thiếu “title” hoặc “body”.")
        yield step, PostingSpec(step, title, body, str(entry.get("places", "")))


def _table(data: Any, key: str) -> Data:
    if not isinstance(data, Mapping):
        raise BadDefinition(f"Mục “{key}” phải ghi theo mã bước.")
    return data


def _check_step(process: Process | None, step: str, key: str, kinds: frozenset[StepKind]) -> None:
    known = {one.code: one.kind for one in process.steps} if process else {}
    if known.get(step) not in kinds:
        words = " hoặc ".join(sorted(kind.label.lower() for kind in kinds))
        raise BadDefinition(f"{key} “{step}”: quy trình không có bước {words} mang mã này.")
