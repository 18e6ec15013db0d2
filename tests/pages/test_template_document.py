"""docs/templates.md, for offices that override a template: its example works, and its tables are true."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import jinja2
import jinja2.meta
import pytest
from jinja2 import nodes
from tests.pages.sample import rendered
from tests.places import ROOT, SMALL

from gkdir.build import BuildContext, index_files
from gkdir.buildoptions import BuildOptions
from gkdir.publish.render import Renderer
from gkdir.read.project import read_project
from gkdir.resources import template_folder
from gkdir.service.texts import TEXTS
from gkdir.site.county import CountyView
from gkdir.site.page import Page
from gkdir.site.root import Published

DOCUMENT = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
TEMPLATES = template_folder()
PARTS = sorted((TEMPLATES / "_parts").glob("*.html"))
ENVIRONMENT = Renderer((TEMPLATES,))._careful


def parsed(path: Path) -> nodes.Template:
    return ENVIRONMENT.parse(path.read_text(encoding="utf-8"))


def names_read(tree: nodes.Template) -> set[str]:
    """The names that a template reads and does not set itself, and the attributes of ``view`` that it reads."""
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    names = jinja2.meta.find_undeclared_variables(tree) - own
    return names - {"view"} | {f"view.{name}" for name in attributes_of_view(tree)}


def attributes_of_view(tree: nodes.Template) -> Iterator[str]:
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name == "view":
            yield attribute.attr


def rows(heading: str) -> dict[str, set[str]]:
    """First cell → the code in the last one, in the table under ``heading``."""
    section = DOCUMENT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in section.splitlines() if line.startswith("| `")]
    return {line[0].strip(" `"): set(re.findall("`([^`]+)`", line[-1])) for line in cells}


def row_of(name: str) -> set[str]:
    return set(re.findall("`([a-z_]+)`", DOCUMENT.split(f"| `{name}` |", 1)[1].split("\n", 1)[0]))


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A project with the document's example as its only template."""
    name = re.search("存成 `项目/templates/([^`]+)`", DOCUMENT)
    example = re.search(r"```html\n(.*?)```", DOCUMENT, re.DOTALL)
    assert name
    assert example
    shutil.copytree(SMALL / "project", tmp_path / "project")
    path = tmp_path / "project" / "templates" / name[1]
    path.parent.mkdir(parents=True)
    path.write_text(example[1], encoding="utf-8")
    return tmp_path / "project" / "templates"


def test_the_example_changes_the_pages_that_it_says(templates: Path) -> None:
    files = rendered(None, templates)
    for path in ("index.html", "about/index.html"):
        assert "打不通 12333 的时候打这个" in files[path]
        assert "2026年3月1日核对过" in files[path]
        assert "将离开政府网站" not in files[path].split("国家社会保险公共服务平台")[1][:40], (
            "12333.gov.cn is governmental"
        )
    assert '<a href="../about/index.html">目录说明</a>' in files["about/index.html"]
    assert "打不通 12333 的时候打这个" not in files["employment/4-1/index.html"]


def test_the_example_works_on_the_page_of_all_counties(templates: Path) -> None:
    project = read_project(templates.parent, SMALL / "national")
    context = BuildContext(project, BuildOptions(templates.parent, Path()))
    page = dict(index_files(context, [Published("heping", "和平县", "990102")]))["index.html"].decode()
    assert "打不通 12333 的时候打这个" in page
    assert "核对过" not in page


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_part_says_in_its_first_line_what_it_reads(part: Path) -> None:
    first = part.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"\{# .+。用到：(.+)。 #\}", first)
    assert found, first
    assert set(found[1].split("、")) - {"无"} == names_read(parsed(part))


def test_the_document_lists_every_part_with_what_it_reads() -> None:
    assert rows("有哪些部件") == {part.name: names_read(parsed(part)) for part in PARTS}


def test_the_document_lists_every_page_with_what_it_reads() -> None:
    files = (path for path in TEMPLATES.rglob("*") if path.is_file())
    pages = {path.relative_to(TEMPLATES).as_posix(): path for path in files}
    read = {name: attributes_of_view(parsed(path)) for name, path in pages.items() if not name.startswith("_")}
    assert rows("有哪些页面") == {name: {f"view.{one}" for one in names} for name, names in read.items()}


def test_the_document_lists_what_a_template_may_use() -> None:
    plain = jinja2.Environment()
    section = DOCUMENT.split("## 模板里能用什么\n", 1)[1].split("\n## ", 1)[0]
    for name in (*ENVIRONMENT.filters.keys() - plain.filters, *ENVIRONMENT.globals.keys() - plain.globals):
        assert re.search(rf"\b{name}\b", section), name
    for name, kind in (("page", Page), ("county", CountyView), ("texts", type(TEXTS))):
        fields = row_of(name) - {"title", "path"} if name == "county" else row_of(name)
        assert fields, name
        assert [field for field in fields if not hasattr(kind, field)] == []
    assert row_of("county") >= {*CountyView.__struct_fields__}
