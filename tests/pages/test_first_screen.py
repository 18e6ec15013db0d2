"""The first screen of a page: what is urgent, where to go, by when, who else may go, and what the item is part of."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from tests.pages.document import Document
from tests.pages.sample import GUIDE, HERE, OFFICE, WAYS, catalog, rendered, site_of, uses

from gkdir.export.texts import post, voice
from gkdir.model.guide import Guide, Material, Way
from gkdir.model.item import Written
from gkdir.model.navigation import Event
from gkdir.search.record import county_records
from gkdir.service.guide import guide_view
from gkdir.service.service import Service
from gkdir.service.site import Site
from gkdir.service.summary import summary_of

HASTE = replace(
    GUIDE,
    now="先打12333。",
    deadlines=("从失业那天起60日内登记",),
    proxy="家里人可以替您办。",
    materials=(
        *(GUIDE.materials or ()),
        Material("旧的证件", HERE, necessity="非必要", note="换证的才带"),
        Material("代办人居民身份证", HERE, necessity="非必要", note="请人代办的才出示"),
    ),
)
WINDOW = replace(OFFICE, key="窗口", name="清源县登记窗口", address="清源路20号3号窗口")


def site(guide: Guide = HASTE) -> Site:
    county = catalog()
    offices = {**county.organisations, "窗口": WINDOW}
    return site_of(replace(county, guides={guide.id: guide}, organisations=offices, navigation=WAYS))


def service(guide: Guide) -> Service:
    return site(guide).services[guide.id]


@pytest.fixture(scope="module")
def pages() -> Mapping[str, str]:
    county = replace(catalog(), guides={HASTE.id: HASTE}, navigation=WAYS)
    return rendered(county)


def test_what_cannot_wait_stands_before_the_card_and_can_be_dialled(pages: Mapping[str, str]) -> None:
    page = pages["employment/4-1/index.html"]
    assert page.index('class="now"') < page.index('class="card"') < page.index("常见问题")
    assert re.search(r'class="now"><strong>马上做</strong>先打<a class="tel" href="tel:12333">12333</a>。', page)
    assert 'class="now"' not in pages["employment/4-2/index.html"]


def test_the_card_says_by_when_and_who_else_may_go(pages: Mapping[str, str]) -> None:
    page = pages["employment/4-1/index.html"]
    card = page[page.index('class="card"') : page.index("</dl>")]
    assert '<dt>别错过</dt><dd>从失业那天起<span class="day">60日内</span>登记</dd>' in card
    assert "<dt>代办</dt><dd>家里人可以替您办。</dd>" in card
    assert "旧的证件（换证的才带）" in card
    assert "代办人居民身份证" not in card, "it is told under 代办"
    assert "非必要" not in card


def test_without_words_of_its_own_the_papers_show_that_somebody_may_go() -> None:
    guide = replace(HASTE, proxy=None)
    entry = catalog().entry(guide.id)
    assert entry
    assert guide_view(guide, entry, catalog()).proxy == "可以请人替您办，再带代办人居民身份证。"
    assert guide_view(GUIDE, entry, catalog()).proxy == ""


def test_an_item_leads_back_to_its_events_and_to_the_results_with_it(pages: Mapping[str, str]) -> None:
    page = Document(pages["employment/4-1/index.html"])
    links = {link.attributes["href"] for link in page.all("a") if "href" in link.attributes}
    assert {"../../events/lost-job/index.html", "../../wizard/no-work/index.html"} <= links


@pytest.mark.parametrize(
    ("guide", "doors"),
    [
        (replace(GUIDE, ways=(Way("窗口", "窗口", HERE),)), ["清源县登记窗口"]),
        (replace(GUIDE, ways=(), offices=("人社局", "窗口")), ["清源县人社局"]),
        (replace(GUIDE, ways=(Way("窗口", "窗口", GUIDE.place),), offices=("人社局", "窗口")), ["清源县人社局"]),
        (
            replace(GUIDE, ways=(), offices=("人社局", "窗口"), written={"办理机构": Written("", HERE)}),
            ["清源县人社局", "清源县登记窗口"],
        ),
    ],
    ids=["the counter that it names", "the first of those filled in", "a counter filled in", "all that it names"],
)
def test_one_door_stands_alone_unless_the_guide_names_more(guide: Guide, doors: list[str]) -> None:
    assert [office.name for office in service(guide).handling_offices] == doors


def test_only_what_everybody_does_is_a_sequence() -> None:
    event = Event("失业了", HERE, "lost-job", "", uses(i4_1="先登记失业", i4_2="找到工作的，办就业登记，不收费"))
    bundle = site().bundler.bundle(event.uses)
    assert bundle
    assert [(stop.purpose, stop.case) for stop in bundle.sequence] == [("先登记失业", "")]
    assert [(stop.purpose, stop.case) for stop in bundle.cases] == [("办就业登记，不收费", "找到工作的")]
    assert bundle.sequence[0].now == "先打12333。"
    assert bundle.sequence[0].deadlines == HASTE.deadlines


@pytest.mark.parametrize("purpose", ["先登记失业", "先登记，再办的事", "启用社保卡的账户，用来收钱", "的，去办"])
def test_other_commas_are_no_case(purpose: str) -> None:
    (use,) = uses(i4_1=purpose)
    assert (use.case, use.task) == ("", purpose)


def test_search_and_spoken_texts_say_first_what_cannot_wait_and_only_what_everybody_brings() -> None:
    told = summary_of(service(HASTE), catalog())
    assert told.materials == ("居民身份证", "登记表", "就业表")
    assert told.some == ("旧的证件（换证的才带）", "代办人居民身份证（请人代办的才出示）")
    spoken = voice(told).decode("utf-8-sig")
    assert (
        spoken.index("先打12333。") < spoken.index("办的时候要带：居民身份证") < spoken.index("有的人还要带：旧的证件")
    )
    assert "不要错过：从失业那天起60日内登记。" in spoken
    assert "马上做：先打12333。" in post(told, "")
    record = next(one for one in county_records(site()) if one.id == HASTE.id)
    assert (record.now, record.bring) == ("先打12333。", ("居民身份证", "登记表", "就业表"))
