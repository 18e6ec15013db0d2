"""A title and a body → one self-contained HTML page, to read on a screen, print on A4 and file."""

from __future__ import annotations

from html import escape

from gkdir.harmless import shown_lines

_STYLE = (
    "body{font:16px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:1.5em auto;max-width:80em;padding:0 1em;"
    "color:#1a1a1a;background:#fff}h1{font-size:1.5em}h2{font-size:1.1em;margin:1.2em 0 .3em}"
    "h3{font-size:1em;margin:1em 0 0}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #666;padding:.4em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#eee}td.n{text-align:center}td.w,th.w{width:6.5em;min-width:5em}code{font-size:.9em}"
    "ul{margin:.2em 0;padding-left:1.2em}.grave{font-weight:bold;border:2px solid #1a1a1a;padding:0 .3em}"
    "@media screen and (max-width:48em){thead{display:none}table,tbody,tr,td{display:block;width:auto!important}"
    "tr{border:1px solid #666;margin:0 0 1em}td{border:0;border-bottom:1px solid #ccc}td.n{text-align:left}"
    "td::before{content:attr(data-label);display:block;font-weight:bold}}"
    "@page{size:A4 landscape;margin:12mm}@media print{body{margin:0;max-width:none;font-size:10pt}thead{"
    "display:table-header-group}tr{break-inside:avoid}}"
)


def page(title: str, mark: str, body: str) -> str:
    """The page. ``mark`` lets a later run recognise the file as its own, to replace it (output.py)."""
    head = (
        f'<meta charset="utf-8"><meta name="generator" content="gkdir {mark}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style>'
    )
    return shown_lines(
        f'<!doctype html>\n<html lang="zh-CN">\n<head>{head}</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
