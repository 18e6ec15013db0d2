"""A county's finished pages → the same pages in Traditional script under ``hant/``. Bytes in, bytes out.

What is read is converted: the text of elements and of attributes, and of the scripts that show texts. Addresses, ids,
names of ticks and ``<code>`` stay. What is not a page is not there twice: such links lead out of ``hant/``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from urllib.parse import unquote

from msgspec import Struct

from gkdir.publish.script import Script
from gkdir.service.address import HANT, has_twin

_TEXT = r"[\u2e80-\U0003ffff][^<>\"\0]*"  # OpenCC ends a text at NUL
_ASCII = r"[ !#-~]"  # within an attribute
_PAGE = re.compile(
    rf"""(
      \ (?:id|for|data-tick)="[^"]*"
    | \ href="(?!{_ASCII}*?\.html(?:[\#?]{_ASCII}*)?")[^"]*"
    | \ hreflang="[^"]*"\ href="[^"]*"
    | \ src="[^"]*"
    | <code>[^<]*
    | {_TEXT}
    )""",
    re.VERBOSE,
)
"""All begin with one of three: a class of characters in the place of the space takes twice the time."""
_SCRIPT = re.compile(rf'("[\w./-]+#[^"]*"|{_TEXT})', re.ASCII)  # an address with an anchor, as in the search index
_LINK = re.compile(r'(.*(?:href|src)=")((?:\.\./)*)(?![a-zA-Z][\w+.-]*:|[#/?"])(.*)"')
"""A relative address."""
_TO_PAGE = re.compile(r"[^#?]*\.html(?:[#?]|$)")
_ENGINE = "assets/search-"
"""Parts of the search that work on characters, not with words of their own: there is one engine for all scripts."""


def speaking(files: Iterable[tuple[str, bytes]], also: str) -> frozenset[str]:
    """Those of ``files`` that are scripts with texts to show, and ``also``, the one of the engine's that has some."""
    scripts = {path for path, content in files if path.endswith(".js") and not content.isascii()}
    return frozenset({path for path in scripts if not path.startswith(_ENGINE)} | scripts & {also})


class Twins(Struct, frozen=True):
    """Makes the Traditional twins of a county's pages, and of its ``scripts``; ``others`` made theirs already."""

    script: Script
    scripts: Collection[str]
    others: Collection[str] = ()

    def of(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """The twins of those of ``files`` that have one; paths are inside the county's folder.

        A twin does not depend on what other files are given with it; many at once are quicker, for most lines of a
        page stand on other pages too, and each is converted once.
        """
        pages = {path: content.decode().split("\n") for path, content in files if has_twin(path)}
        scripts = {path: content.decode() for path, content in files if path in self.scripts}
        turned = self._turned(chain.from_iterable(pages.values()), _PAGE)
        for path, lines in pages.items():
            content = "\n".join(map(turned.__getitem__, lines))
            yield HANT + path, content.replace('"zh-CN"', '"zh-Hant"').encode()
        turned = self._turned(scripts.values(), _SCRIPT)
        for path, content in scripts.items():
            yield HANT + path, turned[content].encode()

    def _turned(self, texts: Iterable[str], pattern: re.Pattern[str]) -> Mapping[str, str]:
        """Each of ``texts``, cut into tokens by ``pattern``, and the same with its tokens converted."""
        cut = {text: pattern.split(text) for text in set(texts)}
        tokens = {token for parts in cut.values() for token in parts[1::2]}
        turned = dict(self.script.table(token for token in tokens if token[0] > "\u2e7f"))
        turned |= {token: self._outward(token) for token in tokens if token not in turned}
        turned["简体"] = "简体"  # the way back is written as those write who take it
        for parts in cut.values():
            parts[1::2] = [turned[token] for token in parts[1::2]]
        return {text: "".join(parts) for text, parts in cut.items()}

    def _outward(self, token: str) -> str:
        """A link to what ``hant/`` does not have, one folder further up; anything else as it is."""
        match = _LINK.fullmatch(token)
        if not match or match[3] in self.scripts or unquote(match[3]) in self.others:
            return token
        if token.startswith(' href="') and _TO_PAGE.match(match[3]):
            return token
        return f'{match[1]}../{match[2]}{match[3]}"'
