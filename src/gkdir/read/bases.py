"""公开依据: one cell, however its laws are strung together → bases, each with its name and number."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gkdir.model.item import Basis
from gkdir.read.text import numbered

_PAIRS = {"《": "》", "〈": "〉", "<": ">", "“": "”"}
_ROUND_OPEN, _ROUND_CLOSE = "（(〔﹝[【﹙", "）)〕﹞]】﹚"
_SEPARATORS = "；;，,、。\n"
_YEAR = re.compile(r"[（(〔﹝\[【﹙]\s*((?:19|20)\d\d)\s*[)）〕﹞\]】﹚](?=\s*第?\s*\d+\s*号)")
_TAIL = re.compile(
    r"\s*[（(〔﹝\[【﹙]|[^《]*(?:号|修正|修订|公布|发布|通过)[)）]?$|第[\d一二三四五六七八九十百零〇]+[条款项章]"
)
_COMPLETE = re.compile(
    r"(?:法|条例|办法|规定|规则|细则|规程|方案|通知|意见|决定|公告|函|批复|目录|要求|号|文件|标准|指南|规范|[）)》〕\]】])\s*$"
)
_LEAD = re.compile(r"^(?:(?:以及|及|和|与|或|依据[:：]?|根据)(?=《)|[●•·◆■▪◦○◇★※➢►▶*\-—]+\s*)")
_LINK = re.compile(r"(?<=[》）)])\s*(?:以及|及|和|与|或)$")
_ISSUED = re.compile(r"([\u4e00-\u9fff]{2,12})〔(\d{4})〕\s*第?\s*(\d+)\s*号")
_TITLE = re.compile(r"《(.*)》", re.DOTALL)
_CJK_BREAK = re.compile(r"\s*\n\s*")
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")


@lru_cache(maxsize=1 << 12)
def bases(text: str) -> tuple[Basis, ...]:
    """The laws and documents in ``text``, in order, each once.

    They are told apart by numbering, by 、；，。 and new lines, or by 《 alone where they touch, but never inside 《》
    or brackets, where an amendment history has all of these.
    """
    depth = _depths(text)
    pieces = numbered(text, lambda index: depth[index] == 0)
    parts = [part for piece in (pieces or [text]) for part in _split(piece)]
    return tuple(dict.fromkeys(basis(part) for part in parts if part))


@lru_cache(maxsize=1 << 12)
def basis(text: str) -> Basis:
    """One law or document: brackets of one kind, broken lines joined, name and number picked out."""
    text = _normal(text)
    title = _TITLE.search(_first_title(text))
    name = title[1] if title else None
    rest = text.replace(f"《{name}》", "", 1) if name else text
    return Basis(text, name, _number(rest))


def _normal(text: str) -> str:
    text = _YEAR.sub(r"〔\1〕", text.strip())
    text = _BLANKS.sub(" ", _CJK_BREAK.sub("", text))
    text = re.sub(r"(?<=[《》（）()〔〕〈〉、；，]) | (?=[《》（）()〔〕〈〉、；，])", "", text)
    return text.replace("(", "（").replace(")", "）")


def _first_title(text: str) -> str:
    """The first 《…》 of the text, with whatever titles lie inside it."""
    start = text.find("《")
    if start < 0:
        return ""
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] == "《") - (text[index] == "》")
        if depth == 0:
            return text[start : index + 1]
    end = text.rfind("》")
    return text[start : end + 1] if end > start else ""


def _number(text: str) -> str | None:
    """国务院令第711号 or 人社部发〔2012〕11号, from what stands beside the name."""
    text = unicodedata.normalize("NFKC", text.replace(" ", ""))
    if issued := _ISSUED.search(text):
        return f"{issued[1]}〔{issued[2]}〕{issued[3]}号"
    order = re.search(r"([\u4e00-\u9fff、]{1,60}令)第?(\d+)号", text)
    if order is None:
        return None
    return f"{order[1].strip('、').removeprefix('中华人民共和国')}第{order[2]}号"


def _depths(text: str) -> list[int]:
    """How deep in 《》 and brackets each character lies; an opening that nothing closes opens nothing."""
    change = [0] * (len(text) + 1)
    stack: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if character in _PAIRS:
            stack.append((_PAIRS[character], index))
        elif character in _ROUND_OPEN:
            stack.append(("）", index))
        elif character in _ROUND_CLOSE or character in "》〉>”":
            closing = "）" if character in _ROUND_CLOSE else character
            for level in range(len(stack) - 1, -1, -1):
                if stack[level][0] == closing:
                    change[stack[level][1]] += 1
                    change[index + 1] -= 1
                    del stack[level:]
                    break
    depths, depth = [], 0
    for step in change[:-1]:
        depth += step
        depths.append(depth)
    return depths


def _split(text: str) -> list[str]:
    """The parts between separators outside brackets, tails and issuers put back to the law they belong to."""
    depths = _depths(text)
    parts: list[str] = []
    gaps: list[str] = []
    start = 0
    for index, character in enumerate(text):
        outside = depths[index] == 0
        opens = character == "《" and depths[index] == 1
        if outside and character in _SEPARATORS:
            parts.append(text[start:index])
            gaps.append(character)
            start = index + 1
        elif opens and "》" in text[start:index]:
            parts.append(text[start:index])
            gaps.append("")
            start = index
    parts.append(text[start:])
    return _rejoin(parts, gaps)


def _rejoin(parts: list[str], gaps: list[str]) -> list[str]:
    joined: list[str] = []
    for part, gap in zip(parts, ["", *gaps], strict=True):
        part = _LINK.sub("", _LEAD.sub("", part.strip()))
        if not part:
            continue
        before = joined[-1] if joined else ""
        issuers = before and "《" not in before and not part.startswith("《") and "《" in part and gap == "、"
        broken = before and gap == "\n" and not _COMPLETE.search(before)
        tail = before and "《" in before and "《" not in part and _TAIL.match(part)
        if issuers or broken or tail:
            joined[-1] = before + (gap if gap not in ("\n", "；", ";", "。") else "") + part
        else:
            joined.append(part)
    return joined
