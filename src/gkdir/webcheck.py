"""The addresses of other websites that a project names → whether each answers; only ``gkdir links`` asks.

HEAD, and GET where that is refused; a few at a time, but only one at a time from each website. A project may come from
elsewhere, so addresses in the local network are never asked, neither directly nor by a host name nor by a redirect.
Nothing is kept, and no answer is read.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum
from html import unescape
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from msgspec import Struct

from gkdir import __version__
from gkdir.finding import Place
from gkdir.harmless import json_text, shown
from gkdir.model.county import County
from gkdir.model.project import Project
from gkdir.read.folder import Root, files_within
from gkdir.read.passages import TEMPLATES
from gkdir.read.published import published
from gkdir.rules.addresses import closed

_IN_TEMPLATE = re.compile(r"https?://[^\s\"'<>{}()）。，；、]+", re.IGNORECASE)
_LARGEST = 2 << 20
_NAMES = ("http://www.w3.org/", "https://schema.org", "http://www.sitemaps.org/", "http://a9.com/")
"""Names that look like addresses."""


def addresses(project: Project, counties: Iterable[County]) -> Mapping[str, tuple[Place, ...]]:
    """The addresses that can be asked, in their order, with where they stand.

    What nobody outside can open is not among them: GK962 reports it. Nor is the county's own folder: GK961 does.
    """
    found: dict[str, dict[Place, None]] = {}
    for county in counties:
        above = [layer.place.file for layer in county.above]
        own = county.overlay.website.address or "\0"
        for text in published(project.folder, county.folder, above).texts:
            for line, written in text.addresses:
                if (address := asked(written)) and not address.startswith(own):
                    found.setdefault(address, {})[text.at(line)] = None
    for address, place in _in_templates(project.folder):
        found.setdefault(address, {})[place] = None
    return {address: tuple(found[address]) for address in sorted(found)}


def asked(written: str) -> str | None:
    """The address as a browser would ask for it; ``None`` where it is not one that can be asked."""
    address = unescape(written).rstrip(".,;:!?'")
    if address.lower().startswith("www."):
        address = f"http://{address}"
    address = address.partition("#")[0]
    if not re.match(r"https?://[^/?]+", address, re.IGNORECASE) or closed(address) or address.startswith(_NAMES):
        return None
    return address


def _in_templates(project: Path) -> Iterator[tuple[str, Place]]:
    root = Root.of(project)
    for path in files_within(root, root.path / "templates"):
        if path.suffix.lower() not in TEMPLATES or path.stat().st_size > _LARGEST:
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        for match in _IN_TEMPLATE.finditer(text):
            if address := asked(match[0]):
                yield address, Place(root.called(path), text.count("\n", 0, match.start()) + 1, 1)


AT_ONCE = 4
PAUSE = 0.5
"""Seconds between two questions to one website."""
_AGENT = f"gkdir/{__version__} (link check)"
OFFLINE = "没有这个域名，或者本机连不上网"
_GONE = (404, 410)
_MOVED = (301, 308)
_FOR_PEOPLE = (401, 403, 405, 406, 412, 418, 429, 451, 501, 503, 521)
"""Answers of websites that speak to browsers only."""


class LinkState(StrEnum):
    """What became of an address."""

    GOOD = "打得开"
    MOVED = "换了网址"
    UNSURE = "要人看"
    DEAD = "打不开"


class AskedLink(Struct, frozen=True):
    """An address, and what it answered; ``detail`` says more, of a moved one where it is now."""

    address: str
    answer: LinkState
    detail: str = ""


class NotOutside(OSError):
    """The address leads into the local network."""


class Asking(Struct, frozen=True):
    """How to ask: ``seconds`` to wait, and whether one may ask a machine, by its number on the network."""

    seconds: float = 10
    allowed: Callable[[str], bool] = lambda number: ipaddress.ip_address(number).is_global
    pause: float = PAUSE

    def all(self, addresses: Iterable[str]) -> tuple[AskedLink, ...]:
        """What all of the addresses answer, in their order."""
        ordered = tuple(addresses)
        hosts: dict[str, list[str]] = defaultdict(list)
        for address in ordered:
            hosts[urlsplit(address).netloc.lower()].append(address)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = {one.address: one for several in pool.map(self._of_host, hosts.values()) for one in several}
        return tuple(found[address] for address in ordered)

    def one(self, address: str) -> AskedLink:
        """What one address answers."""
        answer = self._asked(address, "HEAD")
        return answer if answer.answer in (LinkState.GOOD, LinkState.MOVED) else self._asked(address, "GET")

    def _of_host(self, addresses: list[str]) -> list[AskedLink]:
        return list(self._in_turn(addresses))

    def _in_turn(self, addresses: list[str]) -> Iterator[AskedLink]:
        for number, address in enumerate(addresses):
            if number:
                sleep(self.pause)
            yield self.one(address)

    def _asked(self, address: str, method: str) -> AskedLink:
        with _Patience(self.seconds) as patience:
            answered = self._answer(address, method, patience)
        return AskedLink(address, *_why(TimeoutError())) if patience.over else answered

    def _answer(self, address: str, method: str, patience: _Patience) -> AskedLink:
        moved = _Redirects()
        try:
            request = urllib.request.Request(plain(address), method=method, headers={"User-Agent": _AGENT})
            with _opener(self, moved, patience).open(request, timeout=self.seconds):
                return _good(address, moved)
        except urllib.error.HTTPError as error:
            error.close()
            return _refused(address, error.code)
        except urllib.error.URLError as error:
            return AskedLink(address, *_why(error.reason))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return AskedLink(address, *_why(error))


def plain(address: str) -> str:
    """The address in ASCII: a name in Chinese as it is registered, a path in Chinese quoted. Raises ValueError."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    netloc = host if host.isascii() else host.encode("idna").decode()
    if parts.port is not None:
        netloc = f"{netloc}:{parts.port}"
    safe = "/%:@!$&'()*+,;=~-._"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe) or "/", quote(parts.query, f"{safe}?"), ""))


