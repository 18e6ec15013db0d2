"""A link to a website that is not a government's says so, wherever it is written; others do not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.pages.sample import DAY, GUIDE, HERE, WEBSITE, catalog, rendered

from gkdir.model.article import Article, Urgent
from gkdir.model.guide import Section, Way
from gkdir.publish.filters import LEAVING, OUTWARD, outlink
from gkdir.publish.markdown import MarkdownRenderer
from gkdir.service.address import governmental

BANK = "https://bank.example.com/?a=1&b=2"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://www.qingyuan.gov.cn/", True),
        ("https://gov.cn", True),
        ("http://WWW.GOV.CN:8080/a", True),
        ("https://www.qingyuan.gov.cn./a", True),
        ("https://notgov.cn/", False),
        ("https://gov.cn.example.com/", False),
        ("https://www.gov.cn@example.com/", False),
        ("https://example.com/www.gov.cn", False),
        ("https://example.com?x=www.gov.cn", False),
        ("https://example.com#.gov.cn", False),
        ("https://example.com\\.gov.cn/", False),
        (BANK, False),
        ("//example.com/", False),
        ("//www.gov.cn/", True),
        ("/\\example.com/", False),
        ("\\\\example.com", False),
        ("https:example.com", False),
        ("https:\\\\example.com", False),
        ("h\tttps://example.com", False),
        ("../employment/index.html", True),
        ("#top", True),
        ("mailto:a@example.com", True),
    ],
)
def test_whose_website_it_is(address: str, told: bool) -> None:
    assert governmental(address) is told


def test_a_link_is_escaped_and_marked() -> None:
    assert outlink("https://www.gov.cn/", "<甲>") == '<a href="https://www.gov.cn/">&lt;甲&gt;</a>'
    assert outlink(BANK, "银行") == f'<a href="{BANK.replace("&", "&amp;")}" {OUTWARD}>银行</a>{LEAVING}'


def test_in_a_text() -> None:
    text = f"看[国家的](https://www.gov.cn/)、[**银行**的]({BANK})、[上面](#上面)、[邮件](mailto:a@example.com)。"
    html = MarkdownRenderer().render(Section("甲", text, HERE), "s1-")
    assert '<a href="https://www.gov.cn/">国家的</a>、' in html
    assert f'<a href="{BANK.replace("&", "&amp;")}" {OUTWARD}><strong>银行</strong>的</a>{LEAVING}、' in html
    assert html.count(LEAVING) == 1


@pytest.mark.parametrize(
    "link",
    [
        "[银行](https://bank.example.com/)",
        '[银行](https://bank.example.com/ "开户")',
        '<a title="开户" href="https://bank.example.com/">银行</a>',
        "<a href=//bank.example.com>银行</a>",
        '<a href="/\\bank.example.com">银行</a>',
        "<https://bank.example.com/>",
        "[银行][1]\n\n[1]: https://bank.example.com/",
    ],
)
def test_in_every_way_to_write_a_link(link: str) -> None:
    html = str(MarkdownRenderer().render(Section("甲", f"看{link}", HERE), "s1-"))
    assert html.count(f"{OUTWARD}>") == html.count(LEAVING) == html.count("bank.example.com") - link.startswith("<http")


def test_a_picture_leaves_its_words() -> None:
    text = '![流程图](flow.png) 和 <img src="a.png" alt="地图"> 和 <img src=b.png>'
    html = str(MarkdownRenderer().render(Section("甲", text, HERE), "s1-"))
    assert "（图：流程图） 和 （图：地图） 和" in html
    assert "<img" not in html


def test_on_every_page_that_has_one() -> None:
    county = catalog()
    guide = replace(GUIDE, ways=(Way("网上", BANK, HERE),))
    website = replace(WEBSITE, report_errors=BANK, sitemap=BANK, survey=BANK)
    overlay = replace(county.overlay, website=website, urgent=Urgent("停电", DAY, HERE, BANK))
    article = Article("policies", "loan", HERE, "办法", DAY, link=BANK)
    files = rendered(replace(county, overlay=overlay, layers=(overlay,), guides={guide.id: guide}, articles=(article,)))
    marked = f'<a href="{BANK.replace("&", "&amp;")}" {OUTWARD}'
    for path, least in {
        "index.html": 3,
        "employment/4-1/index.html": 5,
        "policies/loan/index.html": 4,
        "survey/index.html": 4,
    }.items():
        page = files[path]
        assert page.count('href="https://bank.example.com') == page.count(marked), path
        assert page.count(LEAVING) == page.count(f"{OUTWARD}") >= least, path


def test_a_service_can_be_rated_where_the_county_says_so() -> None:
    county = catalog()
    assert "评价和提意见" in rendered(county)["employment/4-1/index.html"]
    website = replace(WEBSITE, rating="https://hcp.example.gov.cn/")
    page = rendered(replace(county, overlay=replace(county.overlay, website=website)))["employment/4-1/index.html"]
    assert '<a href="https://hcp.example.gov.cn/">给这项服务评价</a>' in page
    assert "提意见" in page
