"""A county's paths → links between its pages: relative, and never to a page that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote

from markupsafe import Markup


class NoSuchPage(LookupError):
    """A template links to a page that does not exist."""


class Links:
    """All paths in one county's folder, as targets of links.

    With ``root``, links are absolute paths below it, for pages that are shown at any address.
    """

    def __init__(self, paths: Iterable[str], root: str | None = None) -> None:
        self._root = root
        self._quoted = {path: quote(path) for path in paths}
        self.parts: dict[tuple[str, int], Markup] = {}
        """Parts that are equal on all pages of folders at one depth, by template and depth; see ``Renderer.render``."""

    def at(self, path: str) -> Callable[..., str]:
        """The ``href`` function for the page at ``path``: path and anchor → relative address."""
        up = self._root or "../" * path.count("/")
        quoted = self._quoted

        def href(target: str, anchor: str = "") -> str:
            try:
                address = up + quoted[target]
            except KeyError:
                raise NoSuchPage(target) from None
            return f"{address}#{anchor}" if anchor else address

        return href

    def absolute(self, base: str | None) -> Callable[[str], str]:
        """A function from path to full address, for files that are read outside the site; relative without ``base``."""
        return lambda target: (base or "") + self._quoted[target]
