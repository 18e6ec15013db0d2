"""A text → the personal numbers in it, without numbers that are something else according to the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from gkdir.read.longnumber import APART, LONG_NUMBER, PASSPORT, UNSEEN, plain

_LABEL = re.compile(
    r"(?:编码|代码|编号|文号|案号|单号|批号|批次|税号|序号|序列号|流水号|受理号|注册号|登记号|备案号|备案|标识码|识别号|信用代码"
    r"|条码|条形码|许可证号?|证书号?|批准号|项目号|订单号|发票号码?|户号|学号|工号|机构号|设备号|版本号?|公网安备|邮政编码|邮编"
    r"|ISBN|ISSN|DOI|MD5|SHA|序|ICP[备证]|公安备)"
    r"(?:[一二三四五六七八九十]|[（(][^（）()\d]{1,12}[）)])?(?:是|为|如下)?[\s:：|=＝#“”\"'，,]{0,8}(?-i:(?!TEL|WX|QQ)[A-Z]{1,4}-?)?\Z",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\d+[号项条]")
_OF_PERSON = re.compile(r"(?:身份证|社保卡|社会保障卡|残疾|银行卡|手机|电话|联系|个人|公民)[^，。；\s]{0,6}\Z")
"""Words that introduce a code of a person."""
_PHONE = re.compile(
    r"(?:电话|手机|联系|号码|拨打|致电|短信|微信|移动|tel|phone|mobile|mob|cell|wechat|wx|qq|call|whatsapp)"
    r"[^\d，。；]{0,12}\Z",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s{0,3}(?:"
    r"[.．]\d{1,2}(?!\d)|[百千万亿]{0,3}(?:美|港|欧|日|韩|澳)?元(?![旦宵月])|[百千万亿]{1,3}|圆整|人民币|RMB|CNY|USD"
    r"|人次|户次|人天|千瓦时?|度电|平方|立方|平米|公里|千米|公斤|千克|克|吨|亩|公顷|字节|bytes?|KB|MB|%|％|分之|倍|毫秒|秒)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:[￥¥$€]|(?:RMB|CNY|USD|人民币|金额|资金|总额|总计|合计|共计|投资|收入|支出|预算|决算|余额|税额|货值|造价|控制价|中标价"
    r"|成交价)(?:[（(][^（）()\d]{1,8}[）)])?(?:约?为|达到?|约)?[:：]?)\s{0,3}\Z",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?<!\d)0\.\Z|(?:[经纬]度?|坐标|[EN])[\s:：为,，（(]{0,3}\d{1,3}\.\Z")
_RATIO = re.compile(r"(?:比例尺?|配比|比率|比值|之比)(?:约?为|是|约)?[\s:：]{0,2}\d{1,4}\s?[:：]\s?\Z")
_TO_ONE = re.compile(r"\s?[:：]\s?1(?![\d.])")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff][〔\[（(](?:19|20)\d\d[〕\]）)]第?\s?\Z")
"""The year in the number of a document: 人社部发〔2023〕."""
_CARD_LABEL = re.compile(r"(?:卡号|银行卡|账[号户]|帐[号户]|存折)[^\d，。；]{0,12}\Z")
_UNIT_ACCOUNT = re.compile(
    r"专户|专用账[户号]|对公|单位账[户号]|基本账?户|一般账?户|结算账户|财政|国库|收款单位|缴费账[户号]|缴款|缴存|征收|"
    r"公积金账|社保基金|保险基金|工会账|党费|(?:户名|账户名称|开户名称|开户单位)[:：]?[^\d，。；]{0,30}(?:局|中心|公司|委员会|办事处|政府|所|站|院|校|会|厂)"
)
_URL = re.compile(
    r"(?:(?:https?|ftp)://|(?:[\w-]+\.)+(?:com|cn|net|org|gov)(?=[/:?]))[^\s\"'<>（）()，。；]*",
    re.IGNORECASE | re.ASCII,
)
_PAGE_NAME = re.compile(r"t(?:19|20)\d{6}_\Z|[\w-][/_]\Z")
_PAGE_KIND = re.compile(r"(?:_\d{1,6}){0,2}\.(?:s?html?|jsp|aspx?|php)(?![A-Za-z0-9])", re.IGNORECASE)
"""t20260301_13800138000.html: the file name of a page of a content management system."""
_PERSONAL_QUERY = re.compile(
    r"(?:tel|phone|mobile|sj|sjh|dh|lxdh|call|sms|contact|wa\.me|user)\w*[=:/+]*\Z", re.IGNORECASE
)
_CODE_BEFORE = re.compile(r"[0-9A-Za-z]+\Z")
_CODE_AFTER = re.compile(r"[0-9A-Za-z]+")
_CODE = 20
"""The least length of a code that cannot be a phone with letters attached."""
_LONGEST_URL = 500
_CONTEXT = 24
"""The characters before and after a number that are its context."""


def counted(text: str, start: int, end: int) -> bool:
    """Whether the number is a quantity (money, people, watts) or part of a decimal fraction."""
    before = text[max(0, start - _CONTEXT) : start]
    said = _MONEY.search(before) or _DECIMAL.search(before[-12:]) or _RATIO.search(before)
    return bool(said or _UNIT.match(text, end) or _TO_ONE.match(text, end))


def numbered(text: str, start: int) -> bool:
    """Whether the words before the number introduce the code or number of a thing."""
    before = text[max(0, start - _CONTEXT) : start]
    if _DOCUMENT.search(before):
        return True
    if before.endswith("第") and _ORDINAL.match(text, start):
        return _OF_PERSON.search(before[:-1]) is None
    label = _LABEL.search(before)
    return label is not None and _OF_PERSON.search(before[: label.start()]) is None


def labelled_phone(text: str, start: int) -> bool:
    """Whether the words before the number introduce a phone."""
    return _PHONE.search(text[max(0, start - _CONTEXT) : start]) is not None


def labelled_card(text: str, start: int) -> bool:
    """Whether the words before the number introduce a card or an account."""
    return _CARD_LABEL.search(text[max(0, start - _CONTEXT) : start]) is not None


def of_a_unit(text: str, start: int, end: int) -> bool:
    """Whether the account is labelled as that of an office or a fund."""
    return _UNIT_ACCOUNT.search(text[max(0, start - 2 * _CONTEXT) : end + _CONTEXT]) is not None


def in_address(text: str, start: int, end: int) -> bool:
    """Whether the number is part of a page's address, where it names the page, or of a long alphanumeric code."""
    for url in _URL.finditer(text, max(0, start - _LONGEST_URL), end):
        if url.end() > start:
            return _PERSONAL_QUERY.search(text[url.start() : start]) is None
    if _PAGE_KIND.match(text, end) and _PAGE_NAME.search(text[max(0, start - _CONTEXT) : start]):
        return True
    before = _CODE_BEFORE.search(text[max(0, start - _CONTEXT) : start])
    after = _CODE_AFTER.match(text[end : end + _CONTEXT])
    return before is not None and after is not None and len(before[0]) + len(after[0]) + end - start >= _CODE


