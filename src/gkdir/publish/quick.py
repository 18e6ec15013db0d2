"""Templates that come with gkdir → the same pages as Jinja makes, from code that asks less at every value.

Jinja cannot know what a template is given: it looks for an attribute as a key as well, passes each call through the
context, makes every escaped text a Markup of its own, and copies all names for each part that is included. Our own
templates need none of that. What fails here, ``Renderer`` makes once more with Jinja as it comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from markupsafe import escape

_INCLUDE = re.compile(r'\{% include "([^"]+)" %\}')
_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def escaped(value: object) -> str:
    """What stands in the page for ``value``: a text escaped, Markup as it is."""
    return _escape(value) if type(value) is str else escape(value)


def inlined(text: str, source: Callable[[str], str]) -> str:
    """The text of a template with the parts that it includes in their places, each with a scope of its own."""
    return _INCLUDE.sub(lambda part: f"{{% with %}}{inlined(source(part[1]), source)}{{% endwith %}}", text)


class _Code(CodeGenerator):
    """Python in which attributes are attributes, calls are calls, and texts are escaped in one step."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The module of a template."""
        self.writeline(f"from {__name__} import {escaped.__name__}")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"{escaped.__name__}(")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """``value.name``."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """``function(arguments)``: nothing that our templates call wants the context."""
        if node.dyn_args or node.dyn_kwargs or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class QuickEnvironment(jinja2.Environment):
    """Jinja for templates that are known to be ours."""

    code_generator_class = _Code
