"""A cell of 公开渠道和载体, however its boxes are drawn → the channels chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gkdir.model.columns import CHANNELS
from gkdir.read.text import fold, line, name, numbered, simplified

ON = "■☑☒√✓✔●▇█◼⬛▄▣◉☛✅\uf0fe\uf0fc\uf052\uf06e\uf050"
OFF = "□☐×✗✘╳✕○◻⬜◯〇▢❏❑❒\uf0a8\uf0a3\uf06f\uf071\uf072"
_FILLED, _EMPTIED = re.compile("[▲★◆▼]"), re.compile("[△☆◇▽]")
"""Boxes if a cell has filled and hollow ones; else bullets."""
_WEAK_ON, _WEAK_OFF, _WEAK_EITHER = "RþüPn√", "口囗日¨£oOq", "t"
"""Boxes that symbol fonts and bad copies turn into letters; they count as boxes only before a known channel. t replaces
either box: it is the blank one if the cell ticks with another mark, else the ticked one.
"""

_OTHER = "其他"
_SYNONYMS = {
    "发布会/听证会": ("发布会听证会", "发布会或听证会", "新闻发布会/听证会", "新闻发布会或听证会"),
    "两微一端": ("两微一端",),
    "政府网站": ("政府门户网站", "政务网站"),
    "公开查阅点": ("公共查阅点", "信息查阅点", "政府信息公开查阅点", "信息公开查阅点", "政府信息查阅点"),
    "政务服务中心": ("政务服务大厅", "行政服务中心", "政务大厅", "政务中心"),
    "便民服务站": ("便民服务中心（站）", "便民服务中心"),
    "入户/现场": ("入户现场", "入户或现场"),
    "社区/企事业单位/村公示栏（电子屏）": (
        "社区/企事业单位/村公示栏", "社区企事业单位村公示栏（电子屏）", "社区/企事业单位/村务公示栏（电子屏）",
        "村公示栏", "公示栏", "政务公开栏",
    ),
    _OTHER: ("其它",),
}  # fmt: skip
_FURTHER = (
    "基层公共服务平台", "线下服务网点宣传栏", "公告板", "入户上门", "线上服务平台", "移动客户端", "自助终端",
    "手机短信", "12333咨询电话", "有线电视", "村务公开栏",
)  # fmt: skip
"""Further channels that the notice and counties name: kept as written, but recognised as one word."""

MAX_CHANNELS = 400
"""The most characters of a cell of channels; longer ones are reported. The thirteen national channels with their boxes
take a quarter of that.
"""
MAX_BOXES = 30
"""The most boxes of a cell; the national form has thirteen."""
_LONGEST_LABEL = 40
_SEPARATORS = "、，,；;。|｜\n"
_JOINED = re.compile(r"[和及与+＋&]|以及")
_JOINTS = re.compile(r"[/、\\]")


@lru_cache(maxsize=1 << 12)
def _canonical(word: str) -> str | None:
    """The national label for ``word`` if it is a spelling of one."""
    if len(word) > _LONGEST_LABEL:
        return None
    return _LABELS.get(_JOINTS.sub("", fold(word)))


def channel_label(text: str) -> str | None:
    """The channel that a heading names, in its canonical spelling: one of the thirteen, or another known one."""
    return _canonical(text) or (name(text) if fold(text) in _FOLDED_FURTHER else None)


def _loose(label: str) -> str:
    """A pattern for ``label`` with blanks anywhere, and slashes and brackets of any kind."""
    kinds = {"/": r"[/／、\\]?", "（": "[（(]", "）": "[)）]"}
    return r"\s*".join(kinds.get(character, re.escape(character)) for character in label)


_LABELS = {_JOINTS.sub("", fold(label)): label for label in CHANNELS}
_LABELS |= {_JOINTS.sub("", fold(word)): label for label, words in _SYNONYMS.items() for word in words}
_FOLDED_FURTHER = frozenset(map(fold, _FURTHER))
_WORDS = sorted(
    {*CHANNELS, *(word for words in _SYNONYMS.values() for word in words), *_FURTHER},
    key=lambda word: (-len(word), word),  # sorted, so that every run has the same patterns and finds them compiled
)
_KNOWN = re.compile("|".join(f"(?:{_loose(word)})" for word in _WORDS))
_ANSWERED = re.compile(r"[（(]\s*(?:([是有])|[否无])\s*[)）]")
"""政府网站（是） 政府公报（否）: answers in place of boxes, if a cell has both."""
_LIST_NUMBER = re.compile(rf"(?m)^[ \t\u3000]*[一二三四五六七八九十]{{1,2}}[ \t\u3000]+(?=(?:{_KNOWN.pattern}))")
"""五 其他: a list number without its 、."""
_END = re.compile(rf"\s*(?=[{_SEPARATORS}/／（(：:{ON}{OFF}]|\Z)|\s+")
_BRACKETED = re.compile(rf"[（(\[【〔]\s*(?:([{ON}{OFF}{_WEAK_ON}])\s*)?[)）\]】〕]")
_MARK = re.compile(
    rf"(?P<on>[{ON}])|[{OFF}]"
    rf"|(?:(?<=[\s{_SEPARATORS}])|^|(?<=[心报端会视体点站场）)栏送站台]))(?:(?P<weak_on>[{_WEAK_ON}])|[{_WEAK_OFF}]|(?P<either>{_WEAK_EITHER}))(?=\s*(?:{_KNOWN.pattern}))"
)
_COUNT = r"(?:\d{1,2}\s*[.．、)）]|[（(]\d{1,2}[)）]|[①-⑳⑴-⒛])\s*"
_COUNT_AT_BOX = re.compile(rf"{_COUNT}(?=[{ON}{OFF}])|(?<=[{ON}{OFF}]){_COUNT}")
"""A number before or after a box: 1.■政府网站, ■1.政府网站."""
_NAMED = re.compile(r"\s*[：:（(_＿—-]|[ \t\u3000]+\S")
"""What follows 其他 in a plain list where its names follow: a colon, a bracket, a line to write on, or a blank."""
_WHOLLY_BRACKETED = re.compile(r"\s*[：:]?\s*[（(]([^（(]*)[)）]\s*")
_COLUMN_LABEL = re.compile(r"\A\s*(?:公开)?(?:渠道|载体|方式|途径|形式|平台)\s*(?=[：:（(])")
_FILLERS = "：: \t\u3000_＿—-\n" + _SEPARATORS
_EMPTY_NAMES = frozenset(("请注明", "请写明", "请说明", "渠道", "方式", "形式", "载体", "媒体", "途径", "渠道和载体"))
_PROMPT = re.compile(r"\s*[（(](?:请注明|请写明|请说明)[)）]")
_DIVIDED = re.compile(rf"[{re.escape(_FILLERS)}/／]")
_WORD = re.compile(r"[^\W\d_]|\d{3}")
_NOTE = re.compile(r"\s*[（(][^（()）]*[)）]")


class _Remark(str):
    """Text next to a channel that is not a channel: 政府网站（暂停）."""


def channels(text: str) -> tuple[str, ...]:
    """The channels chosen in ``text``, each once: the national labels in their spelling, others as written.

    If boxes are drawn only ticked ones count. 其他 followed by names gives only the names.
    """
    return tuple(dict.fromkeys(word for word in _chosen(text) if not isinstance(word, _Remark)))


def remarks(text: str) -> tuple[str, ...]:
    """Text next to chosen channels that is not a channel: in brackets, or before the first box."""
    return tuple(str(word) for word in _chosen(text) if isinstance(word, _Remark))


def known_channel(word: str) -> bool:
    """Whether it is one of the thirteen national channels or a further known one, in any known spelling."""
    return _KNOWN.fullmatch(word) is not None


def knows(text: str) -> bool:
    """Whether a text has a box or names a known channel."""
    return bool(_MARK.search(text) or _KNOWN.search(text))


@lru_cache(maxsize=1 << 12)
def known_ending(word: str) -> str | None:
    """The longest known channel that a name ends with: 政府网站 of 清源县政府网站."""
    return next((known for known in _WORDS if word.endswith(known)), None)


def other_names(text: str) -> tuple[str, ...]:
    """The channels named in a cell of a column 其他; 其他 itself if it is only ticked."""
    return tuple(dict.fromkeys(word for word in _others(text) if not isinstance(word, _Remark)))


@lru_cache(maxsize=1 << 12)
def _chosen(text: str) -> tuple[str, ...]:
    if len(text) > MAX_CHANNELS:
        return (_Remark(text),)
    whole = text
    text, marks = _marked(text)
    if len(marks) > MAX_BOXES:
        return (_Remark(whole),)
    if marks:
        return tuple(_ticked(text, marks))
    return tuple(word for piece in numbered(text) or [text] for word in _listed(piece))


@lru_cache(maxsize=4)  # called twice for each text: for the ticked boxes and for the blank ones
def _marked(text: str) -> tuple[str, list[re.Match[str]]]:
    """The text without the numbers of boxes, and its boxes."""
    text = _BRACKETED.sub(lambda match: match[1] or "□", _LIST_NUMBER.sub("", simplified(text)))
    if len({match[1] is None for match in _ANSWERED.finditer(text)}) == 2:
        text = _ANSWERED.sub(lambda match: "■" if match[1] else "□", text)
    text = _COUNT_AT_BOX.sub("", text)
    if _FILLED.search(text) and _EMPTIED.search(text):
        text = _EMPTIED.sub("□", _FILLED.sub("■", text))
    return text, list(_MARK.finditer(text))


@lru_cache(maxsize=1 << 12)
def beside_blank(text: str) -> tuple[str, ...]:
    """Text at unticked boxes that is not a known channel: not chosen, but to be reported."""
    text, marks = _marked(text)
    if len(text) > MAX_CHANNELS or len(marks) > MAX_BOXES:
        return ()  # the whole text is a remark
    blank = (body for ticked, body in _bodies(text, marks) if not ticked) if marks else ()
    return tuple(dict.fromkeys(word for body in blank for word in _unknown(body)))


@lru_cache(maxsize=1 << 10)
def _unknown(body: str) -> tuple[str, ...]:
    """The words at one box that are not a known channel."""
    label = _KNOWN.match(body.strip())
    names = label and _canonical(label[0]) == _OTHER  # 其他 and a name: was the tick forgotten?
    rest = body.strip()[label.end() :] if label and names else _KNOWN.sub("、", body)
    words = (word.strip("（()） ") for word in _DIVIDED.split(rest))
    return tuple(line(word) for word in words if _WORD.search(word) and word not in _EMPTY_NAMES)


def _ticked(text: str, marks: list[re.Match[str]]) -> Iterator[str]:
    if not _trailing(text, marks):
        yield from _known_only(text[: marks[0].start()])
    else:
        yield from map(_Remark, _listed(text[marks[-1].end() :]))
    for ticked, body in _bodies(text, marks):
        if ticked:
            yield from _body(body)


def _trailing(text: str, marks: list[re.Match[str]]) -> bool:
    """Whether boxes follow their words: 政府网站■ 政府公报□."""
    if not text[: marks[0].start()].strip():
        return False
    return not text[marks[-1].end() :].strip() or all(
        not text[mark.start() - 1].isspace()
        and text[mark.end() : mark.end() + 1].strip(_SEPARATORS + " \t\n\u3000") == ""
        for mark in marks
    )


def _bodies(text: str, marks: list[re.Match[str]]) -> Iterator[tuple[bool, str]]:
    """The text of each box, and whether it is ticked."""
    if _trailing(text, marks):
        starts = [0, *(mark.end() for mark in marks)]
        bodies = [text[start : mark.start()] for start, mark in zip(starts, marks, strict=False)]
    else:
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        bodies = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    ticking = ("on", "weak_on") if any(mark["on"] or mark["weak_on"] for mark in marks) else ("either",)
    for mark, body in zip(marks, bodies, strict=True):
        yield any(mark[kind] for kind in ticking), body


def _known_only(text: str) -> Iterator[str]:
    """The channels before the first box; other words there, such as a label 公开渠道：, are remarks."""
    yield from (word if _canonical(word) else _Remark(word) for word in _listed(text))


def _body(text: str) -> Iterator[str]:
    """The content of one ticked box: a channel, its remark in brackets, and names after 其他."""
    text = text.strip(_SEPARATORS + " \t\u3000")
    match = _KNOWN.match(text)
    label = match and _canonical(match[0])
    if match is None or label is None:
        yield from _listed(text)
    elif label == _OTHER:
        yield from _others(text[match.end() :])
    else:
        yield label
        note = _NOTE.match(text, match.end())
        if note:
            yield _Remark(note[0])
        rest = _listed(text[note.end() if note else match.end() :])
        yield from (_Remark(word) if _canonical(word) else word for word in rest)  # a channel without a box of its own


def _others(text: str) -> Iterator[str]:
    """The names after 其他, which replace it; 其他 itself if there are none."""
    text = _COLUMN_LABEL.sub("", _PROMPT.sub("", text, count=1), count=1)
    inside = _WHOLLY_BRACKETED.fullmatch(text)
    names = [*_listed((inside[1] if inside else text).strip(_FILLERS), after_other=True)]
    yield from [word for word in names if word not in _EMPTY_NAMES] or [_OTHER]


def _listed(text: str, *, after_other: bool = False) -> Iterator[str]:
    """The words of a plain list. Blanks divide words only if nothing else does, or at the end of a known word."""
    position = 0
    hard = any(separator in text for separator in _SEPARATORS)
    while position < len(text):
        if text[position] in _SEPARATORS + "/／" or text[position].isspace():
            position += 1
            continue
        known = _KNOWN.match(text, position)
        if known is None or not _END.match(text, known.end()):
            if known and _canonical(known[0]) == _OTHER and _starts_known(text, known.end()):
                position = known.end()  # 其他基层公共服务平台
                continue
            end = _word_end(text, position, hard)
            yield from _touching(text[position:end])
            position = end
            continue
        label = _canonical(known[0]) or name(known[0])
        position = known.end()
        if label == _OTHER:
            if not after_other and _NAMED.match(text, position):
                yield from _others(text[position:])
                return
            if after_other:
                continue
        elif note := _NOTE.match(text, position):
            position = note.end()
            yield _Remark(note[0])
        yield label


def _touching(word: str) -> Iterator[str]:
    """The channels in one word: an unknown one, several known ones without a separator, or 其他 with its name."""
    plain = name(word).strip("：:")
    other = next((start for start in ("其他", "其它") if plain.startswith(start)), None)
    if other and plain.removeprefix(other) not in _EMPTY_NAMES:
        plain = _COLUMN_LABEL.sub("", plain.removeprefix(other)).strip("：:")
    tiles = [tile[0] for tile in _KNOWN.finditer(plain)]
    if len(tiles) > 1 and fold("".join(tiles)) == fold(_JOINED.sub("", plain)):
        yield from (_canonical(tile) or name(tile) for tile in tiles)
    elif plain:
        yield _canonical(plain) or plain


def _word_end(text: str, position: int, hard: bool) -> int:
    depth = 0
    for index in range(position, len(text)):
        character = text[index]
        if character in "（(":
            depth += 1
        elif character in "）)":
            depth = max(0, depth - 1)
        elif depth == 0 and (
            character in _SEPARATORS or (character.isspace() and (not hard or _starts_known(text, index)))
        ):
            return index
    return len(text)


def _starts_known(text: str, index: int) -> bool:
    match = _KNOWN.match(text, index + len(text[index:]) - len(text[index:].lstrip()))
    return bool(match and _END.match(text, match.end()))
