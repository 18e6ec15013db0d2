"""Columns of articles: shown where they belong, without a trace if empty, marked if expired."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import unquote

import pytest
from msgspec.structs import replace
from tests.pages.document import Document
from tests.pages.sample import DAY, HERE, WEBSITE, catalog, rendered

from gkdir.model.article import ARTICLE_KINDS, Article, Urgent
from gkdir.model.county import Catalog
from gkdir.model.guide import Section

EVERY = tuple(
    Article(kind, "first", HERE, f"第一篇{name}", date(2026, 1, 5), items=("employment/4.1",), source="人社局")
    for kind, name in ARTICLE_KINDS.items()
)
TYPES = {
    "policies": "政策文件",
    "notices": "工作动态",
    "interpretations": "政策解读",
    "faq": "回应关切",
    "responses": "回应关切",
    "consultations": "征集调查",
}


def with_articles(*articles: Article) -> Catalog:
    return replace(catalog(), articles=articles)


def documents(county: Catalog) -> Mapping[str, Document]:
    return {path: Document(text) for path, text in rendered(county).items() if path.endswith(".html")}


def words(document: Document) -> str:
    return document.all("main")[0].text


@pytest.fixture(scope="module")
def pages() -> Mapping[str, Document]:
    return documents(with_articles(*EVERY))


@pytest.mark.parametrize("kind", ARTICLE_KINDS)
def test_a_column_has_a_list_and_a_page_for_each_with_their_tags(pages: Mapping[str, Document], kind: str) -> None:
    listed, page = pages[f"{kind}/index.html"].meta(), pages[f"{kind}/first/index.html"].meta()
    assert listed["ColumnType"] == page["ColumnType"] == TYPES[kind]
    assert listed["ColumnName"] == ARTICLE_KINDS[kind]
    assert "ArticleTitle" not in listed
    assert page["ArticleTitle"] == f"第一篇{ARTICLE_KINDS[kind]}"
    assert page["PubDate"] == "2026-01-05 00:00"
    assert page["ContentSource"] == "清源县人社局"
    crumbs = pages[f"{kind}/first/index.html"].all("nav", class_="frame crumbs")[0].text.split("\n")
    assert crumbs == ["清源县", ARTICLE_KINDS[kind], f"第一篇{ARTICLE_KINDS[kind]}"]


def test_home_items_and_site_map_lead_to_the_columns(pages: Mapping[str, Document]) -> None:
    for name in ARTICLE_KINDS.values():
        for path in ("index.html", "employment/4-1/index.html", "sitemap/index.html"):
            assert f"第一篇{name}" in words(pages[path]), path
        assert f"第一篇{name}" not in words(pages["employment/4-2/index.html"])
    assert "没工作了来登记" in words(pages["faq/first/index.html"])


def test_machines_find_them_too() -> None:
    files = rendered(with_articles(*EVERY))
    assert files["feed.xml"].count("<entry>") == 2 + len(ARTICLE_KINDS)
    assert "/zwgk/faq/first/index.html</loc><lastmod>2026-01-05</lastmod>" in files["sitemap.xml"]


def test_an_empty_column_is_never_shown() -> None:
    only_faq = documents(with_articles(*(article for article in EVERY if article.kind == "faq")))
    for kind, name in ARTICLE_KINDS.items():
        there = kind == "faq"
        assert (f"{kind}/index.html" in only_faq) is there
        for path in ("index.html", "sitemap/index.html"):
            headings = [heading.text for heading in (*only_faq[path].all("h2"), *only_faq[path].all("h3"))]
            assert any(text.startswith(name) for text in headings) is there, (path, name)
    nothing = documents(catalog())
    assert "政策和解答" not in words(nothing["index.html"])
    assert "相关政策和解答" not in words(only_faq["employment/4-2/index.html"])


def test_what_no_longer_holds_says_so_and_comes_last_with_its_own_date() -> None:
    over = Article("notices", "over", HERE, "旧通知", date(2026, 2, 20), until=date(2026, 2, 28))
    last_day = Article("notices", "last", HERE, "今天还有效", date(2025, 1, 1), until=DAY)
    made = documents(with_articles(over, last_day))
    listed = made["notices/index.html"].all("ul", class_="articles")[0].text
    assert listed.index("今天还有效") < listed.index("旧通知已失效")
    assert listed.count("已失效") == 1
    assert "2026年2月20日" in listed
    assert "有效期到2026年2月28日为止" in words(made["notices/over/index.html"])
    assert "已失效" not in words(made["notices/last/index.html"])


def test_sections_of_an_article_are_shown_and_its_markdown_is_clean() -> None:
    body = (Section("", "开头<script>x</script>", HERE), Section("目的", "**为了**您", HERE))
    page = documents(with_articles(replace(EVERY[2], sections=body)))["interpretations/first/index.html"]
    assert "开头" in words(page)
    assert "目的" in [heading.text for heading in page.all("h2")]
    assert [strong.text for strong in page.all("strong") if "section" in strong.around] == ["为了"]


def test_a_consultation_shows_its_result_on_its_page_and_on_the_survey() -> None:
    asked = Article("consultations", "a", HERE, "窗口几点开门", date(2026, 1, 1), closes=date(2026, 2, 1))
    done = documents(with_articles(replace(asked, result="收到3条，都采纳了")))
    assert "已结束" in words(done["consultations/index.html"])
    for path in ("consultations/a/index.html", "survey/index.html"):
        assert "收到3条，都采纳了" in words(done[path])
    running = documents(with_articles(replace(asked, closes=DAY)))
    assert "征集中" in words(running["consultations/index.html"])
    assert "窗口几点开门" not in words(running["survey/index.html"])


def survey(address: str | None) -> Document:
    county = catalog()
    website = replace(WEBSITE, survey=address)
    return documents(replace(county, overlay=replace(county.overlay, website=website)))["survey/index.html"]


def test_the_survey_asks_the_three_questions_of_the_notice() -> None:
    page = survey(None)
    slip = page.all("section", class_="sheet slip")[0].text
    for asked in ("是否及时", "范围是否全面", "方式是否多样"):
        assert slip.count(asked) == 1
    assert slip.count("□") == 9 + 1  # three answers to each, and the one of the footnote
    assert page.meta()["ColumnType"] == "征集调查"
    assert page.all("a", href="tel:12345")


def test_the_survey_leads_to_the_county_s_form_or_mailbox() -> None:
    form = "https://www.qingyuan.gov.cn/yjzj/"
    assert survey(form).all("a", href=form)
    letters = [
        link.attributes["href"]
        for link in survey("yijian@qingyuan.gov.cn").all("a")
        if link.attributes.get("href", "").startswith("mailto:yijian@qingyuan.gov.cn?")
    ]
    assert len(letters) == 1
    assert "是否及时" in unquote(letters[0])
    assert not [link for link in survey(None).all("a") if link.attributes.get("href", "").startswith("mailto:")]


@pytest.mark.parametrize(("until", "shown"), [(DAY, True), (date(2026, 2, 28), False)])
def test_an_urgent_notice_stands_on_every_page_until_its_last_day(until: date, shown: bool) -> None:
    county = catalog()
    layer = replace(county.overlay, urgent=Urgent("暴雨停办，请打12333", until, HERE))
    for path, page in documents(replace(county, overlay=layer, layers=(layer,))).items():
        assert bool(page.all("p", class_="urgent")) is shown, path


@pytest.mark.parametrize("said_by", ["policies", "interpretations"])
def test_a_policy_and_its_interpretation_link_each_other(said_by: str) -> None:
    policy = Article("policies", "rules", HERE, "办法", date(2026, 1, 5))
    told = Article("interpretations", "rules", HERE, "一图读懂", date(2026, 1, 6))
    if said_by == "policies":
        policy = replace(policy, interpretations=(told.id,))
    else:
        told = replace(told, policies=(policy.id,))
    both = documents(with_articles(policy, told))
    for page, title in (("policies/rules", "一图读懂"), ("interpretations/rules", "办法")):
        assert title in [link.text for link in both[f"{page}/index.html"].all("a")], page


def test_an_interpretation_says_that_its_policy_has_expired() -> None:
    old = Article("policies", "old", HERE, "旧办法", date(2024, 1, 5), withdrawn=date(2025, 1, 1))
    new = Article("policies", "new", HERE, "新办法", date(2026, 1, 5))
    told = Article("interpretations", "told", HERE, "一图读懂", date(2026, 1, 6), policies=(old.id,))

    def said(article: Article) -> str:
        page = documents(with_articles(old, new, article))["interpretations/told/index.html"]
        return words(page)

    assert "解读的文件已失效" in said(told)
    assert "旧办法（已失效）" in said(told)
    both = said(replace(told, policies=(old.id, new.id)))
    assert "解读的文件已失效" not in both
    assert "旧办法（已失效）" in both
    assert "已失效" not in said(replace(told, policies=(new.id,)))


def test_only_a_policy_and_an_interpretation_are_joined() -> None:
    policy = Article("policies", "rules", HERE, "办法", date(2026, 1, 5), interpretations=("policies/other",))
    other = Article("policies", "other", HERE, "另一办法", date(2026, 1, 5))
    asked = Article("faq", "card", HERE, "问题", date(2026, 1, 5))
    told = Article("interpretations", "told", HERE, "一图读懂", date(2026, 1, 6), policies=(asked.id,))
    for path, page in documents(with_articles(policy, other, asked, told)).items():
        assert not page.all("section", **{"aria-labelledby": "joined"}), path
