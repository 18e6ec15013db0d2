"""A column and the text of a cell → why the text is ambiguous, and what to write instead.

Spreadsheet programs convert phones, times and dates that look like numbers. The results look like texts to us; here
they are recognised.
"""

from __future__ import annotations

import re

from gkdir.excel_form.table import TableColumn, Takes
from gkdir.read.text import nfkc

Why = tuple[str, str]
"""What is wrong, what to do."""

_HOURS = "请写哪几天、几点到几点，如 周一至周五9:00—12:00；先把这一格设为“文本”格式，时间才不会变成数字。"

_DITTO = re.compile(
    r"[〃″”“\"＂々仝'’‘]+"
    r"|[(（]?(?:内容)?(?:同|见|如|参见|参照|参考|详见|依|与|和|跟)+(?:以?[上下左右前后]|[本该]表)(?:一|面|述|边|方|两|几)?"
    r"(?:行|格|栏|项|列|表|条|款|文|级|个|事项|单元格|所述|内容|规定)*(?:的?(?:内容|一样|一致|相同|同))?[)）]?"
    r"|[以]?[上左前](?:同|述)|(?:同|见|参见|参照)第?\s*[\dA-Za-z一二三四五六七八九十.]+\s*(?:行|格|栏|项|列|条)?"
    r"|同|ditto|idem|ibid\.?|do\.",
    re.I,
)
_FAULT = re.compile(
    r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)|^#{3,}$", re.M
)
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?|[-+]?\.\d+")
_POWER = re.compile(r"[-+]?\d+(?:\.\d+)?[Ee][-+]?\d+")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AP]M)?", re.I)
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?: \d{1,2}:\d\d(?::\d\d)?)?|\d{1,2}月\d{1,2}日?")
_COUNT = "[0-9.〇零一二两三四五六七八九十百千]+"
_UNITLESS = re.compile(rf"[约近]?{_COUNT}\s*(?:[-—–~至到+]+\s*{_COUNT})?\s*\+?个?(?:左右|以内|之内|内)?")
_FRACTION = re.compile(r"(?<![\d.])0?\.\d+(?![\d.])")
_ELSEWHERE = re.compile(r"同(?![一时级步等意])|见(?!面)|参见|参照|参考|详见|如上|依上")
_LONG_CODE = re.compile(r"(?<![\d.-])[1-9]\d{8,}(?:\.\d+)?(?![\d.])")
_FREE_OF_ZERO = re.compile(r"[48]00\d{7}|1[3-9]\d{9}")
"""Service and mobile numbers, which do not begin with 0."""


def doubtful(column: TableColumn, text: str) -> Why | None:
    """Why the text is ambiguous; ``None`` if it is not."""
    flat = nfkc(text).strip()
    if column.takes is not Takes.TICK:
        ditto = next((each for each in text.split("\n") if _DITTO.fullmatch(each.strip().rstrip("。.;；"))), None)
        if ditto is not None:
            return f"“{ditto}”没有写明是什么。", "请把内容写全，不要写“同上”。"
    if _FAULT.search(flat):
        return f"这一格是出错的公式或者显示不下的内容（{flat[:20]}）。", "请改成文字。"
    if any(_POWER.fullmatch(each.strip()) for each in flat.split("\n")):
        return f"“{flat}”是科学记数法，后面的数字已经丢了。", "请先把这一格设为“文本”格式，再重新写一遍。"
    if column.takes in (Takes.PHONE, Takes.HOURS, Takes.LIMIT) and _ELSEWHERE.match(flat):
        return f"“{flat[:20]}”没有写明是什么。", "请把内容写全：每一格都单独公布，看不到别的格。"
    if column.takes is Takes.PHONE:
        return _phone(flat)
    if column.takes in (Takes.DAY, Takes.TICK, Takes.ITEMS) or column.count or column.only:
        return None
    return _bare(column, flat)


def _phone(flat: str) -> Why | None:
    for match in _LONG_CODE.finditer(flat):
        if not _FREE_OF_ZERO.fullmatch(match[0]):
            hint = "请先把这一格设为“文本”格式，再写一遍，区号前的 0 不能少，如 0600-5550101。"
            return f"“{match[0]}”像是电话变成了数字，开头的 0 丢了。", hint
    if re.fullmatch(r"\d*\.\d+|\d{1,2}|-\d+", flat):
        return f"“{flat}”不是电话号码。", "请先把这一格设为“文本”格式，再写一遍，带区号，如 0600-5550101。"
    return None


def _bare(column: TableColumn, flat: str) -> Why | None:
    """A number, a time or a date alone in a cell that needs words."""
    if column.takes is Takes.HOURS and _FRACTION.search(flat):
        return f"“{flat[:30]}”像是时间变成了数字。", _HOURS
    if column.takes is Takes.LIMIT and not _NUMBER.fullmatch(flat) and _UNITLESS.fullmatch(flat):
        return f"“{flat}”没有写单位，不知道是多少什么。", "请写明单位，如 5个工作日。"
    if _NUMBER.fullmatch(flat):
        message = f"“{column.label}”只写了一个数字“{flat}”，不知道是多少什么。"
        if column.takes is Takes.LIMIT:
            return message, f"请写明单位，如 {flat if flat.isdigit() else '5'}个工作日。"
        if column.takes is Takes.HOURS:
            return f"“{flat}”像是日期或者时间变成了数字。", _HOURS
        return message, "请写成一句话，带上单位；如果原来是日期或者时间，请先把这一格设为“文本”格式再写。"
    if _CLOCK.fullmatch(flat) and column.takes in (Takes.HOURS, Takes.LIMIT):
        return f"“{flat}”只是一个时刻。", "请写哪几天、几点到几点，如 周一至周五9:00—12:00。" if (
            column.takes is Takes.HOURS
        ) else "请写时限，如 5个工作日。"
    if _DAY.fullmatch(flat) and column.takes in (Takes.HOURS, Takes.LIMIT):
        return (
            f"“{flat}”只是一个日期。",
            "请写时限，如 5个工作日；原来写的如果是“3-1”这样的，请先把这一格设为“文本”格式。",
        )
    return None
