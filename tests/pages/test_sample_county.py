"""The built sample county: every guide is complete, every page is small, every file is listed."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest
from tests.built import built_sample
from tests.pages.document import Document
from tests.places import DIRECTORIES

from gkdir.model.county import Catalog
from gkdir.overlay import lay
from gkdir.overlay.elements import ELEMENTS, NOT_NEEDED, ONLY_IF_ASKED, OTHER, kind_of
from gkdir.publish.filters import OUTWARD
from gkdir.read.project import read_county, read_project
from gkdir.service.address import governmental

MOST = 60_000
"""The most bytes of a page with everything it loads, compressed as by a server."""

ONE_TIME = ("事项名称", "法律依据", "办事流程", "受理条件", "申报材料", "收费标准", "承诺时限", "咨询电话", "监督电话")
INSPECTION = ("事项名称", "设定依据", "申请条件", "办理材料", "办理地点", "办理时间", "联系电话", "办理流程")
SHEET = (
    "事项名称", "事项简述", "办理材料", "办理方式", "办理时限", "结果送达", "收费依据及标准", "办事时间",
    "办理机构及地点", "咨询查询途径", "监督投诉渠道",
)  # fmt: skip


@pytest.fixture(scope="module")
def county() -> Catalog:
    project = read_project(DIRECTORIES)
    return lay(project, read_county(project, "qingyuan"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    folder = built_sample(tmp_path_factory)[0] / "qingyuan"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def guides(files: Mapping[str, bytes], county: Catalog) -> Mapping[str, Document]:
    """Item id → the page of each item that has a guide."""
    return {
        item: Document(files[f"{item.replace('.', '-')}/index.html"].decode()) for item in county.guides
    }  # fmt: skip


def shown(page: Document) -> dict[str, str]:
    """Heading → text of each element on a page."""
    boxes = [box for box in page.all("div") if "data-element" in box.attributes]
    return {
        box.attributes["data-element"]: box.text.removeprefix(box.attributes["data-element"]).strip() for box in boxes
    }


def ticks(page: Document) -> list[str]:
    return [box.attributes["data-tick"] for box in page.all("input") if "data-tick" in box.attributes]


@pytest.mark.parametrize("wanted", [SHEET, ONE_TIME, INSPECTION], ids=["目录", "一次性告知", "网站检查"])
def test_every_guide_shows_every_element(
    guides: Mapping[str, Document], county: Catalog, wanted: tuple[str, ...]
) -> None:
    assert guides
    for item, page in guides.items():
        kinds = {kind_of(heading) for heading in shown(page)}
        needless, _ = NOT_NEEDED.get(county.guides[item].nature or "", (frozenset[str](), ""))
        assert {kind_of(word) for word in wanted} - kinds - needless == set(), item
    assert OTHER not in {kind_of(word) for word in wanted}


def test_the_page_of_phones_says_whose_what_is_not_ours_and_leaves_out_what_is_nobodys(
    files: Mapping[str, bytes], county: Catalog
) -> None:
    page = files["phones/index.html"].decode()
    assert all(office.name in page for office in county.organisations.values())
    hotlines = {line.name for line in county.hotlines}
    lines = {one.line.text: {office.text for office in one.offices} <= hotlines for one in county.synonyms.elsewhere}
    assert set(lines.values()) == {True, False}
    assert {line: line not in page for line in lines} == lines


def test_every_guide_tells_what_its_row_promises_in_its_words_and_order(
    guides: Mapping[str, Document], county: Catalog
) -> None:
    for item, page in guides.items():
        entry = county.entry(item)
        assert entry
        headings = list(shown(page))
        assert [heading for heading in headings if heading in entry.item.content] == list(entry.item.content), item
        needless, _ = NOT_NEEDED.get(county.guides[item].nature or "", (frozenset[str](), ""))
        assert {kind_of(heading) for heading in headings} >= set(ELEMENTS) - ONLY_IF_ASKED - needless, item


def test_no_element_is_left_unsaid(guides: Mapping[str, Document]) -> None:
    for item, page in guides.items():
        for heading, text in shown(page).items():
            assert text, (item, heading)
            assert "还没有写明" not in text, (item, heading)
            assert text != "无。", (item, heading)


def test_every_guide_has_its_card_forms_questions_and_neighbours(
    guides: Mapping[str, Document], county: Catalog
) -> None:
    for item, page in guides.items():
        rows = [row.text for row in page.all("dt") if "section" in row.around]
        rows = [row for row in rows[: rows.index("问谁") + 1] if row not in ("别错过", "代办")]
        assert rows == ["这是什么", "谁能办", "带什么", "去哪办", "多久", "多少钱", "问谁"], item
        text = page.all("main")[0].text
        for wanted in ("常见问题", "目录中怎么写", "找错", "评价和提意见"):
            assert wanted in text, (item, wanted)
        unchecked = county.guides[item].inherited and not county.guides[item].checked
        assert ("请先电话核实" in text) == bool(unchecked), item
        assert ("目录审核：" if unchecked else "最近核对：") in text, item
        assert page.all("svg", class_="flow"), item
        assert ticks(page) == [material.name for material in county.guides[item].materials or ()], item


def test_every_item_has_its_code_with_or_without_a_guide(files: Mapping[str, bytes], county: Catalog) -> None:
    items = [entry.item for entry in county.entries()]
    assert len(items) > len(county.guides) > 0
    for item in items:
        page = files[f"{item.id.replace('.', '-')}/index.html"].decode()
        assert page.count('aria-label="本页的二维码"') == 1, item.id


def test_every_form_is_offered_with_type_and_size(guides: Mapping[str, Document], county: Catalog) -> None:
    for item, page in guides.items():
        table = "".join(box.text for box in page.all("table", class_="table materials"))
        for material in county.guides[item].materials or ():
            if material.form:
                title = county.forms[material.form].title
                assert re.search(f"{title}，空白表，Word\\d+ KB", table), (item, title)
                assert re.search(f"{title}，示范文本，Word\\d+ KB", table), (item, title)
                assert f"{title}，填写说明，网页" in table, (item, title)


def test_policies_that_are_published_are_led_to(guides: Mapping[str, Document]) -> None:
    laws = guides["social_insurance/1.5"].all("ul", class_="laws")[0]
    assert "国务院关于建立统一的城乡居民基本养老保险制度的意见" in laws.text
    links = [link.attributes["href"] for link in guides["social_insurance/1.5"].all("a") if "cite" not in link.around]
    assert "../../policies/resident-pension/index.html" in links


def test_machines_are_told_of_every_item(files: Mapping[str, bytes], county: Catalog) -> None:
    for entry in county.entries():
        number = (entry.item.number or "").replace(".", "-")
        page = Document(files[f"{entry.item.domain}/{number}/index.html"].decode())
        told = json.loads(page.all("script", type="application/ld+json")[0].text)
        assert told["identifier"] == entry.item.id
        assert told["serviceOperator"], entry.item.id


def test_links_that_leave_the_government_say_so(files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith(".html"):
            for address, more in re.findall(r'<a [^>]*?href="(https?://[^"]*)"([^>]*)>', content.decode()):
                assert governmental(address) or OUTWARD in more, (path, address)


def test_ticks_are_the_same_in_both_scripts(files: Mapping[str, bytes], guides: Mapping[str, Document]) -> None:
    for item, page in guides.items():
        twin = files.get(f"hant/{item.replace('.', '-')}/index.html")
        if twin is not None:
            assert ticks(Document(twin.decode())) == ticks(page), item


def test_no_page_is_heavy(files: Mapping[str, bytes]) -> None:
    packed = {path: len(gzip.compress(content, mtime=0)) for path, content in files.items()}
    for path, content in files.items():
        if path.endswith(".html"):
            loaded = re.findall(
                r'<(?:link rel="(?:icon|stylesheet)"|script|img)[^>]*(?:href|src)="([^"#]+)"', content.decode()
            )
            whole = {path, *(normpath(join(dirname(path), unquote(target))) for target in loaded)}
            assert sum(packed[one] for one in whole) <= MOST, path


def test_the_list_of_several_items_keeps_its_ticks_too(files: Mapping[str, bytes]) -> None:
    lists = [Document(content.decode()) for path, content in files.items() if path.startswith("events/")]
    ticked = [page for page in lists if ticks(page)]
    assert ticked
    for page in ticked:
        assert [box for box in page.elements if box.attributes.get("data-checklist", "").startswith("qingyuan/events/")]
        assert [box for box in page.elements if "data-checklist-note" in box.attributes]
        assert page.all("script", src="../../assets/checklist.js")
