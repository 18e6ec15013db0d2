"""An ASGI application → a web server on this machine that only its own pages can use.

What it shows is not published yet. Requests under another host name (DNS rebinding), from another website or without
the address's token are refused, and no other website can load or frame a response.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTP_PORT
from secrets import compare_digest

import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

OWN_PAGES_ONLY: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",  # with none, browsers do not say where a form comes from
    "Cache-Control": "no-store",
}
"""Headers of every response that does not set them itself, whatever its status."""
MAX_REQUEST_BYTES = 64 << 20
"""The most bytes of a request."""
MAX_CONNECTIONS = 100
"""The most connections at the same time; browsers open six each."""
REQUEST_SECONDS = 20
"""How many seconds a request may take to arrive."""
_READS = ("GET", "HEAD")
_ELSEWHERE = "只给本机的页面看。请用启动时写出的地址打开。"

Refusal = tuple[HTTPStatus, str]


class OwnPages:
    """Passes on requests from this server's own pages.

    With a ``token``, their path must begin with it.
    """

    def __init__(self, app: ASGIApp, port: int, token: str = "") -> None:
        self._app, self._token = app, token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if port == HTTP_PORT:
            self._hosts |= {"127.0.0.1", "localhost"}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse one request."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in OWN_PAGES_ONLY.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        if refusal is not None:
            status, words = refusal
            await PlainTextResponse(words, status)(scope, receive, sent)
            return
        root = f"/{self._token}" if self._token else ""
        await self._app({**scope, "root_path": root}, receive, sent)

    def _refusal(self, method: str, path: str, headers: Headers) -> Refusal | None:
        hosts, origin = headers.getlist("host"), headers.get("origin")
        known = len(hosts) == 1 and hosts[0].lower() in self._hosts
        # Browsers send the origin of a form: ``null`` from a page in a sandboxed frame, which knows the token.
        own = origin in self._origins or (method in _READS and origin in (None, "null" if self._token else None))
        given = path.split("/")[1] if self._token else ""
        if not known or not own or not compare_digest(given.encode(errors="replace"), self._token.encode()):
            return HTTPStatus.FORBIDDEN, _ELSEWHERE
        if method in _READS:
            return None
        length = headers.get("content-length", "")
        if "transfer-encoding" in headers or not (length.isascii() and length.isdigit()):
            return HTTPStatus.LENGTH_REQUIRED, "没有写明有多大，没有收。"
        if int(length) > MAX_REQUEST_BYTES:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"文件太大，最多 {MAX_REQUEST_BYTES >> 20} MB，没有收。"
        return None


class TimedConnection(H11Protocol):
    """A connection that is closed unless its request arrives in time; uvicorn itself would wait for ever.

    Otherwise any program of this machine could block the browser with a hundred connections.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the timer."""
        super().connection_made(transport)
        self._timer = self.loop.call_later(REQUEST_SECONDS, self._check)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        self._timer.cancel()
        super().connection_lost(exc)

    def _check(self) -> None:
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering or self.timeout_keep_alive_task is not None:
            self._timer = self.loop.call_later(REQUEST_SECONDS, self._check)
        else:
            self.transport.close()


class LocalServer:
    """A server on 127.0.0.1. Port 0 takes any free port; ``port`` is the one taken.

    :raises OSError: the port is in use
    """

    def __init__(self, port: int) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self._server: uvicorn.Server | None = None
        self._stopped = False

    def run(self, app: ASGIApp, token: str = "") -> None:
        """Serve until ``stop``, or until the process is told to end."""
        config = uvicorn.Config(
            OwnPages(app, self.port, token),
            http=TimedConnection,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._server.should_exit = self._stopped
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """End ``run``, from another thread."""
        self._stopped = True
        if self._server is not None:
            self._server.should_exit = True
