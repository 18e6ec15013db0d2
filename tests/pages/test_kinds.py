"""What each kind of page shows."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from tests.pages.document import Document
from tests.pages.sample import DESCRIBED, GUIDE, HERE, READY, catalog, rendered

from gkdir.model.item import Written
from gkdir.service.guide import form_view

ELEMENTS = [
    "事项名称", "事项简述", "对象范围", "办理条件", "办理材料", "办理流程", "办理方式", "办理时限", "结果送达",
    "收费依据及标准", "办事时间", "办理机构及地点", "咨询查询途径", "监督投诉渠道",
]  # fmt: skip


@pytest.fixture(scope="module")
def pages() -> Mapping[str, Document]:
    return {path: Document(text) for path, text in rendered().items() if path.endswith(".html")}


def words(document: Document) -> str:
    return document.all("main")[0].text


def headings(document: Document) -> list[str]:
    return [heading.text for heading in document.all("h3") if "section" in heading.around]


def card(document: Document) -> list[str]:
    box = document.all("section", class_="card")[0]
    return [line for line in (part.strip() for part in box.words) if line]


def test_an_item_is_called_as_people_call_it_with_its_official_name_below(pages: Mapping[str, Document]) -> None:
    page = pages["employment/4-1/index.html"]
    assert page.all("h1")[0].text == "没工作了来登记"
    assert "目录中的名称：失业登记" in words(page)


def test_the_card_answers_seven_questions(pages: Mapping[str, Document]) -> None:
    lines = card(pages["employment/4-1/index.html"])
    assert [line for line in lines if line in ("这是什么", "谁能办", "带什么", "去哪办", "多久", "多少钱", "问谁")] == [
        "这是什么", "谁能办", "带什么", "去哪办", "多久", "多少钱", "问谁",
    ]  # fmt: skip
    assert {
        "没有工作的人在这里登记",
        "居民身份证",
        "可以后补",
        "清源路18号",
        "1个工作日",
        "不收费",
        "0600-5550101",
    } <= set(lines)


def test_elements_stand_in_the_order_of_the_notice(pages: Mapping[str, Document]) -> None:
    found = headings(pages["employment/4-1/index.html"])
    assert [heading for heading in found if heading in ELEMENTS] == ELEMENTS


def test_an_element_that_is_missing_is_said_to_be() -> None:
    bare = replace(catalog(), guides={GUIDE.id: replace(GUIDE, fee=None, materials=(), steps=None)})
    page = Document(rendered(bare)["employment/4-1/index.html"])
    assert [heading for heading in headings(page) if heading in ELEMENTS] == ELEMENTS
    assert "不用带材料" in words(page)
    assert "什么都不用带" in card(page)
    assert words(page).count("还没有写明") == 3  # 多少钱 in the card, 流程 and 收费 in the guide


def test_why_a_guide_is_not_used_is_told() -> None:
    why = {"employment/4.2": Written("由州里统一办。", HERE)}
    page = Document(rendered(replace(catalog(), unused_guides=why))["employment/4-2/index.html"])
    assert "这一项不用国家和上级的办事指南：由州里统一办。要办理" in "".join(words(page).split())


def test_an_item_without_a_guide_promises_nothing(pages: Mapping[str, Document]) -> None:
    page = pages["employment/4-2/index.html"]
    assert "还没有办事指南" in words(page)
    assert "带什么" not in card(page)
    assert "电话里可以这样问我这种情况能不能办" in "".join(words(page).split())
    assert "电话里可以这样问" not in words(pages["employment/4-1/index.html"])


def test_below_an_item_without_a_guide_stand_those_beside_it_that_have_one(pages: Mapping[str, Document]) -> None:
    page = pages["employment/4-1-1/index.html"]
    assert "相关事项没工作了来登记核对" in "".join(words(page).split())
    assert "它是“没工作了来登记”里的一种，可以先看那一项的指南" in "".join(words(page).split())
    assert "里的一种" not in words(pages["employment/4-2/index.html"])


def test_forms_stand_beside_the_material_with_type_and_size(pages: Mapping[str, Document]) -> None:
    table = pages["employment/4-1/index.html"].all("table", class_="table materials")[0].text
    assert "失业登记表，空白表，Word20 KB" in table
    assert "就业登记表，空白表，网页" in table


def test_what_differs_from_the_national_directory_is_shown(pages: Mapping[str, Document]) -> None:
    text = words(pages["employment/4-1/index.html"])
    assert "缩短10个工作日内公开国家目录：20个工作日内公开" in text
    assert "增加两微一端" in text
    assert "明确为清源县人社局国家目录：人力资源社会保障部门" in text
    assert "与国家目录不同" not in words(pages["employment/4-2/index.html"])
    assert "国家目录中没有，由清源县增加" in words(pages["employment/4-1-1/index.html"])


def test_omissions_are_listed_with_their_reasons(pages: Mapping[str, Document]) -> None:
    text = words(pages["employment/index.html"])
    assert "9.1外国人来华工作许可本县未开展此项业务清源县，县政府批准，2026年1月5日" in text


def test_only_files_that_are_there_are_offered(pages: Mapping[str, Document]) -> None:
    text = words(pages["data/index.html"])
    assert "12 KB" in text
    assert "1 KB" in text
    assert "1.2 MB" in text


def test_a_township_has_its_own_phones_and_says_what_all_items_share_once(pages: Mapping[str, Document]) -> None:
    text = words(pages["towns/baishi/index.html"])
    assert "0600-5550211" in text
    assert text.count("白石镇便民服务中心") == 2  # the office, and once for all items
    assert "以下各项，公开主体增加白石镇便民服务中心" in text
    rows = [
        row.attributes["data-item"]
        for row in pages["towns/baishi/index.html"].all("li")
        if "data-item" in row.attributes
    ]
    assert rows == ["employment/4.1", "employment/4.1.1", "employment/4.2"]


def test_a_village_shows_an_item_of_its_own_in_place(pages: Mapping[str, Document]) -> None:
    page = pages["towns/liushu/index.html"]
    assert "打零工找活柳树村增加" in words(page)
    assert "怎么办：打0600-5550211问清。" in "".join(words(page).split())
    assert [link.text for link in page.all("nav", class_="frame crumbs")] == ["清源县\n白石镇\n柳树村"]


def test_a_third_level_item_of_a_village_leads_to_the_countys_guide() -> None:
    county = catalog()
    village = next(town for town in county.towns if town.slug == "liushu")
    third = next(entry for entry in county.entries() if entry.item.number == "4.1.1")
    own = replace(third, item=replace(third.item, number="4.1.9", level3="赶集日失业登记"), alias=None)
    laid = village.directories["employment"]
    laid = replace(laid, entries=(*laid.entries, own))
    towns = tuple(
        replace(town, directories={**town.directories, "employment": laid}) if town is village else town
        for town in county.towns
    )
    page = Document(rendered(replace(county, towns=towns))["towns/liushu/index.html"])
    said = "".join(words(page).split())
    assert "赶集日失业登记柳树村增加" in said
    assert "怎么办：先看“没工作了来登记”，打0600-5550211问清。" in said


def test_a_described_form_gives_blank_sample_and_instructions(pages: Mapping[str, Document]) -> None:
    blank, sample = pages["forms/jyb-b76b5d/blank/index.html"], pages["forms/jyb-b76b5d/sample/index.html"]
    assert "□男" in words(blank)
    assert "示例·张三" not in words(blank)
    assert not blank.all("svg", class_="watermark")
    assert "☑男" in words(sample)
    assert "示例·张三" in words(sample)
    assert "示范文本" in sample.all("svg", class_="watermark")[0].text
    assert "写到村" in words(pages["forms/jyb-b76b5d/index.html"])
    assert "没工作了来登记" in words(pages["forms/jyb-b76b5d/index.html"])
    # 4 + 2 of twelve, then 8 begins a new line: the second takes what is left.
    spans = [
        blank.attributes["class"].split()[1]
        for blank in blank.all("div")
        if blank.attributes.get("class", "").startswith("blank")
    ]
    assert spans == ["span-4", "span-8", "span-12", "span-12"]


def test_ready_forms_are_offered_as_they_are(pages: Mapping[str, Document]) -> None:
    page = pages["forms/djb-e9e07d/index.html"]
    assert "失业登记表，空白表，Word20 KB" in words(page)
    assert (
        page.all(
            "strong",
        )[-1].text
        == "发现本页有错？"
    )
    assert "用黑色笔填。" in words(page)


def test_the_home_leads_to_everything(pages: Mapping[str, Document]) -> None:
    text = words(pages["index.html"])
    assert "失业了" in text
    assert "白石镇柳树村" in text.replace("\n", "")
    assert "2项有办事指南" not in text
    assert "3项，1项有办事指南" in text


def test_where_the_national_text_comes_from_is_said(pages: Mapping[str, Document]) -> None:
    assert "不是部里印发的原文件" in words(pages["about/index.html"])


def test_a_form_is_offered_in_every_format_that_there_is() -> None:
    files = {"forms/jyb-b76b5d/blank.docx": 6000, "print/forms/jyb-b76b5d-blank.pdf": 90_000}
    view = form_view(DESCRIBED, files)
    assert [(file.kind, file.size) for file in view.blanks] == [("Word", 6000), ("PDF", 90_000), ("网页", None)]
    assert [file.saved for file in view.blanks] == ["就业表-空白表.docx", "", ""]
    assert [file.kind for file in view.samples] == ["网页"]
    assert view.explained
    ready = form_view(READY, files)
    assert [(file.label, file.kind, file.size) for file in ready.files] == [("空白表", "Word", 20_000)]