def _good(address: str, moved: _Redirects) -> AskedLink:
    if not moved.steps:
        return AskedLink(address, LinkState.GOOD)
    last = moved.steps[-1][1]
    here, there = urlsplit(address), urlsplit(last)
    if there.path in ("", "/") and here.path not in ("", "/"):
        return AskedLink(address, LinkState.UNSURE, f"转到了首页 {last}")
    lasting = all(code in _MOVED for code, _ in moved.steps)
    same = (here.netloc, here.path.rstrip("/")) == (there.netloc, there.path.rstrip("/"))
    return AskedLink(address, LinkState.MOVED, last) if lasting and not same else AskedLink(address, LinkState.GOOD)


def _refused(address: str, code: int) -> AskedLink:
    if code in _GONE:
        return AskedLink(address, LinkState.DEAD, f"网站说没有这一页（{code}）")
    if code in _FOR_PEOPLE:
        return AskedLink(address, LinkState.UNSURE, f"网站不答程序（{code}）")
    if code < 400:
        return AskedLink(address, LinkState.DEAD, "网站把人转来转去，到不了")
    return AskedLink(address, LinkState.DEAD, f"网站出错（{code}）" if code >= 500 else f"网站不给看（{code}）")


def _why(reason: object) -> tuple[LinkState, str]:
    """In words, why nothing came back."""
    if isinstance(reason, NotOutside):
        return LinkState.DEAD, "转到了内网的地址，没有问"
    if isinstance(reason, socket.gaierror):
        return LinkState.DEAD, OFFLINE
    if isinstance(reason, TimeoutError):
        return LinkState.UNSURE, "等得太久，没有回答"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return LinkState.DEAD, "证书不对，浏览器会拦住"
    if isinstance(reason, ssl.SSLError):
        return LinkState.UNSURE, "加密的连接没有建成"
    if isinstance(reason, ConnectionRefusedError):
        return LinkState.DEAD, "网站没有开"
    return LinkState.DEAD, "连不上，或者回答的不是网页"


