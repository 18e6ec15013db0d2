"""A preview → a web server on localhost, whose pages reload when the project changes.

Its content is not published yet, so it only answers its own pages: requests under another host name (DNS rebinding)
or from another website are refused, and no other website can load or frame a response.
"""

from __future__ import annotations

import mimetypes
import time
from http import HTTPStatus
from http.client import HTTP_PORT
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from gkdir.preview.site import Preview

CHANGES = "/__changes"
SCRIPT = "/__reload.js"
RELOAD = f"new EventSource('{CHANGES}').onmessage = () => location.reload();\n".encode()
LOOK_AGAIN = 0.5
"""Seconds between two checks of the project's files."""
PATIENCE = 30.0
"""Seconds of inactivity before a connection is closed."""
OWN_PAGES_ONLY = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""Headers of every reply, whatever its status."""


class PreviewServer(ThreadingHTTPServer):
    """Serves ``preview`` on 127.0.0.1; port 0 takes any that is free, ``server_port`` says which."""

    daemon_threads = True

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        super().__init__(("127.0.0.1", port), _Handler)
        self.hosts = {f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost")}
        if self.server_port == HTTP_PORT:
            self.hosts |= {"127.0.0.1", "localhost"}
        self.origins = {f"http://{host}" for host in self.hosts}

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away or sent nonsense: the reply, if there was one, has said it."""


class _Handler(BaseHTTPRequestHandler):
    """Pages from the preview; every page also loads the script that waits for changes."""

    server: PreviewServer
    timeout = PATIENCE
    server_version = "gkdir"
    sys_version = ""

    def do_GET(self) -> None:
        """One page, one file, the script, or the stream of changes."""
        if not self._from_own_page():
            self._send("只给本机的预览页面看。请用启动时写出的地址打开。".encode(), "text/plain", HTTPStatus.FORBIDDEN)
            return
        try:
            self._answer(unquote(self.path.partition("?")[0]))
        except OSError:
            raise  # the browser went away
        except Exception as fault:  # without a response the browser would show a page that loads for ever
            message = f"这是 gkdir 自身的毛病（{type(fault).__name__}），请告诉维护者。"
            self._send(message.encode(), "text/plain", HTTPStatus.INTERNAL_SERVER_ERROR)

    def _answer(self, path: str) -> None:
        if path == CHANGES:
            self._changes()
        elif path == SCRIPT:
            self._send(RELOAD, "text/javascript")
        else:
            self._page(path.lstrip("/"))

    def _from_own_page(self) -> bool:
        origin = self.headers.get("Origin")
        hosts = self.headers.get_all("Host", [])
        return len(hosts) == 1 and hosts[0].lower() in self.server.hosts and origin in (None, *self.server.origins)

    def end_headers(self) -> None:
        """End the headers of any reply, an error's too, with those that keep other websites out."""
        for name, value in OWN_PAGES_ONLY.items():
            self.send_header(name, value)
        super().end_headers()

    def _page(self, path: str) -> None:
        if path == "" or path.endswith("/"):
            path += "index.html"
        content = self.server.preview.get(path)
        if content is not None:
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            if kind == "text/html":
                content = content.replace(b"</html>", f'<script src="{SCRIPT}"></script></html>'.encode())
            self._send(content, kind)
        elif self.server.preview.get(f"{path}/index.html") is not None:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self.path.partition("?")[0] + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send("没有这个页面。".encode(), "text/plain", HTTPStatus.NOT_FOUND)

    def _changes(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        before = self.server.preview.snapshot()
        try:
            while True:
                time.sleep(LOOK_AGAIN)
                now = self.server.preview.snapshot()
                self.wfile.write(b": here\n\n" if now == before else b"data: changed\n\n")
                before = now
        except OSError:  # the browser went away
            return

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind + ("; charset=utf-8" if kind.startswith("text/") else ""))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request: the clerk watches the pages."""
