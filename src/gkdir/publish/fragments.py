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
from gkdir.publish.scoped import ID, MAIN, PREFIX, scoped
from gkdir.service.address import FRAGMENTS, STYLESHEETS
from gkdir.site.fragment import Fragment

STYLE = f"{FRAGMENTS}gkdir.css"
LIST = f"{FRAGMENTS}list.json"

_MAIN = re.compile(r'<main id="main" class="frame"([^>]*)>(.*)</main>', re.DOTALL)
_KIND = re.compile(r'<body class="([^"]*)">')
_LANGUAGE = re.compile(r'<html lang="([^"]*)"')
_MISTAKE = re.compile(r'<p class="mistake".*?</p>')
_NOTICE = re.compile(r'<p class="(?:urgent|sample-note)".*?</p>')
_SCRIPTED = re.compile(r'<(div) class="(?:search|filters)\b|<(noscript|script)\b')
"""Elements that need the site's own scripts, which a content system's page does not load."""
_IDS = re.compile(r' (id|for|list|headers|aria-(?:labelledby|describedby|controls|owns|details))="([^"]*)"')
_LINK = re.compile(r' (href|src)="(?![a-zA-Z][\w+.-]*:|/|")([^"#?]*)([^"#]*)(#[^"]*)?"')


def fragments(wanted: Iterable[Fragment], made: Mapping[str, bytes], base: str | None) -> Iterator[tuple[str, bytes]]:
    """The fragments ``wanted``, cut from the pages in ``made``, with their stylesheet and their list.

    ``base`` is the address of the county's folder, ending in ``/``: links between fragments are then full addresses.
    Without it they are relative, and work where the pages keep their relative positions. Raises Unreadable if one of
    the project's own templates has no main part.
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
    inner = _IDS.sub(_prefixed, _without_scripted(found[2]) + "".join(_MISTAKE.findall(foot)))
    inner = _LINK.sub(lambda link: _led(link, up, base), inner)
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


def _led(match: re.Match[str], up: str, base: str | None) -> str:
    """A link inside the county's folder, rewritten for the fragment's ids and, if known, its new address."""
    name, path, query, anchor = match[1], match[2], match[3], match[4] or ""
    if anchor:
        anchor = f"#{PREFIX}{anchor[1:]}"
    if base and path:
        path = escape(base) + path.removeprefix(up)
    return f' {name}="{path}{query}{anchor}"'


def _without_scripted(html: str) -> str:
    """The page's main part, with its tags balanced, without the elements that need a script."""
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
    """The values for a content system's fields: title, description, the government tags by name."""
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
