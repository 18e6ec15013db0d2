"""A preview → a web server on this machine's own address, whose pages reload when the project changes."""

from __future__ import annotations

import mimetypes
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from gkdir.preview.site import Preview

CHANGES = "/__changes"
SCRIPT = "/__reload.js"
RELOAD = f"new EventSource('{CHANGES}').onmessage = () => location.reload();\n".encode()
LOOK_AGAIN = 0.5
"""Seconds between two looks at the project's files."""


class PreviewServer(ThreadingHTTPServer):
    """Serves ``preview`` on 127.0.0.1; port 0 takes any that is free, ``server_port`` says which."""

    daemon_threads = True

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """Pages from the preview; every page also loads the script that waits for changes."""

    server: PreviewServer

    def do_GET(self) -> None:
        """One page, one file, the script, or the stream of changes."""
        path = unquote(urlsplit(self.path).path)
        if path == CHANGES:
            self._changes()
        elif path == SCRIPT:
            self._send(RELOAD, "text/javascript")
        else:
            self._page(path.lstrip("/"))

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
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send("没有这个页面。".encode(), "text/plain", HTTPStatus.NOT_FOUND)

    def _changes(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
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
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request: the clerk watches the pages."""
