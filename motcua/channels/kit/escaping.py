"""Escape what pages put out, a thousand values a page, without making an object of each.

Jinja2 calls `markupsafe.escape`, which is Python and returns a `Markup` that is joined at once.
"""

import re

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

from motcua.lib.tongue import Spoken, is_english

from .tongues import translate

_ODD = re.compile("[&<>\"']")


def text_of(value: object) -> str:
    """Return a value as it may stand in a page; markup stays as it is."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]  # -- just seen
    if kind is str and _ODD.search(value) is None:  # type: ignore[call-overload]  # -- just seen
        return value  # type: ignore[return-value]  # -- just seen
    if isinstance(value, Spoken):
        told = translate(value) if is_english() else value
        return told if _ODD.search(told) is None else escape(told)
    return escape(value)


class Generator(CodeGenerator):
    """Compiles templates that escape by `environment.text_of`."""

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        plain = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if not plain or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.text_of(")