class NumberKind(StrEnum):
    """The kinds of personal numbers."""

    IDENTITY = "identity"
    MOBILE = "mobile"
    CARD = "card"
    PASSPORT = "passport"


class Number(Struct, frozen=True):
    """A personal number: its digits, and its position in the text."""

    kind: NumberKind
    figures: str
    start: int

    @property
    def masked(self) -> str:
        """The number with only the first three and the last two characters shown."""
        return f"{self.figures[:3]}{'*' * (len(self.figures) - 5)}{self.figures[-2:]}"


class DigitRun(Struct, frozen=True):
    """A run of digits, what separates it from the previous run, and the position of each digit."""

    figures: str
    before: str
    places: tuple[int, ...]


MASKED = re.compile(r"\d{3}\*{4,}[\dX]{2}")
"""A number as ``Number.masked`` shows it."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
SHORTEST, OLD, NEW, DISABLED = 11, 15, 18, 20
CARDS = range(16, 20)
LONGEST = 120
"""The longest run of digits that is searched: longer ones are not lists of persons."""
_OLD_SHAPES = frozenset(((6, 6, 3), (6, 9), (12, 3), (6, 2, 2, 2, 3)))
"""Groups in which people write an old identity number: region, date of birth, serial number."""
_PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
)
"""The first two digits of an old identity number; case numbers begin with others, those of a year: 2026."""
_DIGEST = re.compile(r"(?<![0-9A-Za-z])(?=(?:[0-9]*[a-f]){8})(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9A-Za-z])")
"""The digest of a file (SHA-256, SHA-1, MD5), which may contain any eleven digits by chance."""
_ENTRY = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z])")
"""The id of an entry in a feed, which is made from a digest."""
_GROUP = re.compile(rf"\d(?:{UNSEEN}*\d)*")
_LETTER_X = re.compile(rf"{APART}{{0,8}}[Xx×ХхΧχ](?![A-Za-z])")
_MOBILE = re.compile(r"(?:(?:17951|12593|17909|17911|10193)?(?:(?:00)?86|0)?)(1[3-9]\d{9})")
_BEFORE_MOBILE = ("0", "86", "086", "0086", "17951", "12593", "17909", "17911", "10193")
"""Prefixes dialled before a mobile phone: country code, trunk prefix, cheap carriers."""
_MOBILE_WITHIN = re.compile(r"1[3-9]\d{9}")
_ISSUER = re.compile(r"6(?:0|2|5|8|9)|4|5[1-5]|35|955|9400")
"""The first digits of bank cards issued in China."""
_SHAPES = frozenset(((3, 4, 4), (4, 3, 4), (3, 3, 5), (3, 5, 3), (3, 8), (7, 4), (5, 6), (3, 2, 2, 2, 2), (3, 4, 2, 2)))
_THOUSANDS, _ONE_SIGN = (2, 3, 3, 3), frozenset(" .,-")
"""The groups of an amount of eleven digits, 13,800,138,000; and the characters that may separate a phone's digits."""
_CARD_SHAPE = re.compile(r"4444[1-3]?|4447|6(?:10|11|12|13)|484|46(?:[6-9]|44)|88[1-3]?")
_OFFICES = frozenset(((7, 4, 7), (7, 3, 8), (8, 3, 7)))
"""Groups from the end of an office's phone on, followed by another with area code: 0600-2090102 0600-2090102."""
_IN_LINE = re.compile(rf"[ {UNSEEN}\-._()（）+~*'#\[\]【】|]*")
_PARTED = re.compile("[\t\r\n|]")


