"""Which fields a Word template asks for, read from its syntax tree; branches not taken included."""

from collections.abc import Mapping

from jinja2 import nodes

Scope = Mapping[str, str]
_LOOP = "loop"


def fields_in(tree: nodes.Template) -> set[str]:
    """Return the full paths: “ho_so.ma”, inside a loop over a list “to_khai.con[].ten”."""
    found: set[str] = set()
    _visit(tree, {}, found)
    return found


def _visit(node: nodes.Node, scope: Scope, found: set[str]) -> None:
    if isinstance(node, nodes.For):
        _visit_loop(node, scope, found)
    elif path := _path(node, scope):
        if not path.startswith(f"{_LOOP}."):
            found.add(path)
    else:
        for child in node.iter_child_nodes():
            _visit(child, scope, found)


def _visit_loop(loop: nodes.For, scope: Scope, found: set[str]) -> None:
    _visit(loop.iter, scope, found)
    inner = dict(scope)
    path = _path(loop.iter, scope)
    if path and isinstance(loop.target, nodes.Name):
        inner[loop.target.name] = f"{path}[]"
    for part in (*loop.body, *loop.else_, *([loop.test] if loop.test else [])):
        _visit(part, inner, found)


def _path(node: nodes.Node, scope: Scope) -> str:
    """Return the path that a name with its attributes means, nothing for anything else."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        stem = _path(node.node, scope)
        return f"{stem}.{node.attr}" if stem else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        stem = _path(node.node, scope)
        key = "[]" if isinstance(node.arg.value, int) else f".{node.arg.value}"
        return f"{stem}{key}" if stem else ""
    return ""
