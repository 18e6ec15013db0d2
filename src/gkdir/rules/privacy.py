"""Privacy (GK9xx): no identity number, mobile phone or bank card of a person in any file that would be published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from msgspec.structs import replace

from gkdir.finding import Severity
from gkdir.model.county import Organisation
from gkdir.read.passages import Passage, Sealed
from gkdir.rules.rule import Context, Fault, rule

CITE = "政府信息公开条例第十五条：涉及个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开"

IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])"
    r"(?:\d{6}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3}[\dXx]|\d{4}(?:[ -]\d{4}){3}[ -]\d[\dXx]|\d{15})"
    r"(?![0-9A-Za-z])"
)
MOBILE = re.compile(
    r"(?<![0-9A-Za-z._])(?:(?:\+|00)?86[- ]?)?(1[3-9]\d(?:[- ]?\d{4}){2}|1[3-9]\d\d[- ]\d{3}[- ]\d{4})(?![0-9A-Za-z])"
)
CARD = re.compile(r"(?<![0-9A-Za-z._])[3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9A-Za-z])")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
OLD_LENGTH = 15
CARD_LENGTHS = range(16, 20)


@rule("GK901", "identity-number", "有居民身份证号码", on=Passage, cite=CITE)
def identity_number(passage: Passage, context: Context) -> Iterator[Fault]:
    """要发布的文件里有居民身份证号码。

    ## 为什么
    名单、表格里的身份证号码一旦公开，收不回来。号码按校验码核对，随手编的数字一般不会误报。

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
    return _found(passage, IDENTITY, _is_identity, "居民身份证号码", "请删去，或者只留前三位和后两位，中间用 * 代替。")


@rule("GK902", "mobile-number", "有个人手机号码", on=Passage, cite=CITE)
def mobile_number(passage: Passage, context: Context) -> Iterator[Fault]:
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

    def personal(number: str) -> bool:
        return number[-11:] not in _office_numbers(context)

    return _found(passage, MOBILE, personal, "手机号码", "请改用单位的固定电话；确是单位对外的手机，写进“机构”的电话。")


@rule("GK903", "bank-card", "有银行卡号", on=Passage, cite=CITE)
def bank_card(passage: Passage, context: Context) -> Iterator[Fault]:
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
    return _found(passage, CARD, _is_card, "银行卡号", "请删去，或者只留后四位。")


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
        match = MOBILE.search(text or "")
        if match:
            written = organisation.written.get(key)
            yield Fault(
                written.place if written else organisation.place,
                f"“{organisation.name}”的{key}是手机 {_masked(match[1])}",
                "请改用固定电话；确是单位专用、不随人走的手机，用“允许”写明理由。",
            )


@rule("GK905", "unsearchable-file", "文件查不了个人信息", on=Sealed, severity=Severity.WARNING, cite=CITE)
def unsearchable_file(sealed: Sealed, _context: Context) -> Iterator[Fault]:
    """一个文件加了密、太大或者打不开，程序没法在里面查个人信息。

    ## 为什么
    查不了，不等于没有。请人打开看一遍，或者换成能查的格式。

    ## 错误
    ```yaml forms/失业登记表/空白表.pdf
    %PDF-1.4 加了密的内容 %%EOF
    ```

    ## 正确
    ```yaml forms/失业登记表.yaml
    说明: 请用黑色签字笔填写。
    ```
    """
    yield Fault(sealed.place, f"没法在这个文件里查个人信息：{sealed.why}", "请去掉密码重新保存，或者换成 docx、xlsx。")


def _found(
    passage: Passage, pattern: re.Pattern[str], true: Callable[[str], bool], what: str, hint: str
) -> Iterator[Fault]:
    """One fault for each place, with all numbers of it masked."""
    matches = [match for match in pattern.finditer(passage.plain) if true(_bare(match))]
    if matches:
        place = passage.place
        if place.line is not None:
            place = replace(place, column=matches[0].start() + 1)
        yield Fault(place, f"有{what} {'、'.join(_masked(_bare(match)) for match in matches)}", hint)


def _bare(match: re.Match[str]) -> str:
    return re.sub(r"[ +-]", "", match[0])


def _masked(number: str) -> str:
    """The number as it may be shown: the first three and the last two."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def _is_identity(number: str) -> bool:
    if len(number) == OLD_LENGTH:
        return _is_day(f"19{number[6:12]}") and "11" <= number[:2] <= "65"
    check = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11
    return number[17].upper() == CHECKS[check] and _is_day(number[6:14])


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False


def _is_card(number: str) -> bool:
    if len(number) not in CARD_LENGTHS or _is_identity_like(number):
        return False
    total = 0
    for index, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_identity_like(number: str) -> bool:
    return len(number) == len(WEIGHTS) + 1 and _is_identity(number)


def _office_numbers(context: Context) -> frozenset[str]:
    county = context.county
    texts = [
        text
        for layer in (*county.above, county.overlay, *county.towns)
        for organisation in layer.organisations.values()
        for text in (organisation.phone, organisation.complaint_phone)
        if text
    ]
    return frozenset(re.sub(r"[ -]", "", match[1]) for text in texts for match in MOBILE.finditer(text))
