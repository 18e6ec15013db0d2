"""schema.org data of an item: valid, only what is known, safe inside a page."""

from __future__ import annotations

import json
from datetime import date

import pytest
from msgspec.structs import replace
from tests.pages.document import Document
from tests.pages.sample import GUIDE, HERE, OFFICE, catalog, rendered

from gkdir.model.article import Article
from gkdir.model.county import Catalog, Website
from gkdir.model.guide import Limits, Section
from gkdir.model.item import TimeLimit
from gkdir.service.structured import Opening, faq_data, openings

KNOWN = {
    "GovernmentService": {
        "@context", "@type", "@id", "name", "alternateName", "description", "serviceType", "identifier", "inLanguage",
        "areaServed", "provider", "audience", "serviceOperator", "availableChannel", "hoursAvailable", "url",
    },
    "ServiceChannel": {"@type", "name", "serviceUrl", "servicePhone", "serviceLocation", "processingTime"},
    "GovernmentOrganization": {"@type", "name", "telephone", "address"},
    "AdministrativeArea": {"@type", "name", "identifier"},
    "Audience": {"@type", "audienceType"},
    "Place": {"@type", "name", "address"},
    "ContactPoint": {"@type", "telephone"},
    "OpeningHoursSpecification": {"@type", "dayOfWeek", "opens", "closes"},
}  # fmt: skip
"""By type, the properties of schema.org that we use; docs/data.md lists them."""

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def data(county: Catalog | None = None, path: str = "employment/4-1/index.html") -> dict[str, object]:
    script = Document(rendered(county)[path]).all("script", type="application/ld+json")
    assert len(script) == 1
    told = json.loads(script[0].text)
    assert isinstance(told, dict)
    return told


def check(value: object) -> None:
    """Every object has a type, only its properties, and no empty value."""
    if isinstance(value, dict):
        assert set(value) <= KNOWN[value["@type"]], value
        for part in value.values():
            assert part not in ("", None, [], {}), value
            check(part)
    elif isinstance(value, list):
        for part in value:
            check(part)


@pytest.mark.parametrize(
    "path", ["employment/4-1/index.html", "employment/4-1-1/index.html", "employment/4-2/index.html"]
)
def test_its_shape(path: str) -> None:
    check(data(path=path))


def test_what_it_tells_of_an_item_with_a_guide() -> None:
    told = data()
    address = "https://www.qingyuan.gov.cn/zwgk/employment/4-1/index.html"
    assert told["@type"] == "GovernmentService"
    assert told["@id"] == told["url"] == address
    assert (told["name"], told["alternateName"]) == ("没工作了来登记", "失业登记")
    assert told["serviceType"] == "就业失业登记"
    assert told["areaServed"] == {"@type": "AdministrativeArea", "name": "清源县", "identifier": "990101"}
    assert told["audience"] == {"@type": "Audience", "audienceType": "没有工作的人"}
    assert told["availableChannel"] == [
        {
            "@type": "ServiceChannel",
            "serviceLocation": {"@type": "Place", "name": "清源县人社局", "address": "清源路18号"},
            "servicePhone": {"@type": "ContactPoint", "telephone": "0600-5550101"},
            "processingTime": "1个工作日",
        },
        {
            "@type": "ServiceChannel",
            "name": "网上办理",
            "serviceUrl": "https://www.12333.gov.cn/",
            "processingTime": "1个工作日",
        },
    ]
    assert told["hoursAvailable"] == [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": list(WEEK), "opens": "09:00", "closes": "17:00"}
    ]


def test_an_item_without_a_guide_promises_nothing() -> None:
    told = data(path="employment/4-1-1/index.html")
    assert "description" not in told
    assert "audience" not in told
    assert "processingTime" not in json.dumps(told)


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        (TimeLimit("30日内", "within", 30, "day"), "P30D"),
        (TimeLimit("1个月", "within", 1, "month"), "P1M"),
        (TimeLimit("2小时内", "within", 2, "hour"), "PT2H"),
        (TimeLimit("10个工作日", "within", 10, "workday"), "10个工作日"),
        (TimeLimit("当场办结", "immediate"), "当场办结"),
    ],
)
def test_a_period_is_given_as_one_where_it_is_one(limit: TimeLimit, told: str) -> None:
    guide = replace(GUIDE, limit=Limits(promised=limit))
    channels = data(replace(catalog(), guides={guide.id: guide}))["availableChannel"]
    assert isinstance(channels, list)
    assert {channel["processingTime"] for channel in channels} == {told}


