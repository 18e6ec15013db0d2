"""The addresses of other websites that a project names → whether each answers; only ``gkdir links`` asks.

It sends HEAD, and GET where that fails; several requests at a time, but only one to each website. A project may come
from strangers, so addresses in the local network are never requested, whether directly, by a host name or a redirect.
Nothing is stored, and no body is read.
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
_MAX_BYTES = 2 << 20
_IDENTIFIERS = ("http://www.w3.org/", "https://schema.org", "http://www.sitemaps.org/", "http://a9.com/")
"""Identifiers (XML namespaces and such) that look like addresses."""


def addresses(project: Project, counties: Iterable[County]) -> Mapping[str, tuple[Place, ...]]:
    """The addresses that can be checked, sorted, each with its places.

    Without addresses that are not public (reported by GK962) and those of the county's own folder (GK961).
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
    """The address as a browser would request it; ``None`` if it cannot be checked."""
    address = unescape(written).rstrip(".,;:!?'")
    if address.lower().startswith("www."):
        address = f"http://{address}"
    address = address.partition("#")[0]
    if not re.match(r"https?://[^/?]+", address, re.IGNORECASE) or closed(address) or address.startswith(_IDENTIFIERS):
        return None
    return address


def _in_templates(project: Path) -> Iterator[tuple[str, Place]]:
    root = Root.of(project)
    for path in files_within(root, root.path / "templates"):
        if path.suffix.lower() not in TEMPLATES or path.stat().st_size > _MAX_BYTES:
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        for match in _IN_TEMPLATE.finditer(text):
            if address := asked(match[0]):
                yield address, Place(root.called(path), text.count("\n", 0, match.start()) + 1, 1)


AT_ONCE = 4
PAUSE = 0.5
"""Seconds between two requests to one website."""
_AGENT = f"gkdir/{__version__} (link check)"
OFFLINE = "没有这个域名，或者本机连不上网"
_GONE = (404, 410)
_MOVED = (301, 308)
_REJECTING_PROGRAMS = (401, 403, 405, 406, 412, 418, 429, 451, 501, 503, 521)
"""HTTP statuses of websites that reject programs."""


class LinkState(StrEnum):
    """The result for an address."""

    GOOD = "打得开"
    MOVED = "换了网址"
    UNSURE = "要人看"
    DEAD = "打不开"


class LinkAnswer(Struct, frozen=True):
    """An address and its result; ``detail``: the new address if it has moved, else the reason."""

    address: str
    answer: LinkState
    detail: str = ""


class LocalAddress(OSError):
    """The host is in the local network."""


class LinkChecker(Struct, frozen=True):
    """Checks addresses. ``seconds``: timeout; ``allowed``: whether an IP address may be contacted."""

    seconds: float = 10
    allowed: Callable[[str], bool] = lambda number: ipaddress.ip_address(number).is_global
    pause: float = PAUSE

    def all(self, addresses: Iterable[str]) -> tuple[LinkAnswer, ...]:
        """The results of the addresses, in order."""
        ordered = tuple(addresses)
        hosts: dict[str, list[str]] = defaultdict(list)
        for address in ordered:
            hosts[urlsplit(address).netloc.lower()].append(address)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = {one.address: one for several in pool.map(self._of_host, hosts.values()) for one in several}
        return tuple(found[address] for address in ordered)

    def one(self, address: str) -> LinkAnswer:
        """The result of one address."""
        answer = self._asked(address, "HEAD")
        return answer if answer.answer in (LinkState.GOOD, LinkState.MOVED) else self._asked(address, "GET")

    def _of_host(self, addresses: list[str]) -> list[LinkAnswer]:
        return list(self._in_turn(addresses))

    def _in_turn(self, addresses: list[str]) -> Iterator[LinkAnswer]:
        for number, address in enumerate(addresses):
            if number:
                sleep(self.pause)
            yield self.one(address)

    def _asked(self, address: str, method: str) -> LinkAnswer:
        with _TotalTimeout(self.seconds) as timeout:
            answered = self._answer(address, method, timeout)
        return LinkAnswer(address, *_why(TimeoutError())) if timeout.over else answered

    def _answer(self, address: str, method: str, timeout: _TotalTimeout) -> LinkAnswer:
        moved = _Redirects()
        try:
            request = urllib.request.Request(plain(address), method=method, headers={"User-Agent": _AGENT})
            with _opener(self, moved, timeout).open(request, timeout=self.seconds):
                return _good(address, moved)
        except urllib.error.HTTPError as error:
            error.close()
            return _refused(address, error.code)
        except urllib.error.URLError as error:
            return LinkAnswer(address, *_why(error.reason))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return LinkAnswer(address, *_why(error))


