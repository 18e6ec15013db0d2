"""A preview → the routes of its pages, which reload when the project changes."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus

from msgspec import Struct
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import awatch

from gkdir.faultlog import noted
from gkdir.preview.site import Preview

CHANGES, SCRIPT = "__changes", "__reload.js"
RELOAD = (
    f"new EventSource(new URL('{CHANGES}', document.currentScript.src)).onmessage = () => location.reload();\n"
).encode()
POLL_MS = 1000
"""Milliseconds between checks whether the browser has disconnected."""
SETTLE_MS = 200
"""How many milliseconds to wait, at most, for more changes after one."""


class Framing(Struct, frozen=True):
    """A script that the pages also load, and the headers of all responses.

    The defaults are for pages that are not in a frame.
    """

    script: bytes = RELOAD
    headers: Mapping[str, str] = {}


def preview_routes(preview: Preview, framing: Framing = Framing()) -> tuple[Route, ...]:  # noqa: B008
    """The routes of the pages and files, of the script that each page also loads, and of the events it waits for."""

    def page(request: Request) -> Response:
        reply = _page(preview, request)
        reply.headers.update(framing.headers)
        return reply

    def script(_request: Request) -> Response:
        return Response(framing.script, headers=framing.headers, media_type="text/javascript")

    def changes(_request: Request) -> Response:
        return StreamingResponse(_changes(preview), media_type="text/event-stream")

    return Route(f"/{SCRIPT}", script), Route(f"/{CHANGES}", changes), Route("/{path:path}", page)


def preview_app(preview: Preview) -> Starlette:
    """An application with nothing but the preview."""
    return Starlette(routes=preview_routes(preview), exception_handlers={Exception: bug_response})


def bug_response(_request: Request, fault: Exception) -> Response:
    """The response for a bug of gkdir: without one the browser would wait for ever."""
    words = f"这是 gkdir 自身的毛病（{type(fault).__name__}）。{noted(fault)}"
    return PlainTextResponse(words, HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(preview: Preview, request: Request) -> Response:
    path: str = request.path_params["path"]
    if path == "" or path.endswith("/"):
        path += "index.html"
    content = preview.get(path)
    if content is not None:
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if kind == "text/html":
            script = f'<script src="{request.scope["root_path"]}/{SCRIPT}"></script></html>'
            content = content.replace(b"</html>", script.encode())
        return Response(content, media_type=kind)
    if preview.get(f"{path}/index.html") is not None:
        return RedirectResponse(f"{request.scope['path']}/", HTTPStatus.FOUND)
    return PlainTextResponse("没有这个页面。", HTTPStatus.NOT_FOUND)


async def _changes(preview: Preview) -> AsyncIterator[bytes]:
    found = awatch(*preview.folders, debounce=SETTLE_MS, rust_timeout=POLL_MS, yield_on_timeout=True)
    async for changed in found:
        yield b"data: changed\n\n" if changed else b": here\n\n"
