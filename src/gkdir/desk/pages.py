"""A template of the desk and its values → a response; an error → a page that says what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gkdir.excel_form.formfinding import in_form_words
from gkdir.faultlog import noted
from gkdir.finding import WORDS, Finding, Unreadable
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
"""What was just done → the message at the head of the county's page."""
_COMMANDS_IN_WORDS: Sequence[tuple[str, str]] = (
    ("不是 gkdir form export 导出的表", "不是从这里领的填写表"),
    ("用填写表：gkdir form export 导出，在“存疑”表里选", "请点“有几行拿不准”，一行一行定"),
    ("(?:(?<=请)用)? ?gkdir form export 导出", "领填写表"),
    ("用 gkdir form export 重新导出一份", "重新领一份填写表"),
    ("请用 gkdir import", "请点“交原来的目录表”"),
    ("请用 gkdir read 看看读出了什么", "请点“逐行看”，看看读出了什么"),
    (r"（命令里是 --\w+）", ""),
    ("请再运行一次", "请从头再做一次"),
    ("(?:请会用命令的人|请)?(?:运行|用) ?(?=gkdir )", "请会用命令的人运行 "),
)
"""Pattern of a command in a message → the desk's button for it.

The last pattern is for all other commands, and says whom to ask.
"""
_OUR_FAULT = "这是 gkdir 自身的毛病"


class DeskPages:
    """Renders the desk's pages with gkdir's own templates only."""

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
            "remedy": remedy,
            "place": lambda place: shown(str(place)).removeprefix(self._project),
        }
        self._environment.globals |= {"words": WORDS, "notes": NOTES}

    def page(self, request: Request, name: str, **shows: object) -> Response:
        """The page made by that template; ``root`` is the beginning of all the desk's addresses."""
        return self._page(request, name, shows, HTTPStatus.OK)

    def wrong(self, request: Request, error: Exception) -> Response:
        """The page that says what went wrong and what to do."""
        blank = {"message": "", "hint": "", "place": ""}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if isinstance(error, Unreadable):
            trouble = error.trouble
            said = {"message": in_desk_words(trouble.message), "hint": in_desk_words(trouble.hint)}
            blank |= said | {"place": shown(str(trouble.place))}
        elif isinstance(error, OSError) and (why := why_refused(error)):
            blank |= {"message": why, "place": shown(str(error.filename or ""))}
        else:
            blank |= {"message": f"{_OUR_FAULT}（{type(error).__name__}），什么也没有写。", "hint": noted(error)}
            status = HTTPStatus.INTERNAL_SERVER_ERROR
        return self._page(request, "wrong.html", blank, status)

    def _page(self, request: Request, name: str, shows: Mapping[str, object], status: HTTPStatus) -> Response:
        root = f"{request.scope['root_path']}/"
        text = self._environment.get_template(name).render(root=root, **shows)
        return HTMLResponse(text, status, {"Content-Security-Policy": _POLICY})


def in_desk_words(text: str) -> str:
    """A message or remedy with the desk's buttons in place of commands."""
    for pattern, words in _COMMANDS_IN_WORDS:
        text = re.sub(pattern, words, text)
    return shown(text)


def remedy(finding: Finding) -> str:
    """What to do about a finding: in the form if it has a place there."""
    return in_desk_words(in_form_words(finding.hint) if finding.form else finding.hint)


def asset(name: str) -> Path | None:
    """The file of one of the desk's assets; ``None`` if there is none of that name."""
    return template_folder() / FOLDER / name if name in ASSETS else None
