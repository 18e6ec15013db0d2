"""White space, brackets and numbering in the text of a cell: the base of all cell grammars."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff‘’“”…—·①-⒛"
_IS_WIDE = re.compile(rf"[{_WIDE}]")
_UNIFIED = {"[": "〔", "]": "〕", "【": "〔", "】": "〕", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
_TO_UNIFY = re.compile(f"[{re.escape(''.join(_UNIFIED))}]")

_MOST_PILED, _JOINER = 30, "\u034f"
_PERHAPS_PILED = re.compile(
    rf"[\u0300-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ua66f-\uabed\ufb1e\ufe20-\ufe2f]{{{_MOST_PILED + 1}}}"
)
"""Combining accents, or letters of scripts that have them."""

_TRADITIONAL = (
    "萬與專業東兩喪個臨為爲義習鄉書買產親億從價衆眾會傷體傭關養內寫軍農決準減幾則創別辦務動勞區醫華單佔衛縣參發變隻臺"
    "號聽啓員週諮圍國場處備復夠獎學實對尋導將儘層屆屬歲崗佈幹並廣應開異當錄徑誌態戶執擴撫護報擔掛換據數斷無舊時暫機權"
    "條來構標欄檔殘畢滿點狀環現電療監碼確稱穩籌簡類級納紙線綫織終紹經結絕統續維編繳網羣職聯節範營銜補見規視計認訓訊記後於"
    "許設證評訴診試話詢請讀課調謀貢責賬質貧購貼貸費資轉載輔達過遲遺裏鑑鐵銀銷鎮長門間閱險隨難僱項須頒預領頻題額齊"
)
_TO_SIMPLIFIED = str.maketrans(
    _TRADITIONAL,
    "万与专业东两丧个临为为义习乡书买产亲亿从价众众会伤体佣关养内写军农决准减几则创别办务动劳区医华单占卫县参发变只台"
    "号听启员周咨围国场处备复够奖学实对寻导将尽层届属岁岗布干并广应开异当录径志态户执扩抚护报担挂换据数断无旧时暂机权"
    "条来构标栏档残毕满点状环现电疗监码确称稳筹简类级纳纸线线织终绍经结绝统续维编缴网群职联节范营衔补见规视计认训讯记后于"
    "许设证评诉诊试话询请读课调谋贡责账质贫购贴贷费资转载辅达过迟遗里鉴铁银销镇长门间阅险随难雇项须颁预领频题额齐",
)
"""Traditional characters in directories that simplified text does not have."""
_IS_TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")

DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("〇○壹贰貳叁參肆伍陆陸柒捌玖拾佰两兩", "零零一二二三三四五六六七八九十百二二")
_CHINESE = "一二三四五六七八九十百"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
"""The ten heavenly stems, which number like letters."""


def nfkc(text: str) -> str:
    """The compatibility form of a text.

    Chinese punctuation is replaced first, because one such character makes normalisation a hundred times slower. Long
    runs of combining accents take quadratic time, so they are broken up as in Unicode's stream-safe format.
    """
    if _PERHAPS_PILED.search(text):
        text = "".join(_with_joiners(text))
    plain = text.replace("（", "(").replace("）", ")").replace("，", ",").replace("：", ":").replace("；", ";")
    return unicodedata.normalize("NFKC", plain)


def _with_joiners(text: str) -> Iterator[str]:
    piled = 0
    for character in text:
        piled = piled + 1 if unicodedata.combining(character) else 0
        if piled > _MOST_PILED:
            yield _JOINER
            piled = 1
        yield character


@lru_cache(maxsize=1 << 15)  # called several times for every text of a file, which has at most 20,000
def fold(text: str) -> str:
    """The key for comparisons: NFKC, simplified, lower case, without white space, with brackets and quotes unified."""
    plain = simplified("".join(nfkc(text).split()))
    return _TO_UNIFY.sub(lambda match: _UNIFIED[match[0]], plain).casefold()


def simplified(text: str) -> str:
    """``text`` with the traditional characters of directories simplified."""
    return text.translate(_TO_SIMPLIFIED) if _IS_TRADITIONAL.search(text) else text


def line(text: str) -> str:
    """``text`` on one line: no blank or break next to a Chinese character, single blanks elsewhere."""
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    pieces = words[:1]
    for before, after in pairwise(words):
        pieces += (after,) if _IS_WIDE.match(before, len(before) - 1) or _IS_WIDE.match(after) else (" ", after)
    return "".join(pieces)


def one_line(text: str) -> str:
    """``text`` on one line, with single blanks for blanks and breaks."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """The text; a longer one is cut to ``most`` characters, of which the last is ``…``."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def name(text: str) -> str:
    """A name on one line, with the brackets that Chinese text has."""
    return line(text).replace("(", "（").replace(")", "）")


