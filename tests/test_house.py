"""The structure of the code: layers of imports, small modules with a description, matching templates, no leaks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from tests.nation import ASKING
from tests.places import ROOT

SOURCE = ROOT / "src" / "gkdir"
MODULES = sorted(SOURCE.rglob("*.py"))
Node = TypeVar("Node", bound=ast.AST)
LONGEST = 450
"""The most lines of a module."""
MOST_VALUES = 4
"""The most parameters of a function; more belong together in a Struct."""

FLOORS = (
    {"__init__", "buildoptions", "cache", "finding", "harmless", "phases", "refused", "resources", "stamps"},
    {"faultlog", "kepttexts", "model", "outcome", "patterns"},
    {"workers", "yaml"},
    {"calculators", "read"},
    {"overlay"},
    {"service"},
    {"search", "export"},
    {"rules", "importing", "output"},
    {"site"},
    {"publish"},
    {"sheets"},
    {"origins", "sources", "webcheck"},
    {
        "audit",
        "excel_form",
        "diffing",
        "due",
        "outward",
        "remembered",
        "report",
        "reviewing",
        "unchanged",
        "visits",
    },
    {"checking", "comparison", "outputs"},
    {"build"},
    {"cloud", "oversight", "preview", "release"},
    {"desk"},
    {"cli"},
    {"__main__"},
)
"""From the bottom up: a module imports only from its own floor's package or from lower floors."""


def package(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if name in names)


def shown(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def imports(own: Sequence[ast.AST]) -> Iterator[str]:
    for node in own:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "gkdir":
            parts = (node.module or "").split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("gkdir."))


@cache
def trees() -> Mapping[Path, ast.Module]:
    """Path → parsed module; parsed on first use, not when tests are collected."""
    return {module: ast.parse(module.read_text(encoding="utf-8")) for module in MODULES}


@cache
def nodes() -> Mapping[Path, Sequence[ast.AST]]:
    """All nodes of each module, listed once for all tests."""
    return {module: tuple(ast.walk(tree)) for module, tree in trees().items()}


def each(kind: type[Node]) -> Iterator[tuple[Path, Node]]:
    """The nodes of a type, with their modules' paths."""
    return ((module, node) for module, own in nodes().items() for node in own if isinstance(node, kind))


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    yield from each(ast.FunctionDef)
    yield from each(ast.AsyncFunctionDef)


def test_a_module_imports_only_from_below() -> None:
    wrong = []
    for module, own in nodes().items():
        here = package(module)
        names = {name for name in imports(own) if not name.startswith("__") and name != here}
        wrong += [f"{shown(module)} imports {name}" for name in sorted(names) if floor(name) >= floor(here)]
    assert wrong == []


def test_a_module_is_small_and_says_what_it_is() -> None:
    """Whether a module is too small is left to judgement."""
    wrong = []
    for module, tree in trees().items():
        text = module.read_text(encoding="utf-8")
        if not ast.get_docstring(tree):
            wrong.append(f"{shown(module)}: the first line says what goes in and what comes out")
        if (lines := len(text.splitlines())) > LONGEST:
            wrong.append(f"{shown(module)}: {lines} lines, so it has two purposes")
        if "TYPE_CHECKING" in text:
            wrong.append(f"{shown(module)}: TYPE_CHECKING hides a circle of imports")
    assert wrong == []


def test_functions_are_a_screen_at_most() -> None:
    wrong = []
    for module, node in functions():
        start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.lineno
        if (node.end_lineno or start) - start >= 50:
            wrong.append(f"{shown(module)}:{node.lineno} {node.name} is longer than a screen")
    assert wrong == []


def test_functions_take_four_values_at_most() -> None:
    """Except commands, which have their command line's parameters."""
    wrong = []
    for module, node in functions():
        given = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        taken = [name for name in given if name not in ("self", "cls")]
        marks = map(ast.unparse, node.decorator_list)
        if len(taken) > MOST_VALUES and not any(re.match(r"(click|command)\.command\(", mark) for mark in marks):
            wrong.append(f"{shown(module)}:{node.lineno} {node.name} takes {len(taken)}")
    assert wrong == []


def test_a_class_name_is_defined_once() -> None:
    places: dict[str, list[str]] = {}
    for module, node in each(ast.ClassDef):
        places.setdefault(node.name, []).append(f"{shown(module)}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


TRIED = {"patterns.py", "publish/render.py"}
"""Where a fast path is tried first and, if it fails in any way, the ordinary one raises the real error."""


def test_no_fault_is_swallowed() -> None:
    """Code that catches every exception raises it again or reports it."""
    wrong = []
    for module, node in each(ast.ExceptHandler):
        all_ = node.type is None or bool(re.search(r"\b(Base)?Exception\b", ast.unparse(node.type)))
        own = tuple(ast.walk(ast.Module(node.body, [])))
        told = any(isinstance(one, ast.Raise) or (isinstance(one, ast.Name) and one.id == node.name) for one in own)
        if all_ and not told:
            wrong.append((shown(module), node.lineno))
    for module, call in each(ast.Call):
        if ast.unparse(call.func).endswith("suppress") and re.search(r"\bException\b", ast.unparse(call)):
            wrong.append((shown(module), call.lineno))
    assert [f"{name}:{line}" for name, line in wrong if name not in TRIED] == []
    assert {name for name, _ in wrong} == TRIED


def test_a_name_of_a_module_of_its_own_is_used_there() -> None:
    wrong = []
    for module, tree in trees().items():
        told = Counter(re.findall(r"\w+", module.read_text(encoding="utf-8")))
        own = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        own += [one.id for node in tree.body if isinstance(node, ast.Assign) for one in names_in(node.targets)]
        wrong += [f"{shown(module)}: {name}" for name in own if re.match("_[^_]", name) and told[name] == 1]
    assert wrong == []


def names_in(targets: Sequence[ast.expr]) -> Iterator[ast.Name]:
    return (one for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))


