"""A site that gkdir built → a Hugo site with the same pages: their content as Markdown, the frame as a layout.

Hugo reads the text of each page's main part, its title, description and breadcrumbs, and makes the page with the same
head, header and footer. It makes no Traditional pages, tables, Word files or search index. Some anchors, classes and
attributes are missing, so that Hugo's pages are a little shorter.
"""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

CONFIGURATION = """
baseURL = "/"
title = "gkdir"
disableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]
[markup.goldmark.renderer]
unsafe = true
"""
_MAIN = re.compile(r"(?s)^(?P<head>.*?<main\b[^>]*>)(?P<main>.*)(?P<foot></main>.*)$")
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "li", "tr", "dt", "dd", "table", "ul", "ol", "dl", "figure", "form")
)
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}


class _Markdown(HTMLParser):
    """The main part of a page, as somebody would write it in Markdown."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._links: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in ("script", "style", "svg"):
            self._hidden += 1
        elif tag in _HEADINGS:
            self.parts.append(f"\n\n{_HEADINGS[tag]} ")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "a":
            self._links.append(said.get("href") or "")
            self.parts.append("[")
        elif tag in ("td", "th"):
            self.parts.append(" | ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "svg"):
            self._hidden -= 1
        elif tag == "a" and self._links:
            self.parts.append(f"]({self._links.pop()})")
        elif tag in _HEADINGS or tag == "p":
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def twin(site: Path, out: Path) -> int:
    """Make the Hugo site; returns how many pages it has."""
    shutil.rmtree(out, ignore_errors=True)
    layouts = out / "layouts"
    layouts.mkdir(parents=True)
    (out / "hugo.toml").write_text(CONFIGURATION, encoding="utf-8")
    pages = sorted(path for path in site.rglob("*.html") if "/hant/" not in path.as_posix())
    for number, page in enumerate(pages):
        found = _MAIN.match(page.read_text(encoding="utf-8"))
        if found is None:
            continue
        inner = page.relative_to(site)
        if not (layouts / "single.html").exists() and len(inner.parts) > 3:
            layout = _layout(found["head"], found["foot"])
            for name in ("single", "list", "home"):
                (layouts / f"{name}.html").write_text(layout, encoding="utf-8")
        file = out / "content" / inner.parent / (f"page-{number}.md" if inner.name != "index.html" else "_index.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_content(found, f"/{inner.as_posix()}"), encoding="utf-8")
    for path in site.rglob("assets/*"):
        target = out / "static" / path.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return len(pages)


def _content(page: re.Match[str], address: str) -> str:
    parser = _Markdown()
    parser.feed(page["main"])
    said = {
        "title": _first(r"<title>(.*?)</title>", page["head"]),
        "description": _first(r'<meta name="description" content="([^"]*)"', page["head"]),
        "url": address,
        "crumbs": re.findall(r'<a href="([^"]*)">([^<]*)</a>', page["head"])[-3:],
    }
    return f"{json.dumps(said, ensure_ascii=False)}\n\n{''.join(parser.parts).strip()}\n"


def _layout(head: str, foot: str) -> str:
    """The layout that all pages share: the frame, with placeholders for each page's own texts."""
    head = re.sub(r"\{\{|\}\}", "", head)
    head = re.sub(r"<title>.*?</title>", "<title>{{ .Title }}</title>", head, count=1)
    description = r'(<meta name="description" content=")[^"]*'
    head = re.sub(description, r"\1{{ .Description }}", head, count=1)
    crumbs = '<nav>{{ range .Params.crumbs }}<a href="{{ index . 0 }}">{{ index . 1 }}</a>{{ end }}</nav>'
    return f"{head}{crumbs}{{{{ .Content }}}}" + re.sub(r"\{\{|\}\}", "", foot)


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    return found[1] if found else ""
