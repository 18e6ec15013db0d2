"""Items and a style → the cells of a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from gkdir.model.columns import CHANNELS, LEVELS
from gkdir.read.grid import letters

from .layouts import CIRCLED, NUMERALS, Laid, Style, Wanted

GROUPS = {
    "audience": ("公开对象", ("全社会", "特定群体")),
    "mode": ("公开方式", ("主动", "依申请")),
    "levels": ("公开层级", LEVELS),
}


def _same(key: str, above: Wanted, item: Wanted) -> bool:
    """Whether a county would write 同上 for the field."""
    detail = key != "audience" or above.detail == item.detail
    return key != "content" and getattr(above, key) == getattr(item, key) and detail


class Writer:
    """Writes the cells of one sheet."""

    def __init__(self, style: Style, wanted: tuple[Wanted, ...]) -> None:
        self.style, self.wanted = style, wanted
        self.out = Laid(wanted=wanted)
        self.third = any(item.level3 for item in wanted)
        names = ["level2"] if style.level1 in ("heading", "fused") else ["level1", "level2"]
        names += ["level3"] if self.third else []
        self.names = names
        self.columns: list[tuple[str, str | None]] = [("number", None)] if style.numbers != "none" else []
        self.columns += [(name, None) for name in names]
        for key in style.order:
            worded = style.worded and key != "levels"
            self.columns += (
                [(key, None)] if key not in GROUPS or worded else [(key, option) for option in GROUPS[key][1]]
            )
        self.columns += [("extra", None)] if style.extra else []

    def laid(self) -> Laid:
        """The sheet."""
        for title in self.style.titles:
            self._alone(title)
        self._headings()
        first_row_of_level1 = 0
        for index, item in enumerate(self.wanted):
            new = index == 0 or self.wanted[index - 1].level1 != item.level1
            if index and self.style.page and index % self.style.page == 0:
                self._merge_level1(first_row_of_level1)
                self._headings()
                first_row_of_level1 = len(self.out.rows) + 1
            if new:
                if index:
                    self._merge_level1(first_row_of_level1)
                if self.style.level1 == "heading":
                    self.out.body.append(self._alone(self._broken(self._first(item))))
                first_row_of_level1 = len(self.out.rows) + 1
            self._item(index, item, new)
        self._merge_level1(first_row_of_level1)
        if self.style.note:
            self._alone(self.style.note)
        return self.out

    def _alone(self, text: str) -> int:
        self.out.rows.append([text])
        row = len(self.out.rows)
        if self.style.merged:
            self.out.merges.append(f"A{row}:{letters(len(self.columns))}{row}")
        return row

    def _headings(self) -> None:
        top: list[str | None] = []
        below: list[str | None] = []
        row = len(self.out.rows) + 1
        previous = ""
        for key, option in self.columns:
            label = self.style.labels.get(option or key) or (self.style.extra if key == "extra" else GROUPS[key][0])
            group = "公开事项" if key in self.names and len(self.names) > 1 else GROUPS[key][0] if option else ""
            repeated = bool(group) and group == previous
            top.append((None if repeated else group) if group else label)
            below.append(label if group else None)
            previous = group
        self.out.rows += [top, below]
        if self.style.merged:
            self._merge_headings(top, below, row)

    def _merge_headings(self, top: list[str | None], below: list[str | None], row: int) -> None:
        column = 0
        while column < len(top):
            end = column
            if below[column] is None:
                self.out.merges.append(f"{letters(column + 1)}{row}:{letters(column + 1)}{row + 1}")
            else:
                while end + 1 < len(top) and top[end + 1] is None:
                    end += 1
                if end > column:
                    self.out.merges.append(f"{letters(column + 1)}{row}:{letters(end + 1)}{row}")
            column = end + 1

    def _first(self, item: Wanted) -> str:
        count = list(dict.fromkeys(one.level1 for one in self.wanted)).index(item.level1) + 1
        number = {"none": "", "dotted": f"{count}.", "chinese": f"{NUMERALS[count - 1]}、"}[self.style.prefix]
        if self.style.level1 == "heading" and not number:
            number = f"{NUMERALS[count - 1]}、"
        return number + item.level1

    def _numbers(self, index: int) -> tuple[int, int]:
        item = self.wanted[index]
        firsts = list(dict.fromkeys(one.level1 for one in self.wanted))
        place = sum(one.level1 == item.level1 for one in self.wanted[: index + 1])
        return firsts.index(item.level1) + 1, place

    def _item(self, index: int, item: Wanted, new: bool) -> None:
        above = self.wanted[index - 1] if index else None
        elements = self._content(item.content)
        pieces = elements.split("\n") if self.style.physical and len(self.columns) > 4 else [elements]
        values: list[str | None] = []
        for key, option in self.columns:
            values.append(self._value(key, option, index, item, above, new))
        at = self.columns.index(("content", None))
        first = len(self.out.rows) + 1
        for number, piece in enumerate(pieces):
            row: list[str | None] = [*values] if number == 0 else [None for _ in values]
            row[at] = piece
            if self.style.ghost:
                row += ["\u3000"]
            self.out.rows.append(row)
            self.out.body.append(len(self.out.rows))
        if len(pieces) > 1 and self.style.merged:
            for column, (key, _) in enumerate(self.columns, 1):
                if key not in ("content", "level1"):
                    self.out.merges.append(f"{letters(column)}{first}:{letters(column)}{first + len(pieces) - 1}")

    def _value(
        self, key: str, option: str | None, index: int, item: Wanted, above: Wanted | None, new: bool
    ) -> str | None:
        first, second = self._numbers(index)
        if key == "number":
            return str(index + 1) if self.style.numbers == "running" else f"{first}.{second}"
        if key in self.names:
            number = f"{first}.{second}" if self.style.prefix == "dotted" else ""
            return self._named(key, number, item, new)
        if key == "extra":
            return "0600-5550101"
        if self.style.ditto and above and option is None and _same(key, above, item):
            return "同上"
        if key in GROUPS:
            return self._ticks(key, option, item)
        if key == "time_limit":
            return self._broken(item.time_limit)
        if key == "publisher":
            return "、".join(item.publisher)
        return self._basis(item.basis) if key == "basis" else self._channels(item.channels)

    def _named(self, key: str, number: str, item: Wanted, new: bool) -> str | None:
        if key == "level1":
            return self._broken(self._first(item)) if new or self.style.level1 == "repeat" else None
        if key == "level3":
            return self._broken(item.level3) if item.level3 else None
        fused = self._first(item) if self.style.level1 == "fused" else ""
        return self._broken(fused + number + item.level2)

    def _ticks(self, key: str, option: str | None, item: Wanted) -> str | None:
        chosen: tuple[str, ...] = getattr(item, key)
        if option is None:
            words = [f"{word}：{item.detail}" if word == "特定群体" and item.detail else word for word in chosen]
            return "、".join(words)
        if option not in chosen:
            return self.style.untick or None
        return item.detail if option == "特定群体" and item.detail else self.style.tick

    def _channels(self, chosen: tuple[str, ...]) -> str:
        style = self.style
        if style.boxes is None:
            return style.gap.join(chosen)
        on, off = style.boxes
        further = [word for word in chosen if word not in CHANNELS]
        if style.only_chosen:
            return style.gap.join(on + word for word in chosen if word in CHANNELS) + (
                style.gap + on + style.other + "、".join(further) if further else ""
            )
        boxes = [(on if word in chosen else off) + word for word in CHANNELS[:-1]]
        boxes.append(on + style.other + "、".join(further) if further else off + "其他")
        return style.gap.join(boxes)

    def _content(self, words: Sequence[str]) -> str:
        numbered = list(enumerate(words, 1))
        return {
            "numbered": "\n".join(f"{n}.{word}" for n, word in numbered),
            "circled": " ".join(CIRCLED[n - 1] + word for n, word in numbered),
            "bullets": "\n".join("●" + word for word in words),
            "newline": "\n".join(words),
            "dun": "、".join(words),
            "semicolon": "；".join(words),
        }[self.style.contents]

    def _basis(self, laws: Sequence[str]) -> str:
        numbered = "\n".join(f"{n}.{law}" for n, law in enumerate(laws, 1))
        joints = {"newline": "\n", "dun": "、", "semicolon": "；", "touching": ""}
        return numbered if self.style.bases == "numbered" else joints[self.style.bases].join(laws)

    def _broken(self, text: str) -> str:
        step = self.style.broken
        if not step:
            return text
        pieces = [text[start : start + step] for start in range(0, len(text), step)]
        return "".join(piece + (" ", "\n", "\u3000")[n % 3] * (n + 1 < len(pieces)) for n, piece in enumerate(pieces))

    def _merge_level1(self, first: int) -> None:
        last = len(self.out.rows)
        if self.style.level1 == "merge" and last > first:
            column = letters(self.columns.index(("level1", None)) + 1)
            self.out.merges.append(f"{column}{first}:{column}{last}")
