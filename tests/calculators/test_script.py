"""reckon.js under node: the same answers as Python, for vectors.tsv and for any input.

The form around it is tested in test_browser.py.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws import law

from gkdir.resources import template_folder

from .vectors import STANDARDS, Said, answer, in_words, rules, vectors, yuan

NODE = shutil.which("node")
SCRIPT = template_folder() / "_assets" / "reckon.js"
FORMS = ("retirement", "unemployment", "injury", "pension")
Ask = Callable[[str, str, Sequence[Said]], list[dict[str, str]]]

pytestmark = pytest.mark.skipif(NODE is None, reason="没有 node：请安装 Node 18 以上")


class Form(HTMLParser):
    """The fields of a page's form, and the parameters that it calculates with."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.rules: object = None
        self.fields: dict[str, dict[str, object]] = {}
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "form" and "data-reckon" in held:
            self.rules = json.loads(held["data-parameters"] or "")
        elif (name := held.get("name")) and (kind := held.get("data-kind")):
            least, most = int(held.get("data-least") or 0), int(held.get("data-most") or 0)
            self.fields[name] = {"kind": kind, "optional": "data-optional" in held, "least": least, "most": most}


@pytest.fixture(scope="module")
def ask(built: Mapping[str, Path]) -> Iterator[Ask]:
    """Returns the script's answers to each case on a county's page, worded as in the table."""
    command = [str(NODE), str(Path(__file__).parent / "ask.js"), str(SCRIPT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdin is not None
        assert node.stdout is not None
        asking, answering = node.stdin, node.stdout

        def ask_(calculator: str, standards: str, cases: Sequence[Said]) -> list[dict[str, str]]:
            form = Form(built[standards] / "reckon" / calculator / "index.html")
            typed = [dict(case) for case in cases]
            question = {"calculator": calculator, "rules": form.rules, "fields": form.fields, "cases": typed}
            print(json.dumps(question), file=asking, flush=True)
            answers = json.loads(answering.readline())
            assert all(isinstance(one, dict) for one in answers), answers
            return [{name: in_words(name, value) for name, value in one.items()} for one in answers]

        yield ask_
        asking.close()


@pytest.mark.parametrize("standards", STANDARDS)
@pytest.mark.parametrize("calculator", FORMS)
def test_the_script_says_what_the_table_says(ask: Ask, calculator: str, standards: str) -> None:
    lines = [one for one in vectors() if (one.calculator, one.standards) == (calculator, standards)]
    for line, found in zip(lines, ask(calculator, standards, [one.said for one in lines]), strict=True):
        assert {name: found.get(name, "-") for name in line.expected} == dict(line.expected), line.said


CASES = {
    "retirement": st.fixed_dictionaries(
        {
            "career": st.sampled_from(["man", "woman55", "woman50"]),
            "year": st.integers(1925, 2015).map(str),
            "month": st.integers(1, 12).map(str),
            "plan": st.just("") | st.integers(2020, 2090).map(str),
        }
    ),
    "unemployment": st.fixed_dictionaries(
        {
            "years": st.integers(0, 60).map(str),
            "months": st.integers(0, 11).map(str),
            "left": st.integers(0, 24).map(str),
        }
    ),
    "injury": st.fixed_dictionaries(
        {
            "grade": st.integers(1, 10).map(str),
            "wage": st.integers(1, 10**8).map(yuan),
            "care": st.sampled_from(["none", "full", "most", "some"]),
        }
    ),
    "pension": st.fixed_dictionaries(
        {"balance": st.integers(0, 10**8).map(yuan), "years": st.integers(0, 60).map(str)}
    ),
}


@pytest.mark.hypothesis  # it does not see that the property is inside
@pytest.mark.parametrize("standards", STANDARDS)
@pytest.mark.parametrize("calculator", FORMS)
def test_the_script_says_what_python_says_whatever_is_typed(ask: Ask, calculator: str, standards: str) -> None:
    national = rules()

    @law(4)
    @given(st.lists(CASES[calculator], min_size=20, max_size=40))
    def compare(cases: list[Said]) -> None:
        for said, found in zip(cases, ask(calculator, standards, cases), strict=True):
            expected = answer(calculator, said, national, STANDARDS[standards])
            assert {name: found.get(name, "-") for name in {*found, *expected}} == expected, said

    compare()
