"""Phones (GK610, GK611): callable from anywhere, and complaints have another number than the office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.county import County, Organisation
from gkdir.model.guide import Guide
from gkdir.read.published import PublishedTexts
from gkdir.rules.guideparts import offices_of, place
from gkdir.rules.linesearch import LineSearch
from gkdir.rules.personal import mobiles
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import LocalGuide

NUMBER = re.compile(r"[48]00[- ]?\d{3,4}[- ]?\d{3,4}|(?:[(（]?0\d{2,3}[)）]?[-—－ ]?)?\d{3,20}")
LOCAL = re.compile(r"[2-9]\d{6,7}")
ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+|[（(]?邮编[:：]?\s*\d{6}[)）]?|\d+号")
"""Digits that are not phones: links, e-mail addresses, post codes, house numbers."""
WHOLE = re.compile(
    r"(?:010|02\d)[2-9]\d{7}|0[3-9]\d{2}[2-9]\d{6,7}"  # area code and number
    r"|[1-9]\d{2}|1[0-9]\d{3}|9\d{4}"  # short numbers: 110, 12333, 95566
    r"|400\d{7}|800\d{7}|1[3-9]\d{9}"
)


@rule("GK610", "same-phone", "咨询电话与监督电话相同", on=Organisation, severity=Severity.WARNING, requirement="R3.2b")
def same_phone(organisation: Organisation, _context: Context) -> Iterator[Fault]:
    """一个机构的电话与监督电话是同一个号码。

    ## 为什么
    投诉打到被投诉的窗口，等于没有监督。监督电话应当由另外的人接听。

    ## 错误
    ```yaml county.yaml
    机构:
      人社局:
        名称: 清源县人力资源和社会保障局
        地址: 清源县城关镇清源路18号
        办公时间: 周一至周五9:00—17:00
        电话: "0600-5550101"
        监督电话: "0600-5550101"
    ```

    ## 正确
    ```yaml county.yaml
    机构:
      人社局:
        名称: 清源县人力资源和社会保障局
        地址: 清源县城关镇清源路18号
        办公时间: 周一至周五9:00—17:00
        电话: "0600-5550101"
        监督电话: "0600-5550102"
    ```
    """
    if organisation.phone and digits(organisation.phone) & digits(organisation.complaint_phone or ""):
        written = organisation.written.get("监督电话")
        yield Fault(
            written.place if written else organisation.place,
            f"“{organisation.name}”的监督电话与电话相同，都是 {organisation.complaint_phone}",
            "请写另一个号码，由不办这件事的人接听；没有的，可以写 12345。",
        )


@rule(
    "GK611", "no-area-code", "电话没有区号", on=(Organisation, County),
    severity=Severity.WARNING, requirement="R3.2b",
)  # fmt: skip
def no_area_code(who: Organisation | County, _context: Context) -> Iterator[Fault]:
    """机构的电话，或者网站的联系方式里的电话，没有区号，或者位数不对。

    ## 为什么
    在外地打工的人看到没有区号的号码，打不通。12333 一类的短号不需要区号。

    ## 错误
    ```yaml county.yaml
    机构:
      人社局:
        名称: 清源县人力资源和社会保障局
        地址: 清源县城关镇清源路18号
        办公时间: 周一至周五9:00—17:00
        电话: "5550101"
        监督电话: "0600-5550102"
    ```

    ## 正确
    ```yaml county.yaml
    机构:
      人社局:
        名称: 清源县人力资源和社会保障局
        地址: 清源县城关镇清源路18号
        办公时间: 周一至周五9:00—17:00
        电话: "0600-5550101"
        监督电话: "0600-5550102"
    ```
    """
    if isinstance(who, County):
        contact = ADDRESS.sub("", who.overlay.website.contact or "")
        texts = [("联系方式", contact if NUMBER.search(contact) else None)]
        name, written, whole = "网站", who.overlay.website.written, who.overlay.place
    else:
        texts = [("电话", who.phone), ("监督电话", who.complaint_phone)]
        name, written, whole = who.name, who.written, who.place
    for key, text in texts:
        if text and not mobiles(text) and not callable_(text):  # another rule reports mobile phones
            yield Fault(
                written[key].place if key in written else whole,
                f"“{name}”的{key}“{text}”没有区号，或者位数不对",
                "请写成 0600-5550101 的样子；12333 一类的短号直接写。",
            )


@rule(
    "GK614", "guide-phones-same", "指南的咨询与监督投诉相同", on=Guide, severity=Severity.WARNING, requirement="R3.2b"
)
def guide_phones_same(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南的咨询电话与监督投诉电话是同一个号码。

    ## 为什么
    投诉打到被投诉的窗口，等于没有监督。不写的，会用办理机构自己的两个电话。

    ## 错误
    ```yaml guides/employment/4.1.md
    咨询: 0600-5550101
    监督投诉: 0600-5550101
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    咨询: 0600-5550101
    监督投诉: 0600-5550102
    ```
    """
    if guide.complaint is None:
        return
    consult = guide.consult or "、".join(office.phone or "" for office in offices_of(guide, context)[:1])
    if digits(consult) & digits(guide.complaint):
        yield Fault(
            place(guide, "监督投诉"),
            f"监督投诉“{guide.complaint}”与咨询电话相同",
            "请写另一个号码，由不办这件事的人接听；没有的，可以写 12345。",
        )