def test_without_an_address_it_has_none() -> None:
    county = catalog()
    homeless = replace(county, overlay=replace(county.overlay, website=Website()))
    told = data(homeless)
    assert "url" not in told
    assert "@id" not in told
    assert 'aria-label="本页的二维码"' not in rendered(homeless)["employment/4-1/index.html"]


def test_page_and_data_describe_an_item_with_the_same_sentence() -> None:
    told = "丢了工作的人登记一下，以后才能领补贴。"
    for guides in ({}, {GUIDE.id: replace(GUIDE, summary=None)}):
        county = replace(catalog(), guides=guides, lines={GUIDE.id: told})
        assert data(county)["description"] == told
        assert f'<meta name="description" content="{told}">' in rendered(county)["employment/4-1/index.html"]


def test_no_text_leaves_the_script() -> None:
    guide = replace(GUIDE, summary="</script><img src=x onerror=alert(1)> & 'a'")
    county = replace(catalog(), guides={guide.id: guide})
    assert data(county)["description"] == guide.summary
    assert "</script><img" not in rendered(county)["employment/4-1/index.html"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("周一至周五9:00—17:00", (Opening(WEEK, "09:00", "17:00"),)),
        (
            "周一至周五 上午9:00-12:00，下午13:30-17:30，周六9:00—12:00，法定节假日除外",
            (
                Opening(WEEK, "09:00", "12:00"),
                Opening(WEEK, "13:30", "17:30"),
                Opening(("Saturday",), "09:00", "12:00"),
            ),
        ),
        ("星期天8：30至11：30", (Opening(("Sunday",), "08:30", "11:30"),)),
        ("9:00—17:00", ()),
        ("周一至周五9:00—17:00，周三下午学习", ()),
        ("周一9:00—25:00", ()),
        ("周五至周一9:00—17:00", ()),
        ("全天", ()),
        ("", ()),
    ],
)
def test_hours_are_told_only_where_every_word_is_understood(words: str, told: tuple[Opening, ...]) -> None:
    assert openings(words) == told


def test_hours_with_more_words_are_left_out() -> None:
    office = replace(OFFICE, hours="周一至周五，电话预约")
    county = catalog()
    told = data(replace(county, organisations={"人社局": office}))
    assert "hoursAvailable" not in told


def test_an_answer_for_machines_is_what_one_would_read_out() -> None:
    text = (
        "**能**，见[办法](https://www.qingyuan.gov.cn/5.html)。\n\n"
        "| 季节 | 开门 |\n|:--|--:|\n| 夏 | 5:30 |\n\n"
        "甲 | 乙\n--- | ---\n丙 | 丁\n\n"
        "- 带<b>身份证</b>\n  * ~~带照片~~\n1. 先登记\n> 注意：**自愿**\n\n---\n\n"
        "![海报：周六](a.png)\n\n#### 还要什么\n-5度以下停办，下午—晚上也办。"
    )
    article = Article("faq", "card", HERE, "能办吗", date(2026, 1, 5), sections=(Section("怎么办", text, HERE),))
    answer = json.loads(json.dumps(faq_data(article)))["mainEntity"][0]["acceptedAnswer"]["text"]
    assert answer.split("\n") == [
        "怎么办",
        "能，见办法。",
        "季节，开门",
        "夏，5:30",
        "甲 | 乙",
        "丙 | 丁",
        "带身份证",
        "1. 先登记",
        "注意：自愿",
        "海报：周六",
        "还要什么",
        "-5度以下停办，下午—晚上也办。",
    ]
