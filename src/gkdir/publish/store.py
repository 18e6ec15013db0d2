"""An address such as ``s3://bucket/folder`` → its objects, and the operations on them.

Objects are sent with a content type and a cache lifetime: browsers revalidate pages, styles and scripts each time,
since these change together; they may cache downloadable papers for a day.
"""

from __future__ import annotations

import re
from asyncio import gather
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from errno import EINVAL
from hashlib import md5
from typing import Any

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.harmless import shown

_ADDRESS = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[^/\\?#\s]+)*")
_PARALLEL = 64
"""How many objects are sent or removed at the same time."""
_MAX_SAID = 100
"""How many characters of the store's own message are shown."""

_TEXTS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xml": "application/xml",
    "txt": "text/plain",
    "csv": "text/csv",
    "ics": "text/calendar",
    "svg": "image/svg+xml",
}
_OTHERS = {
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "zip": "application/zip",
    "woff2": "font/woff2",
}
_ASKED_EACH_TIME = ("html", "css", "js", "json", "jsonld", "xml")


class StoredObject(Struct, frozen=True):
    """An object in the store: its ETag, which usually is the MD5 of its content, and when it was written."""

    etag: str
    written: datetime


def headers(path: str) -> Mapping[str, str]:
    """The headers with which a file is sent."""
    ending = path.rpartition(".")[2].lower()
    kind = _OTHERS.get(ending, "application/octet-stream")
    kind = f"{_TEXTS[ending]}; charset=utf-8" if ending in _TEXTS else kind
    keep = "no-cache" if ending in _ASKED_EACH_TIME else "public, max-age=86400"
    return {"ContentType": kind, "CacheControl": keep}


def etag(content: bytes) -> str:
    """The ETag that a store usually gives this content."""
    return md5(content, usedforsecurity=False).hexdigest()


class Store:
    """The objects below an address.

    Every failure of the store is raised as an Unreadable that says what to do.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        if not _ADDRESS.fullmatch(self.address) or "/../" in f"{self.address}/":
            message = f"“{address}”不是对象存储的地址。"
            raise Unreadable(Place(address), message, "请写成 s3://存储桶/文件夹，如 s3://gov-site/zwgk。")
        self._root = self.address.removeprefix("s3://")
        self._files = _file_system(self.address)

    def place(self, path: str = "") -> Place:
        """The place of an object or of a folder."""
        return Place(f"{self.address}/{path}".rstrip("/"))

    def folders(self) -> list[str]:
        """The names of the folders at the top."""
        with self._asked():
            try:
                found = self._files.ls(self._root, detail=True)
            except FileNotFoundError:
                if not self._files.exists(self._root.partition("/")[0]):
                    raise
                return []
        return sorted(one["name"].rpartition("/")[2] for one in found if one["type"] == "directory")

    def objects(self, folder: str) -> dict[str, StoredObject]:
        """All objects in a folder and its subfolders, by their path in that folder."""
        return self._found(folder, withdirs=False)

    def top(self) -> dict[str, StoredObject]:
        """The objects at the top, in no folder."""
        return self._found("", maxdepth=1)

    def _found(self, folder: str, **how: Any) -> dict[str, StoredObject]:
        under = f"{self._root}/{folder}".rstrip("/")
        with self._asked():
            found = self._files.find(under, detail=True, **how)
        return {
            path.removeprefix(f"{under}/"): StoredObject(str(one.get("ETag", "")).strip('"'), one["LastModified"])
            for path, one in found.items()
            if one["type"] == "file" and path != under
        }

    def read(self, path: str) -> bytes | None:
        """The content of an object; ``None`` if there is none."""
        with self._asked():
            try:
                content = self._files.cat_file(f"{self._root}/{path}")
            except FileNotFoundError:
                return None
        return bytes(content)

    def send(self, files: Mapping[str, bytes]) -> None:
        """Write the objects, several at a time, in no order."""
        from fsspec.asyn import sync  # type: ignore[import-untyped]

        left = deque(files.items())

        async def some() -> None:
            while left:
                path, content = left.popleft()
                await self._files._pipe_file(f"{self._root}/{path}", content, **headers(path))

        async def together() -> None:
            await gather(*(some() for _ in range(_PARALLEL)))

        with self._asked():
            try:
                sync(self._files.loop, together)
            finally:
                left.clear()  # after an interrupt or an error, those at work begin nothing more

    def create(self, path: str, content: bytes) -> bool:
        """Write an object if there is none; return whether it was written.

        The store checks, so only one of two processes can succeed.
        """
        with self._asked():
            try:
                self._files.pipe_file(f"{self._root}/{path}", content, mode="create", **headers(path))
            except FileExistsError:
                return False
            except OSError as error:
                if error.errno != EINVAL:  # what the library makes of a refusal without the condition that failed
                    raise
                return False
        return True

    def remove(self, paths: Iterable[str]) -> None:
        """Remove the objects."""
        named = [f"{self._root}/{path}" for path in paths]
        if named:
            with self._asked():
                self._files.rm(named)

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Turns an error of the store, or a timeout, into an Unreadable."""
        from botocore.exceptions import (  # type: ignore[import-untyped]
            BotoCoreError,
            ClientError,
            NoCredentialsError,
            PartialCredentialsError,
            ProfileNotFound,
        )

        try:
            yield
        except (PermissionError, NoCredentialsError, PartialCredentialsError, ProfileNotFound) as error:
            message = f"对象存储不让进：{_said(error)}。"
            hint = "请看看环境里的密钥（AWS_ACCESS_KEY_ID 等）对不对，有没有读、写、删这个存储桶的权限。"
            raise Unreadable(self.place(), message, hint) from None
        except FileNotFoundError:
            bucket = self._root.partition("/")[0]
            message = f"没有“{bucket}”这个存储桶。"
            raise Unreadable(self.place(), message, "请先建好，或者看看地址和 AWS_ENDPOINT_URL 写得对不对。") from None
        except ValueError as error:
            hint = "请看看环境里的 AWS_ENDPOINT_URL：要写完整的网址，如 https://s3.example.cn。"
            raise Unreadable(self.place(), f"对象存储的设置不对：{error}。", hint) from None
        except (OSError, BotoCoreError, ClientError) as error:
            message = f"对象存储没有答应，或者中途断了（{_said(error)}），没有送完。"
            hint = "请看看网络和 AWS_ENDPOINT_URL，再运行一次：送到的不重送，没有送完的接着送。"
            raise Unreadable(self.place(), message, hint) from None


def _said(error: Exception) -> str:
    """What the store or its client says of the error, in its own words, else the kind of error."""
    words = getattr(error, "strerror", None) or str(error)
    return shown(words)[:_MAX_SAID] or type(error).__name__


def _file_system(address: str) -> Any:
    try:
        from s3fs import S3FileSystem  # type: ignore[import-untyped]
    except ImportError:
        hint = "请运行 pip install 'gkdir[cloud]'，或者用 -o 写一个文件夹。"
        raise Unreadable(Place(address), "没有装往对象存储发布要用的 s3fs。", hint) from None
    return S3FileSystem(use_listings_cache=False, skip_instance_cache=True)
