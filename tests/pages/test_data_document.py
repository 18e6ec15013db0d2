"""docs/data.md lists exactly the keys that the files have: nothing more, nothing less."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pages.sample import GUIDE, HERE, catalog
from tests.pages.test_structured import KNOWN

from gkdir.export.data import Paths, domain_data, time_limit_json
from gkdir.model.guide import NamedText
from gkdir.model.item import TimeLimit
from gkdir.publish.write import publish_folder
from gkdir.service.address import form_path, item_path

DOCUMENT = (Path(__file__).parent.parent.parent / "docs" / "data.md").read_text(encoding="utf-8")


def documented_keys(heading: str) -> set[str]:
    """The keys in the first column of the table below a heading."""
    section = re.split(r"^#+ ", DOCUMENT.partition(f" {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    assert section, heading
    firsts = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    return {key for first in firsts for key in re.findall(r"`([^`]+)`", first)}


def keys(objects: Iterable[Mapping[str, object]]) -> set[str]:
    return {key for one in objects for key in one}


@pytest.fixture(scope="module")
def whole() -> Mapping[str, object]:
    county = catalog()
    guide = replace(GUIDE, further=(NamedText("甲", "乙", HERE),), without=(NamedText("丙", "丁", HERE),))
    made = domain_data(replace(county, guides={guide.id: guide}), "employment", Paths(item_path, form_path))
    document = json.loads(made.whole)
    assert isinstance(document, dict)
    assert [json.loads(made.single(each["id"]))["item"] for each in document["items"]] == document["items"]
    return document


def test_a_domain(whole: Mapping[str, object]) -> None:
    assert documented_keys("顶层") == set(whole)


def test_an_item(whole: Mapping[str, object]) -> None:
    items = whole["items"]
    assert isinstance(items, list)
    assert documented_keys("`items` 里的每个事项") == keys(items)
    guide = next(item["guide"] for item in items if item["guide"])
    assert documented_keys("`guide`") == set(guide)
    for part, heading in (("materials", "每样材料"), ("steps", "每一步"), ("ways", "每一种"), ("sections", "每一节")):
        assert documented_keys(f"`guide.{part}` 里的{heading}") == keys(guide[part])
    assert documented_keys("`forms` 里的每张表格") == keys(form for item in items for form in item["forms"])


def test_a_time_limit() -> None:
    one = TimeLimit("十日内", "within", 10, "day", "受理", statutory=TimeLimit("三十日", "within", 30, "day"))
    other = TimeLimit("每年一月", "periodic", period="year", by="01-31")
    limits = (one, other, TimeLimit("两个", "compound", parts=(one, other)))
    assert documented_keys("`time_limit`") == keys(map(time_limit_json, limits))


def test_a_manifest(tmp_path: Path) -> None:
    publish_folder(tmp_path / "a", [("index.html", b"")], {})
    assert documented_keys("清单") == set(json.loads((tmp_path / "a" / "manifest.json").read_bytes()))


def _types() -> Iterator[str]:
    section = DOCUMENT.partition("## 网页里的 `GovernmentService`")[2]
    yield from re.findall(r"`([A-Z][A-Za-z]+)`", section)


def test_what_a_page_tells_machines() -> None:
    assert documented_keys("网页里的 `GovernmentService`") == KNOWN["GovernmentService"]
    assert set(_types()) == set(KNOWN)