@lru_cache(maxsize=1 << 10)  # called for the sources by several rules, and again for the pages
def numbers(text: str) -> tuple[Number, ...]:
    """The personal numbers in the text, in their order, each once at its position."""
    shown = plain(text)
    for made in (_DIGEST, _ENTRY):
        shown = made.sub(lambda one: "f" * len(one[0]), shown)
    found: list[Number] = []
    for run in LONG_NUMBER.finditer(shown):
        if possible(re.sub(r"\D", "", run[0])):
            found += _Run(shown, run).numbers()
    taken = {number.start for number in found}
    for match in PASSPORT.finditer(shown):
        group = match.lastindex or 1
        if match.start(group) not in taken:
            found.append(Number(NumberKind.PASSPORT, match[group], match.start(group)))
    return tuple(sorted(set(found), key=lambda number: number.start))


def possible(figures: str) -> bool:
    """Whether a sequence of digits may contain a personal number, whatever is between and around them."""
    if _MOBILE_WITHIN.search(figures):
        return True
    end = len(figures)
    return any(
        _is_old(figures[at : at + OLD])
        or _is_disguised(figures[at : at + NEW])
        or (_ISSUER.match(figures, at) and any(_luhn(figures[at : at + size]) for size in CARDS if at + size <= end))
        for at in range(end - OLD + 1)
    )


