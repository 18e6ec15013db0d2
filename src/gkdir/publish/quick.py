"""Templates that come with gkdir → the same pages as Jinja makes, from code with fewer checks at each value.

Jinja cannot know what a template is given: it looks for an attribute as a key as well, passes each call through the
context, makes every escaped text a Markup of its own, copies all names for each part that is included, and hands every
piece of a page up through all that it stands in. Our own templates need none of that. What fails here, ``Renderer``
makes once more with Jinja as it comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.utils import missing
from markupsafe import Markup, escape

Function = TypeVar("Function", bound=Callable[..., Any])

_INCLUDE = re.compile(r'\{% include "([^"]+)" %\}')
_IMPORT = re.compile(r'\{% from "([^"]+)" import [\w, ]+ with context %\}\n?')
AS_THEY_ARE = frozenset((Markup, int))
"""Types of values that stand in a page as they are."""
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""Escapes a value that is a plain ``str``; for any other there is ``escape``."""


def inlined(text: str, source: Callable[[str], str]) -> str:
    """The text of a template with the parts that it includes in their places, each with a scope of its own.

    So do parts with nothing but macros, where these are imported to know the page.
    """
    text = _IMPORT.sub(lambda part: part[0] if "{% block" in (macros := source(part[1])) else macros, text)
    return _INCLUDE.sub(lambda part: f"{{% with %}}{inlined(source(part[1]), source)}{{% endwith %}}", text)


def with_fewer(function: Function, most: int) -> Function:
    """The function of a macro, to be called with at most so many arguments; it says itself which must be there."""
    function.__defaults__ = (missing,) * most
    return function


def joined(values: Iterable[Any], between: str = "") -> str:
    """The filter ``join``."""
    texts = list(values)
    if all(type(text) is str for text in texts):
        return between.join(texts)
    marked = any(hasattr(text, "__html__") for text in texts)
    return escape(between).join(texts) if marked else between.join(map(str, texts))


class _Code(CodeGenerator):
    """Python in which attributes are attributes, calls are calls, and a stretch without a condition is one text."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The module of a template."""
        self.writeline(f"from {__name__} import AS_THEY_ARE, escape_text, with_fewer")
        super().visit_Template(node, frame)

    def enter_frame(self, frame: Frame) -> None:
        """What a template or a block gives is gathered in a list."""
        super().enter_frame(frame)
        if frame.parent is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """And handed on at its end, in one piece."""
        super().leave_frame(frame, with_python_scope)
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Constants and values in a row as one text: Python makes an f-string of a constant with its ``%s``."""
        if frame.require_output_check:  # outside the blocks of a template that extends another
            super().visit_Output(node, frame)
            return
        finalize, text, values = self._make_finalize(), "", []
        for child in node.nodes:
            try:
                text += self._output_child_to_const(child, frame, finalize).replace("%", "%%")
            except nodes.Impossible:
                text += "%s"
                values.append(child)
        self.writeline(f"{frame.buffer}.append({text!r} % (", node)
        for value in values:
            self.write("escape_text(_v) if type(_v := (")
            self.visit(value, frame)
            self.write(")) is str else _v if type(_v) in AS_THEY_ARE else escape(_v), ")
        self.write("))")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """``value.name``."""
        self._visit_needed(node.node, frame)
        self.write(f".{node.attr}")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """``function(arguments)``: nothing that our templates call wants the context."""
        if node.dyn_args or node.dyn_kwargs or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self._visit_needed(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro is a function, if it is never called with names of arguments."""
        node = macro_ref.node
        special = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        if isinstance(node, nodes.CallBlock) or special or node.defaults:
            super().macro_def(macro_ref, frame)
        else:
            self.write(f"with_fewer(macro, {len(node.args)})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """What a macro gives is escaped, and says so itself."""
        del force_unescaped
        super().return_buffer_contents(frame)

    @optimizeconst
    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        """``a if b``: what is not there is an empty text."""
        if node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno)
        super().visit_CondExpr(node, frame)

    def _visit_needed(self, node: nodes.Expr, frame: Frame) -> None:
        """A value that fails where it is used if it is missing, so that nobody need ask before."""
        if isinstance(node, nodes.Name):
            self.write(frame.symbols.ref(node.name))
        else:
            self.visit(node, frame)


class QuickEnvironment(jinja2.Environment):
    """Jinja for templates that are known to be ours."""

    code_generator_class = _Code

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        plain = {name: getattr(one, "__wrapped__", one) for name, one in self.filters.items()}  # none of them waits
        self.filters = {**plain, "join": joined}
