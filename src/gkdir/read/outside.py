"""The text of a web page outside its tables → the title of each, and a remark on what else is written there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gkdir.finding import TroubleKind
from gkdir.read.building import GridBuilder
from gkdir.read.grid import Flaw, visible
from gkdir.read.pagestyle import Marks, PageClasses

_FRAME = frozenset(("nav", "header", "footer", "select", "button", "title"))
"""Elements that belong to the web site, not to what the page says."""
_TITLE = re.compile(r"目录|领域|清单")
_LONGEST_TITLE = 100
_NEAR = 200
"""Pieces of text above a table among which its title is looked for."""
_QUOTED = 20
"""The most lines that are quoted."""
_SHORT = 80
_HINT = "请看一眼：对事项有所说明的，请写进那个事项的单元格；只是网页的导航、落款的，不用管。"


class Outside:
    """Pieces of text are added in their order; ``tell`` reports what has come since it was called last."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, bool]] = []  # a text, and whether it says something
        self._title = ""
        self._in_link = False
        self._frames: Counter[str] = Counter()
        self._marks = Marks()

    def add(self, text: str) -> None:
        """Text outside every cell; a link alone in its line only leads to another page."""
        framed = any(self._frames.values()) or self._marks.hidden
        self._pieces.append((text, not (framed or self._in_link)))

    @property
    def hidden(self) -> bool:
        """Whether what begins here is not shown."""
        return self._marks.hidden

    def tag(self, name: str, attributes: str, classes: PageClasses) -> None:
        """A tag outside every cell."""
        plain = name.removeprefix("/")
        if plain == "a":
            self._in_link = plain == name
        elif plain not in _FRAME:
            self._marks.tag(name, attributes, classes)
        else:
            self._frames[plain] = max(self._frames[plain] + (1 if plain == name else -1), 0)
        if plain in ("title", "caption"):
            self.add("\n")

    def title(self, inside: Sequence[str] = ()) -> str:
        """The title of a table that begins here; ``inside`` are texts of the cell that it is in."""
        around = "".join([text for text, _ in self._pieces[-_NEAR:]] + [*inside])
        lines = [line.strip() for line in around.split("\n") if line.strip() and len(line) < _LONGEST_TITLE]
        self._title = next((line for line in reversed(lines) if _TITLE.search(line)), "")
        return self._title

    def tell(self, builder: GridBuilder, *, below: bool) -> None:
        """Report at the table what the page says above it, or below it."""
        lines = [line for line in self._lines() if line != self._title]
        self._pieces.clear()
        self._title = ""
        if lines:
            nearest = lines[:_QUOTED] if below else lines[-_QUOTED:]
            quoted = "".join(f"“{line if len(line) <= _SHORT else line[:_SHORT] + '…'}”" for line in nearest)
            where = f"表格{'下面' if below else '上面'}有 {len(lines)} 段文字，没有读"
            message = f"{where}：{quoted}{'等' if len(lines) > len(nearest) else ''}。"
            builder.flaw(Flaw(0, 0, message, _HINT, TroubleKind.BESIDE, "\n".join(lines)))

    def _lines(self) -> Iterator[str]:
        """The lines in which something is said."""
        line: list[str] = []
        has_text = False
        for text, says in [*self._pieces, ("\n", False)]:
            for number, part in enumerate(text.split("\n")):
                if number:
                    if has_text:
                        yield " ".join("".join(line).split())
                    line, has_text = [], False
                line.append(visible(part))
                has_text = has_text or (says and any(map(str.isalnum, part)))
