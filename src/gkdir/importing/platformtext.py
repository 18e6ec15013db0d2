"""The text of one cell of an export → rows of a list, or the text as a guide writes it: 60 工作日 → 60个工作日."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gkdir.model.item import Written
from gkdir.read.text import chinese_number, line, numbered, one_line

NOTHING = frozenset(("", "无", "/", "-", "—", "--", "——", "暂无", "空", "null", "不涉及", "没有"))
_END = "；;。 \n"
_MARKED = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]")
_COPIES = re.compile(r"(?:各|共|一式)?\s*([0-9０-９一二两三四五六七八九十]+)\s*(?:份|式)")
_ORIGINAL = re.compile(r"原件(?:及|和|、|与)复印件|原件|复印件")
_TAIL = re.compile(r"[（(]([^（）()]*)[）)]\Z")
_ARROW = re.compile(r"\s*(?:→|⇒|➔|—+>|-+>|=+>|——|—|>)\s*")
_ASKED = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.、．]\s*)?(?:问题?\s*\d*|Q\d*)\s*[:：]\s*")
_ANSWERED = re.compile(r"\n?\s*(?:答案?|解答|回答|A\d*)\s*[:：]\s*")
_FIGURE = re.compile(r"(\d{1,4})\s*[（(]?\s*个?(工作日|自然日|日历日|日|天|个月|月|小时|年)?\s*[)）]?")
_UNITS = {"自然日": "日", "日历日": "日", "天": "日", "月": "个月"}
FREE = "不收费"
_FREE = frozenset(("否", "不收费", "免费", "不收取", "不收取费用", "不收", "无收费"))
LONGEST_STEP = 14
"""The most characters of the name of a step."""


def names_nothing(text: str) -> bool:
    """Whether the text is a word for nothing, such as 无 or a dash."""
    return text.strip().strip("。.").lower() in NOTHING


def limit(text: str, unit: str) -> str:
    """A time limit as a guide writes it; ``unit`` is the text of the cell for units, if there is one."""
    flat = line(text)
    found = _FIGURE.fullmatch(flat)
    if not found:
        return flat
    unit_text = found[2] or line(unit).strip("（）()")
    if not unit_text:
        return flat
    if int(found[1]) == 0:
        return "当场办结"
    unit_text = _UNITS.get(unit_text, unit_text)
    return f"{found[1]}个工作日" if unit_text == "工作日" else f"{found[1]}{unit_text}"


def fee(text: str) -> str:
    """The fee as a guide writes it; empty for a mere 是."""
    flat = line(text).strip(_END)
    if flat in ("是", "收费"):
        return ""
    return FREE if flat in _FREE else flat


def pieces(text: str) -> list[str]:
    """The elements of a list in one cell, separated by numbers, else by lines, else by semicolons."""
    found = numbered(text)
    if found is None or len(found) < 2:
        # A list of one element may be numbered; 2寸照片 is not a number.
        plain = found[0] if found and _MARKED.match(text) else text
        parts = plain.split("\n")
        found = parts if len(parts) > 1 else re.split("[；;]", plain)
    return [wording for each in found if (wording := one_line(each).strip(_END))]


def materials(written: Written) -> Iterator[Mapping[str, Written]]:
    """The materials that a text lists."""
    for each in pieces(written.text):
        yield {key: Written(text, written.place) for key, text in _material(each).items() if text}


def _material(text: str) -> dict[str, str]:
    """居民身份证（原件1份） → 居民身份证, 原件, 1; brackets with other contents stay in the name."""
    tail = _TAIL.search(text)
    within = tail[1] if tail else ""
    outside = text[: tail.start()] if tail else text
    if not (_ORIGINAL.search(within) or _COPIES.search(within)):
        within, outside = "", text
        for pattern in (_COPIES, _ORIGINAL, _COPIES):
            found = list(pattern.finditer(outside))
            if found and not outside[found[-1].end() :].strip(_END + "，,、"):
                within = outside[found[-1].start() :] + within
                outside = outside[: found[-1].start()]
    left = _COPIES.sub("", _ORIGINAL.sub("", within))
    if re.sub(r"[\s、，,；;和及各]", "", left):  # words in the brackets that are not understood
        return {"name": text}
    name = outside.strip(_END + "，,、")
    originals = list(dict.fromkeys(_ORIGINAL.findall(within)))
    copies = list(dict.fromkeys(_COPIES.findall(within)))
    both = "原件及复印件" if len(originals) > 1 else "".join(originals)
    count = chinese_number(copies[0]) if len(copies) == 1 else None
    return {"name": name, "original": both, "copies": str(count or "".join(copies[:1])) if len(copies) == 1 else ""}


def steps(written: Written) -> Iterator[Mapping[str, Written]]:
    """The steps that a text lists, none if they cannot be separated."""
    parts = pieces(written.text)
    if len(parts) == 1:
        parts = [each.strip(_END) for each in _ARROW.split(parts[0])]
        parts = parts if len(parts) > 1 else []
    found = []
    for part in parts:
        name, colon, text = part.replace(":", "：", 1).partition("：")
        if not name or len(name.strip()) > LONGEST_STEP:
            return
        step = {"name": Written(name.strip(), written.place)}
        found.append({**step, "text": Written(text.strip(), written.place)} if colon and text.strip() else step)
    yield from found


def questions(written: Written) -> Iterator[Mapping[str, Written]]:
    """问：… 答：… pairs; none if the text has no such marks."""
    for each in _ASKED.split("\n" + written.text)[1:]:
        question, mark, answer = _question_and_answer(each)
        if not mark or not question or not answer:
            return
        yield {"name": Written(line(question), written.place), "text": Written(answer, written.place)}


def _question_and_answer(text: str) -> tuple[str, str, str]:
    found = _ANSWERED.search(text)
    return (text[: found.start()].strip(), found[0], text[found.end() :].strip()) if found else (text, "", "")


def normalised(row: Mapping[str, Written]) -> Mapping[str, Written]:
    """A row of materials as a guide has it: 原件份数 and 复印件份数 as 形式 and 份数, 是 and 否 as 必要 and 非必要."""
    first = row.get("original_count"), row.get("copy_count")
    made = {key: text for key, text in row.items() if key not in ("original_count", "copy_count")}
    figures = [(_figure(text), kind, text) for text, kind in zip(first, ("原件", "复印件"), strict=True) if text]
    counts = [(number, kind, text) for number, kind, text in figures if number]
    if counts and "original" not in made:
        kinds = [kind for _, kind, _ in counts]
        made["original"] = Written("原件及复印件" if len(kinds) > 1 else kinds[0], counts[0][2].place)
    if counts and "copies" not in made and len({number for number, _, _ in counts}) == 1:
        made["copies"] = Written(counts[0][0], counts[0][2].place)
    if "copies" in made and (number := _figure(made["copies"])):
        made["copies"] = Written(number, made["copies"].place)
    for key, words in _OUR_WORDS.items():
        if key in made:
            made[key] = Written(words.get(line(made[key].text), line(made[key].text)), made[key].place)
    return made


_OUR_WORDS: Mapping[str, Mapping[str, str]] = {
    "necessity": {"是": "必要", "必需": "必要", "必须": "必要", "否": "非必要", "非必需": "非必要", "容缺": "容缺后补",
                  "容缺受理": "容缺后补", "可容缺": "容缺后补"},
    "original": {"原件和复印件": "原件及复印件", "原件/复印件": "原件及复印件", "原件、复印件": "原件及复印件",
                 "原件与复印件": "原件及复印件"},
    "medium": {"纸质或电子化": "纸质或电子", "纸质/电子": "纸质或电子", "纸质、电子": "纸质或电子", "电子化": "电子",
               "纸质和电子": "纸质或电子", "纸质材料": "纸质", "电子材料": "电子"},
}  # fmt: skip


def _figure(written: Written) -> str:
    """The number in a text such as 2份, as digits; empty if there is none."""
    found = re.fullmatch(r"([1-9]\d?)\s*份?", line(written.text))
    return found[1] if found else ""
