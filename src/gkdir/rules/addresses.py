"""Links of guides, articles (GK961, GK962) and finished pages: their targets exist, and everybody can open them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote

from gkdir.finding import Place, Severity
from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.county import Catalog
from gkdir.model.guide import Guide, Section
from gkdir.model.project import Project
from gkdir.read.countyfolders import RESERVED
from gkdir.read.folder import Root, files_within
from gkdir.read.markdowntext import SCHEME, TextLink, linked_path, lost_references, text_links
from gkdir.read.published import PublishedTexts
from gkdir.resources import template_folder
from gkdir.rules.columns import INSPECTION
from gkdir.rules.rule import Context, Fault, Rule, rule
from gkdir.service.address import form_folder, form_path, item_folder
from gkdir.service.headings import id_here, id_of, linked_page, sections_at, written_ids

CITE = f"{INSPECTION}：链接不可用、附件打不开的扣分"

_SAFE = ("http:", "https:", "mailto:", "tel:")
_NO_RECIPIENT = re.compile(r"tel:(?!\+?[\d() -]{3,}(?:[,;]|\Z))|mailto:(?!(?:[^@\s]+@[^@\s]+|\?))", re.IGNORECASE)
"""A ``tel:`` without a phone number, or a ``mailto:`` without an address."""
_NO_HOST = re.compile(r"https?:(?![\\/])", re.IGNORECASE)
_FOOTNOTE = re.compile(r"fn(?:ref)?\d*:")
_SLASHES = re.compile(r"[A-Za-z]{2,8}:[\\/]")
"""A scheme and a slash: of other schemes than the safe ones, GK962 reports these addresses."""
_KINDS = ("materials", "steps", "consult", "complaint")
_ITEM = "事项"
_FILE = "文件"
_WAY = "链接从生成的网页算起，如 ../4-2/index.html、../../faq/card/index.html。"
_BESIDE = "请把文件放在这个 .md 文件旁边，照文件名写，如 [岗位表](岗位表.xlsx)、![海报](海报.png)。"
_REFERENCE = "请写成 [文字](网址)；不是链接的，请用（）。"
_DRIVE = re.compile(r"/[A-Za-z]:[\\/]")
"""A path of Windows, which GK962 reports."""
_AT_TOP = ("index.html", "feed.xml", "sitemap.xml", "", ".")

_PRIVATE = re.compile(
    r"(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|127\.\d{1,3}|169\.254|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))"
    r"\.\d{1,3}\.\d{1,3}(?=[:/]|\Z)|\[(?:::1?|f[cd][\da-f]{2}:[\da-f:]*|fe80:[\da-f:]*)\]"
    r"|localhost(?=[:/]|\Z)|[\w-]+(?=[:/]|\Z)|(?:[\w-]+\.)+(?:local|lan|intra|intranet|internal|corp|home|localdomain)\.?(?=[:/]|\Z)"
    r"|0\.0\.0\.0(?=[:/]|\Z)",
    re.IGNORECASE,
)
_MADE_UP = re.compile(
    r"(?:.+\.)?(?:example\.(?:com|org|net|cn)|(?:x{2,}|aaa|abc)(?:\.(?:gov|com|org))?\.(?:cn|com))|.*某.*"
)
_MISSPELT = re.compile(
    r"(?:ww|w{4,})\..*|www\.[^.]+|.*\.(?:gov\.(?:con?|cm|cc|nc|om|ch|com|cn\.cn)|con|cmo|ocm)|.*[,，。].*"
)
"""Misspelt hosts, which no office in this country has."""
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*\w)?\.)+[^\W\d_][\w-]+\.?|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\]", re.IGNORECASE)
_DISKS = (
    *("pan.baidu.com", "yun.baidu.com", "pan.quark.cn", "cloud.189.cn", "weiyun.com", "aliyundrive.com", "alipan.com"),
    *("115.com", "123pan.com", "yunpan.360.cn", "pan.xunlei.com", "caiyun.139.com", "yun.139.com"),
    *("wenshushu.cn", "cowtransfer.com", "jianguoyun.com", "drive.weixin.qq.com", "mega.nz", "terabox.com"),
    *("wetransfer.com", "icloud.com", "feijipan.com"),
    *("lanzou", "ctfile.com", "drive.google.com", "dropbox.com", "onedrive.live.com", "1drv.ms"),
)  # fmt: skip
_COLLABORATIVE = re.compile(
    r"https?://(?:docs\.qq\.com/(?:doc|sheet|slide|pdf)/|(?:www\.)?kdocs\.cn/l/|shimo\.im/(?:docs|sheets|file)/"
    r"|[\w-]+\.feishu\.cn/(?:docx?|sheets|wiki|file)/|docs\.google\.com/(?:document|spreadsheets)/)",
    re.IGNORECASE,
)
"""Shared online documents, which most people can only read after signing in; not questionnaires, open to everybody."""
_DISK = re.compile(r"(?:pan|yunpan|wangpan|netdisk)\.(?!.*\.gov\.cn\Z).*|(?:www\.)?123(?:pan|\d{3})\.com")
_LAST_PORT = 65535
_WEB = re.compile(r"https?://", re.IGNORECASE)


@rule("GK961", "dead-link", "链接的网页、小标题或者文件不存在", on=(Guide, Article, PublishedTexts), cite=CITE)
def dead_link(subject: Guide | Article | PublishedTexts, context: Context) -> Iterator[Fault]:
    """正文里的链接，或者写着的本栏目的网址，指向没有的事项、表格、文章、小标题或者文件。

    ## 为什么
    点开是“找不到网页”，网站检查里一条一条扣分。链接从生成的网页算起：到别的事项写 ../4-2/index.html，
    到那一页的小标题照着写在后面，如 ../4-2/index.html#我要做什么，到同一页的只写 #我要做什么，
    到表格的网页地址问题里会写明。/ 开头的、通到本县文件夹以外的，换一个地方打开就没有了，请写完整的网址。
    `[办法][1]` 这样的写法，要在同一节里另有一行 `[1]: 网址`。

    ## 错误
    ```yaml guides/employment/4.1.md
    正文: |
      ## 这是什么
      登记失业，见[别的事项](../4-99/index.html)。
      ## 对我有什么用
      可以领钱。
      ## 我要做什么
      带身份证去窗口。
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    正文: |
      ## 这是什么
      登记失业，见[别的事项](../4-2/index.html)。
      ## 对我有什么用
      可以领钱。
      ## 我要做什么
      带身份证去窗口。
    ```
    """
    catalog = context.catalog
    if catalog is None:
        return
    if isinstance(subject, PublishedTexts):
        yield from _dead_addresses(subject, context, catalog)
        return
    for section in subject.sections:
        by_line: dict[int, list[tuple[str, str]]] = {}
        for link in text_links(section):
            wrong = _wrong(link, subject, section, catalog) or _wrong_outside(link, subject, context.project)
            if wrong and not (context.unsettled and _ITEM in wrong[0]):
                by_line.setdefault(link.line, []).append(wrong)
        for line, written in lost_references(section):
            by_line.setdefault(line, []).append((f"链接“{written[:80]}”没有写网址，网页上只有方括号", _REFERENCE))
        for line, texts in by_line.items():
            problem = "；".join(dict.fromkeys(message for message, _ in texts))
            hints = "".join(dict.fromkeys(hint for _, hint in texts))
            place = Place(section.place.file, line, 1)
            yield Fault(place, problem, hints)


@rule("GK962", "closed-address", "网址群众打不开", on=PublishedTexts, severity=Severity.WARNING, cite=CITE)
def closed_address(published: PublishedTexts, context: Context) -> Iterator[Fault]:
    """写着内网的地址、网盘、本机的文件，或者写错了的网址（htp://）、空的链接。

    ## 为什么
    只有写的人打得开。网页上不认得的网址会去掉，只剩下字；网盘的分享会过期，也不是政府网站。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 到 http://192.168.1.8/oa 查看
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 到窗口查看
    ```
    """
    for text in published.texts:
        by_line: dict[int, list[str]] = {}
        for line, address in text.addresses:
            if why := closed(address):
                by_line.setdefault(line, []).append(f"“{address[:80]}”{why}" if address else why)
        for line, texts in by_line.items():
            if not context.troubled(text.file, line, line):
                yield Fault(text.at(line), "；".join(dict.fromkeys(texts)), _REMEDY)


_REMEDY = "请换成公众打得开的网址；文件放在表格或者文章旁边，由网站发布。"


def _dead_addresses(published: PublishedTexts, context: Context, catalog: Catalog) -> Iterator[Fault]:
    """A fault for each address below the county's own, in a text or a value, whose page does not exist."""
    own = (catalog.overlay.website.address or "").rstrip("/")
    if not own or context.unsettled:
        return
    for text in published.texts:
        for line, address in text.addresses:
            if not address.startswith(f"{own}/"):
                continue
            path = unquote(re.split("[?#]", address[len(own) + 1 :], maxsplit=1)[0]).rstrip(".,;")
            if not _is_ours(path, catalog) or _is_there(path, catalog):
                continue
            message = f"网址“{address[:120]}”指向的{_kind(path, catalog)}不存在"
            yield Fault(text.at(line), message, "请打开看一看，改成有的那一页。")


def _is_ours(path: str, catalog: Catalog) -> bool:
    """Whether the path is in a folder that only gkdir fills; other systems may publish beside it."""
    first, _, rest = path.partition("/")
    return bool(rest.strip("/")) and (first in catalog.directories or first in ("forms", "towns", *ARTICLE_KINDS))


def closed(address: str) -> str:
    """The reason why people cannot open an address; empty if they can."""
    if not address:
        return "有空的链接"
    if not _WEB.match(address):
        scheme = address.partition(":")[0].lower()
        if scheme.startswith("www"):
            host = re.split(r"[/?#]", address, maxsplit=1)[0].rstrip(".,").lower()
            return (
                "不是写对了的网址" if _MISSPELT.fullmatch(host) else "是示例的网址" if _MADE_UP.fullmatch(host) else ""
            )
        return "是本机的文件" if scheme == "file" or re.match(r"[A-Za-z]:[\\/]|\\\\", address) else "不是写对了的网址"
    named, at, host = re.split(r"[/?#\\]", address.partition("//")[2], maxsplit=1)[0].rpartition("@")
    if host.lower() in ("http:", "https:"):
        return "不是写对了的网址"
    if _PRIVATE.match(host):
        return "是内网的地址"
    name, port = re.fullmatch(r"(.*?)(?::(\d*))?", host.lower()).groups()  # type: ignore[union-attr]
    if not _HOST.fullmatch(name) or _MISSPELT.fullmatch(name) or int(port or 0) > _LAST_PORT:
        return "不是写对了的网址"
    if at:
        return f"去的是{name[:40]}，@ 前面的“{named[:40]}”不是域名"
    if _MADE_UP.fullmatch(name):
        return "是示例的网址"
    if _COLLABORATIVE.match(address):
        return "是在线文档的分享"
    disk = _DISK.fullmatch(name) or any(
        name == one or name.endswith(f".{one}") or ("." not in one and one in name) for one in _DISKS
    )
    return "是网盘的分享" if disk else ""


def _wrong(link: TextLink, subject: Guide | Article, section: Section, catalog: Catalog) -> tuple[str, str] | None:
    """(what is wrong with a link, what to do); ``None`` if nothing is, or its target is outside the county's folder."""
    target = link.target
    beside_it = linked_path(target)
    if beside_it and any(file.target == beside_it for file in section.files):
        return None
    if link.words is not None:  # GK623 reports pictures from other sites
        return (f"图片“{target[:80]}”不存在", _BESIDE) if beside_it else None
    if SCHEME.match(target):
        lost = not target.lower().startswith(_SAFE) and _SLASHES.match(target) is None
        if _NO_RECIPIENT.match(target):
            return f"“{target[:80]}”不是电话号码，也不是邮箱", "请写成 tel:12333、mailto:a@b.gov.cn 这样。"
        if _NO_HOST.match(target):
            return f"网址“{target[:80]}”少了 //，点开是找不到网页", "请写成 https:// 开头的网址。"
        if re.search(r"\s", target):
            return f"网址“{target[:80]}”里有空格，打不开", "请删去空格，再打开看一看。"
        return (f"网页上会去掉网址“{target[:80]}”", "请换成 https:// 开头的网址。") if lost else None
    return _wrong_inside(target, subject, section, catalog)


def _wrong_inside(target: str, subject: Guide | Article, section: Section, catalog: Catalog) -> tuple[str, str] | None:
    """The same for a link without a scheme, to a heading or to another page of the county."""
    path, _, anchor = target.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        if target == "#" or target.startswith("?"):
            return f"链接“{target[:80]}”哪里也不去", "请写上网址，或者只写字。"
        ours = _FOOTNOTE.match(anchor) or unquote(anchor).lower() in written_ids(section.markdown)
        if not anchor or ours or id_here(anchor, section, subject):
            return None
        return f"这一页上没有小标题“{unquote(anchor)[:40]}”", f"#后面请照着写{_headings(subject.sections)}。"
    target_path = linked_page(path, subject)
    if path.startswith("/") or target_path.startswith(".."):
        return None
    if _is_there(target_path, catalog):
        return _no_heading(anchor, sections_at(target_path, catalog)) if anchor else None
    name = target_path.split("/")[1] if target_path.startswith("forms/") else ""
    hint = f"“{name}”的网页是 ../../{form_path(name)}。" if name in catalog.forms else _WAY
    kind = _kind(target_path, catalog)
    return f"链接“{target[:80]}”指向的{kind}不存在", _BESIDE if kind == _FILE else hint


def _wrong_outside(link: TextLink, subject: Guide | Article, project: Project) -> tuple[str, str] | None:
    """The same for a link out of the county's folder, where there are only the page of all counties and their folders.

    Also for a link from the root of the server, /zwgk/1.html, which leads nowhere if the site is opened from a folder.
    """
    if SCHEME.match(link.target) or _DRIVE.match(link.target):
        return None
    above, _, rest = linked_page(re.split("[?#]", link.target, maxsplit=1)[0], subject).partition("/")
    if above not in ("..", "") or rest in ("", "index.html") or rest.partition("/")[0] in project.counties:
        return None
    if not above and link.words is not None:  # GK623 reports pictures from other sites
        return None
    return f"链接“{link.target[:80]}”通到本县文件夹以外", "到别的网站、别的栏目，请写完整的网址（https://…）。"


def _kind(target_path: str, catalog: Catalog) -> str:
    first = target_path.partition("/")[0]
    if "." in target_path.rpartition("/")[2] and not target_path.endswith(".html"):
        return _FILE
    return _ITEM if first in catalog.directories else {"forms": "表格", "towns": "乡镇"}.get(first, "网页")


def _is_there(target_path: str, catalog: Catalog) -> bool:
    """Whether a path inside the county's folder exists.

    Below other columns than items, forms, articles and towns, every path counts.
    """
    first, *inner = target_path.removesuffix("index.html").rstrip("/").split("/")
    if not inner:
        return first in RESERVED or first in catalog.directories or target_path in _AT_TOP
    if first in catalog.directories:
        return len(inner) == 1 and any(
            item_folder(one.item.number or "") == inner[0] for one in catalog.directories[first].entries
        )
    if first == "forms":
        return any(form_folder(name) == inner[0] for name in catalog.forms)
    if first in ARTICLE_KINDS:
        return len(inner) == 1 and any(one.kind == first and one.slug == inner[0] for one in catalog.articles)
    if first == "towns":
        return len(inner) == 1 and any(town.slug == inner[0] for town in catalog.towns)
    return first in RESERVED


def _no_heading(anchor: str, sections: tuple[Section, ...] | None) -> tuple[str, str] | None:
    """The same for a link to an anchor in another page that has no such anchor."""
    if sections is None or id_of(anchor, sections):
        return None
    written = unquote(anchor)
    if _FOOTNOTE.search(written) or written.lower() in _ids_of_templates():
        return None
    there = f"，或者照着写{_headings(sections)}" if sections else ""
    return f"那一页上没有“#{written[:40]}”", f"请删去 # 和后面的字{there}。"


def _headings(sections: tuple[Section, ...]) -> str:
    return "一个小标题：" + "、".join(f"#{section.title}" for section in sections if section.title)


@cache
def _ids_of_templates() -> frozenset[str]:
    """The ids that the templates give to pages and to elements (``guide.html``), whatever their content."""
    pages = template_folder().rglob("*.html")
    return frozenset(_KINDS).union(*(_ANCHOR_ID.findall(page.read_text(encoding="utf-8")) for page in pages))


_LINK = re.compile(r"<[A-Za-z][^<>]*?\s(?:href|src)\s*=\s*[\"']([^\"'<>]*)[\"']")
_ANCHOR_ID = re.compile(r"\s(?:id|name)\s*=\s*[\"']([^\"'<>]+)[\"']")
_LARGEST = 2 << 20


def page_link_faults(
    files: Mapping[str, bytes], there: Container[str], project: Path, county: str
) -> Iterator[tuple[Rule, Fault]]:
    """One fault for each address that leads nowhere, at the template that writes it, or at the first page with it.

    ``there`` are the paths of other published files.

    Addresses from ``href()`` are right, but a template can also write an address, or an anchor that does not exist.
    """
    if not (project / "templates").is_dir():
        return
    dead: dict[str, list[str]] = {}
    ids = cache(lambda path: frozenset(map(unescape, _ANCHOR_ID.findall(files[path].decode("utf-8", "replace")))))
    for path, data in files.items():
        if path.endswith(".html"):
            for target in dict.fromkeys(_LINK.findall(data.decode("utf-8", "replace"))):
                address, _, anchor = unescape(target).partition("#")
                target_path = _target_path(path, address)
                if target_path is None:
                    continue
                if target_path in there and target_path not in files:
                    continue
                page = target_path if target_path in files else f"{target_path.rstrip('/')}/index.html".lstrip("/")
                named = not anchor or not page.endswith(".html") or page not in files
                if page not in files or not (named or {anchor, unquote(anchor)} & ids(page)):
                    dead.setdefault(target, []).append(path)
    for target, pages in dead.items():
        place = _written(project, target)
        if place is None and "#" in target:
            continue  # a link of gkdir's templates to what a project's template leaves out
        more = f"，另有 {len(pages) - 1} 页也有" if len(pages) > 1 else ""
        message = f"网页 {pages[0]} 上的链接“{unescape(target)[:120]}”指向的网页、小标题或者文件不存在{more}"
        yield (
            dead_link,
            Fault(
                place or Place(f"{county}/{pages[0]}"),
                message,
                "请改正模板里的地址；到本站的网页用 href('faq/index.html') 这样的写法。",
            ),
        )


def _target_path(page: str, address: str) -> str | None:
    """The path in the county's folder that an address on a page leads to; ``None`` if it is outside the folder."""
    if SCHEME.match(address) or address.startswith("/"):
        return None
    path = unquote(address.partition("?")[0])
    if not path:
        return page
    target_path = normpath(join(page.rpartition("/")[0], path))
    return None if target_path.startswith("..") else "" if target_path == "." else target_path


def _written(project: Path, target: str) -> Place | None:
    """The line of the template that writes the address."""
    root = Root.of(project)
    for path in files_within(root, root.path / "templates"):
        if path.stat().st_size <= _LARGEST:
            text = path.read_bytes().decode("utf-8", "replace")
            at = next((text.find(f"{mark}{target}{mark}") for mark in "\"'" if f"{mark}{target}{mark}" in text), -1)
            if at >= 0:
                return Place(root.called(path), text.count("\n", 0, at) + 1, 1)
    return None
