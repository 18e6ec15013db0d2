"""依申请依据 (GK416, GK417): a named law, or a ground from the regulation, without words that weaken it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.read.leftover import alternatives, dangling, left_over, loosening, quoted
from gkdir.read.unread import CLAUSE, beside_title
from gkdir.rules.blank import one_of, says_nothing
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import GROUND, Edit

COLUMN = "ground"
CITED = re.compile(
    r"(?:政府信息公开|(?<![\u4e00-\u9fff]))条例》?\s*(?:（[^（）]*）)?\s*的?(?P<articles>第?\s*[\d一二三四五六七八九十百][^，。；（《]*条)"
)
"""The regulation, with the articles cited."""
NOT_PUBLIC = re.compile(r"(?:第|[、至到和])\s*(?:十[四五六]|1[456])\s*(?:条|[、至到和])")
"""Its articles about what is published only on request, or not at all."""
LAW = re.compile(
    r"《(?!某{1,6}(?:法|条例|规定|办法)》|内部|有关|相关|上级|本局|本单位|本县)[^《》]+(?:法|条例|规定|办法|规则|细则|决定|通则|法典|解释)(?:（[^（）]*）)?》"
)
"""The name of a law, a regulation or a rule; notices, minutes and instructions are not sufficient."""
_TALK = (
    "参照|参考|比照|原则上|可能|视情|酌情|一般|领导|内部|工作需要|疑似|大概|尽量|暂不|没有|不(?!动产)|未(?!成年)|无(?!线电|障碍)|非(?!物质)"
    "|[仅只除若拟]|如果|经(?:研究|同意|批准|审)"
)
BARE_LAW = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[参依按比][照据考])|(?<=[根依]据))"
    rf"(?:(?!{_TALK})[\u4e00-\u9fff]){{3,30}}?(?:条例|(?<![依合办方守执司无非做看想说手算用写违犯普立设没玩])法)(?=第|[（(、，；。,;]|\Z)"
)
"""The name of a law without 《》, at the beginning of a phrase or after 参照, 依据 and the like."""
GROUNDS = alternatives(
    """
        国家秘密 商业秘密 个人隐私 个人信息 国家安全 公共安全 经济安全 社会稳定 法律禁止公开
        行政法规禁止公开 法律、行政法规禁止公开 第三方合法权益 内部事务信息 内部事务 人事管理 后勤管理
        内部工作流程 过程性信息 讨论记录 过程稿 磋商信函 请示报告 行政执法案卷信息 行政执法案卷
    """
)  # fmt: skip
"""The grounds in 政府信息公开条例第十四条 to 第十六条."""
DENIED = re.compile(r"(?:不|未|无|没有|非)(?:存在|涉及|属于|含有|含|属|是)?\Z")


@rule(
    "GK416", "no-lawful-ground", "依申请依据不是法律依据", on=GROUND, requirement="R3.6c",
    cite="政府信息公开条例第十三条：除本条例第十四条、第十五条、第十六条规定的政府信息外，政府信息应当公开",
)  # fmt: skip
def no_lawful_ground(edit: Edit, context: Context) -> Iterator[Fault]:
    """依申请依据写的既不是哪部法律法规，也不是条例第十四条至第十六条列举的情形；引的是条例别的条款；或者附着原则上、参照、可能一类的话。

    ## 为什么
    除依法不予公开的以外，应主动公开。领导要求、工作需要、按规定都不是依据；会议纪要、通知也不能代替法律法规；
    说不准是不是的，也不能不主动公开。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开方式: [依申请], 依申请依据: 领导要求}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开方式: [依申请], 依申请依据: 《中华人民共和国政府信息公开条例》第十五条，涉及个人隐私}
    ```
    """
    ground = edit.step.ground
    if ground is None or not ground.text.strip():
        return
    cited = CITED.search(ground.text)
    left = _unread(ground.text)
    kind = loosening(left, COLUMN)
    if not _lawful(ground.text, context):
        message = f"依申请依据“{ground.text}”没有写明是哪部法律法规，或者条例列举的哪一种情形"
    elif cited and not NOT_PUBLIC.search(cited["articles"]):
        message = f"依申请依据写着条例{cited['articles']}，可以不主动公开的情形在第十四条至第十六条"
    elif kind is not None:
        message = f"依申请依据里，{quoted(left)}{kind.does}"
    else:
        return
    yield Fault(
        ground.place,
        f"“{edit.item.name}”的{message}",
        "请写明法律法规的名称，如《中华人民共和国政府信息公开条例》第十五条，涉及个人隐私；没有依据的，改回主动公开。",
    )


@rule(
    "GK417", "doubtful-ground", "依申请依据需人工核对", on=GROUND, severity=Severity.WARNING, requirement="R3.6c",
    cite="政府信息公开条例第十三条：除本条例第十四条、第十五条、第十六条规定的政府信息外，政府信息应当公开",
)  # fmt: skip
def doubtful_ground(edit: Edit, context: Context) -> Iterator[Fault]:
    """依申请依据写了法律法规或者法定情形，又写了别的话，程序没有读懂。

    ## 为什么
    依据写得越明白，群众越知道能不能申请、向谁申请。没有读懂的话可能否定了前面的依据，所以请人看一看。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开方式: [依申请], 依申请依据: 《中华人民共和国政府信息公开条例》培训材料}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开方式: [依申请], 依申请依据: 《中华人民共和国政府信息公开条例》}
    ```
    """
    ground = edit.step.ground
    if ground is None or not _lawful(ground.text, context):
        return
    left = _unread(ground.text)
    if left and loosening(left, COLUMN) is None:
        yield Fault(
            ground.place,
            f"“{edit.item.name}”的依申请依据里，{quoted(left)}没有读懂",
            "请只写法律法规的名称和属于哪一种情形；确实要写的，用“允许”写明理由。",
        )


def _lawful(text: str, context: Context) -> bool:
    if says_nothing(text) or one_of(context.reference.words.placeholders).search(text):
        return False
    named = LAW.search(text) is not None or BARE_LAW.search(text) is not None
    return named or any(not DENIED.search(text[: match.start()]) for match in GROUNDS.finditer(text))


def _unread(text: str) -> tuple[str, ...]:
    """The words that are neither the name of a law nor a ground."""
    beside = "，".join(beside_title(text)) if "《" in text else text
    return (*dangling(text), *left_over(beside, (BARE_LAW, GROUNDS, CLAUSE), COLUMN))
