"""A template of the desk and what it shows → a reply; what went wrong → a page that says what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gkdir.audit import MISMATCHES
from gkdir.excel_form.formfinding import in_form_words
from gkdir.faultlog import note_fault
from gkdir.finding import WORDS, Unreadable
from gkdir.harmless import shown, shown_lines
from gkdir.refused import why_refused
from gkdir.resources import template_folder

FOLDER = "_desk"
ASSETS: Mapping[str, str] = {"desk.css": "text/css", "desk.js": "text/javascript"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOTES: Mapping[str, str] = {
    "written": "写好了。下面是现在要做的。",
    "settled": "定下来了。",
    "undone": "撤回了，和写以前一样。",
}
"""The message at the head of a county's page, by what was just done."""
_SPOKEN = re.compile("(?:用填写表：|(?<=请)用)? ?gkdir form export 导出")
"""How a remedy calls a command for which the desk has a button."""
_OUR_FAULT = "这是 gkdir 自身的毛病"


class DeskPages:
    """Renders the desk's pages, with the templates that come with gkdir and no others."""

    def __init__(self, project: Path) -> None:
        self._project = f"{project.as_posix()}/".removeprefix("./")
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(template_folder() / FOLDER),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "shown": shown,
            "shown_lines": shown_lines,
            "in_desk_words": in_desk_words,
            "in_form": in_form_words,
            "place": lambda place: shown(str(place)).removeprefix(self._project),
        }
        self._environment.globals |= {"words": WORDS, "notes": NOTES, "mismatch": MISMATCHES}

    def page(self, request: Request, name: str, **shows: object) -> Response:
        """The page of that template; ``root`` is the beginning of all the desk's addresses."""
        return self._page(request, name, shows, HTTPStatus.OK)

    def wrong(self, request: Request, error: Exception) -> Response:
        """The page that says what went wrong and what to do about it."""
        blank = {"message": "", "hint": "", "place": ""}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if isinstance(error, Unreadable):
            trouble = error.trouble
            blank |= {"message": trouble.message, "hint": trouble.hint, "place": shown(str(trouble.place))}
        elif isinstance(error, OSError) and (why := why_refused(error)):
            blank |= {"message": why, "place": shown(str(error.filename or ""))}
        else:
            path = note_fault(error)
            kept = f"来龙去脉写在 {path}，请把它发给维护者。" if path else "请告诉维护者。"
            blank |= {"message": f"{_OUR_FAULT}（{type(error).__name__}），什么也没有写。", "hint": kept}
            status = HTTPStatus.INTERNAL_SERVER_ERROR
        return self._page(request, "wrong.html", blank, status)

    def _page(self, request: Request, name: str, shows: Mapping[str, object], status: HTTPStatus) -> Response:
        root = f"{request.scope['root_path']}/"
        text = self._environment.get_template(name).render(root=root, **shows)
        return HTMLResponse(text, status, {"Content-Security-Policy": _POLICY})


def in_desk_words(text: str) -> str:
    """A remedy as the desk says it."""
    return shown(_SPOKEN.sub("领填写表", text))


def asset(name: str) -> Path | None:
    """The file of one of the desk's assets."""
    return template_folder() / FOLDER / name if name in ASSETS else None