def mobiles(text: str) -> tuple[Number, ...]:
    """The mobile phones in the text."""
    return tuple(number for number in numbers(text) if number.kind is NumberKind.MOBILE)


class _Run:
    """The digit groups of one long number, and the personal numbers among them."""

    def __init__(self, text: str, run: re.Match[str]) -> None:
        self.text = text
        self.groups = tuple(_groups(text, run.start(), run.end()))
        self.taken: set[int] = set()

    def numbers(self) -> Iterator[Number]:
        for line in _boxes(self.groups):
            if all(group.before == ":" for group in line[1:]) and not labelled_phone(self.text, line[0].places[0]):
                continue  # 1:3:5 is the ratio of a mixture
            yield from self._within("".join(g.figures for g in line), tuple(p for g in line for p in g.places))
        for group in self.groups:
            yield from self._within(group.figures, group.places)
        for first in range(len(self.groups)):
            yield from self._from(first)

    def _from(self, first: int) -> Iterator[Number]:
        """The numbers that begin with the group ``first`` and continue in the next ones."""
        figures = ""
        places: tuple[int, ...] = ()
        for last in range(first, min(first + 13, len(self.groups))):
            figures += self.groups[last].figures
            places += self.groups[last].places
            if len(figures) > DISABLED + 1 or self.taken.intersection(places):
                return
            if last > first and len(figures) >= SHORTEST:
                window = self.groups[first : last + 1]
                yield from self._take(self._spread(figures, places, window), places)

    def _spread(self, figures: str, places: tuple[int, ...], window: tuple[DigitRun, ...]) -> Number | None:
        identity = self._identity(figures, places)
        if identity and self._identity_fits(window, identity.figures):
            return identity
        shape = tuple(len(group.figures) for group in window)
        gaps = tuple(group.before for group in window[1:])
        if len(figures) == OLD and shape in _OLD_SHAPES and _is_old(figures) and all(map(_IN_LINE.fullmatch, gaps)):
            return (
                Number(NumberKind.IDENTITY, figures, places[0]) if self._personal(places[0], places[-1] + 1) else None
            )
        mobile = _MOBILE.fullmatch(figures)
        if mobile and self._mobile_fits(window, mobile.start(1)):
            start = places[mobile.start(1)]
            return Number(NumberKind.MOBILE, mobile[1], start) if self._personal(start, places[-1] + 1) else None
        labelled = not any(_PARTED.search(gap) for gap in gaps) or labelled_card(self.text, places[0])
        if labelled and _CARD_SHAPE.fullmatch("".join(map(str, shape))):
            return self._card(figures, places)
        return None

    def _identity_fits(self, window: tuple[DigitRun, ...], figures: str) -> bool:
        """Whether people group an identity number in this way; in table cells only with one of its parts in each."""
        shape = tuple(len(group.figures) for group in window)
        if len(shape) == 3 and shape in _OFFICES and window[1].figures.startswith("0"):
            return False
        in_cells = any(_PARTED.search(group.before) for group in window[1:])
        return not in_cells or len(window) == 2 or shape[:2] == (6, 8) or (len(figures) == NEW and shape[0] == 6)

    def _mobile_fits(self, window: tuple[DigitRun, ...], ahead: int) -> bool:
        """Whether the groups are those of a phone, not of several amounts in a row.

        The first ``ahead`` digits are a prefix; only 0086 and +86 are certainly a country code.
        """
        first = window[0].places[0]
        abroad = window[0].figures.startswith("00") or (ahead == 2 and self.text[max(0, first - 1)] == "+")
        if abroad or window[0].figures.startswith("0") or window[0].figures in _BEFORE_MOBILE:
            window = _without_prefix(window, ahead)
        shape, gaps = tuple(len(group.figures) for group in window), tuple(group.before for group in window[1:])
        labelled = labelled_phone(self.text, first)
        zeros = any(group.figures.startswith("0") for group in window[1:])
        usual = shape in _SHAPES or len(shape) == 1 or (shape == (4, 7) and (labelled or window[0].figures[:2] != "19"))
        if not (usual or abroad or (labelled and len(shape) <= 6) or self._is_odd_grouping(window, shape, set(gaps))):
            return False
        across = any(_PARTED.search(gap) for gap in gaps)
        if across:
            broken = len(shape) == 2 and "\t" not in gaps[0] and "|" not in gaps[0]
            return broken or zeros
        return all(_IN_LINE.fullmatch(gap) for gap in gaps) or labelled or zeros

    def _is_odd_grouping(self, window: tuple[DigitRun, ...], shape: tuple[int, ...], gaps: set[str]) -> bool:
        """Whether one separator divides eleven digits as in no other kind of number.

        One group begins with 0, or all digits are single except those that people usually keep together.
        """
        start, end = window[0].places[0], window[-1].places[-1] + 1
        before, after = self.text[max(0, start - 2) : start], self.text[end : end + 2]
        if len(gaps) != 1 or not gaps <= _ONE_SIGN or shape == _THOUSANDS:
            return False
        if any(
            beside[at] in gaps and beside[1 - at].isdigit() for beside, at in ((before, 1), (after, 0)) if beside[1:]
        ):
            return False  # the same row continues with more digits
        padded = any(size > 1 and group.figures[0] == "0" for group, size in zip(window[1:], shape[1:], strict=True))
        dated = any(len(group.figures) == 4 and group.figures[:2] in ("19", "20") for group in window)
        joined = re.sub("11+", lambda alone: str(len(alone[0])), "".join(map(str, shape)))  # 31115 as 335
        return (padded and not dated) or tuple(map(int, joined)) in _SHAPES

    def _within(self, figures: str, places: tuple[int, ...]) -> Iterator[Number]:
        """The numbers in a run of digits without separators: one, or several without a gap."""
        if len(figures) < SHORTEST or len(figures) > LONGEST or self.taken.intersection(places):
            return
        for start in range(len(figures) - OLD):
            identity = self._identity(figures[start : start + NEW], places[start : start + NEW])
            if identity is not None:
                end = start + len(identity.figures.rstrip("Xx"))
                yield from self._take(identity, places[start:end])
                yield from self._within(figures[:start], places[:start])
                yield from self._within(figures[end:], places[end:])
                return
        yield from self._whole(figures, places)

    def _whole(self, figures: str, places: tuple[int, ...]) -> Iterator[Number]:
        mobile = _MOBILE.fullmatch(figures)
        if mobile:
            if self._personal(places[0], places[-1] + 1):
                yield from self._take(Number(NumberKind.MOBILE, mobile[1], places[mobile.start(1)]), places)
        elif len(figures) == OLD:
            unit = labelled_card(self.text, places[0]) and of_a_unit(self.text, places[0], places[-1] + 1)
            if _is_old(figures) and not numbered(self.text, places[0]) and not unit:
                yield from self._take(Number(NumberKind.IDENTITY, figures, places[0]), places)
        elif len(figures) in CARDS:
            yield from self._take(self._card(figures, places), places)
        elif len(figures) % 11 == 0 and len(figures) > 11:
            parts = [(figures[at : at + 11], places[at : at + 11]) for at in range(0, len(figures), 11)]
            if all(_MOBILE.fullmatch(part) for part, _ in parts):
                for part, where in parts:
                    yield from self._whole(part, where)

    def _identity(self, figures: str, places: tuple[int, ...]) -> Number | None:
        if len(figures) == NEW - 1 and _LETTER_X.match(self.text, places[-1] + 1):
            figures += "X"
        if len(figures) == DISABLED and figures[18] in "1234567" and figures[19] in "1234":
            figures = figures[:NEW]
        if len(figures) != NEW or not is_identity(figures):
            return None
        recent = figures[6:10] >= "2015"  # case numbers often contain the region and the day
        return None if recent and numbered(self.text, places[0]) else Number(NumberKind.IDENTITY, figures, places[0])

    def _card(self, figures: str, places: tuple[int, ...]) -> Number | None:
        if len(figures) not in CARDS or not _ISSUER.match(figures) or not _luhn(figures):
            return None
        start, end = places[0], places[-1] + 1
        if numbered(self.text, start) or of_a_unit(self.text, start, end) or not self._personal(start, end):
            return None
        return Number(NumberKind.CARD, figures, start)

    def _personal(self, start: int, end: int) -> bool:
        """Whether nothing around the digits says that they are a quantity, or the code of a thing."""
        text = self.text
        return not (counted(text, start, end) or numbered(text, start) or in_address(text, start, end))

    def _take(self, number: Number | None, places: tuple[int, ...]) -> Iterator[Number]:
        if number is not None and number.start not in self.taken:
            self.taken.update(places)
            yield number


