"""Files for WeChat and for the 12345 hotline: complete, in the required format, safe, the same each time."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook
from PIL import Image
from tests.places import ROOT

from gkdir.cli.share import command
from gkdir.model.guide import Section
from gkdir.outward.knowledge import (
    COLUMNS,
    MAX_ENTRIES,
    MAX_TITLE,
    KnowledgeEntry,
    entries,
    is_outward,
    knowledge_files,
    post,
    workbooks,
)
from gkdir.outward.wechat import STYLES, InlineHtml, what_to_bring
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.service.address import attached_path
from gkdir.service.site import Site, folder_address
from gkdir.sheets.notice import DocumentToBring

DAY = date(2026, 3, 1)
BASE = "https://www.qingyuan.gov.cn/zwgk/"


@pytest.fixture(scope="module")
def site() -> Site:
    project = read_project(ROOT / "directories")
    catalog = lay(project, read_county(project, "qingyuan"))
    return Site(catalog, DAY, folder_address(catalog, None))


def said(html: bytes) -> str:
    return html.decode()


def codes(html: str) -> list[str]:
    found = []
    for data in re.findall(r'src="data:image/png;base64,([^"]+)"', html):
        with Image.open(BytesIO(b64decode(data))) as picture:
            found += [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]
    return found


def test_an_item_is_an_article_with_inline_styles_only(site: Site) -> None:
    made = said(post(site, "social_insurance/9.6") or b"")
    assert re.findall(r" (?:class|id|href|onclick)=|<(?:a|script|style|link|iframe)\b", made) == []
    tags = set(re.findall(r"<([a-z]+)", made.partition("<body>")[2]))
    assert tags <= {"section", "p", "ol", "ul", "li", "strong", "em", "img", "br"}
    assert made.index("马上做") < made.index("我要做什么") < made.index("谁能办") < made.index("常见问题")
    for wanted in ("0600-5550131", "清源路20号一楼大厅", "请人代办的才出示", "当场办结", "请不要照着办事"):
        assert wanted in made
    assert codes(made) == [f"{BASE}social_insurance/9-6/index.html"]


def test_what_only_some_bring_is_said_apart() -> None:
    def paper(name: str, note: str = "", *, some: bool = False) -> DocumentToBring:
        return DocumentToBring(name, "", "", note, some)

    card, power = paper("身份证", "可以后补"), paper("委托书", "有这种情况才带", some=True)
    grave = paper("死亡证明", "人已去世的", some=True)
    assert list(what_to_bring(())) == [("带什么", "不用带材料")]
    assert list(what_to_bring((power, card, grave))) == [
        ("带什么", "身份证（可以后补）"),
        ("有的人还要带", "委托书；死亡证明（人已去世的）"),
    ]
    assert list(what_to_bring((power,))) == [("带什么", "一般不用带"), ("有的人要带", "委托书")]


def test_a_link_becomes_a_code(site: Site) -> None:
    article = next(one for one in site.catalog.articles if one.kind == "faq")
    text = "看[官网](https://www.12333.gov.cn/)和[这一项](../../employment/4-1/index.html)，再看[官网](https://www.12333.gov.cn/)，打[电话](tel:12333)。"
    changed = replace(article, sections=(Section("", text, article.place),))
    other = replace(site, catalog=replace(site.catalog, articles=(changed,)))
    made = said(post(other, article.id) or b"")
    assert "官网（二维码1）和这一项（二维码2），再看官网（二维码1），打电话。" in re.sub("<[^>]+>", "", made)
    assert codes(made)[:2] == ["https://www.12333.gov.cn/", f"{BASE}employment/4-1/index.html"]
    assert len(codes(made)) == 3


def changed(site: Site, text: str) -> tuple[Site, str]:
    """The site with one article of this text and its files, and that article's id."""
    article = next(one for one in site.catalog.articles if one.id == "notices/spring-fair")
    section = replace(article.sections[0], markdown=text)
    one = replace(article, sections=(section,), until=None)
    return replace(site, catalog=replace(site.catalog, articles=(one,))), one.id


def test_a_file_beside_a_text_is_where_the_site_has_it(site: Site) -> None:
    made = said(post(site, "notices/spring-fair") or b"")
    sections = [section for article in site.catalog.articles for section in article.sections]
    published = {f"{BASE}{attached_path(file.path)}" for section in sections for file in section.files}
    assert len(published) == 2
    assert {*codes(made)[:2]} == published
    assert "<p>图里写的字</p>" in re.sub(' style="[^"]*"', "", made)


def test_an_e_mail_is_said_and_a_note_leads_nowhere_back(site: Site) -> None:
    other, page = changed(site, "[写信](mailto:a@qingyuan.gov.cn)或b@qingyuan.gov.cn[^1]\n\n[^1]: 见第三条")
    words = re.sub("<[^>]+>", "", said(post(other, page) or b""))
    assert "写信（a@qingyuan.gov.cn）或b@qingyuan.gov.cn1" in words
    assert "↩" not in words


