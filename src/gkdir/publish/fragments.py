"""A county's finished pages → their main parts, to paste into the pages of a county's own content system.

A fragment needs no script and no head: one element with everything in it, and the link to its stylesheet. Its ids
begin with ``gkdir-``, so that they cannot clash with those of the surrounding page. See docs/fragments.md.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from gkdir.finding import Place, Unreadable
from gkdir.publish.minify import CSS_COMMENT
from gkdir.service.address import FRAGMENTS, STYLESHEETS
from gkdir.site.fragment import Fragment

ID = "gkdir"
PREFIX = f"{ID}-"
"""The prefix of every id inside a fragment."""
MAIN = f"{ID}-main"
"""The class in place of the element ``main``, which the surrounding page already has."""

REM, EM = 18, 16
"""Pixels of one rem in our pages, and of one em in their media queries."""

_ROOT = f"#{ID}" * 3
_RESET = f"#{ID}#{ID}"
_WIDTH = re.compile(r"\((min|max)-width: ?([\d.]+)em\)")
_SIZE = re.compile(r"(?<![\w.])(-?\d*\.?\d+)rem\b")
_NAME = re.compile(r"#([a-z][\w-]*)")
_WHOLE = re.compile(r"^(?::root|html|body)(?![\w-])")
_MAIN_TAG = re.compile(r"(?<![\w.#-])main(?![\w-])")
_DROPPED = re.compile(r"prefers-color-scheme: ?dark|@page")
_HEAD = f"""{_ROOT} {{ all: initial; display: block; position: relative; container: {ID} / inline-size; }}
{_ROOT} {{ --rem: {REM}px; }}
{_RESET} *:not(svg *), {_RESET} *::before, {_RESET} *::after {{ all: revert; }}
"""
_FOOT = f"""{_ROOT} {{ --paper: #fff; background: none; font-size: calc(1 * var(--rem)); }}
{_ROOT} .{MAIN} {{ width: auto; padding: 0; margin-top: calc(.75 * var(--rem)); }}
@media print {{ {_ROOT} {{ --rem: 10.5pt; }} }}
"""


def scoped(css: str) -> str:
    """The stylesheet for fragments.

    ``css`` must be ours: rules, and media and container queries around rules. Every selector is prefixed with the
    fragment's id three times, which outweighs a content system's rules for its article (``#zoom p``); a reset before
    them undoes inherited styles. Sizes do not depend on the page's root element, media queries by window width become
    container queries, and dark mode is dropped.
    """
    return _HEAD + "".join(_rules(CSS_COMMENT.sub("", css))) + _FOOT


def _rules(css: str) -> Iterator[str]:
    for head, body in _blocks(css):
        if _DROPPED.search(head):
            continue
        if head.startswith("@"):
            inner = "".join(_rules(body))
            yield f"{_query(head)} {{\n{inner}}}\n" if inner else ""
        else:
            yield f"{', '.join(_selector(each) for each in _split(head))} {{ {_sizes(body)} }}\n"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """The text before, and the content of, each outermost pair of braces."""
    start = depth = opened = 0
    for match in re.finditer("[{}]", css):
        if match[0] == "{":
            opened = match.end() if depth == 0 else opened
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield " ".join(css[start : opened - 1].split()), css[opened : match.start()].strip()
                start = match.end()


def _split(selectors: str) -> Iterator[str]:
    """The selectors of a list; commas inside brackets do not separate."""
    depth = start = 0
    for at, character in enumerate(selectors):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield selectors[start:at].strip()
            start = at + 1
    yield selectors[start:].strip()


def _selector(selector: str) -> str:
    named = _MAIN_TAG.sub(f".{MAIN}", _NAME.sub(rf"#{PREFIX}\1", selector))
    whole = _WHOLE.sub(_ROOT, named) if _WHOLE.match(named) else f"{_ROOT} {named}"
    return whole.replace(":root", f"#{ID}")


def _query(head: str) -> str:
    """A media query by window width → a container query by fragment width, in pixels."""
    if head.startswith("@container"):
        return _SIZE.sub(lambda size: f"{float(size[1]) * REM:g}px", head)
    if _WIDTH.search(head) and "print" not in head:
        pixels = _WIDTH.sub(lambda width: f"({width[1]}-width: {float(width[2]) * EM:g}px)", head)
        return pixels.replace("@media", f"@container {ID}")
    return head


def _sizes(body: str) -> str:
    return _SIZE.sub(r"calc(\1 * var(--rem))", " ".join(body.split()))


STYLE = f"{FRAGMENTS}gkdir.css"
LIST = f"{FRAGMENTS}list.json"

_MAIN = re.compile(r'<main id="main" class="frame"([^>]*)>(.*)</main>', re.DOTALL)
_KIND = re.compile(r'<body class="([^"]*)">')
_LANGUAGE = re.compile(r'<html lang="([^"]*)"')
_MISTAKE = re.compile(r'<p class="mistake".*?</p>')
_NOTICE = re.compile(r'<p class="(?:urgent|sample-note)".*?</p>')
_SHEET = re.compile(r'<link rel="stylesheet"[^>]*>\n?')
"""The link to the page's second stylesheet; a fragment's stylesheet contains both."""
_SCRIPTED = re.compile(r'<(div) class="(?:search|filters)\b|<(noscript|script)\b')
"""Elements that need the site's own scripts, which the content system's page does not load."""
_IDS = re.compile(r' (id|for|list|headers|aria-(?:labelledby|describedby|controls|owns|details))="([^"]*)"')
_LINK = re.compile(r' (href|src)="(?![a-zA-Z][\w+.-]*:|/|")([^"#?]*)([^"#]*)(#[^"]*)?"')


def fragments(wanted: Iterable[Fragment], made: Mapping[str, bytes], base: str | None) -> Iterator[tuple[str, bytes]]:
    """The fragments ``wanted``, cut from the pages in ``made``, with their stylesheet and their list.

    ``base`` is the address of the county's folder, ending in ``/``: links between fragments are then full addresses.
    Without it they are relative, and work where the pages keep their relative positions.

    :raises Unreadable: one of the project's own templates has no main part
    """
    listed = []
    for fragment in wanted:
        content = _cut(made[fragment.page.inner].decode(), fragment, base)
        yield fragment.path, content
        listed.append(_entry(fragment, content))
    yield STYLE, scoped("".join(made[sheet].decode() for sheet in STYLESHEETS)).encode()
    document = {"style": (base or "") + STYLE, "pages": listed}
    yield LIST, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _cut(html: str, fragment: Fragment, base: str | None) -> bytes:
    found = _MAIN.search(html)
    if not found:
        hint = "请对照随 gkdir 附带的 _parts/page.html，留着 main 这一行。"
        raise Unreadable(Place(f"templates/{fragment.page.template}"), "这个模板里没有正文（main），做不成片段。", hint)
    head, foot = html[: found.start()], html[found.end() :]
    kind, language = _KIND.search(head), _LANGUAGE.search(head)
    up = "../" * fragment.page.inner.count("/")
    # The feedback line sits in the footer; keep it, drop the rest of the footer.
    inner = _IDS.sub(_prefixed, _without_scripted(_SHEET.sub("", found[2])) + "".join(_MISTAKE.findall(foot)))
    inner = _LINK.sub(lambda link: _readdressed(link, up, base), inner)
    style = base + STYLE if base else up + STYLE
    notices = "\n".join(_NOTICE.findall(head))
    return (
        f'<link rel="stylesheet" href="{escape(style)}">\n'
        f'<div id="{ID}" lang="{language[1] if language else "zh-CN"}"{found[1]}>\n'
        f'<div class="{kind[1] if kind else "page"}">\n{notices}\n<div class="{MAIN}">{inner}</div>\n</div>\n</div>\n'
    ).encode()


def _prefixed(match: re.Match[str]) -> str:
    names = " ".join(PREFIX + name for name in match[2].split())
    return f' {match[1]}="{names}"'


def _readdressed(match: re.Match[str], up: str, base: str | None) -> str:
    """A link inside the county's folder, with the prefixed anchor and, if ``base`` is known, the full address."""
    name, path, query, anchor = match[1], match[2], match[3], match[4] or ""
    if anchor:
        anchor = f"#{PREFIX}{anchor[1:]}"
    if base and path:
        path = escape(base) + path.removeprefix(up)
    return f' {name}="{path}{query}{anchor}"'


def _without_scripted(html: str) -> str:
    """The page's main part without the elements that need a script."""
    while found := _SCRIPTED.search(html):
        tag, depth, end = found[1] or found[2], 0, len(html)
        for edge in re.compile(rf"<(/?){tag}\b[^>]*>").finditer(html, found.start()):
            depth += -1 if edge[1] else 1
            if depth == 0:
                end = edge.end()
                break
        html = html[: found.start()] + html[end:]
    return html


def _entry(fragment: Fragment, content: bytes) -> dict[str, object]:
    """An entry of the list: title, description and government tags, for the fields of a content system."""
    page = fragment.page
    return {
        "title": page.title,
        "description": page.description,
        "address": fragment.address,
        "fragment": fragment.path,
        "sha256": hashlib.sha256(content).hexdigest(),
        "item": page.item,
        "meta": dict(page.meta),
    }
