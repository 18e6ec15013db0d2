"""Navigation: the national data is complete, each page helps as far as the county can, everything is near the home
page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.pages.document import Document
from tests.pages.sample import FILES, GUIDE, HERE, WAYS, catalog, rendered, site_of, uses
from tests.places import DIRECTORIES

from gkdir.build import BuildContext, make_county
from gkdir.buildoptions import BuildOptions
from gkdir.model.county import Catalog
from gkdir.model.guide import Material
from gkdir.model.navigation import DEPTH, Answer, Audience, Navigation, Question, Result, Use, paths
from gkdir.model.project import Project
from gkdir.read.project import read_project
from gkdir.resources import national_folder
from gkdir.service.bundle import Bundler
from gkdir.service.county import Link
from gkdir.service.directory import domain_view
from gkdir.service.navigation import offered, served_by
from gkdir.service.row import ServiceRow, row_view
from gkdir.site.registry import county_pages
from gkdir.site.wizard import AnswerPath, ResultView, wizard_pages

CLICKS = 3
PAGES_OF_QUESTIONS = 81
FEWEST = 5
LONGEST_LINE = 45

SITUATIONS: Mapping[str, tuple[str, str]] = {
    "失业了，被辞退，交过失业保险": ("自己 工作 找单位 上过班 交满 不是", "employment/4.1 social_insurance/7.1"),
    "失业了，单位没交过失业保险": ("自己 工作 找单位 在单位上过班 没有交过", "employment/4.1 social_insurance/4.2"),
    "刚毕业，没有工作": ("自己 工作 找单位 刚毕业 还没有工作", "employment/1.3 employment/7.1 employment/7.2"),
    "还在上学，家里有困难": ("自己 工作 找单位 在上学 还在上学", "employment/7.3"),
    "从农村出来打工": ("自己 工作 找单位 打工 农村", "employment/1.2 employment/1.5"),
    "年纪大，很久找不到工作": ("自己 工作 找单位 很久 年纪大", "employment/6.1 employment/6.3"),
    "想创业，缺本钱": ("自己 工作 自己干 创业 还没有", "employment/2.3 employment/5.2"),
    "开了店，要雇人": ("自己 工作 自己干 开店 雇人", "employment/1.4 employment/5.1"),
    "外地来的灵活就业": ("自己 工作 自己干 灵活就业 外地", "social_insurance/1.4 social_insurance/5.10"),
    "外地来的，没有单位，想参保": ("自己 手续 参保 没有 户口在外地", "social_insurance/1.4 social_insurance/5.10"),
    "要退休": ("自己 大事 退休 还没有领 只在本地", "social_insurance/4.2 social_insurance/5.1"),
    "农村老人要领养老金": ("自己 大事 退休 还没有领 居民", "social_insurance/5.2"),
    "没参过保的老人": ("自己 大事 退休 还没有领 都没有", "social_insurance/1.5"),
    "没到年纪，病了干不了活": ("自己 大事 因病 还没有领 因病", "social_insurance/5.9 social_insurance/6.5"),
    "养老金停发了": ("自己 大事 退休 正在领 停发", "social_insurance/5.4"),
    "收养老金的账户变了": ("自己 大事 退休 正在领 账户", "social_insurance/2.3"),
    "受工伤，还没认定": ("自己 大事 受伤 受了伤 没有认定", "social_insurance/6.1 social_insurance/6.4"),
    "工伤，等级定了": ("自己 大事 受伤 受了伤 稳定 刚拿到", "social_insurance/6.19 social_insurance/6.21"),
    "老伴去世，领着退休金": ("自己 大事 去世 去世 已经退休", "social_insurance/5.6 social_insurance/5.8"),
    "儿子因工去世": ("自己 大事 去世 去世 因工", "social_insurance/6.22 social_insurance/6.23"),
    "社保卡丢了": ("自己 手续 社保卡 社保卡 丢了", "social_insurance/9.6 social_insurance/9.7"),
    "换了地方，转养老保险": ("自己 手续 换了地方 要转 职工", "social_insurance/5.10"),
    "查缴费，打证明": ("自己 手续 查缴费 查缴费 查缴费", "social_insurance/4.2"),
    "单位要招人": ("单位 单位的事 招人 还没有 一般", "employment/1.4 employment/4.2"),
    "新店第一次参保": ("单位 单位的事 参保 第一次 店铺", "social_insurance/1.4 social_insurance/3.2"),
    "工地开工": ("单位 单位的事 参保 第一次 工地", "social_insurance/1.2"),
    "单位有人受伤": ("单位 职工 受伤 受了伤 没有认定", "social_insurance/6.1 social_insurance/6.4"),
}  # fmt: skip
"""A word of each answer that somebody gives, and the items that must then be found."""


@pytest.fixture(scope="module")
def project() -> Project:
    return read_project(DIRECTORIES)


@pytest.fixture(scope="module")
def ids(project: Project) -> frozenset[str]:
    return frozenset(item.id for directory in project.national.values() for item in directory.items)


@pytest.fixture(scope="module")
def built(project: Project) -> Mapping[str, str]:
    """The pages of the sample county, as for browsers without scripts."""
    made = make_county(BuildContext(project, BuildOptions(DIRECTORIES, Path("unused"))), "qingyuan").files
    assert made is not None
    return {path: content.decode() for path, content in made.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def pages() -> Mapping[str, Document]:
    return {path: Document(text) for path, text in rendered().items() if path.endswith(".html")}


def links(path: str, document: Document) -> set[str]:
    """The pages of the county that a page links to."""
    found = set()
    for link in document.all("a"):
        parts = urlsplit(link.attributes.get("href", ""))
        if not parts.scheme and parts.path:
            found.add(normpath(join(dirname(path), unquote(parts.path))))
    return found


def text(document: Document) -> str:
    return document.all("main")[0].text


# The country's own data


def test_it_reads_without_a_word(project: Project) -> None:
    assert project.troubles == ()
    assert (national_folder() / "ways.yaml").is_file()


def test_every_item_is_for_somebody(project: Project, ids: frozenset[str]) -> None:
    assert len(ids) == 103
    assert set(project.navigation.served) == ids
    assert list(project.navigation.audiences) == ["个人", "企业", "高校毕业生", "就业困难人员", "老年人", "农民工"]
    assert all(project.navigation.served.values())


def test_every_item_of_the_country_is_said_in_one_short_sentence(project: Project, ids: frozenset[str]) -> None:
    assert set(project.navigation.lines) == ids
    for item, line in project.navigation.lines.items():
        assert line.text.endswith("。"), item
        assert line.text.count("。") == 1, item
        assert len(line.text) <= LONGEST_LINE, item


def test_an_item_without_a_guide_says_what_it_is(project: Project) -> None:
    line = "没到退休年龄，因病或者非因工致残、完全不能劳动的职工，申领病残津贴。"
    assert project.navigation.lines["social_insurance/5.9"].text == line
    own = Navigation(
        lines={"social_insurance/5.9": replace(project.navigation.lines["social_insurance/5.9"], text="领津贴。")}
    )
    assert own.over(project.navigation).lines["social_insurance/5.9"].text == "领津贴。"
    assert (
        own.over(project.navigation).lines["social_insurance/5.8"] == project.navigation.lines["social_insurance/5.8"]
    )


def test_the_nine_events_are_there_and_lead_to_items(project: Project, ids: frozenset[str]) -> None:
    assert list(project.navigation.events) == [
        "找工作", "失业了", "想创业", "毕业了", "要退休", "受工伤", "亲人去世", "社保卡", "单位办事",
    ]  # fmt: skip
    for event in project.navigation.events.values():
        assert event.slug
        assert 0 < len(event.line) <= 18, event.line
        assert len(event.uses) >= 5
        assert {use.item for use in event.uses} <= ids, event.name


@pytest.fixture(scope="module")
def wizard(project: Project) -> Question:
    assert project.navigation.wizard is not None
    return project.navigation.wizard


def test_everybody_is_asked_five_to_seven_questions_and_led_to_items(wizard: Question, ids: frozenset[str]) -> None:
    ways = list(paths(wizard))
    slugs = {answer.slug for way, _ in ways for answer in way}
    assert 1 + len(slugs) <= PAGES_OF_QUESTIONS
    assert {len(way) for way, _ in ways} <= set(range(FEWEST, DEPTH + 1))
    for _, result in ways:
        assert result.uses
        assert {use.item for use in result.uses} <= ids, result.title


def test_no_question_is_asked_that_cannot_matter(wizard: Question) -> None:
    asked, waiting = 0, [wizard]
    while waiting:
        question = waiting.pop()
        asked += 1
        assert len(question.answers) > 1, question.text
        assert len({answer.slug for answer in question.answers}) == len(question.answers), question.text
        results = [{id(result) for _, result in paths(Question("", "", (each,)))} for each in question.answers]
        assert all(results.count(one) == 1 for one in results), question.text
        waiting += [answer.then for answer in question.answers if isinstance(answer.then, Question)]
    assert asked > 30


def test_results_that_differ_offer_different_items(wizard: Question) -> None:
    results = {way[-1].slug: frozenset(use.item for use in result.uses) for way, result in paths(wizard)}
    assert len(set(results.values())) == len(results)


def test_what_anybody_can_apply_for_can_be_found_by_questions(wizard: Question, ids: frozenset[str]) -> None:
    found = {use.item for _, result in paths(wizard) for use in result.uses}
    assert ids - found == {"employment/8.1", "social_insurance/7.11"}  # 政府购买; not in this province


@pytest.mark.parametrize("situation", SITUATIONS)
def test_whoever_answers_is_led_to_what_he_needs(wizard: Question, situation: str) -> None:
    words, wanted = SITUATIONS[situation]
    then: Question | Result = wizard
    for word in words.split():
        assert isinstance(then, Question)
        (then,) = [answer.then for answer in then.answers if word in answer.text]
    assert isinstance(then, Result)
    assert set(wanted.split()) <= {use.item for use in then.uses}, then.title


def test_what_people_ask_is_answered(project: Project, ids: frozenset[str]) -> None:
    assert len(project.navigation.questions) == 3
    assert {item.text for item in project.navigation.questions.values()} <= ids


def test_sentences_are_short_and_do_not_shout(project: Project) -> None:
    said = [use.purpose for event in project.navigation.events.values() for use in event.uses]
    assert project.navigation.wizard is not None
    for way, result in paths(project.navigation.wizard):
        said += [answer.text for answer in way] + [use.purpose for use in result.uses]
    for line in said:
        assert len(line) <= 30, line
        assert not set(line) & set("！!。"), line


# Three clicks


def test_every_item_is_three_clicks_from_home_without_script(built: Mapping[str, str]) -> None:
    near, reached = {"index.html"}, {"index.html"}
    for _ in range(CLICKS):
        near = {target for path in near if path in built for target in links(path, Document(built[path]))} - reached
        reached |= near
    items = {path for path, html in built.items() if re.search(r'<main [^>]*data-item="[^"]', html)}
    assert len(items) > 100
    assert items <= reached


def test_each_way_in_reaches_from_home(built: Mapping[str, str]) -> None:
    home = links("index.html", Document(built["index.html"]))
    assert {"az/index.html", "wizard/index.html", "events/lost-job/index.html", "audience/elders/index.html"} <= home
    assert {"employment/index.html", "social_insurance/index.html"} <= home


def test_what_the_county_adds_stands_in_its_ways(built: Mapping[str, str]) -> None:
    assert (
        '<h3>打零工的</h3><a href="../../employment/1-6/index.html">当天找活</a>'
        in built["events/find-work/index.html"]
    )
    assert "在手机上办失业登记" in built["events/lost-job/index.html"]
    assert "打零工找活" in built["audience/migrant-workers/index.html"]
    assert "<dt>什么情况</dt><dd>打零工的</dd>" in built["employment/1-6/index.html"]
    assert "先打电话" in built["audience/migrant-workers/index.html"]
    assert "办事指南" not in built["audience/migrant-workers/index.html"], "most have one: the exception is marked"


def test_what_the_county_left_out_is_led_to_from_nowhere(built: Mapping[str, str]) -> None:
    assert "外国人" not in text(Document(built["wizard/hire-new/index.html"]))
    assert "wizard/hire-foreigner/index.html" not in built


# One event


def test_an_event_says_what_to_do_in_order(pages: Mapping[str, Document]) -> None:
    page = pages["events/lost-job/index.html"]
    steps = [line.attributes["data-item"] for line in page.all("li") if "data-item" in line.attributes]
    assert steps == ["employment/4.1", "employment/4.2"]
    assert "先登记失业没工作了来登记清源县人社局，1个工作日" in text(page)


def test_an_event_without_an_item_here_has_no_page(pages: Mapping[str, Document]) -> None:
    assert "events/foreigner/index.html" not in pages
    assert "来中国工作" not in text(pages["index.html"])


def bundler(county: Catalog) -> Bundler:
    return site_of(county).bundler


def test_the_same_thing_is_brought_once_for_all_that_ask_for_it() -> None:
    card, form, photo = (
        Material("居民身份证", HERE, original="原件", copies="1", necessity="必要"),
        Material("登记表", HERE, form="登记表", original="原件", copies="2", source="窗口领取"),
        Material("近期 照片", HERE, original="原件", necessity="非必要", medium="电子", source="照相馆"),
    )
    first = replace(GUIDE, materials=(card, form))
    second = replace(GUIDE, number="4.2", materials=(replace(card, name="居民 身份证", necessity="非必要"), photo))
    county = replace(catalog(), guides={first.id: first, second.id: second})
    bundle = bundler(county).bundle(uses(i4_1="先登记", i4_2="再登记", i4_1_1="网上办"))
    assert bundle is not None
    assert [thing.name for thing in bundle.documents] == ["居民身份证", "登记表"]
    assert [thing.name for thing in bundle.conditional_documents] == ["近期 照片"]
    identity = bundle.documents[0]
    assert [(one.row.number, one.form) for one in identity.requests] == [("4.1", "原件1份"), ("4.2", "原件1份")]
    assert (bundle.documents[1].form, bundle.documents[1].source) == ("forms/djb-e9e07d/index.html", "")
    assert (bundle.conditional_documents[0].requests[0].form, bundle.conditional_documents[0].source) == (
        "原件（电子）",
        "照相馆",
    )
    assert [row.number for row in bundle.unguided] == ["4.1.1"]


def test_what_may_be_handed_in_later_is_brought_by_all() -> None:
    later = Material("近期照片", HERE, necessity="容缺后补", note="一寸")
    county = replace(catalog(), guides={GUIDE.id: replace(GUIDE, materials=(later,))})
    bundle = bundler(county).bundle(uses(i4_1="登记"))
    assert bundle is not None
    assert bundle.conditional_documents == ()
    assert bundle.documents[0].requests[0].note == "可以后补；一寸"


def test_a_number_is_given_once_with_all_it_is_for() -> None:
    said = replace(GUIDE, consult="0600-5550101，也可以拨打12333")
    bundle = bundler(replace(catalog(), guides={said.id: said})).bundle(uses(i4_1="先登记", i4_1_1="网上办"))
    assert bundle is not None
    assert [(call.number, call.name, len(call.rows)) for call in bundle.contacts] == [
        ("0600-5550101", "清源县人社局", 2)
    ]


def test_what_can_be_reckoned_is_led_to(built: Mapping[str, str]) -> None:
    page = Document(built["events/retire/index.html"])
    assert {"reckon/retirement/index.html", "reckon/pension/index.html"} <= links("events/retire/index.html", page)
    assert "先算一算" not in built["events/card/index.html"]


def test_items_without_a_guide_are_still_good_to_read() -> None:
    page = Document(rendered(replace(catalog(), guides={}))["events/lost-job/index.html"])
    assert "这几件还没有办事指南。要带什么，请先打下面的电话问清。" in text(page)
    assert "12333" in text(page)


def test_nothing_to_bring_is_said() -> None:
    free = replace(GUIDE, materials=())
    other = replace(free, number="4.2")
    page = Document(rendered(replace(catalog(), guides={free.id: free, other.id: other}))["events/lost-job/index.html"])
    assert "这几件都不用带材料。" in text(page)


# Audiences and letters


def test_an_item_that_nobody_was_named_for_is_for_those_of_its_neighbours() -> None:
    county = catalog()
    domains = tuple(domain_view(directory, county, FILES) for directory in county.directories.values())
    served = served_by(WAYS, domains)
    assert served["employment/4.1.1"] == {"个人"}  # as 4.1
    above = replace(WAYS, served={"employment/4.2": WAYS.served["employment/4.2"]})
    assert served_by(above, domains)["employment/4.1.1"] == {"个人", "企业"}  # as its category
    assert served_by(replace(WAYS, served={}), domains)["employment/4.1.1"] == {"个人"}  # the first of all


def test_an_audience_sees_what_it_uses_by_category(pages: Mapping[str, Document]) -> None:
    page = pages["audience/individuals/index.html"]
    assert "上班的、种地的。共3项。" in text(page)
    assert [heading.text for heading in page.all("h3")] == ["就业失业登记"]
    assert "没工作了来登记" not in text(pages["audience/employers/index.html"])


def test_an_audience_that_needs_nothing_has_no_page() -> None:
    ways = replace(WAYS, audiences={**WAYS.audiences, "船员": Audience("船员", HERE, "sailors")})
    paths_ = {page.inner for page in county_pages(site_of(replace(catalog(), navigation=ways)))}
    assert "audience/sailors/index.html" not in paths_


def test_items_stand_under_the_letters_of_both_their_names(pages: Mapping[str, Document]) -> None:
    page = pages["az/index.html"]
    assert [heading.text for heading in page.all("h2")] == ["J", "M", "S", "X"]
    assert "没工作了来登记失业登记" in text(page)
    letters = page.all("nav", class_="letters")[0].text
    assert "".join(letters.split()) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_two_items_of_one_name_are_told_apart(built: Mapping[str, str]) -> None:
    lines = [line.text for line in Document(built["az/index.html"]).all("li") if line.text.startswith("求职创业补贴")]
    assert len(lines) == len(set(lines)) == 2


# Questions


def test_a_question_shows_what_can_be_answered_here(pages: Mapping[str, Document]) -> None:
    first = pages["wizard/index.html"]
    assert first.all("h1")[0].text == "您替谁办事？"
    assert "外国人的单位" not in text(first)
    second = pages["wizard/self/index.html"]
    assert "第2问，共2问" in text(second)
    assert "是外国人" not in text(second)
    assert {"wizard/no-work/index.html", "wizard/working/index.html", "wizard/index.html"} <= links(
        "wizard/self/index.html", second
    )


def test_a_result_tells_the_answers_the_items_and_the_way_back(pages: Mapping[str, Document]) -> None:
    page = pages["wizard/no-work/index.html"]
    assert page.all("h1")[0].text == "先登记"
    assert "居民身份证" in text(page)
    assert [line.text for line in page.all("dt")][:2] == ["您替谁办事？", "您有工作吗？"]
    assert {"wizard/self/index.html", "wizard/index.html"} <= links("wizard/no-work/index.html", page)


def test_a_page_that_several_answers_lead_to_is_there_once_and_shows_every_way_back() -> None:
    end = Answer("去办", "end", Result("办", "", uses(i4_1="登记")))
    asks = {name: Answer(name, slug, Question(f"{name}？", "", (end,))) for name, slug in (("甲", "a"), ("乙", "b"))}
    ways = Navigation(wizard=Question("谁？", "", tuple(asks.values())))
    made = {page.inner: page.view for page in wizard_pages(site_of(replace(catalog(), navigation=ways)))}
    assert list(made) == ["wizard/index.html", "wizard/a/index.html", "wizard/b/index.html", "wizard/end/index.html"]
    view = made["wizard/end/index.html"]
    assert isinstance(view, ResultView)
    assert view.way == AnswerPath((), (Link("甲？", "wizard/a/index.html"), Link("乙？", "wizard/b/index.html")))


def test_the_country_and_the_county_count_the_same_questions(built: Mapping[str, str]) -> None:
    assert "第1问，共5到6问" in text(Document(built["wizard/index.html"]))
    assert "第4问，共5问" in text(Document(built["wizard/own/index.html"]))
    shared = Document(built["wizard/life/index.html"])
    assert {"wizard/self/index.html", "wizard/firm/index.html"} <= links("wizard/life/index.html", shared)
    assert "您的回答" not in text(shared)


def test_every_way_through_the_sample_ends_with_items_and_phones(built: Mapping[str, str]) -> None:
    documents = {path: Document(html) for path, html in built.items() if path.startswith("wizard/")}
    ends = 0
    waiting = [("wizard/index.html", 1)]
    while waiting:
        path, asked = waiting.pop()
        answers = [one for one in documents[path].all("ul") if one.attributes.get("class") == "answers-to-choose"]
        if answers:
            below = [link for link in documents[path].all("a") if link.around[-3:] == ("div", "ul", "li")]
            assert below
            waiting += [(normpath(join(dirname(path), link.attributes["href"])), asked + 1) for link in below]
        else:
            ends += 1
            assert FEWEST <= asked - 1 <= DEPTH
            page = documents[path]
            assert page.all("h2", id="order") or page.all("h2", id="cases")
            assert "12333" in text(page)
            assert any("data-item" in line.attributes for line in page.all("li"))
    assert ends > 20


ITEMS = ("x/1", "x/2", "x/3")


def grow(slugs: list[str], depth: int) -> st.SearchStrategy[Question]:
    """Trees of questions of at most that depth, without addresses."""
    result = st.lists(st.sampled_from(ITEMS), max_size=2, unique=True).map(
        lambda items: Result("办", "", tuple(Use(item, "办", HERE) for item in items))
    )
    then = result if depth == 1 else st.one_of(result, grow(slugs, depth - 1))
    answer = st.builds(Answer, st.just("是"), st.sampled_from(slugs), then)
    return st.builds(Question, st.just("问？"), st.just(""), st.lists(answer, max_size=3).map(tuple))


@given(grow(["a", "b"], DEPTH - 3), st.sets(st.sampled_from(ITEMS)))
def test_whatever_a_county_leaves_out_every_path_ends_and_none_in_nothing(tree: Question, there: set[str]) -> None:
    rows: dict[str, ServiceRow] = {item: row_view(next(catalog().entries()), False) for item in there}
    kept = offered(tree, rows)
    promised = [result for _, result in paths(tree) if any(use.item in there for use in result.uses)]
    found = list(paths(kept)) if kept else []
    assert [result for _, result in found] == promised
    assert all(len(way) <= DEPTH for way, _ in found)
    if kept:
        assert _asked(kept)


def _asked(question: Question) -> bool:
    """Whether every question left can be answered."""
    return bool(question.answers) and all(
        _asked(answer.then) for answer in question.answers if isinstance(answer.then, Question)
    )


def test_a_county_without_any_of_it_has_no_questions() -> None:
    county = replace(catalog(), directories={})
    made = {page.inner for page in county_pages(site_of(replace(county, navigation=WAYS)))}
    assert not any(path.startswith(("wizard/", "events/", "audience/")) for path in made)
    assert "az/index.html" in made


def test_without_ways_a_county_still_has_its_letters() -> None:
    made = {page.inner for page in county_pages(site_of(replace(catalog(), navigation=Navigation())))}
    assert "az/index.html" in made
    assert not any(path.startswith(("wizard/", "events/", "audience/")) for path in made)
