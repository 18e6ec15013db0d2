"""What identifies a page: index number, core metadata, history, and the footer that inspections check."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from msgspec.structs import replace

from gkdir.export.table import HEADINGS, core_data_table
from gkdir.model.article import Article, Revision
from gkdir.model.attached import AttachedFile
from gkdir.model.county import Catalog
from gkdir.service.address import attached_path
from gkdir.site.county import county_view

from .sample import FILES, HERE, WEBSITE, catalog, rendered, site_of, web

NEW = Article(
    "policies",
    "new",
    HERE,
    "新办法",
    date(2026, 3, 1),
    number="清政发〔2026〕5号",
    formed=date(2026, 2, 20),
    replaces=("policies/old",),
    revisions=(Revision(date(2026, 4, 1), "=第三条改了", HERE), Revision(date(2026, 5, 1), "第四条改了", HERE)),
)
OLD = Article("policies", "old", HERE, "=旧办法", date(2020, 3, 1), index="QY-2020-1")
OVER = Article("notices", "over", HERE, "停用通知", date(2025, 3, 1), withdrawn=date(2025, 9, 1))


@pytest.fixture(scope="module")
def county() -> Catalog:
    whole = catalog()
    website = replace(
        WEBSITE,
        mark="https://bszs.conac.cn/sitename?method=show&id=0",
        report_errors="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=9901010001",
    )
    overlay = replace(whole.overlay, website=website)
    return replace(whole, overlay=overlay, layers=(overlay,), articles=(NEW, OLD, OVER))


def test_every_item_and_article_is_in_the_list_with_its_index_number(county: Catalog) -> None:
    site = site_of(county)
    known = site.core_data
    assert set(known) == {entry.item.id for entry in county.entries()} | {one.id for one in county.articles}
    rows = list(
        csv.DictReader(core_data_table(known.values(), "https://a.gov.cn/zwgk/").decode("utf-8-sig").splitlines())
    )
    assert list(rows[0]) == list(HEADINGS)
    by_number = {row["索引号"]: row for row in rows}
    assert len(by_number) == len(rows) == len(known)
    assert by_number["990101/employment/4.1"]["网址"] == "https://a.gov.cn/zwgk/employment/4-1/"
    new, old = by_number["990101/policies/new"], by_number["QY-2020-1"]
    assert (new["文号"], new["生成日期"], new["发布日期"], new["有效性"]) == (
        "清政发〔2026〕5号",
        "2026-02-20",
        "2026-03-01",
        "有效",
    )
    assert (old["信息名称"], old["有效性"]) == ("'=旧办法", "已失效")
    assert by_number["990101/notices/over"]["有效性"] == "已失效"


def test_pages_say_their_number_their_history_and_where_to_tell_of_mistakes(county: Catalog) -> None:
    files = rendered(county)
    new, old = files["policies/new/index.html"], files["policies/old/index.html"]
    assert "990101/<wbr>policies/<wbr>new" in new
    assert "990101/<wbr>employment/<wbr>4.1" in files["employment/4-1/index.html"]
    assert '<a href="../../policies/old/index.html">《=旧办法》</a>' in new
    assert new.index("第四条改了") < new.index("第三条改了")
    assert '已失效</strong>被<a href="../../policies/new/index.html">《新办法》</a>代替' in old
    assert "2025年9月1日起废止" in files["notices/over/index.html"]
    page = "https%3A%2F%2Fwww.qingyuan.gov.cn%2Fzwgk%2Fpolicies%2Fnew%2F"
    assert f'jiucuo.html?site_code=9901010001&amp;url={page}">我为政府网站找错</a>' in new
    for said in (
        '<a href="https://beian.miit.gov.cn/">示ICP备00000000号</a>',
        'code=99010102000001">示公网安备99010102000001号</a>',
        "党政机关网站标识</a>",
    ):
        assert said in new


def test_the_mark_is_the_picture_that_the_county_was_given(county: Catalog) -> None:
    mark = AttachedFile("counties/a/党政机关标识.png", 9, target="党政机关标识.png", place=HERE, width=120, height=90)
    path = attached_path(mark.path)
    marked = replace(county, overlay=replace(county.overlay, mark=mark))
    page = web(site_of(marked, {**FILES, path: 9}))["policies/new/index.html"].decode()
    assert f'<img src="../../{path}" alt="党政机关网站标识" width="64" height="48" loading="lazy"></a>' in page


def test_only_the_platform_is_told_of_the_page(county: Catalog) -> None:
    def mistake_address(address: str | None, base: str | None = "https://a.gov.cn/") -> str | None:
        view = replace(county_view(site_of(county)), website=replace(WEBSITE, report_errors=address), base=base)
        return view.told_mistake("faq/a/index.html")

    assert mistake_address(None) is None
    assert mistake_address("https://a.gov.cn/jiucuo/") == "https://a.gov.cn/jiucuo/"
    assert mistake_address("https://b.gov.cn/x?site_code=1", None) == "https://b.gov.cn/x?site_code=1"
    assert (
        mistake_address("https://b.gov.cn/x?site_code=1&url=https://c.gov.cn")
        == "https://b.gov.cn/x?site_code=1&url=https://c.gov.cn"
    )
    assert (
        mistake_address("https://b.gov.cn/x?siteId=1&url=")
        == "https://b.gov.cn/x?siteId=1&url=https%3A%2F%2Fa.gov.cn%2Ffaq%2Fa%2F"
    )