def chinese_date(day: date) -> str:
    """``2026年3月1日``."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=1 << 10)
def chinese_number(text: str) -> int | None:
    """二十五, 贰拾伍 → 25, 廿 → 20, 〇 → 0; ``None`` if it is not a number below a thousand."""
    plain = text.translate(_FORMAL).replace("廿", "二十").replace("卅", "三十")
    if len(plain) > 1 and all(character in DIGITS for character in plain):  # digit by digit: 二〇
        return int("".join(str(DIGITS.index(character)) for character in plain))
    total = digit = 0
    for character in plain:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit if text else None


def whole_number(text: str) -> int | None:
    """A number in figures or in Chinese; ``None`` if it is neither."""
    return int(text) if text.isdecimal() else chinese_number(text)


_UNIT = "号岁年月日周天个项类级人名次种元条件户场期批轮小时分米"
"""Characters after a number that is a quantity, not a list number."""
_Marker = tuple[re.Pattern[str], Callable[[str], int | None]]
_MARKERS: tuple[_Marker, ...] = (
    (re.compile(r"(\d(?<![\d.．（(]\d)\d?)\s*(?:[.．](?!\d)|[、)）：:])"), int),
    (re.compile(r"[（(]\s*(\d{1,2})\s*[)）]"), int),
    (re.compile(r"([①-⑳])[.、]?"), lambda mark: ord(mark) - ord("①") + 1),
    (re.compile(r"([⑴-⒇])"), lambda mark: ord(mark) - ord("⑴") + 1),
    (re.compile(r"([⒈-⒛])"), lambda mark: ord(mark) - ord("⒈") + 1),
    (re.compile(rf"([{_CHINESE}]{{1,3}})\s*、"), chinese_number),
    (re.compile(rf"[（(]\s*([{_CHINESE}]{{1,3}})\s*[)）]"), chinese_number),
    (re.compile(rf"(?<![^\s\u4e00-\u9fff])[ \t\u3000]*(\d{{1,2}})(?=[ \t\u3000]*[\u4e00-\u9fff《])(?![{_UNIT}])"), int),
)
"""The marks that number a list: a pattern, and the function from the mark to its number."""
_ROMAN = dict(zip(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"], range(1, 11), strict=True))
_LATIN_END = r"\s*[.．、)）](?![A-Za-z\d])"
_SERIES: tuple[_Marker, ...] = (
    (re.compile(r"(?<![\d.．])(\d{1,2}\s*[.．\-－—–]\s*\d{1,2})[.．、]?(?![\d.．%])"), lambda mark: _pair(mark)),
    (re.compile(r"([Ⅰ-Ⅻ])\s*[.．、)）]?"), lambda mark: ord(mark) - ord("Ⅰ") + 1),
    (re.compile(r"([ⅰ-ⅻ])\s*[.．、)）]?"), lambda mark: ord(mark) - ord("ⅰ") + 1),
    (re.compile(rf"([{_STEMS}])\s*[.．、：:]"), lambda mark: _STEMS.index(mark) + 1),
    (re.compile(rf"[（(]\s*([{_STEMS}])\s*[)）]"), lambda mark: _STEMS.index(mark) + 1),
    (re.compile(rf"(?<![A-Za-z\d])([IVX]{{1,4}}){_LATIN_END}"), _ROMAN.get),
    (re.compile(rf"(?<![A-Za-z\d])([A-Za-z]){_LATIN_END}"), lambda mark: ord(mark.lower()) - ord("a") + 1),
    (re.compile(r"[（(]\s*([A-Za-z])\s*[)）]"), lambda mark: ord(mark.lower()) - ord("a") + 1),
    (re.compile(rf"([{_CHINESE}]{{1,3}})\s*[.．]"), chinese_number),
    (re.compile(rf"[第其]([{_CHINESE}]{{1,3}})\s*[，,、：:\s]\s*"), chinese_number),
    (re.compile(rf"(?<![^\s；;。，,])([{_CHINESE}]{{1,2}})是[：:，,]?\s*"), chinese_number),
)
"""Marks that only count if the next of the series follows: 1.1 and 1.2, a. and b., Ⅰ and Ⅱ."""
_BEGINS_MARK = re.compile(rf"[\dA-Za-z（(①-⒛Ⅰ-Ⅻⅰ-ⅻ第其{_CHINESE}{_STEMS}]")


def numbered(text: str, free: Callable[[int], bool] = lambda _: True) -> list[str] | None:
    """The elements of a numbered list without their marks; ``None`` if it is not numbered.

    A mark counts at the start of a line, or if it continues the sequence; ``free(position)``: a mark may be there.
    """
    start = len(text) - len(text.lstrip())
    if _BEGINS_MARK.match(text, start) is None:
        return None
    for marker in _MARKERS:
        if marker[0].match(text, start):
            return _counted(text, marker, free)
    for marker in _SERIES:
        if marker[0].match(text, start):
            pieces = _counted(text, marker, free)
            if len(pieces) > 1 and all(map(str.strip, pieces)):
                return pieces
    return None


def _counted(text: str, marker: _Marker, free: Callable[[int], bool]) -> list[str]:
    """The pieces after the marks of one kind."""
    pattern, value = marker
    pieces: list[str] = []
    last = behind = 0
    for match in pattern.finditer(text, len(text) - len(text.lstrip())):
        count = value(match[1]) or 0
        begin, end = match.span()
        goes_on = count == last + 1 or count == (last // _GROUP + 1) * _GROUP + 1  # 1.3 continues with 1.4 or 2.1
        if (not behind or goes_on or _begins_line(text, begin)) and free(begin):
            if behind:
                pieces.append(text[behind:begin])
            last, behind = count, end
    return [*pieces, text[behind:]]


_GROUP = 1_000
"""More than the elements of any list: the number of 1.1 is 1001."""


def _pair(mark: str) -> int:
    group, count = re.split(r"[.．\-－—–]", mark)
    return int(group) * _GROUP + int(count)


def _begins_line(text: str, index: int) -> bool:
    """Whether only blanks precede ``index`` on its line."""
    while index and text[index - 1] != "\n":
        index -= 1
        if not text[index].isspace():
            return False
    return True


_ONE_BAR = re.compile(rf"\d{{1,2}}(?=\s)|\d{{1,2}}(?=[\u4e00-\u9fff])(?!\d*[{_UNIT}])")
_NUMBER = re.compile(
    rf"\s*(?:(\d{{1,2}}(?:\s*[.．·]\s*\d{{1,2}}){{1,3}})(?!\d)[.．、\s]*(?:[-—–－:：]\s*)?"
    rf"|((?:\d{{1,2}}|[{_CHINESE}]{{1,3}}[.．]?)\s*[-—–－]\s*\d{{1,2}}|[{_CHINESE}]{{1,3}}\s*[.．]\s*\d{{1,2}})(?![\d{_UNIT}])[.．、\s]*"
    rf"|(\d{{1,2}})\s*[.．、)）:：]\s*(?!\d)|[（(【\[〔〈<]\s*(\d{{1,2}})\s*[)）】\]〕〉>][.．、]?\s*"
    rf"|([{_CHINESE}]{{1,3}})\s*[、.．]\s*|[（(【]\s*([{_CHINESE}]{{1,3}})\s*[)）】][.．、]?\s*|[①-⑳⑴-⒛]\s*"
    rf"|[（(]?[{_STEMS}]\s*[.．、)）]\s*"
    rf"|[{_CHINESE}]{{1,2}}[ \t\u3000]+(?=[\u4e00-\u9fff]{{2,}}\s*\Z)(?![{_UNIT}般支旦])"
    rf"|[Ⅰ-Ⅻⅰ-ⅻ]\s*[.．、)）]?\s*|[A-Za-z]\s*[.．、)）]\s*(?![A-Za-z\d])|第[{_CHINESE}]+(?:[章节部]分?|[、:：])\s*)"
)


_FRAMED = re.compile(r"\s*[（(〔\[【]\s*(\d{1,2}(?:\s*[.．－-]\s*\d{1,3}){1,2})\s*[）)〕\]】][、.．\s]*")
"""A dotted number in brackets: （2.3）职业介绍."""


def take_number(text: str) -> tuple[str | None, str]:
    """The number a name carries and the rest: ``1.2 岗位信息发布`` → ``1.2``; a name that is all number has none."""
    framed = _FRAMED.match(text)
    if framed is not None and text[framed.end() :].strip():
        return dotted_number(framed[1]), text[framed.end() :]
    match = _NUMBER.match(text) or _ONE_BAR.match(text.lstrip())
    if match is None:
        return None, text
    source = text if match.re is _NUMBER else text.lstrip()
    rest = source[match.end() :]
    if not rest.strip():
        return None, text
    if match.re is _ONE_BAR:
        return match[0], rest
    dotted, hyphened, plain, bracketed, chinese, chinese_bracketed = match.groups()
    if dotted or hyphened:
        return dotted_number(dotted or hyphened), rest
    counted = chinese_number(chinese or chinese_bracketed or "")
    return plain or bracketed or (str(counted) if counted else None), rest


def dotted_number(text: str) -> str | None:
    """``1.2`` for 1．2, 1-2, 一.2 and 一（二）; ``None`` if it is not a dotted number."""
    counts = [part for part in re.split(r"[.．·\-－—–()（）\s]+", text) if part]
    figures = [part if part.isdecimal() and part.isascii() else str(chinese_number(part) or "") for part in counts]
    return ".".join(figures) if len(figures) > 1 and all(figures) else None