def _without_prefix(window: tuple[DigitRun, ...], ahead: int) -> tuple[DigitRun, ...]:
    """The groups without the first ``ahead`` digits."""
    left: list[DigitRun] = []
    for group in window:
        cut = min(ahead, len(group.figures))
        ahead -= cut
        if cut < len(group.figures):
            left.append(DigitRun(group.figures[cut:], group.before, group.places[cut:]))
    return tuple(left)


def is_identity(figures: str) -> bool:
    """Whether the check digit and the date of birth are valid."""
    if figures[0] == "0" or figures[6:8] not in ("19", "20"):
        return False
    check = sum(int(figure) * weight for figure, weight in zip(figures, WEIGHTS, strict=False)) % 11
    return figures[17] == CHECKS[check] and _is_day(figures[6:14])


def _is_disguised(figures: str) -> bool:
    """Whether the digits are an identity number, or one without its final X."""
    whole = len(figures) == NEW and is_identity(figures)
    return whole or (len(figures) >= NEW - 1 and is_identity(f"{figures[: NEW - 1]}X"))


def _groups(text: str, start: int, end: int) -> Iterator[DigitRun]:
    before = start
    for match in _GROUP.finditer(text, start, end):
        places = tuple(at for at in range(match.start(), match.end()) if text[at] != UNSEEN)
        yield DigitRun("".join(text[at] for at in places), text[before : match.start()], places)
        before = match.end()


