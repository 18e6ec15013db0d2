"""Templates that come with gkdir → the same pages as Jinja makes, from faster code.

Jinja tries each attribute as a key as well, passes each call through the context, makes a Markup of every escaped text,
copies all names for each include, and hands each piece of a page up through every enclosing frame. Our own templates
need none of that. ``Renderer`` renders a page again with ordinary Jinja if this environment fails.
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
UNESCAPED_TYPES = frozenset((Markup, int))
"""The types of values that are written to a page without escaping."""
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""Escapes a plain ``str``; for a value of any other type use ``escape``."""


def inlined(text: str, source: Callable[[str], str]) -> str:
    """The template with its includes replaced by the included text, each in a scope of its own.

    A part with nothing but macros, imported ``with context``, is inlined too.
    """
    text = _IMPORT.sub(lambda part: part[0] if "{% block" in (macros := source(part[1])) else macros, text)
    return _INCLUDE.sub(lambda part: f"{{% with %}}{inlined(source(part[1]), source)}{{% endwith %}}", text)


def with_fewer(function: Function, most: int) -> Function:
    """The macro, callable with ``most`` arguments or fewer; its body checks those it requires."""
    function.__defaults__ = (missing,) * most
    return function


def joined(values: Iterable[Any], between: str = "") -> str:
    """Jinja's filter ``join``, for texts and values in any mixture."""
    texts = list(values)
    if all(type(text) is str for text in texts):
        return between.join(texts)
    marked = any(hasattr(text, "__html__") for text in texts)
    return escape(between).join(texts) if marked else between.join(map(str, texts))


class _Code(CodeGenerator):
    """Generates plain Python: attribute access, calls, and one formatted text for each run of output."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Import what the generated module needs."""
        self.writeline(f"from {__name__} import UNESCAPED_TYPES, escape_text, with_fewer")
        super().visit_Template(node, frame)

    def enter_frame(self, frame: Frame) -> None:
        """Collect the output of a template or block in a list."""
        super().enter_frame(frame)
        if frame.parent is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """Yield the collected output as one text."""
        super().leave_frame(frame, with_python_scope)
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write consecutive constants and values as one ``%`` expression, which CPython compiles to an f-string."""
        if frame.require_output_check:  # output outside the blocks is dropped if the template extends another
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
            self.write(")) is str else _v if type(_v) in UNESCAPED_TYPES else escape(_v), ")
        self.write("))")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """``value.name``: only an attribute, never a key."""
        self._visit_needed(node.node, frame)
        self.write(f".{node.attr}")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """``function(arguments)``: none of the functions in our templates takes the context."""
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
        """Make a macro a plain function, unless it has defaults or takes ``caller``, varargs or kwargs."""
        node = macro_ref.node
        special = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        if isinstance(node, nodes.CallBlock) or special or node.defaults:
            super().macro_def(macro_ref, frame)
        else:
            self.write(f"with_fewer(macro, {len(node.args)})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Return a macro's output as Markup, since its values are already escaped."""
        del force_unescaped
        super().return_buffer_contents(frame)

    @optimizeconst
    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        """``a if b`` without ``else`` gives an empty text."""
        if node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno)
        super().visit_CondExpr(node, frame)

    def _visit_needed(self, node: nodes.Expr, frame: Frame) -> None:
        """Write the value without Jinja's check that it is defined: a missing one raises where it is used."""
        if isinstance(node, nodes.Name):
            self.write(frame.symbols.ref(node.name))
        else:
            self.visit(node, frame)


class QuickEnvironment(jinja2.Environment):
    """Jinja for trusted templates."""

    code_generator_class = _Code

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # without the wrappers for async
        plain = {name: getattr(one, "__wrapped__", one) for name, one in self.filters.items()}
        self.filters = {**plain, "join": joined}
