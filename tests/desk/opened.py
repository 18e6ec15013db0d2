"""Clients of an open desk: one that behaves like a browser, and one like an attacker."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

from msgspec import Struct

TOKEN = "a-token-of-the-tests"
BOUNDARY = "----a-boundary"

Upload = tuple[str, str, bytes]
"""The field, the file's name, its content."""


class Answer(Struct, frozen=True):
    """A response, read completely."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class Open(Struct, frozen=True):
    """A desk that listens at ``port``."""

    project: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/{TOKEN}/"

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request(method, path, body or None, dict(headers))
        reply = connection.getresponse()
        answer = Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        connection.close()
        return answer

    def get(self, path: str) -> Answer:
        return self.ask("GET", f"/{TOKEN}/{path}")

    def post(self, path: str, fields: Mapping[str, str] = {}, files: Sequence[Upload] = ()) -> Answer:
        kind, body = "application/x-www-form-urlencoded", urlencode(fields).encode()
        if files:
            kind, body = f"multipart/form-data; boundary={BOUNDARY}", _multipart(fields, files)
        own = {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": kind, "Content-Length": str(len(body))}
        return self.ask("POST", f"/{TOKEN}/{path}", body, own)


def _multipart(fields: Mapping[str, str], files: Sequence[Upload]) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in fields.items()
    ]
    for field, name, content in files:
        head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"'
        parts.append(f"--{BOUNDARY}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode())
        parts.append(content + b"\r\n")
    return b"".join((*parts, f"--{BOUNDARY}--\r\n".encode()))


def everything(folder: Path) -> Mapping[str, bytes]:
    """Path → content of every file below the folder, without the desk's own."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".gkdir-desk"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
