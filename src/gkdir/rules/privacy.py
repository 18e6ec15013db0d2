"""Privacy (GK9xx): no identity number, mobile phone or bank card of a person in any published file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from gkdir.finding import Place, Severity
from gkdir.model.county import Organisation
from gkdir.model.project import Project
from gkdir.model.searched import Passage, Searched
from gkdir.rules.personal import Number, NumberKind, mobiles, numbers
from gkdir.rules.rule import Context, Fault, Rule, rule

CITE = "政府信息公开条例第十五条：涉及个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开"

ALLOWANCES = "national/allowances.yaml"
"""The project's allowances for what all its counties share."""
_FOR_ALL = f"这是各县共用的，“允许”写在项目的 {ALLOWANCES} 里，写法同 county.yaml。"


@rule("GK901", "identity-number", "有居民身份证号码", on=Searched, cite=CITE)
def identity_number(searched: Searched, context: Context) -> Iterator[Fault]:
    """要发布的文件里有居民身份证号码。

    ## 为什么
    名单、表格里的身份证号码一旦公开，收不回来。号码按校验码核对，随手编的数字一般不会误报。
    “护照”“通行证”几个字后面的号码也算。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 已登记人员 990101199003078893
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 已登记人员 990*************93
    ```
    """
    del context
    return _identities(searched)


@rule("GK902", "mobile-number", "有个人手机号码", on=Searched, cite=CITE)
def mobile_number(searched: Searched, context: Context) -> Iterator[Fault]:
    """要发布的文件里有手机号码，又不是哪个机构的对外电话。

    ## 为什么
    个人的手机号码属于个人信息。单位对外公布的手机，写成机构的电话，就不再报错误。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 请联系张某 13800138000
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 请联系窗口 0600-5550101
    ```
    """
    return _mobiles(searched, lambda number: number not in _office_numbers(context))


@rule("GK903", "bank-card", "有银行卡号", on=Searched, cite=CITE)
def bank_card(searched: Searched, context: Context) -> Iterator[Fault]:
    """要发布的文件里有银行卡号。

    ## 为什么
    补贴发放名单最容易带出银行卡号。卡号按校验位核对。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 补贴打入 6222020000000000000
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 补贴打入本人社会保障卡
    ```
    """
    del context
    return _cards(searched)