def _boxes(groups: tuple[DigitRun, ...]) -> Iterator[tuple[DigitRun, ...]]:
    """Sequences of single digits, as in boxes: one for each line, or one for all if every line has a single digit."""
    row: list[DigitRun] = []
    rows = [row]
    for group in groups:
        alone = len(group.figures) == 1
        new_line = "\r" in group.before or ("\n" in group.before and "\t" not in group.before)
        if not alone:
            if row:
                row = []
                rows.append(row)
                rows.append([])  # the next group does not continue the previous one
            continue
        if new_line and row:
            row = []
            rows.append(row)
        row.append(group)
    if all(len(one) <= 1 for one in rows) and all(len(group.figures) == 1 for group in groups):
        yield tuple(groups)
    else:
        yield from (tuple(one) for one in rows if len(one) >= SHORTEST)


def _is_old(figures: str) -> bool:
    return figures[:2] in _PROVINCES and figures[2:4] != "00" and figures[6:8] >= "10" and _is_day(f"19{figures[6:12]}")


def _is_day(figures: str) -> bool:
    try:
        return 1900 <= date(int(figures[:4]), int(figures[4:6]), int(figures[6:8])).year < 2100
    except ValueError:
        return False


def _luhn(figures: str) -> bool:
    total = 0
    for index, figure in enumerate(reversed(figures)):
        value = int(figure) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