@rule(
    "GK622", "guide-phone-no-area-code", "指南的电话没有区号", on=(Guide, LocalGuide),
    severity=Severity.WARNING, requirement="R3.2b",
)  # fmt: skip
def guide_phone_no_area_code(guide: Guide | LocalGuide, _context: Context) -> Iterator[Fault]:
    """办事指南、乡镇和村的咨询或监督投诉里有一个号码没有区号，或者位数不对。

    ## 为什么
    在外地打工的人看到没有区号的号码，打不通。不写的，会用办理机构自己的电话。

    ## 错误
    ```yaml guides/employment/4.1.md
    咨询: 5550101
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    咨询: 0600-5550101，也可以拨打12333
    ```
    """
    if isinstance(guide, LocalGuide):
        texts = [("咨询", guide.guide.consult, guide.guide.written.get("咨询", guide.guide).place)]
    else:
        texts = [("咨询", guide.consult, place(guide, "咨询")), ("监督投诉", guide.complaint, place(guide, "监督投诉"))]
    for key, text, where in texts:
        if text and NUMBER.search(text) and not mobiles(text) and not callable_(text):
            yield Fault(
                where,
                f"{key}“{text}”里的号码没有区号，或者位数不对",
                "请写成 0600-5550101 的样子；12333 一类的短号直接写。",
            )


_LETTERS = "OoОоΟο○〇lIІі"
_FIGURE = f"[0-9{_LETTERS}]"
_AREA = rf"[0{_LETTERS[:8]}]{_FIGURE}{{2,3}}[-—－ ]?[2-9{_LETTERS}]{_FIGURE}{{6,7}}"
_TOLL_FREE = rf"[48]{_FIGURE}{{2}}[- ]?{_FIGURE}{{3,4}}[- ]?{_FIGURE}{{3,4}}"
_LABELLED = rf"(?<=[话线打电])[:：是为]?[ ]?(?:{_FIGURE}{{7,8}}|{_FIGURE}{{5}})"
_LETTERED = re.compile(rf"(?<![0-9A-Za-z./@_=-])(?:{_AREA}|{_TOLL_FREE}|{_LABELLED})(?![0-9A-Za-z/@_-])")


@rule("GK637", "lettered-phone", "电话号码里有字母", on=PublishedTexts, severity=Severity.WARNING, requirement="R3.2b")
def lettered_phone(published: PublishedTexts, _context: Context) -> Iterator[Fault]:
    """电话号码里的 0、1 写成了字母 O、l、I，或者圆圈。

    ## 为什么
    看着一样，点了拨不出去，复制了也打不通，按号码也查不出是谁的。

    ## 错误
    ```yaml pages/notices/fair.md
    标题: 招聘会
    日期: 2026-03-01
    正文: |
      报名电话：0600-555O1O1。
    ```

    ## 正确
    ```yaml pages/notices/fair.md
    标题: 招聘会
    日期: 2026-03-01
    正文: |
      报名电话：0600-5550101。
    ```
    """
    for text in published.texts:
        for at, number in _LETTERED_NUMBERS.found(text.text) if text.part != "name" else ():
            yield Fault(text.place(at), f"号码“{number}”里有字母或者圆圈", "请改成数字 0、1，再核对一遍。")


def _lettered(text: str) -> Iterator[tuple[int, str]]:
    for match in _LETTERED.finditer(text):
        number = match[0].lstrip(":：是为 ")
        letters = sum(character in _LETTERS for character in number)
        if letters and sum(map(str.isdigit, number)) > letters:
            yield match.start(), number


_LETTERED_NUMBERS = LineSearch(_lettered)


def digits(text: str) -> frozenset[str]:
    """The numbers in a text, only their digits."""
    return frozenset(re.sub(r"\D", "", number) for number in NUMBER.findall(text))


def callable_(text: str) -> bool:
    """Whether the text has a number, and all its numbers can be called from anywhere."""
    numbers = NUMBER.findall(re.split(r"转|分机", text)[0])
    # 0600-5550101/5550103: the second has the area code of the first
    return bool(numbers) and _whole(numbers[0]) and all(_whole(one) or LOCAL.fullmatch(one) for one in numbers[1:])


def _whole(number: str) -> bool:
    plain = re.sub(r"[^\d]", "", number)
    return WHOLE.fullmatch(plain) is not None
