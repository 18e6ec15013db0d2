"""A project's folder → its desk on this machine: the first page at once, the others as soon as they are loaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from threading import Lock

from msgspec import Struct
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from gkdir import cache
from gkdir.desk.pages import ASSETS, DeskPages, asset
from gkdir.finding import Place, Unreadable
from gkdir.publish.swap import open_lock, take_lock
from gkdir.read.countyfolders import county_folders, county_names
from gkdir.read.folder import Root


class DeskOptions(Struct, frozen=True):
    """The project, the folders for its site and its archives, and the function that returns the current day."""

    project: Path
    out: Path
    archive: Path
    clock: Callable[[], date]


class FrontDesk:
    """The application. Importing what the other pages need takes longer than showing the first one."""

    def __init__(self, options: DeskOptions) -> None:
        self._options = options
        self._pages = DeskPages(options.project)
        self._loading = Lock()
        self._rest: ASGIApp | None = None

    def starlette(self) -> Starlette:
        """The application."""
        routes = [Route("/", self._first), Route("/assets/{name}", _asset), Mount("", app=self._other)]
        return Starlette(routes=routes)

    def _first(self, request: Request) -> Response:
        """The list of counties or, if the project has only one, that county's page."""
        project = self._options.project
        try:
            counties, _ = county_folders(Root.of(project))
            if len(counties) == 1 and "all" not in request.query_params:
                return RedirectResponse(f"{request.scope['root_path']}/c/{counties[0]}/", HTTPStatus.SEE_OTHER)
            page = self._pages.page(request, "counties.html", counties=county_names(project, counties))
        except Exception as error:
            return self._pages.wrong(request, error)
        page.background = BackgroundTask(self._loaded)  # imported while the clerk looks at the first page
        return page

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        rest = await run_in_threadpool(self._loaded) if self._rest is None else self._rest
        await rest(scope, receive, send)

    def _loaded(self) -> ASGIApp:
        with self._loading:
            if self._rest is None:
                from gkdir.desk.app import DeskApp
                from gkdir.desk.desk import Desk

                self._rest = DeskApp(Desk(self._options)).starlette()
            return self._rest


def _asset(request: Request) -> Response:
    """A stylesheet or script."""
    name = request.path_params["name"]
    path = asset(name)
    if path is None:
        return PlainTextResponse("没有这个页面。", HTTPStatus.NOT_FOUND)
    return FileResponse(path, media_type=ASSETS[name])


LOCK = ".gkdir-desk"


@contextmanager
def only_desk(project: Path, address: str) -> Iterator[None]:
    """Hold the project's lock for the desk at ``address``.

    The address is kept in the user's own cache folder, because everybody who knows it can write.

    :raises Unreadable: a desk is open; says where
    """
    name = f"desk-{sha256(os.fsencode(os.path.realpath(project))).hexdigest()[:32]}"
    file = open_lock(project / LOCK)
    try:
        if not take_lock(file):
            there = (cache.kept(name) or b"").decode()
            hint = f"请用浏览器打开 {there}" if there else "多半是别人在别的电脑上开着，请等他用完。"
            raise Unreadable(Place(str(project)), "这个文件夹的工作台已经开着了，没有再开一个。", hint)
        cache.keep(name, address.encode())
        yield
    finally:
        os.close(file)
