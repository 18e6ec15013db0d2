"""A county's finished pages → the same pages in Traditional script under ``hant/``. Bytes in, bytes out.

Converted are the texts of elements and attributes, and of scripts that show texts; not addresses, ids, checkbox names
and ``<code>``. Only pages and such scripts are copied: links to other files lead out of ``hant/``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from urllib.parse import unquote

from msgspec import Struct

from gkdir.publish.converter import Converter
from gkdir.service.address import HANT, has_twin

_TEXT = r"[\u2e80-\U0003ffff][^<>\"\0\n]*"  # without NUL, at which OpenCC ends a text
_ASCII = r"[ !#-~]"  # what an attribute's value may have
_PAGE = re.compile(
    rf"""(
      {_TEXT}
    | \ (?:
          href="(?!{_ASCII}*?\.html(?:[\#?]{_ASCII}*)?")[^"\n]*"
        | (?:id|for|data-tick|d)="[^"\n]*"
        | hreflang="[^"\n]*"\ href="[^"\n]*"
        | src="[^"\n]*"
      )
    | <code>[^<\n]*
    )""",
    re.VERBOSE,
)
"""Finds the tokens of a page to convert or to keep; none contains a line break.

For speed every alternative begins with a CJK character, a space or ``<``, and the ``d`` attributes of QR codes, a third
of all characters, are skipped at once.
"""
_SCRIPT = re.compile(rf'("[\w./-]+#[^"\n]*"|{_TEXT})', re.ASCII)  # first, an address with an anchor
_LINK = re.compile(r'( (?:hreflang="[^"\n]*" )?(?:href|src)=")((?:\.\./)*)(?![a-zA-Z][\w+.-]*:|[#/?"])(.*)"')
"""A relative address."""
_TO_PAGE = re.compile(r"[^#?]*\.html(?:[#?]|\Z)")
_AT_ONCE = 32
_ENGINE = "assets/search-"
"""The search engine, which works on characters and shows no texts: one copy serves both scripts."""


def scripts_with_texts(files: Iterable[tuple[str, bytes]], also: str) -> frozenset[str]:
    """The JavaScript files with texts to show; of the search engine's files only ``also``, the index."""
    scripts = {path for path, content in files if path.endswith(".js") and not content.isascii()}
    return frozenset({path for path in scripts if not path.startswith(_ENGINE)} | scripts & {also})


class HantPages(Struct, frozen=True):
    """Makes the Traditional copies of a county's pages and ``scripts``; those of ``others`` exist already."""

    script: Converter
    scripts: Collection[str]
    others: Collection[str] = ()

    def of(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """The copies of those ``files`` that get one, paths being inside the county's folder.

        A copy does not depend on which other files are given. A line of pages that follow each other is converted once.
        """
        pages = [(path, content) for path, content in files if has_twin(path)]
        for path, content in self._copies(pages, _PAGE):
            yield path, content.replace(b'"zh-CN"', b'"zh-Hant"')
        yield from self._copies([(path, content) for path, content in files if path in self.scripts], _SCRIPT)

    def _copies(self, files: Sequence[tuple[str, bytes]], pattern: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
        """The copies, made in batches: all at once would take much memory, one by one much time.

        A converted line is passed on from batch to batch: most lines are on one page only, others on nearly all.
        """
        turned: dict[bytes, bytes] = {}
        for start in range(0, len(files), _AT_ONCE):
            some = {path: content.split(b"\n") for path, content in files[start : start + _AT_ONCE]}
            met = dict.fromkeys(chain.from_iterable(some.values()))
            known = {line: turned[line] for line in met if line in turned}
            turned = known | self._turned([line for line in met if line not in known], pattern)
            for path, lines in some.items():
                yield HANT + path, b"\n".join(map(turned.__getitem__, lines))

    def _turned(self, lines: Sequence[bytes], pattern: re.Pattern[str]) -> dict[bytes, bytes]:
        """Each line → the line with the tokens that ``pattern`` finds converted."""
        parts = pattern.split(b"\n".join(lines).decode())
        tokens = dict.fromkeys(parts[1::2])
        turned = dict(self.script.table(token for token in tokens if token[0] > "\u2e7f"))
        turned |= {token: self._outward(token) for token in tokens if token not in turned}
        turned["简体"] = "简体"  # the link back stays in Simplified
        parts[1::2] = map(turned.__getitem__, parts[1::2])
        return dict(zip(lines, "".join(parts).encode().split(b"\n"), strict=bool(lines)))

    def _outward(self, token: str) -> str:
        """The token with one more ``../`` if it is a link to a file outside ``hant/``; else unchanged."""
        match = _LINK.fullmatch(token)
        if not match or match[3] in self.scripts or unquote(match[3]) in self.others:
            return token
        if token.startswith(' href="') and _TO_PAGE.match(match[3]):
            return token
        return f'{match[1]}../{match[2]}{match[3]}"'