class _Patience:
    """Cuts off who goes on sending a little at a time, each piece in time, for longer than one waits."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._timers: list[threading.Timer] = []
        self.over = False

    def __enter__(self) -> _Patience:
        return self

    def __exit__(self, *_: object) -> None:
        for timer in self._timers:
            timer.cancel()

    def watch(self, connected: socket.socket) -> None:
        """From now on it has so many seconds to answer."""
        timer = threading.Timer(self._seconds, self._cut, (connected,))
        timer.daemon = True
        timer.start()
        self._timers.append(timer)

    def _cut(self, connected: socket.socket) -> None:
        self.over = True
        with suppress(OSError):  # closed in the meantime
            socket.socket.shutdown(connected, socket.SHUT_RDWR)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Remembers where one was sent, and goes on asking in the same way."""

    max_redirections = 5

    def __init__(self) -> None:
        self.steps: list[tuple[int, str]] = []

    def redirect_request(self, req: urllib.request.Request, *answer: Any) -> urllib.request.Request | None:
        _, code, _, _, there = answer
        self.steps.append((code, there))
        further = super().redirect_request(req, *answer)
        if further is not None:
            further.method = req.get_method()
        return further


def _opener(asking: Asking, redirects: _Redirects, patience: _Patience) -> urllib.request.OpenerDirector:
    """Asks the web alone: no file, no mail, no password."""
    proxies = urllib.request.ProxyHandler()
    behind = bool(proxies.proxies)  # type: ignore[attr-defined]  # the proxy itself is in one's own network

    def guard(connection: http.client.HTTPConnection) -> None:
        if not behind and not asking.allowed(connection.sock.getpeername()[0].partition("%")[0]):
            connection.close()
            raise NotOutside
        patience.watch(connection.sock)

    class GuardedConnection(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            guard(self)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            guard(self)

    class OverPlain(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(GuardedConnection, req)

    class OverSecure(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, req, context=ssl.create_default_context())

    opener = urllib.request.OpenerDirector()
    for handler in (
        proxies,
        OverPlain(),
        OverSecure(),
        redirects,
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


_TOLD = (LinkState.DEAD, LinkState.UNSURE, LinkState.MOVED)
_MOST = 5
"""Places that are listed of one address."""
_REMEDY = {
    LinkState.DEAD: "请换成打得开的网址，或者删去。",
    LinkState.UNSURE: "请用浏览器打开看一看。",
    LinkState.MOVED: "请改成新的网址。",
}


def text(asked: Sequence[AskedLink], places: Mapping[str, Sequence[Place]]) -> str:
    """What does not open first; of what opens, only the number."""
    lines = []
    for answer in _TOLD:
        some = [one for one in asked if one.answer is answer]
        if some:
            lines += [f"{answer.value}（{len(some)} 个）：{_REMEDY[answer]}", *_each(some, places), ""]
    counted = Counter(one.answer for one in asked)
    parts = "，".join(f"{answer.value} {counted[answer]}" for answer in LinkState)
    if asked and all(one.detail == OFFLINE for one in asked):
        lines = ["一个也连不上：请看看本机是不是连着网，要不要代理（https_proxy）。", ""]
    return "\n".join([*lines, f"问了 {len(asked)} 个网址：{parts}。", ""])


def _each(asked: Sequence[AskedLink], places: Mapping[str, Sequence[Place]]) -> list[str]:
    lines = []
    for one in asked:
        lines.append(shown(f"  {one.address}  {one.detail}"))
        where = places[one.address]
        lines += [shown(f"    {place}") for place in where[:_MOST]]
        lines += [f"    另有 {len(where) - _MOST} 处"] if len(where) > _MOST else []
    return lines


def as_json(asked: Sequence[AskedLink], places: Mapping[str, Sequence[Place]]) -> str:
    """Every address with its answer, and all its places."""
    return json_text(
        {
            "links": [
                {
                    "address": one.address,
                    "answer": one.answer.name.lower(),
                    "detail": one.detail,
                    "places": [{"file": place.file, "line": place.line} for place in places[one.address]],
                }
                for one in asked
            ]
        }
    )


def listing(places: Mapping[str, Sequence[Place]]) -> str:
    """The addresses and where they stand, nothing asked."""
    lines = [line for address, where in places.items() for line in (address, *(f"    {place}" for place in where))]
    return "".join(f"{shown(line)}\n" for line in lines) + f"共 {len(places)} 个网址。\n"


def dead(asked: Sequence[AskedLink]) -> bool:
    """Whether one of them does not open."""
    return any(one.answer is LinkState.DEAD for one in asked)