def test_only_the_command_line_prints_or_exits() -> None:
    for module, node in each(ast.Call):
        if package(module) not in ("cli", "__main__") and isinstance(node.func, ast.Name):
            assert node.func.id not in ("print", "exit"), f"{module}: {node.func.id}"


def test_no_clock_and_no_chance_in_what_is_built() -> None:
    # 同样的输入，同样的字节: outputs do not depend on the clock. Checks and records are about the current day.
    for module in MODULES:
        if module in [
            SOURCE / "cli" / f"{name}.py" for name in ("check", "desk", "diff", "due", "form", "report", "review")
        ]:
            continue  # allowances expire by the current day, and a record has the day of a change
        text = module.read_text(encoding="utf-8")
        assert not re.search(r"\b(time\.time|datetime\.now|date\.today|utcnow|import random|uuid4)\b", text), module


def test_what_is_compressed_is_so_by_a_library_of_its_own() -> None:
    # Python's zlib, gzip and zipfile use the system's library, whose bytes differ between systems.
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        assert not re.search(r"\b(zlib\.compress|gzip\.compress|ZIP_DEFLATED)", text), module


_LOOSE_END = re.compile(r"\$(?=[)|]|\Z)")
_ESCAPED_OR_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


def _is_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"


def _patterns() -> Iterator[tuple[str, str]]:
    """Every text in a statement that uses a pattern without ``MULTILINE``, with which ``$`` would end a line."""
    for module, statement in each(ast.stmt):
        if hasattr(statement, "body"):
            continue
        own = tuple(ast.walk(statement))
        used = {node.attr for node in own if isinstance(node, ast.Attribute) and _is_pattern(node)}
        if used - {"Pattern", "Match"} and not used & {"MULTILINE", "M"}:
            for node in own:
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield f"{shown(module)}:{statement.lineno}", node.value


def test_a_pattern_ends_where_the_text_ends() -> None:
    # $ also matches before a final line break: a name, a date or a code with one would be accepted and published.
    loose = [place for place, text in _patterns() if "$" in text and _LOOSE_END.search(_ESCAPED_OR_CLASS.sub("", text))]
    assert loose == [], "use \\Z or fullmatch"


def test_every_dependency_has_its_line() -> None:
    said = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    names = {re.split(r"[\[<>=~ ]", line)[0].lower() for line in wanted} - {"gkdir"}
    assert {name for name in names if name not in said} == set()


def test_everything_that_is_installed_is_pinned_by_its_checksum() -> None:
    pinned = {}
    for name in ("site", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace(" \\\n", "")
        entries = [line.split() for line in text.splitlines()]
        assert [entry[0] for entry in entries if not any(word.startswith("--hash=sha256:") for word in entry)] == []
        pinned[name] = {entry[0] for entry in entries}
    assert pinned["site"] <= pinned["dev"], "make lock"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for name, wanted in {
        "site": [*project["dependencies"], *extras["desk"], *extras["hant"], *extras["print"], "hatchling"],
        "dev": [*project["dependencies"], *extras["dev"]],
    }.items():
        there = {re.sub("[._-]+", "-", entry.partition("==")[0].lower()) for entry in pinned[name]}
        names = {re.sub("[._-]+", "-", re.split(r"[\[<>=~ ]", line)[0].lower()) for line in wanted} - {"gkdir"}
        assert names <= there, "make lock"


def test_tests_show_less_of_the_nation_to_all_who_ask() -> None:
    """A module left out of the list keeps what it imported first for all later tests."""
    known = f"{SOURCE.name}.read.known"
    ask = {module for module, tree in trees().items() for node in tree.body if getattr(node, "module", None) == known}
    assert {f"{SOURCE.name}.{name}" for name in ASKING} == {known, *map(dotted, ask)}


def dotted(module: Path) -> str:
    return ".".join(module.relative_to(SOURCE.parent).with_suffix("").parts)


def test_the_repository_holds_no_links() -> None:
    """A link works only where it was made; a linked tools' folder was once committed."""
    listed = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert [line for line in listed.splitlines() if line.startswith("120000")] == []


def test_the_repository_names_no_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    for name in filter(None, listed.decode().split("\0")):
        path = ROOT / name
        if (
            path.suffix in {".md", ".py", ".yaml", ".toml", ".html", ".txt", ""}
            and path.is_file()
            and path != Path(__file__)
        ):
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"/work/|/root/|/tmp/v\b|/home/\w", text), f"{name} names a path of one machine"


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("gkdir.cli", ("jinja2", "markdown", "openpyxl", "yaml")),
        ("gkdir.cli.build", ("jinja2", "markdown", "openpyxl", "yaml")),
        ("gkdir.build", ("openpyxl", "pypdf", "ssl", "typst")),
        ("gkdir.read.project", ("jinja2", "markdown", "openpyxl")),
        ("gkdir.desk.front", ("gkdir.build", "gkdir.excel_form.form", "gkdir.rules", "nh3", "openpyxl", "yaml")),
        ("gkdir.desk.app", ("openpyxl", "pypdf", "typst")),
        ("gkdir.checking", ("email", "importlib.metadata", "jinja2", "markdown", "openpyxl", "pypdf", "socket")),
    ],
)
def test_a_start_loads_only_what_it_needs(module: str, heavy: tuple[str, ...]) -> None:
    # Half of a county's build is importing modules.
    script = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_shape_is_built_when_a_file_of_its_kind_is_read() -> None:
    # Building forty types on import took a tenth of the start.
    script = (
        "import gkdir.build; from gkdir.read.schema.validate import readers_of\nprint(readers_of.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
