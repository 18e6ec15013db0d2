"""The elements, attributes and values that gkdir writes on its pages; all others are foreign."""

from __future__ import annotations

import re

ELEMENTS = frozenset(
    (
        *("html", "head", "title", "meta", "link", "script", "noscript", "body", "header", "main", "footer", "nav"),
        *("section", "article", "aside", "address", "div", "p", "br", "hr", "wbr", "blockquote", "pre", "figure"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "figcaption", "details", "summary"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "a", "b", "i", "em"),
        *("strong", "small", "span", "mark", "code", "kbd", "del", "ins", "sub", "sup", "abbr", "cite", "q", "time"),
        *(
            "data",
            "ruby",
            "rb",
            "rt",
            "rp",
            "bdi",
            "img",
            "svg",
            "g",
            "path",
            "rect",
            "circle",
            "text",
            "tspan",
            "line",
        ),
        *("polyline", "polygon", "form", "fieldset", "legend", "label", "input", "button", "select", "optgroup"),
        *("option", "output", "meter", "progress"),
        # of feeds, site maps and search descriptions
        *("author", "description", "entry", "feed", "id", "inputencoding", "lastmod", "loc", "name", "summary"),
        *("opensearchdescription", "shortname", "updated", "url", "urlset", "content", "published"),
    )
)
"""Elements in gkdir's templates, or allowed in texts; any other is foreign."""
ATTRIBUTES = frozenset(
    (
        *("id", "class", "lang", "xml:lang", "dir", "title", "hidden", "role", "tabindex", "href", "hreflang", "rel"),
        *("src", "alt", "width", "height", "loading", "decoding", "type", "name", "value", "content", "charset"),
        *(
            "http-equiv",
            "media",
            "async",
            "defer",
            "datetime",
            "colspan",
            "rowspan",
            "scope",
            "start",
            "for",
            "checked",
        ),
        *(
            "autofocus",
            "selected",
            "disabled",
            "required",
            "readonly",
            "multiple",
            "placeholder",
            "autocomplete",
            "inputmode",
        ),
        *("enterkeyhint", "spellcheck", "maxlength", "min", "max", "step", "size", "pattern", "novalidate", "download"),
        *("open", "target", "srcset", "sizes", "label", "span", "headers", "color", "template", "reversed"),
        # of drawings
        *("xmlns", "viewbox", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "points", "fill"),
        *("stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "transform", "text-anchor", "focusable"),
    )
)
"""Attributes in gkdir's templates, or allowed in texts; all that begin with ``aria-`` or ``data-`` are allowed too."""
RELATIONS = frozenset(
    (
        *("stylesheet", "alternate stylesheet", "alternate", "icon", "search", "self", "canonical"),
        *("prev", "next", "noopener", "noreferrer", "noopener noreferrer", "nofollow", "external"),
    )
)
METAS = frozenset(
    (
        *("viewport", "description", "color-scheme", "referrer", "sitename", "sitedomain", "siteidcode", "columnname"),
        *("columndescription", "columnkeywords", "columntype", "articletitle", "pubdate", "contentsource", "author"),
    )
)
INPUTS = frozenset(("", "checkbox", "radio", "search", "text", "number", "date", "month"))
POLICY = "default-src 'none'"
"""The beginning of the Content-Security-Policy of every page."""
LINKS = (
    *("href", "src", "action", "formaction", "data", "poster", "srcset", "imagesrcset", "xlink:href", "background"),
    *("ping", "cite", "longdesc", "manifest", "codebase", "archive"),
)
"""Attributes that link to something or load something."""
HIDING = re.compile(
    r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:[01](?![.\d])|text-indent:-\d|scale\(0"
    r"|(?:left|right|top|bottom|margin-left|margin-top):-\d{3,}|(?<![\w-])(?:max-)?(?:height|width):[01](?:px)?(?![.\d%])"
)
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
RISKY = re.compile(
    r"@import|expression\s*\(|behavior\s*:\s*url|-moz-binding|javascript:|\beval\s*\(|new\s+Function\b|\batob\s*\("
    r"|document\s*\.\s*(?:write|cookie)|importScripts|sendBeacon|\bWebSocket\b|\bfetch\s*\(|XMLHttpRequest|\bimport\s*\(",
    re.IGNORECASE,
)
"""Code that no script or stylesheet of gkdir contains."""
