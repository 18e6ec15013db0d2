"""A guide's elements: all of them, in the order and wording of 公开内容, and why one is missing."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.pages.document import Document
from tests.pages.sample import GUIDE, HERE, catalog, rendered

from gkdir.model.guide import Guide, Limits, NamedText
from gkdir.overlay.elements import ELEMENTS, ONLY_IF_ASKED, OTHER, kind_of
from gkdir.read.timelimit import time_limit
from gkdir.service.guide import elements

SOCIAL = (
    "事项名称", "事项简述", "办理材料", "办理方式", "办理时限", "结果送达", "收费依据及标准", "办事时间",
    "办理机构及地点", "咨询查询途径", "监督投诉渠道",
)  # fmt: skip
LOAN = ("文件依据", "政策对象", "贷款额度", "申请材料", "办理流程", "办理地点（方式）", "咨询电话")


def headings(asked: tuple[str, ...], guide: Guide = GUIDE) -> list[str]:
    return [element.heading for element in elements(asked, guide)]


def test_the_eleven_stand_in_the_order_of_the_notice() -> None:
    shown = headings(SOCIAL)
    assert [heading for heading in shown if heading in SOCIAL] == list(SOCIAL)
    assert shown[:5] == ["事项名称", "事项简述", "设定依据", "服务对象", "办理条件"]
    assert shown[shown.index("办理材料") + 1] == "办理流程"


def test_a_sheet_has_its_own_words() -> None:
    shown = headings(LOAN)
    assert [heading for heading in shown if heading in LOAN] == list(LOAN)
    assert "服务对象" not in shown
    assert "办理机构及地点" not in shown
    assert shown[-1] == "监督投诉渠道"


@given(st.lists(st.sampled_from([word for words in ELEMENTS.values() for word in words] + ["贷款额度", "工资"])))
def test_every_element_is_shown_once_and_what_is_asked_keeps_its_order(asked: list[str]) -> None:
    made = elements(asked, GUIDE)
    kinds = [element.kind for element in made if element.kind != OTHER]
    assert len(kinds) == len(set(kinds))
    assert set(ELEMENTS) - ONLY_IF_ASKED <= set(kinds)
    first = list({word if kind_of(word) == OTHER else kind_of(word): word for word in reversed(asked)}.values())
    assert [element.heading for element in made if element.heading in first] == [
        word for word in dict.fromkeys(asked) if word in first
    ]


def test_a_part_that_is_left_out_is_told_beside_the_part_that_is_still_blank() -> None:
    """国家没有规定期限 does not answer how long it takes here."""
    open_ = replace(
        GUIDE, limit=None, without=(NamedText("办理时限.法定", "国家没有统一规定期限", HERE),),
        pending=(NamedText("办理时限.承诺", "各地不同。先打电话问。", HERE),),
    )  # fmt: skip
    made = {element.heading: element for element in elements(SOCIAL, open_)}["办理时限"]
    assert (made.reason, made.blank) == ("国家没有统一规定期限", "国家没有统一规定期限。各地不同。先打电话问。")
    promised = replace(open_, limit=Limits(promised=time_limit("3个工作日")), pending=())
    made = {element.heading: element for element in elements(SOCIAL, promised)}["办理时限"]
    assert (made.reason, made.blank) == ("国家没有统一规定期限", None)
    page = rendered(replace(catalog(), guides={GUIDE.id: promised}))["employment/4-1/index.html"]
    shown = "".join(re.sub("<[^>]+>", "", page).split())
    assert "承诺：3个工作日法定：国家没有统一规定期限" in shown


def test_further_elements_and_reasons() -> None:
    guide = replace(
        GUIDE, further=(NamedText("贷款额度", "最高30万元", HERE),), without=(NamedText("结果送达", "当场办好", HERE),)
    )
    made = {element.heading: element for element in elements((*LOAN, "办理结果告知方式"), guide)}
    assert made["贷款额度"].text == "最高30万元"
    assert made["办理结果告知方式"].reason == "当场办好"
    assert headings(SOCIAL, guide)[-1] == "贷款额度"


def test_a_page_says_none_with_the_reason_and_never_leaves_a_heading_alone() -> None:
    guide = replace(GUIDE, delivery=None, fee=None, without=(NamedText("结果送达", "当场办好，不另外送达。", HERE),))
    county = catalog()
    page = Document(rendered(replace(county, guides={guide.id: guide}))["employment/4-1/index.html"])
    told = {one.attributes["data-element"]: one.text for one in page.all("div") if "data-element" in one.attributes}
    assert told["结果送达"].endswith("无。当场办好，不另外送达。")
    assert told["收费依据及标准"].endswith("还没有写明。请打 0600-5550101 问")
    blank = replace(guide, pending=(NamedText("收费", "收不收费各地不同。", HERE),))
    page = Document(rendered(replace(county, guides={guide.id: blank}))["employment/4-1/index.html"])
    said = [one.text for one in page.all("div") if one.attributes.get("data-element") == "收费依据及标准"]
    assert said == ["收费依据及标准\n收不收费各地不同。请打 0600-5550101 问"]
    elsewhere = replace(guide, pending=(NamedText("收费", "收不收费，先拨打12333问。", HERE),))
    text = rendered(replace(county, guides={guide.id: elsewhere}))["employment/4-1/index.html"]
    assert "先拨打12333问。也可以打 0600-5550101 问" in " ".join(Document(text).all("main")[0].text.split())
    assert "收不收费各地不同。" in next(one.text for one in page.all("section") if "card" in one.attributes["class"])
    assert all(text != heading for heading, text in told.items())


def test_blanks_of_one_element_say_a_sentence_once() -> None:
    pending = (
        NamedText("办理时限.承诺", "各地不同。问清哪天。", HERE),
        NamedText("办理时限.法定", "国家没有规定。问清哪天。", HERE),
    )
    told = {each.kind: each.blank for each in elements(SOCIAL, replace(GUIDE, pending=pending))}
    assert told["limit"] == "各地不同。问清哪天。国家没有规定。"


def test_the_card_gives_the_guides_own_reason_before_the_usual_one() -> None:
    bare = replace(GUIDE, nature="信息服务", limit=None, without=(NamedText("办理时限", "随问随答，不用等", HERE),))
    card = Document(rendered(replace(catalog(), guides={GUIDE.id: bare}))["employment/4-1/index.html"]).all("dd")
    assert "随问随答，不用等" in [one.text for one in card][:7]


def test_whom_to_ask_always_has_a_number_though_the_guide_says_none() -> None:
    guide = replace(GUIDE, consult="到窗口问", complaint="写进意见箱")
    page = Document(rendered(replace(catalog(), guides={guide.id: guide}))["employment/4-1/index.html"])
    told = {one.attributes["data-element"]: one.text for one in page.all("div") if "data-element" in one.attributes}
    assert [told[name].split() for name in ("咨询查询途径", "监督投诉渠道")] == [
        ["咨询查询途径", "0600-5550101清源县人社局到窗口问"],
        ["监督投诉渠道", "0600-5550102清源县人社局写进意见箱"],
    ]
