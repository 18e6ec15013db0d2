"""A cell of 公开依据 in any layout → its laws and documents, each with name and number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from msgspec import Struct, field

from gkdir.model.item import Basis
from gkdir.read.text import nfkc, numbered

_ROUND_OPEN, _ROUND_CLOSE = "（(〔﹝[【﹙", "）)〕﹞]】﹚"
_OPENINGS = {"《": "》", "〈": "〉", "“": "”"} | dict.fromkeys(_ROUND_OPEN, ")")
"""Opening bracket → closing bracket; round and square ones close each other, because tables mix them."""
_BRACKET = re.compile(rf"[{re.escape(''.join(_OPENINGS) + _ROUND_CLOSE)}》〉”]")
_PLAIN = rf"[^{re.escape(''.join(_OPENINGS) + _ROUND_CLOSE)}》〉”]"
_ROUND = rf"[{re.escape(_ROUND_OPEN)}]{{}}[{re.escape(_ROUND_CLOSE)}]"
_INNERMOST = "|".join((f"〈{_PLAIN}*+〉", f"《{_PLAIN}*+》", _ROUND.format(f"{_PLAIN}*+")))
_WITHIN = rf"(?:{_PLAIN}++|{_INNERMOST})*"
_INNER = "|".join((f"〈{_WITHIN}〉", f"《{_WITHIN}》", _ROUND.format(_WITHIN)))
_FILLED = rf"(?:{_PLAIN}++|{_INNER})*"
_PAIR = re.compile(f"《{_FILLED}》|{_ROUND.format(_FILLED)}|“{_FILLED}”")
"""Balanced brackets up to three deep, as in (《关于修改〈…〉的决定》修正); deeper ones are rare."""
_YEAR = re.compile(r"[（(〔﹝\[【﹙]\s*((?:19|20)\d\d)\s*[)）〕﹞\]】﹚](?=\s*第?\s*\d+\s*号)")
_TAIL = re.compile(
    r"\s*[（(〔﹝\[【﹙]|[^《]*(?:号|修正|修订|公布|发布|通过)[)）]?\Z|第[\d一二三四五六七八九十百零〇]+[条款项章]"
)
_COMPLETE = re.compile(
    r"(?:法|条例|办法|规定|规则|细则|规程|方案|通知|意见|决定|公告|函|批复|目录|要求|号|文件|标准|指南|规范|[）)》〕\]】])\s*\Z"
)
_ENDING = 40
"""How many of the last characters to look at to see whether a name is complete; keeps long texts linear."""
_LEAD = re.compile(r"^(?:(?:以及|及|和|与|或|依据[:：]?|根据|\d{1,2}\s*[.．、]?\s*)(?=《)|[●•·◆■▪◦○◇★※➢►▶*\-—]+\s*)")
_LINK = re.compile(r"(?<=[》）)\s条款项])\s*(?:以及|及|和|与|或|[/／]|\d{1,2}\s*[.．、]?\s*)\Z")
"""What can precede or follow a law without being part of it: conjunctions, and list numbers without a point."""
_CLAUSE_AND = re.compile(r"\s*第[\d一二三四五六七八九十百零〇]+[条款项](?:以及|及|和|与|或)\s*")
"""第二十一条及《…》: the end of one law, and the start of another."""
_LONGEST_LINK = 12
"""How many of the last characters of a part to search for ``_LINK``."""
_CLASS = re.compile(
    r"[【\[〔［](?:法律|行政法规|地方性?法规|法规|条例|规章|部门规章|政府规章|地方政府规章|规范性文件|政策|文件|司法解释|党内法规"
    r"|国务院|部门|中央|省级|市级|地方|国家|其他|其它|依据)[^】\]〕］\d]{0,14}[】\]〕］]"
)
"""【法律】, 【部门规章及规范性文件】: the kind of what follows."""
_KIND = re.compile(
    r"^(?:\d{1,2}\s*[.．、]\s*)?(?:国家|中央|部门|地方性?|省级|市级|县级|行政|相关|有关|其他|主要|及|和|与|、|/)*"
    r"(?:法律|法规|条例|规章|规范性文件|政策|文件|依据)+\s*[：:]\s*"
)
"""法律：, 规范性文件：: the same, before a colon."""
_KIND_INSIDE = re.compile(
    r"(?<=[ \t\u3000）》])(?:部门|行政|地方性?|政府)?(?:法律|法规|规章|规范性文件|政策文件|政策|文件)[：:]"
)
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{2,14}\s*[（(〔﹝\[【﹙]\s*\d{4}\s*[)）〕﹞\]】﹚]\s*第?\s*\d+\s*号")
"""人社部发〔2014〕23号: the number of a document, which can replace its name."""
_OF_LAW = re.compile(r"(?:(?<!办)法|条例)(?:[（(][^（）()]*[)）])?》(?![^《]*》)")
_GLUED = re.compile(rf"{_OF_LAW.pattern}[ \t]*(?={_DOCUMENT.pattern})")
_MAY_BE_GLUED = re.compile(rf"》[ \t]*(?={_DOCUMENT.pattern})")
"""Laws and regulations have no such number: a number after one belongs to another document."""
_SEPARATOR = re.compile(
    r"[；;，,、。\n]"
    r"|(?<=[法例定则程案知见告函复录求件准南范）)])[ \t\u3000\xa0]+(?=[\u4e00-\u9fff]{2}[^\s；;，,、。（(《]*"
    r"(?:法|条例|规定|规则|细则|通知|意见|决定|方案)(?:[\s（(〔；;，,、。]|\Z))"
    r"|(?<=[号）)])[ \t\u3000\xa0]+(?=[\u4e00-\u9fff]{2,14}(?<![法例定则知见])\Z)"  # up to the bracket of its year
)
"""A separator, or a blank between one name or number and the next."""
_ISSUED = re.compile(r"([\u4e00-\u9fff]{2,12})〔(\d{4})〕\s*第?\s*(\d+)\s*号")
_ORDER = re.compile(r"([\u4e00-\u9fff、]{1,60}令)第?(\d+)号")
_ANGLE = re.compile("[《》]")
_LOOSE = re.compile(r"(?<=[《》（）()〔〕〈〉、；，]) | (?=[《》（）()〔〕〈〉、；，])")
_TITLE = re.compile(r"《(.*)》", re.DOTALL)
_FIGURES = re.compile(r"(?<=\d) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=\d)")
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")


@lru_cache(maxsize=1 << 12)
def bases(text: str) -> tuple[Basis, ...]:
    """The laws and documents in ``text``, in order, each once.

    They are separated by numbering, by 、；，。 and new lines, or by 《 alone if nothing is between them, but never
    inside 《》 or brackets, where an amendment history has all of these.
    """
    text = _CLASS.sub("；\n", text)
    if "：" in text or ":" in text:
        text = _KIND_INSIDE.sub("；\n", text)
    text = text.lstrip("；\n ")
    if _MAY_BE_GLUED.search(text):
        text = _GLUED.sub(lambda law: f"{law[0].rstrip()}；", text)
    shells = _shells(text)
    starts = [first for first, _ in shells]

    def is_outside(index: int) -> bool:
        at = bisect_left(starts, index) - 1
        return at < 0 or index >= shells[at][1]

    pieces = numbered(text, is_outside)
    parts = [part for piece in (pieces or [text]) for part in _split(piece)]
    return tuple(dict.fromkeys(basis(part) for part in parts if part))


@lru_cache(maxsize=1 << 12)
def basis(text: str) -> Basis:
    """One law or document: brackets unified, broken lines joined, name and number extracted."""
    text = _normal(text)
    title = _TITLE.search(_first_title(text))
    name = title[1] if title else None
    rest = text.replace(f"《{name}》", "", 1) if name else text
    return Basis(text, name, _number(rest))


def _normal(text: str) -> str:
    text = _YEAR.sub(lambda year: f"〔{year[1]}〕", text.strip())
    text = _BLANKS.sub(" ", "".join(map(str.strip, text.split("\n"))))
    if " " in text:
        text = _FIGURES.sub("", _LOOSE.sub("", text))
    return text.replace("(", "（").replace(")", "）")


def _first_title(text: str) -> str:
    """The first 《…》 of the text, including titles nested in it."""
    start = text.find("《")
    if start < 0:
        return ""
    depth = 0
    for match in _ANGLE.finditer(text, start):
        depth += 1 if match[0] == "《" else -1
        if depth == 0:
            return text[start : match.end()]
    end = text.rfind("》")
    return text[start : end + 1] if end > start else ""


def _number(text: str) -> str | None:
    """国务院令第711号 or 人社部发〔2012〕11号, from the text around the name."""
    text = nfkc(text.replace(" ", ""))
    if "〔" in text and (issued := _ISSUED.search(text)):
        return f"{issued[1]}〔{issued[2]}〕{issued[3]}号"
    order = _ORDER.search(text) if "令" in text else None
    if order is None:
        return None
    return f"{order[1].strip('、').removeprefix('中华人民共和国')}第{order[2]}号"


def _shells(text: str) -> list[tuple[int, int]]:
    """The positions of the outermost 《…》 and (…); an unclosed opening is ignored."""
    if (well_closed := _well_closed(text)) is not None:
        return well_closed
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for match in _BRACKET.finditer(text):
        character = match[0]
        if opening := _OPENINGS.get(character):
            stack.append((opening, match.start()))
            waiting[opening] += 1
            continue
        kind = ")" if character in _ROUND_CLOSE else character
        while waiting[kind]:
            closed, start = stack.pop()
            waiting[closed] -= 1
            if closed == kind:
                pairs.append((start, match.start()))
                break
    outermost: list[tuple[int, int]] = []
    for pair in sorted(pairs):
        if not outermost or pair[0] > outermost[-1][1]:
            outermost.append(pair)
    return outermost


@lru_cache(maxsize=1 << 12)  # the same law is in the cells of many items
def _split(text: str) -> tuple[str, ...]:
    """The parts between separators outside brackets, with tails and issuers rejoined to their law."""
    parts: list[str] = []
    gaps: list[str] = []
    start = position = 0
    for first, last in [*_shells(text), (len(text), len(text))]:
        for match in _SEPARATOR.finditer(text, position, first):
            parts.append(text[start : match.start()])
            gaps.append(match[0])
            start = match.end()
        if text[first : first + 1] == "《" and ("》" in text[start:first] or _CLAUSE_AND.fullmatch(text, start, first)):
            parts.append(text[start:first])
            gaps.append("")
            start = first
        position = last + 1
    parts.append(text[start:])
    return tuple(_rejoin(parts, gaps))


def _well_closed(text: str) -> list[tuple[int, int]] | None:
    """What ``_shells`` returns, if every bracket is closed by its own kind, as in most texts; else ``None``."""
    found: list[tuple[int, int]] = []
    position = 0
    for match in _PAIR.finditer(text):
        if _BRACKET.search(text, position, match.start()):
            return None
        position = match.end()
        found.append((match.start(), position - 1))
    return None if _BRACKET.search(text, position) else found


class _BasisBuilder(Struct):
    """A law or document being assembled, piece by piece, in linear time.

    ``named``, ``numbered`` and ``law`` describe the first ``seen`` pieces: whether they have a 《, a number, or are a
    law or regulation, which has no document number of its own.
    """

    pieces: list[str] = field(default_factory=list)
    named: bool = False
    numbered: bool = False
    law: bool = False
    seen: int = 0

    def add(self, piece: str) -> None:
        self.pieces.append(piece)

    def _update(self) -> None:
        """Update the flags for the pieces added since the last call; on demand, because most laws are one piece."""
        for piece in self.pieces[self.seen :]:
            self.named = self.named or "《" in piece
            self.numbered = self.numbered or "号" in piece
            self.law = self.law or _OF_LAW.search(piece) is not None
        self.seen = len(self.pieces)

    def is_continued_by(self, gap: str, part: str) -> bool:
        """Whether ``part`` continues this law: a broken line, a number, articles, or the name after the issuer."""
        if gap in ("；", ";"):
            return False
        self._update()
        if "《" in part:
            return not self.named and not part.startswith("《") and gap == "、"  # 人社部、财政部《…》
        if gap == "\n" and not _COMPLETE.search(self.pieces[-1][-_ENDING:]):
            return True
        if not self.named or not _TAIL.match(part) or (gap == "、" and _DOCUMENT.match(part)):
            return False
        numbered = self.numbered or (self.law and gap == "\n")
        return not (numbered and _DOCUMENT.match(part))  # a second number is another document's


def _without_lead(lead: re.Pattern[str], text: str) -> str:
    found = lead.match(text)
    return text[found.end() :] if found else text


def _rejoin(parts: list[str], gaps: list[str]) -> list[str]:
    """The laws and documents with wrongly separated parts rejoined. A semicolon always separates."""
    joined: list[_BasisBuilder] = []
    hard = False  # whether a semicolon came since the last part that was not blank
    for part, gap in zip(parts, ["", *gaps], strict=True):
        whole = _without_lead(_LEAD, part.strip())
        part = _without_lead(_KIND, whole)
        hard = hard or gap in ("；", ";")
        gap = gap if part == whole and not hard else "；"
        part = part[:-_LONGEST_LINK] + _LINK.sub("", part[-_LONGEST_LINK:])
        if not part:
            continue
        hard = False
        if joined and joined[-1].is_continued_by(gap, part):
            joined[-1].add(gap if gap not in ("\n", "。") else "")
        else:
            joined.append(_BasisBuilder())
        joined[-1].add(part)
    return ["".join(one.pieces) for one in joined]
