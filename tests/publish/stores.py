"""An object store on the loopback address that can be made to fail at any request."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock, Thread
from typing import Any

import pytest

BUCKET = "gov-site"
Fault = Callable[[int], str]
"""The number of a request → an HTTP status to refuse it with, ``cut`` to close the connection, or nothing."""


class FailingStore:
    """moto's server behind a proxy that counts requests and makes some fail."""

    def __init__(self) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

        self._app: Any = DomainDispatcherApplication(create_backend_app)
        self._lock = Lock()
        self.fault: Fault = lambda _: ""
        self.asked: list[str] = []
        self.heeds_conditions = True

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with self._lock:
            self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
            number = len(self.asked)
            fault = self.fault(number)
            if not self.heeds_conditions:
                environ.pop("HTTP_IF_NONE_MATCH", None)
            if not fault:
                return list(self._app(environ, start))
        if fault == "cut":
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return []
        body = b"<Error><Code>%s</Code><Message>no</Message></Error>" % fault.partition(" ")[2].encode()
        start(fault, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
        return [body]

    def failing(self, fault: Fault) -> None:
        """Start counting anew, and fail at ``fault``."""
        self.asked = []
        self.fault = fault

    def sound(self) -> None:
        """Stop failing."""
        self.fault = lambda _: ""


@contextmanager
def store_server(patch: pytest.MonkeyPatch) -> Iterator[FailingStore]:
    """The server, with a bucket, and the environment variables for it."""
    pytest.importorskip("s3fs", reason="s3fs is not installed: pip install 'gkdir[cloud]'")
    pytest.importorskip("moto", reason="moto is not installed")
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log(self, *_: object) -> None: ...

    app = FailingStore()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "3",
        "AWS_CONFIG_FILE": "/nowhere",
        "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        patch.setenv(name, value)
    plain.cache_clear()
    made = plain()
    made.mkdir(BUCKET)
    try:
        yield app
    finally:
        app.sound()
        made.rm(BUCKET, recursive=True)
        server.shutdown()
        serving.join()
        server.server_close()


def objects(address: str = f"s3://{BUCKET}") -> dict[str, bytes]:
    """The content of the store without gkdir's own notes, read directly from moto in this process."""
    from moto.s3.models import s3_backends

    name, _, root = address.removeprefix("s3://").partition("/")
    regions = (region for account in s3_backends.values() for region in account.values())
    bucket: Any = next(region.buckets[name] for region in regions if name in region.buckets)
    inside = f"{root}/" if root else ""
    found = {key.name.removeprefix(inside): key for key in bucket.keys.values() if key.name.startswith(inside)}
    return {path: bytes(key.value) for path, key in found.items() if not path.startswith(".gkdir/")}


@cache
def plain() -> Any:
    """A client of the store that is not gkdir's."""
    from s3fs import S3FileSystem  # type: ignore[import-untyped]

    return S3FileSystem(use_listings_cache=False, skip_instance_cache=True)
