"""Whether the parts of a version fit together: what one names, another must have."""

from collections.abc import Iterator

from motcua.casework.forms.api import Field
from motcua.casework.procedures.errors import BadDefinition

from .definition import Definition
from .further import check_further


def check_whole(found: Definition) -> None:
    """Raises: BadDefinition where parts of a version do not fit together."""
    steps = found.process.steps if found.process else ()
    check_further(
        found.slip,
        [(one.code, one.renewal, one.validity_months) for one in found.outcomes],
        [(one.code, one.decided_in) for one in found.outcomes],
        steps={step.code: str(step.kind) for step in steps},
        cases=[case.code for case in found.cases],
    )
    complaints = (
        *_acknowledged(found),
        *_named_twice(found),
        *_derived(found),
        *_kept_after(found),
        *_papers(found),
        *_findings(found),
        *_renewals(found),
    )
    if complaints:
        raise BadDefinition(complaints[0])


def _fields(found: Definition) -> dict[str, Field]:
    return {field.name: field for field in found.form.all_fields()} if found.form else {}


def _acknowledged(found: Definition) -> Iterator[str]:
    if found.acknowledged_by and (found.process or found.outcomes or found.fees):
        yield (
            "Thủ tục được xác nhận ngay (“acknowledged_by”) thì không có quy trình, kết quả và phí."
        )


def _named_twice(found: Definition) -> Iterator[str]:
    lists = {
        "cases": [one.code for one in found.cases],
        "fees": [one.code for one in found.fees],
        "papers": [one.code for one in found.papers],
        "outcomes": [one.code for one in found.outcomes],
    }
    for name, codes in lists.items():
        for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
            yield f"Mục “{name}”: mã “{code}” ghi hai lần; mỗi dòng phải có mã riêng."
    known = {case.code for case in found.cases}
    for name, code, cases in (
        *(("papers", one.code, one.cases) for one in found.papers),
        *(("fees", one.code, one.cases) for one in found.fees),
    ):
        if strange := sorted(set(cases) - known):
            yield f"Mục “{name}”, “{code}”: không có trường hợp “{strange[0]}”."


def _derived(found: Definition) -> Iterator[str]:
    """Yield names of derived facts that would hide an answer, or each other."""
    names = [one.name for one in found.derived]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"điều suy ra “{name}” ghi hai lần; mỗi điều phải có tên riêng."
        if name in _fields(found):
            yield f"điều suy ra “{name}” trùng tên một ô của tờ khai; hãy đặt tên khác."


def _kept_after(found: Definition) -> Iterator[str]:
    known = {step.code for step in found.process.steps} if found.process else set()
    for line in found.fees:
        if line.kept_after and line.kept_after not in known:
            yield f"phí, lệ phí “{line.code}”: “kept_after” phải là một bước của quy trình."


def _papers(found: Definition) -> Iterator[str]:
    fields = _fields(found)
    for paper in found.papers:
        if paper.most_months and paper.issued_on not in fields:
            yield f"giấy tờ “{paper.code}”: “issued_on” phải là một ô ngày của tờ khai."


def _findings(found: Definition) -> Iterator[str]:
    """Yield names of findings that would hide an answer, and parties nobody asks for."""
    fields = _fields(found)
    for step, findings in found.findings.items():
        for one in findings:
            if one.name in fields:
                yield (
                    f"findings “{step}”: ô “{one.name}” trùng tên một ô của tờ khai và sẽ che câu"
                    " trả lời của người nộp; hãy đổi tên."
                )
    for council in found.councils.values():
        for name in council.parties:
            if name not in fields:
                yield f"councils “{council.step}”: tờ khai không có ô “{name}” (parties)."


def _renewals(found: Definition) -> Iterator[str]:
    fields, papers = _fields(found), {paper.code for paper in found.papers}
    for outcome in found.outcomes:
        renewal = outcome.renewal
        if renewal is None:
            continue
        if renewal.paper and renewal.paper not in papers:
            yield f"Kết quả “{outcome.code}”: gia hạn không có giấy tờ “{renewal.paper}”."
        if strange := [name for name, _ in renewal.answers if name not in fields]:
            yield f"Kết quả “{outcome.code}”: gia hạn điền ô “{strange[0]}” mà tờ khai không có."
