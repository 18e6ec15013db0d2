"""The examples of CONTRIBUTING.md work: copied, they give a rule, a page, an output."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace
from tests.pages.sample import catalog, site_of
from tests.places import ROOT

from gkdir import outputs
from gkdir.rules import phones as phone_rules
from gkdir.site import phones as phone_pages

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def example(name: str, around: Mapping[str, Any]) -> Any:
    """The object that the document defines under that name, in the namespace ``around``."""
    blocks = map(textwrap.dedent, re.findall(r"^ *```python\n(.*?)^ *```$", TEXT, re.DOTALL | re.MULTILINE))
    (code,) = (block for block in blocks if f"def {name}(" in block)
    known = dict(around)
    exec(code, known)
    return known[name]


def test_the_rule_judges() -> None:
    judge = example("phone_in_name", vars(phone_rules)).judge
    right, *_ = catalog().overlay.organisations.values()
    wrong = replace(right, name=f"{right.name}0600-5550101")
    assert list(judge(right, None)) == []
    assert [fault.place for fault in judge(wrong, None)] == [wrong.place]


def test_the_page_is_built() -> None:
    def view(offices: object) -> object:
        return SimpleNamespace(offices=offices)

    build = example("offices_pages", {**vars(phone_pages), "OfficesView": view})
    site = site_of(catalog())
    (page,) = build(site)
    assert (page.inner, page.title) == ("offices/index.html", "机构")
    assert page.view.offices == tuple(site.catalog.organisations.values())


def test_the_output_is_written() -> None:
    write = example("phone_list", vars(outputs))
    ((path, data),) = write(SimpleNamespace(site=site_of(catalog())))
    assert path == "data/phones.txt"
    assert "0600-5550101" in data.decode()


def test_what_the_table_names_is_there() -> None:
    """Each name in the table exists in the file named after it."""
    table = TEXT.split("## The six commonest changes\n")[1].split("\n### ")[0]
    places = re.findall(r"`(\w+)`(?: in| or `\w+`)? \(?`([\w/]+\.py)`", table)
    assert len(places) >= 6
    missing = [(name, path) for name, path in places if not re.search(rf"\b{name}\b", read(path))]
    assert missing == []


def read(path: str) -> str:
    return (ROOT / "src" / "gkdir" / path).read_text(encoding="utf-8")