@rule("GK904", "office-mobile", "单位电话是手机", on=Organisation, severity=Severity.WARNING, cite=CITE)
def office_mobile(organisation: Organisation, _context: Context) -> Iterator[Fault]:
    """机构的电话是一个手机号码。

    ## 为什么
    多半是某个工作人员自己的手机。人一换岗，电话就打不通，也泄露了他的号码。

    ## 错误
    ```yaml county.yaml
    机构:
      人社局:
        名称: 清源县人力资源和社会保障局
        地址: 清源县城关镇清源路18号
        办公时间: 周一至周五9:00—17:00
        电话: "13800138000"
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
    for key, text in (("电话", organisation.phone), ("监督电话", organisation.complaint_phone)):
        for number in mobiles(text or "")[:1]:
            written = organisation.written.get(key)
            yield Fault(
                written.place if written else organisation.place,
                f"“{organisation.name}”的{key}是手机 {number.masked}",
                "请改用固定电话；确是单位专用、不随人走的手机，用“允许”写明理由。",
            )


@rule("GK905", "unsearchable-file", "文件查不了个人信息", on=Searched, severity=Severity.WARNING, cite=CITE)
def unsearchable_file(searched: Searched, _context: Context) -> Iterator[Fault]:
    """一个文件，或者它里面的一部分，程序没法查个人信息：加了密、太大、打不开，是图片、扫描件、宏或者看不懂的格式。

    ## 为什么
    查不了，不等于没有。请人打开看一遍，或者换成能查的格式。

    ## 错误
    ```yaml forms/失业登记表/空白表.pdf
    %PDF-1.4 /Encrypt 加了密的内容 %%EOF
    ```

    ## 正确
    ```yaml forms/失业登记表.yaml
    说明: 请用黑色签字笔填写。
    ```
    """
    return _unseen(searched)


def project_faults(project: Project) -> Iterator[tuple[Rule, Fault]]:
    """(rule, fault) for each personal number in what every county publishes from the project."""
    for searched in project.searched:
        yield from ((identity_number, fault) for fault in _identities(searched))
        for forbids, faults in (
            (mobile_number, _found(searched, NumberKind.MOBILE, "请删去，或者改用单位的固定电话。")),
            (bank_card, _cards(searched)),
            (unsearchable_file, _unseen(searched)),
        ):
            yield from ((forbids, replace(fault, hint=f"{fault.hint}{_FOR_ALL}")) for fault in faults)


NAMES = {
    NumberKind.IDENTITY: "居民身份证号码",
    NumberKind.MOBILE: "手机号码",
    NumberKind.CARD: "银行卡号",
    NumberKind.PASSPORT: "护照、通行证号码",
}


def _identities(searched: Searched) -> Iterator[Fault]:
    hint = "请删去，或者只留前三位和后两位，中间用 * 代替。"
    yield from _found(searched, NumberKind.IDENTITY, hint)
    yield from _found(searched, NumberKind.PASSPORT, hint)


def _mobiles(searched: Searched, personal: Callable[[str], bool]) -> Iterator[Fault]:
    hint = "请改用单位的固定电话；确是单位对外的手机，写进“机构”的电话；不是手机号码的，用“允许”写明它是什么。"
    return _found(searched, NumberKind.MOBILE, hint, personal)


def _cards(searched: Searched) -> Iterator[Fault]:
    hint = "请删去，或者只留后四位；是单位的账号或者别的编码的，用“允许”写明。"
    return _found(searched, NumberKind.CARD, hint)


def _unseen(searched: Searched) -> Iterator[Fault]:
    if searched.unseen:
        yield Fault(
            searched.place,
            f"这个文件有程序看不了的地方，没法查个人信息：{'；'.join(searched.unseen)}",
            "请人打开看一遍；去掉密码、宏和用不着的图片、嵌入的文件后重新保存。看过没有的，用“允许”写明是谁看的。",
        )


def _found(
    searched: Searched, kind: NumberKind, hint: str, true: Callable[[str], bool] = lambda _: True
) -> Iterator[Fault]:
    """One fault for each line of a passage, with its numbers masked; repeated passages only report new numbers."""
    reported: set[tuple[str, int | None]] = set()
    for passage, numbered in _numbered(searched):
        by_line: dict[int | None, list[tuple[Place, Number]]] = {}
        for place, number in numbered:
            known = (number.figures, place.line) in reported
            if number.kind is kind and true(number.figures) and not (known and passage.again):
                by_line.setdefault(place.line, []).append((place, number))
        for line, of_line in by_line.items():
            reported.update((number.figures, line) for _, number in of_line)
            shown = dict.fromkeys(number.masked for _, number in of_line)
            yield Fault(of_line[0][0], f"有{NAMES[kind]} {'、'.join(shown)}", hint)


@lru_cache(maxsize=1)  # several rules in a row call this, each for one kind of number
def _numbered(searched: Searched) -> tuple[tuple[Passage, tuple[tuple[Place, Number], ...]], ...]:
    """The passages with personal numbers, and the numbers of each."""
    found = ((passage, tuple(numbers_with_places(passage))) for passage in searched.passages)
    return tuple(each for each in found if each[1])


def numbers_with_places(passage: Passage) -> Iterator[tuple[Place, Number]]:
    """The numbers of a passage, each with the place of its first digit; a passage may have several lines."""
    place, found = passage.place, numbers(passage.text)
    if place.line is None or not found:
        yield from ((place, number) for number in found)
        return
    ends = [-1, *(match.start() for match in re.finditer("\n", passage.text))]
    for number in found:
        line = bisect_left(ends, number.start) - 1
        first = (place.column or 1) if line == 0 else 1
        yield replace(place, line=place.line + line, column=first + number.start - ends[line] - 1), number


def _office_numbers(context: Context) -> frozenset[str]:
    county = context.county
    return frozenset(
        number.figures
        for layer in (*county.above, county.overlay, *county.towns)
        for organisation in layer.organisations.values()
        for text in (organisation.phone, organisation.complaint_phone)
        for number in mobiles(text or "")
    )