def test_an_article_is_words_for_the_hotline(site: Site) -> None:
    text = (
        "## 题\n\n**见**[办法](https://www.gov.cn/a.html)、https://www.gov.cn/b，[表](招聘会岗位表.xlsx)、[打](tel:12333)[^1]\n\n"
        "|甲|乙|\n|-|-:|\n|1|2|\n\n2、丙\n3、丁\n- 戊\n\n~~作废~~有效 <b>己</b>[信](mailto:a@b.cn)\n\n[^1]: 注"
    )
    other, _ = changed(site, text)
    (content,) = (one.content for one in entries(other) if one.kind == "通知公告")
    address = f"{BASE}files/zphgwb-f1f515.xlsx"
    assert content.split("\n")[1:] == [
        "题",
        f"见办法（https://www.gov.cn/a.html）、https://www.gov.cn/b，表（{address}）（xlsx，5 KB）、打1",
        "甲 | 乙",
        "1 | 2",
        "2. 丙",
        "3. 丁",
        "· 戊",
        "有效 己信（a@b.cn）",
        "1. 注",
        f"看全文：{BASE}notices/spring-fair/index.html",
    ]


@given(st.text(alphabet=st.sampled_from("<>&\"'/a =pscrit!-bimg甲乙\n"), max_size=80))
def test_no_text_becomes_anything_but_words_and_known_elements(text: str) -> None:
    writer = InlineHtml(BASE)
    writer.feed(text)
    writer.close()
    assert set(re.findall(r"</?(\w+)", writer.made)) <= {*STYLES, "br"}
    assert re.findall(r"<(?!/?[a-z]+[ >])", writer.made) == []


def test_every_item_and_valid_article_is_an_entry(site: Site) -> None:
    found = entries(site)
    valid = [one for one in site.catalog.articles if one.until is None or one.until >= DAY]
    assert len(found) == len(site.services) + len(valid)
    assert all(one.category and one.title and one.content and one.office and one.kind for one in found)
    assert max(len(one.title) for one in found) <= MAX_TITLE
    lost = next(one for one in found if "9.6" in one.content or "挂失" in one.title)
    assert lost.category == "社会保险/社会保障卡服务"
    assert "带什么：居民身份证" in lost.content
    assert "马上做：现在就打12333" in lost.content
    assert any("别错过：" in one.content for one in found)
    assert "社保卡丢了先挂失" in lost.keywords


def test_a_workbook_has_no_more_than_the_platform_takes(site: Site, tmp_path: Path) -> None:
    hostile = KnowledgeEntry("甲", "=1+1" + "长" * 200, "\x00内容", "局", "办事指南", ("-cmd", "乙"))
    made = list(workbooks([hostile] * (2 * MAX_ENTRIES + 1), DAY))
    sheets = [load_workbook(BytesIO(content)).active for content in made]
    assert [sheet.max_row - 1 for sheet in sheets if sheet] == [MAX_ENTRIES, MAX_ENTRIES, 1]
    last = sheets[-1]
    assert last is not None
    assert [cell.value for cell in last[1]] == [name for name, _ in COLUMNS]
    assert (last["B2"].data_type, last["B2"].quotePrefix, last["C2"].value) == ("s", True, "内容")
    names = [path.name for path, _ in knowledge_files(site, tmp_path / "库.xlsx")]
    assert names == ["库.xlsx"]


def test_the_command_writes_what_it_may_and_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = ROOT / "tests" / "samples" / "small"
    monkeypatch.setattr("gkdir.read.known.national_folder", lambda: small / "national")
    start = [str(small / "project"), "--county", "heping", "--date", "2026-03-01"]

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(command, [*start, *arguments])
        return result.exit_code, result.output

    table, article = tmp_path / "a.xlsx", tmp_path / "a.html"
    assert run("--to", "12345", "-o", str(table))[0] == 0
    first = table.read_bytes()
    assert run("--to", "12345", "-o", str(table))[0] == 0
    assert table.read_bytes() == first
    assert "没有“x/9”" in run("--to", "公众号", "--page", "x/9", "-o", str(article))[1]
    assert run("--to", "公众号", "-o", str(article))[0] == 2
    assert run("--to", "12345", "-o", str(article))[0] == 2
    page = next(iter(load_workbook(table).active or ()))
    assert page[0].value == "类目"
    article.write_text("别人的文件", "utf-8")
    item = next(iter(read_item(small)))
    with pytest.raises(Exception, match=r"a\.html"):
        CliRunner().invoke(
            command, [*start, "--to", "公众号", "--page", item, "-o", str(article)], catch_exceptions=False
        )
    assert article.read_text("utf-8") == "别人的文件"
    article.unlink()
    assert run("--to", "公众号", "--page", item, "-o", str(article))[0] == 0
    assert is_outward(article.read_bytes())
    assert run("--to", "公众号", "--page", item, "-o", str(article))[0] == 0


def read_item(small: Path) -> list[str]:
    project = read_project(small / "project", small / "national")
    return [entry.item.id for entry in lay(project, read_county(project, "heping")).entries()]
