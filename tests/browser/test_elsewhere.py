"""A county's folder is self-contained: copied anywhere, at any address, it works as built."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser
from tests.browser.kinds import KINDS, Whole
from tests.pages.document import Document

SITE_TAGS = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN_TAGS = [*SITE_TAGS, "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
ARTICLE_TAGS = [*COLUMN_TAGS, "ArticleTitle", "PubDate", "ContentSource"]
LINK = re.compile(r"""\s(?:href|src)="([^"]*)\"""")
COLUMN_TYPES = {
    "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录", "信息公开年报",
    "依申请公开", "数据发布", "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(whole: Whole, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county alone, in a folder whose name must be quoted in addresses."""
    place = tmp_path_factory.mktemp("elsewhere") / "政务 公开" / "a#b" / "100%"
    shutil.copytree(whole.folder / "qingyuan", place / "county")
    return place / "county"


@pytest.fixture(scope="module")
def files(folder: Path) -> frozenset[str]:
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_no_link_leads_out_of_the_folder(folder: Path, files: frozenset[str]) -> None:
    """test_whole.py checks that the targets and anchors exist."""
    for path in files:
        if path.endswith(".html"):
            for address in set(LINK.findall((folder / path).read_text(encoding="utf-8"))):
                parts = urlsplit(unescape(address))
                if not parts.scheme and parts.path:
                    assert normpath(join(dirname(path), unquote(parts.path))) in files, (path, address)


def test_each_script_and_language_has_its_pages(files: frozenset[str]) -> None:
    paths = {path for path in files if path.endswith(".html")}
    traditional = {path.removeprefix("hant/") for path in paths if path.startswith("hant/")}
    assert traditional == {path for path in paths if not path.startswith(("hant/", "en/"))}
    assert len([path for path in paths if path.startswith("en/")]) > 12


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "{county}/" in kind and "screen/" not in kind])
def test_every_kind_of_page_carries_the_tags_of_its_kind(whole: Whole, kind: str) -> None:
    """政府网页设计规范: three on the home page, seven on a list, ten on an article."""
    for path in {whole.fullest(kind), whole.barest(kind)}:
        document = Document(path.read_text(encoding="utf-8"))
        tags = [name for name in document.meta() if name[0].isupper()]
        assert all(document.meta()[name].strip() not in ("", "null", "None") for name in tags), path
        if kind == "{county}/index.html":
            assert tags == SITE_TAGS, path
            continue
        article = document.all("main", data_item=document.all("main")[0].attributes.get("data-item", ""))
        assert tags == ARTICLE_TAGS if article else tags in (COLUMN_TAGS, ARTICLE_TAGS), path
        assert document.meta()["ColumnType"] in COLUMN_TYPES, path
        if "PubDate" in tags:
            day, _, time = document.meta()["PubDate"].partition(" ")
            assert (len(day), time) == (10, "00:00"), path


@pytest.mark.browser
def test_it_is_searched_and_read_from_disk(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    for start, asked, there in (
        ("index.html", "社保卡丢了", "/county/social_insurance/9-6/index.html"),
        ("hant/index.html", "社保卡丟了", "/county/hant/social_insurance/9-6/index.html"),
    ):
        page.goto((folder / start).as_uri())
        page.fill("#q", asked)
        page.locator("#results [data-item]").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address, there=there: unquote(urlsplit(address).path).endswith(there))  # type: ignore[misc]
    page.close()