def plain(address: str) -> str:
    """The address in ASCII: the host in IDNA, the path percent-encoded. Raises ValueError."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    netloc = host if host.isascii() else host.encode("idna").decode()
    if parts.port is not None:
        netloc = f"{netloc}:{parts.port}"
    safe = "/%:@!$&'()*+,;=~-._"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe) or "/", quote(parts.query, f"{safe}?"), ""))


def _good(address: str, moved: _Redirects) -> LinkAnswer:
    if not moved.steps:
        return LinkAnswer(address, LinkState.GOOD)
    last = moved.steps[-1][1]
    old, new = urlsplit(address), urlsplit(last)
    if new.path in ("", "/") and old.path not in ("", "/"):
        return LinkAnswer(address, LinkState.UNSURE, f"转到了首页 {last}")
    permanent = all(code in _MOVED for code, _ in moved.steps)
    same = (old.netloc, old.path.rstrip("/")) == (new.netloc, new.path.rstrip("/"))
    return LinkAnswer(address, LinkState.MOVED, last) if permanent and not same else LinkAnswer(address, LinkState.GOOD)


def _refused(address: str, code: int) -> LinkAnswer:
    if code in _GONE:
        return LinkAnswer(address, LinkState.DEAD, f"网站说没有这一页（{code}）")
    if code in _REJECTING_PROGRAMS:
        return LinkAnswer(address, LinkState.UNSURE, f"网站不答程序（{code}）")
    if code < 400:
        return LinkAnswer(address, LinkState.DEAD, "网站把人转来转去，到不了")
    return LinkAnswer(address, LinkState.DEAD, f"网站出错（{code}）" if code >= 500 else f"网站不给看（{code}）")


def _why(reason: object) -> tuple[LinkState, str]:
    """Result and reason for a request without an answer."""
    if isinstance(reason, LocalAddress):
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


class _TotalTimeout:
    """A timeout for the whole answer: the one of a socket restarts with every byte that arrives."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._timers: list[threading.Timer] = []
        self.over = False

    def __enter__(self) -> _TotalTimeout:
        return self

    def __exit__(self, *_: object) -> None:
        for timer in self._timers:
            timer.cancel()

    def watch(self, connected: socket.socket) -> None:
        """Close the connection after the timeout, counted from now."""
        timer = threading.Timer(self._seconds, self._cut, (connected,))
        timer.daemon = True
        timer.start()
        self._timers.append(timer)

    def _cut(self, connected: socket.socket) -> None:
        self.over = True
        with suppress(OSError):  # already closed
            socket.socket.shutdown(connected, socket.SHUT_RDWR)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Records redirects (status and address), and repeats the method of the first request."""

    max_redirections = 5

    def __init__(self) -> None:
        self.steps: list[tuple[int, str]] = []

    def redirect_request(self, req: urllib.request.Request, *answer: Any) -> urllib.request.Request | None:
        _, code, _, _, target = answer
        self.steps.append((code, target))
        further = super().redirect_request(req, *answer)
        if further is not None:
            further.method = req.get_method()
        return further


def _opener(asking: LinkChecker, redirects: _Redirects, timeout: _TotalTimeout) -> urllib.request.OpenerDirector:
    """An opener for HTTP and HTTPS only: no other schemes, no passwords."""
    proxies = urllib.request.ProxyHandler()
    behind = bool(proxies.proxies)  # type: ignore[attr-defined]  # a proxy may be in the local network

    def guard(connection: http.client.HTTPConnection) -> None:
        if not behind and not asking.allowed(connection.sock.getpeername()[0].partition("%")[0]):
            connection.close()
            raise LocalAddress
        timeout.watch(connection.sock)

    class GuardedHTTPConnection(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            guard(self)

    class GuardedHTTPSConnection(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            guard(self)

    class GuardedHTTPHandler(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(GuardedHTTPConnection, req)

    class GuardedHTTPSHandler(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(GuardedHTTPSConnection, req, context=ssl.create_default_context())

    opener = urllib.request.OpenerDirector()
    for handler in (
        proxies,
        GuardedHTTPHandler(),
        GuardedHTTPSHandler(),
        redirects,
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


_REPORTED = (LinkState.DEAD, LinkState.UNSURE, LinkState.MOVED)
_MAX_PLACES = 5
"""The most places to list for one address."""
_REMEDY = {
    LinkState.DEAD: "请换成打得开的网址，或者删去。",
    LinkState.UNSURE: "请用浏览器打开看一看。",
    LinkState.MOVED: "请改成新的网址。",
}


def text(asked: Sequence[LinkAnswer], places: Mapping[str, Sequence[Place]]) -> str:
    """The report: addresses that do not open first; good ones are only counted."""
    lines = []
    for answer in _REPORTED:
        some = [one for one in asked if one.answer is answer]
        if some:
            lines += [f"{answer.value}（{len(some)} 个）：{_REMEDY[answer]}", *_each(some, places), ""]
    counted = Counter(one.answer for one in asked)
    parts = "，".join(f"{answer.value} {counted[answer]}" for answer in LinkState)
    if asked and all(one.detail == OFFLINE for one in asked):
        lines = ["一个也连不上：请看看本机是不是连着网，要不要代理（https_proxy）。", ""]
    return "\n".join([*lines, f"问了 {len(asked)} 个网址：{parts}。", ""])


def _each(asked: Sequence[LinkAnswer], places: Mapping[str, Sequence[Place]]) -> list[str]:
    lines = []
    for one in asked:
        lines.append(shown(f"  {one.address}  {one.detail}"))
        where = places[one.address]
        lines += [shown(f"    {place}") for place in where[:_MAX_PLACES]]
        lines += [f"    另有 {len(where) - _MAX_PLACES} 处"] if len(where) > _MAX_PLACES else []
    return lines


def as_json(asked: Sequence[LinkAnswer], places: Mapping[str, Sequence[Place]]) -> str:
    """JSON with every address, its result and all its places."""
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
    """The addresses and their places, without results."""
    lines = [line for address, where in places.items() for line in (address, *(f"    {place}" for place in where))]
    return "".join(f"{shown(line)}\n" for line in lines) + f"共 {len(places)} 个网址。\n"


def dead(asked: Sequence[LinkAnswer]) -> bool:
    """Whether any address does not open."""
    return any(one.answer is LinkState.DEAD for one in asked)
