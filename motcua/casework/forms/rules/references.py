"""What the parts of a form ask of one another: only what is there, and never in a circle."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from motcua.casework.forms.choices import FieldKind
from motcua.casework.forms.errors import BadForm
from motcua.lib.expressions import names_in

from .shape import Field, Form, Page

MOST_FIELDS = 400
TODAY = "today"
# What conditions may ask for beside answers.
OUTSIDE = frozenset({"applicant", "case"})
Graph = Mapping[str, frozenset[str]]


def check_references(form: Form) -> None:
    """Refuse doubled names, too many fields, conditions on what is not there, and circles.

    Raises: BadForm.
    """
    fields = list(form.all_fields())
    if sum(1 + len(one.fields) for one in fields) > MOST_FIELDS:
        message = f"Biểu mẫu có quá {MOST_FIELDS} ô; hãy chia thành nhiều biểu mẫu."
        raise BadForm(message)
    known: set[str] = set()
    for field in fields:
        if field.name in known:
            message = f"Ô “{field.name}” xuất hiện hai lần trong biểu mẫu."
            raise BadForm(message)
        known.add(field.name)
    for page in form.pages:
        _check_known(f"Trang “{page.title}”", names_in(page.show_when), known)
        for field in page.fields:
            _check_field(field, known, fields)
    _check_circles(form)


def _check_field(field: Field, known: set[str], fields: Sequence[Field]) -> None:
    where = f"Ô “{field.name}”"
    _check_known(where, asked_by(field), known)
    if field.name in heads(names_in(field.required)):
        message = f"{where} tự hỏi chính nó trong điều kiện bắt buộc; hãy bỏ tên ô ra."
        raise BadForm(message)
    days = {one.name for one in fields if one.kind == FieldKind.DATE} | {TODAY, ""}
    if field.as_of not in days:
        message = f"{where}: “as_of” phải là “{TODAY}” hoặc tên một ô ngày của biểu mẫu."
        raise BadForm(message)
    for inner in field.fields:
        _check_known(f"{where}, {inner.name}", asked_by(inner), {one.name for one in field.fields})
        if inner.as_of not in days:
            message = f"Ô “{inner.name}”: “as_of” phải là “{TODAY}” hoặc tên một ô ngày."
            raise BadForm(message)
    inside = {one.name: heads(names_in(one.show_when)) for one in field.fields}
    _refuse_circle(inside)


def asked_by(field: Field) -> frozenset[str]:
    """Return every name that the conditions and the sum of one field ask for."""
    return names_in(field.show_when) | names_in(field.required) | names_in(field.computed)


def heads(names: frozenset[str]) -> frozenset[str]:
    """Return the names without what stands behind their dots."""
    return frozenset(name.partition(".")[0] for name in names)


def _check_known(where: str, asked: frozenset[str], known: set[str]) -> None:
    strange = sorted(n for n in asked if n.partition(".")[0] not in known | OUTSIDE)
    if strange:
        message = f"{where} hỏi tới “{', '.join(strange)}” không có."
        raise BadForm(message)


def _check_circles(form: Form) -> None:
    _refuse_circle({field.name: _needed(page, field) for page, field in _placed(form)})


def _placed(form: Form) -> Iterator[tuple[Page, Field]]:
    for page in form.pages:
        for field in page.fields:
            yield page, field


def _needed(page: Page, field: Field) -> frozenset[str]:
    """Return what must be known before the field can be shown or reckoned."""
    conditions = names_in(page.show_when) | names_in(field.show_when) | names_in(field.computed)
    return heads(conditions)


def _refuse_circle(graph: Graph) -> None:
    circle = circle_in(graph)
    if circle:
        way = " → ".join([*circle, circle[0]])
        message = (
            f"Biểu mẫu tự hỏi vòng tròn: {way}. Điều kiện hiện hoặc cách tính của một ô không được"
            " dựa vào chính nó, dù qua ô khác."
        )
        raise BadForm(message)


def circle_in(graph: Graph) -> list[str]:
    """Return names that need one another in a circle; nothing if there is none.

    Costs: each name and each need once, however they are tied; no recursion.
    """
    done: set[str] = set()
    for start in graph:
        way: list[tuple[str, Iterator[str]]] = []
        on_way: dict[str, None] = {}
        if start not in done:
            way.append((start, iter(sorted(graph[start]))))
            on_way[start] = None
        while way:
            name, needs = way[-1]
            following = next((one for one in needs if one in graph and one not in done), None)
            if following is None:
                way.pop()
                del on_way[name]
                done.add(name)
            elif following in on_way:
                walked = list(on_way)
                return walked[walked.index(following) :]
            else:
                way.append((following, iter(sorted(graph[following]))))
                on_way[following] = None
    return []


@lru_cache(maxsize=1024)
def reckoned_in_order(form: Form) -> tuple[Field, ...]:
    """Return the fields that are reckoned, each after those it needs."""
    waiting = {field.name: field for field in form.all_fields() if field.computed}
    ordered: list[Field] = []
    while waiting:
        ready = [f for f in waiting.values() if not heads(names_in(f.computed)) & waiting.keys()]
        ordered += ready
        for field in ready:
            del waiting[field.name]
    return tuple(ordered)
