"""The options of a build and the address of an object store → the site, built locally and uploaded there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir.buildoptions import BuildOptions
from gkdir.cache import SITES, user_folder
from gkdir.finding import Place, Unreadable
from gkdir.outcome import BuildOutcome, State
from gkdir.phases import phase
from gkdir.publish.mirror import Mirror, only_publisher
from gkdir.publish.store import Store
from gkdir.rules.reading import finding
from gkdir.unchanged import Result


class Sending(Struct, frozen=True):
    """How to build, and how to show ``progress``: number of counties → a function to call after each."""

    build: Callable[[BuildOptions], Result]
    progress: Callable[[int], AbstractContextManager[Callable[[], None]]]


class CloudResult(Struct, frozen=True):
    """The outcome of a build, and how many objects were sent and removed."""

    built: Result
    sent: int
    removed: int


def staging(address: str) -> Path:
    """The folder among the user's caches in which the site for ``address`` is built."""
    base = user_folder()
    if base is None:
        raise Unreadable(Place(address), "不知道先生成到哪里。", "请用 --stage 写一个文件夹。")
    return base / SITES / hashlib.sha256(address.rstrip("/").encode()).hexdigest()[:16]


def publish_to(address: str, options: BuildOptions, how: Sending) -> CloudResult:
    """Build into ``options.out``, then upload what has changed in the counties of this build and beside them.

    Counties that are held back are not uploaded.
    """
    store = Store(address)
    with phase("send"), only_publisher(store) as keep:
        mirror = Mirror(store, options.out, keep)
        mirror.pull()
        of_project, outcomes = how.build(options)
        slugs = _live(outcomes)
        with how.progress(len(slugs)) as tell:
            troubles = list(mirror.send(slugs, tell))
    in_the_way = {slug: finding(trouble, slug) for slug, trouble in troubles}
    outcomes = tuple(
        replace(one, state=State.HELD, findings=(*one.findings, more)) if (more := in_the_way.get(one.slug)) else one
        for one in outcomes
    )
    rest = (in_the_way[None],) if None in in_the_way else ()
    return CloudResult(((*of_project, *rest), outcomes), mirror.sent, mirror.removed)


def _live(outcomes: Sequence[BuildOutcome]) -> list[str]:
    return [outcome.slug for outcome in outcomes if outcome.state is not State.HELD]
