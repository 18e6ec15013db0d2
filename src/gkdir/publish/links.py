"""The paths that a county has → the links of its pages, always relative, never to a page that is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote


class NoSuchPage(LookupError):
    """A template links to a page that does not exist."""


class Links:
    """All paths inside one county's folder, ready to be linked to."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._quoted = {path: quote(path) for path in paths}

    def at(self, path: str) -> Callable[..., str]:
        """The ``href`` of the page at ``path``: takes a path and an anchor, gives a relative address."""
        up = "../" * path.count("/")
        quoted = self._quoted

        def href(target: str, anchor: str = "") -> str:
            try:
                address = up + quoted[target]
            except KeyError:
                raise NoSuchPage(target) from None
            return f"{address}#{anchor}" if anchor else address

        return href

    def absolute(self, base: str | None) -> Callable[[str], str]:
        """The full address of a path, for files that are read away from their place; relative without ``base``."""
        return lambda target: (base or "") + self._quoted[target]
