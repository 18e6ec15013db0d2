"""不列入 (GK202, GK217): the reason says that the place does not do this business, and nothing contradicts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gkdir.finding import Severity
from gkdir.model.county import Omitted
from gkdir.read.leftover import alternatives, left_over, loosening, quoted
from gkdir.rules.blank import says_nothing
from gkdir.rules.rule import Context, Fault, rule

COLUMN = "reason"
NO_REASONS = ("不列入", "是", "true")
"""Further fillers that people write instead of a reason."""
_DO = "开展|办理|受理|开办|承办|承接|设立|涉及|实施|经办|发生|建立|设置|组织|开设|承担|存在|提供|启动|覆盖|行使"
_NO_OFFICE = "(?!(?:服务)?(?:局|厅|处|科|股|中心|部门|机构|机关|系统|平台|窗口))"
"""Not followed by a word for an office: 管理局 and 经办机构 are names."""
_MOVED = "划转|划入|移交|划归|调整|并入|合并|剥离|下放"
_TO = "(?:至|到|给|由|为)[^，。；]{1,24}?(?:局|厅|委|中心|部门|机构|单位|办|所|院|级|[市省县区镇乡]级?)"
_OTHER_OFFICE = "[^，。；其他]{1,12}?(?:局|厅|委|中心|部门|机构|单位|级|市|省)"
_ORGAN = "局|厅|委|(?<!内)部|中心|机关|机构|单位|院|所|级|市|省|州|税务|医保|政府|社保|法院|银行|工会|联合会|残联|妇联"
"""Words for an office that does it instead; not for persons or companies."""
_HANDLE = (
    "受理|征收|征缴|制卡|支付|办理|负责|经办|承办|实施|管理|统一|集中|审批|审核|认定|发放|组织|开展|承担|承接|行使"
)
_ELSEWHERE = (
    "市级|市里|市人|市社|市公|市政|市就|市劳|省|国家|税务|医保|医疗保障|民政|教育|残联|公积金|其他|外地|设区的市"
)
"""Words for other offices where people can go."""
_GONE = "取消|停止|停办|废止|终止|到期|结束"
NOT_HERE = re.compile(
    r"(?:未|没有)(?:设立|设置|设|建立|建有|建成|建)[^，。；（）]{2,20}?(?:委员会|机构|[院学高]校|医院|市场|基地|园区)"
    rf"|(?:[尚从并均皆]?[未没不]|没有|未曾|不再)(?:有|曾|能)?(?:{_DO})"
    r"|未(?:被)?(?:[列纳]入|列为|确定为)[^，。；目录公开]{0,12}?试点"
    rf"|(?:由|归|属于|属(?!于))(?![我本][局县单级])[^，。；]{{0,28}}?(?:{_ORGAN})[^，。；]{{0,20}}?(?:(?:{_HANDLE}){_NO_OFFICE}|事权|职权|权限|职责)"
    r"|(?:[省市]|国家)级(?:业务|事项|事权)|(?:权限|职能|职责|事权)(?:在|归|属于?)(?:[省市]级?|国家|上级)"
    r"|(?:无|没有)(?![^，。；]{0,4}?(?:公开|(?:工作|业务|专业|专职|经办)人员|人员?负责))[^，。；未不需须]{0,12}?(?:业务|事项|企业|机构|单位|人员|情形|项目|服务|权限|职能|对象|资源|职责|案例|[院学高]校|大学|矿山|群体|基地|园区|劳动者|[农居渔牧移]民|家庭|政策|补贴|外国人)"
    r"(?!的?(?:办理|经办)?(?:窗口|人员|经费|设备|场地|系统|软件|平台|账号|专网))"
    r"|不(?:在|属于?|归)[本我](?:局|级|县|部门|单位)(?:职责|职能|权限|范围|管理|管辖|办理|负责|承担)?(?=[，。；（(]|\Z)"
    rf"|无权(?:限)?(?:{_DO}|审批|受理|实施)"
    r"|(?:由|参加|实行)[市省][^，。；]{0,8}?统筹|不是试点|非试点"
    r"|不(?:在|属于|是|具有|具备|承担|纳入)(?![^，。；]{0,4}(?:公开|重点|常用|热门|主要|常见|核心|高频|日常))[^，。；]{2,40}?(?:内|范围|职责|职能|权限|试点|之列|地区|区域|资格|事项|业务)"
    r"|(?:全县|辖区|县内|境内|县域)内?(?:无|没有)(?![^，。；]*(?:人手|经费|要求|需求|必要|条件|能力|依据|通知|公开|窗口|申请))[^，。；无未不]{2,8}(?=[，。；（(]|\Z)"
    r"|(?:执行|有效|实施)期限?(?:已|现已)?(?:届?满|结束)(?!后)"
    rf"|(?:国家|省|市)级(?:[^，。；县乡镇我本可]{{0,10}}?(?:局|厅|委|中心|部门|机构))?(?:统一|集中|直接)*(?:{_HANDLE}){_NO_OFFICE}"
    rf"|(?:到|去|向|在)[^，。；]{{0,6}}?(?:{_ELSEWHERE})[^，。；]{{0,16}}?(?:办理|申请|咨询|办结)"
    rf"|自[^，。；]{{4,12}}?起(?:已|全面|正式|不再|统一)*(?:{_GONE})(?:受理|执行|发放|实施|申领|申报|办理)"
    rf"|(?:已(?:经|于[^，。；]{{1,12}}?)?)?(?:{_MOVED}|上收)(?:{_TO}|{_OTHER_OFFICE})|已(?:经|于[^，。；]{{1,12}}?)?上收"
    rf"|已(?:经|于[^，。；]{{1,16}}?)?(?:{_GONE})(?!公开|发布)"
    r"|(?:国家|国务院|省|市|上级)[^，。；将拟可或计划研究考虑准备打算]{0,16}?(?:取消|停止|终止|废止)(?!公开|发布)"
)
"""Valid reasons: the place does not do this business, another place does it, or it no longer exists."""
DONE_HERE = re.compile(
    rf"(?:已经|已|现已|正在|仍在|仍|继续|恢复|重新|部分|个别|少量|偶尔|有时|曾经?)[^，。；,;（）()未没无不由归划至到停取终废撤并]{{0,14}}?(?:{_DO}|接手|恢复|运行)"
    r"|(?:只|仅)(?:负责|承担)?(?:受理|收件|代办|代收|初审|咨询)"
    r"|(?<!原)(?:由|归口?)(?:我[局县]|本(?:局|单位|级|中心|股室?)|下属|直属|所属|单位内部|内部|领导|办公室|专人|工作人员|代办员|窗口)[^，。；]{0,16}?"
    rf"(?:{_HANDLE}|办|统筹)"
    r"|(?:到|去|向|在)[^，。；市省州国]{0,6}?(?:我局|本局|窗口|网上|线上|手机|网站|小程序|便民)[^，。；]{0,12}?(?:办理|申请|申领|咨询|查询)"
)
"""Words that say that the business is done after all, or by this office: 已于2024年开展, 由我局办理."""
_OWN_OFFICE = (
    "县级?(?:人社|人力资源|就业|社保|社会保险|公共就业|政务服务|劳动)|县[局里级]"
    "|乡镇|(?:各|本)[乡镇村]|街道|社区|村[里委级民]|便民服务|基层"
)
COUNTYS = re.compile(
    rf"(?<![不未非无])(?:由|归口?|属于?)各?(?:{_OWN_OFFICE})[^，。；]{{0,16}}?(?:{_HANDLE}|事权|职权|权限|职责)"
    rf"|(?<![由不非无])县级(?:统一|负责|同步|也|可以?)*(?:{_HANDLE}|初审|收件|代办)"
    rf"|(?:下放|下沉|委托|授权|[移划转]交|划转|调整)(?:至|到|给|由|为)?(?:{_OWN_OFFICE}|[我本][县局])"
    rf"|(?:到|去|向|在)(?:{_OWN_OFFICE})[^，。；]{{0,12}}?(?:办理|申请|申领|咨询)"
)
"""The same for a county: its own offices, townships and villages do it. For a township, the county is another place."""
_EMPTY = alternatives(
    """
        暂时 暂缓 暂不 暂 不予 不 未 列入 纳入 公开 本县 我县 本地 本区 本市 本单位 县里 我局 目录 领导 要求
        指示 安排 决定 研究 经 工作 需要 原因 因故 因 由于 其他 特殊 情况 不宜 不便 无法 待定 视 上级 规定 按照
        按 根据 依据 相关 有关 的 此项 此 该项 该 事项 业务 适合 适宜 无需 没必要 必要 没有 有 客观 实际 综合
        考虑 目前 现 再 以后 今后 另行 通知 处理 考量 统一 会议 各种 种种 某些
    """
)  # fmt: skip
"""Words without content that a reason may consist of."""
_OBJECT = alternatives(
    """
        此项 此类 该项 该类 这项 这类 本项 上述 相关 此 该 这 业务 事项 服务 工作 试点 项目 活动 职能 任务 情形
        和 及 与 的 了 过 等 一 来华 就业
        本县 在 县级 范围 申请 登记 手续 权限 机构 窗口 人员 企业 单位 对象 内 培训 评价
        中心 部门 委员会 停止 执行 县 地区 职责 职权 权责 责任 补贴 补助 奖补 待遇 政策 资金 人事 档案
        征收 征缴 制卡 支付 承担
        考试 办理 受理 负责 实施 审批 经办 管理 承办 组织 发放 认定 统一 集中 直接 行政许可 行政审批 许可 审批 办理权限
    """
)  # fmt: skip
"""The business that is not done, which may follow."""
_HEDGES = re.compile(
    r"原则|一般(?!纳税)|通常|暂[不缓停定]|基本(?!养老|医疗|生活|公共|保险)|大致|大体|部分(?!行业|积累)|个别|酌情|视情|必要时|可能|或许|大概"
    r"|据说|听说|据称|似乎|好像|估计|待定|除外|除了|多数|大部分|不一定|不确定|尽量|适时|择机|临时(?!救助|工)|有时|或者说|其[他它余]|[仅只]"
    r"|(?:拟|将|计划|预计|正在|准备|待)\Z"
    r"|(?<![12]\d{3}年起)[今去当前本][年月周季]|[上下]半年|[上本]季度|上月|近期|最近|近[\d一二三四五六七八九十两几数]*个?[年月]|(?:多|数|[\d一二三四五几])年来|多年|长期|一直|连年"
)
"""Words that weaken "the business is not done here" if they are in front of it."""
_CLAUSES = re.compile(r"[，,。；;：:、\n]")
_HERE = (
    "本县",
    "我县",
    "本地",
    "本区",
    "我区",
    "本市",
    "我市",
    "本旗",
    "全县",
    "辖区",
    "县内",
    "本辖区",
    "我局",
    "本局",
)
_LEAD = alternatives(
    """
        目前 现在 现 至今 截至目前 因 因为 由于 经核实 经查 经核查 据查 鉴于 该 此 本 在 由 是 的
        权责清单 权力清单 责任清单 中 里 内
    """
)
"""Words that may precede a valid reason."""
_AUTHORITY = re.compile(
    r"(?:按照?|根据|依据|依照|经)?(?:国家|国务院|[^，。；领导]{0,4}(?:省|自治区|市)(?:委|级)?(?:人民)?政?府?)(?:统一)?(?:批准|同意|授权|规定|要求|部署|决定)"
)
"""A higher authority that decided so: 经省政府批准."""
_CONSEQUENCE = re.compile(
    rf"(?:县级|本级|[本我]县)(?:[均都]?[不未]|没有)(?:再|单独|另行|具体)*(?:{_DO})|(?:停止|终止|不再)(?:{_DO}|受理|执行|发放|申领|申报)|(?:不|未|没有)(?:单独)?(?:设|设置|设立|配备)(?:受理)?窗口"
)
"""The consequence, in a separate clause: 政策已到期，停止受理."""
_BUSINESS = re.compile(
    r"(?!.*(?:公开|公示|发布|上网|更新|梳理|目录|录入|宣传|统计))[^，。；]{1,20}(?:业务|事项|服务|工作|项目|补贴|鉴定|认定|登记|备案|培训|见习|申领|许可)"
)
"""The name of what is not done: 未开展流动人员人事档案管理服务."""
_MEANS = re.compile("的(?:人员|人手|人力|经费|资金|设备|场地|系统|条件|能力|窗口|精力)")
"""A lack of means, which does not mean that it is not done here: 没有开展此项业务的人员."""
_LACKING = re.compile(
    "(?:人员|人手|人力|编制|力量|经费|资金|财力|设备|场地|系统|条件|能力|精力)(?:严重|暂时|均|都|还|尚)*"
    "(?:不足|不够|紧张|有限|短缺|缺乏|欠缺|缺少|不具备|不成熟|不允许|[未没不]到位|老化|故障)|(?:缺少?|缺乏|欠缺)(?:人员|人手|人力|编制|力量|经费|资金|设备|场地|系统)"
)
"""The same as a cause: 人员不足，未能开展."""
_NOBODY_ASKS = re.compile(
    r"(?:无|没有)[^，。；]{0,10}(?:人员?|民|者|群体|家庭|企业|单位|对象)(?:前?来)?(?:申请|咨询|申报|报名|办理)"
)
"""Nobody has asked for it, which does not mean that it is not done."""
_CAUSE = re.compile(r"(?:因为?|由于|受)([^，。；]+)")
_REORGANISED = re.compile("(?:本县|机构|体制|职能|职责|行政|区划|改革|调整|划转|统筹|层次|提高|后)+")
_HANDLED = re.compile("备案|许可|审批|审核|核定|申请")
"""Words in names of items that would be a condition in a reason."""
_TITLE = re.compile(r"《[^》]*》")
_AHEAD = re.compile("拟|将[于在]|计划|预计|争取|准备|力争|明年|后年|届时")
_STOPS = re.compile("停止|停办|终止|取消|不再|废止|撤销|失效|到期|截止|结束|为止")
_DAY = re.compile(r"(20\d\d)年(?:(\d{1,2})月(?:份|(\d{1,2})日)?|([底末]))?")
SHORT = 10
"""The most characters of a clause that weakens the reason if it has a loosening word."""
_REMARK = re.compile(r"[（(]([^（）()]*)[)）]")
_NAMED = re.compile(r"《|〔|\d{4}年|文件|省|市")


@rule("GK202", "omission-without-reason", "不列入没有写明理由，或者自相矛盾", on=Omitted, requirement="R3.1e")
def omission_without_reason(omitted: Omitted, context: Context) -> Iterator[Fault]:
    """一个事项不列入本地目录，却没有说明为什么；或者说的是暂不列入、工作需要，或者自己又说已经开展了、以后才停办。

    ## 为什么
    通知三（一）允许本地没有开展的业务不列入。是没有开展，还是漏了，要写明，群众和上级才看得懂。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "9.1": {不列入: ""}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "9.1": {不列入: 由设区的市受理，本县未开展此项业务}
    ```
    """
    reason = omitted.omission.reason.strip()
    if _empty(reason):
        problem = "没有写明理由" + (f"（只写了“{reason}”）" if reason else "")
    elif contradiction := _done_here(omitted):
        problem = f"理由里又写着“{contradiction[0]}”"
    elif day := _ahead(reason, context.today):
        problem = f"理由里说的{day}还没有到，现在还在办"
    else:
        return
    hint = "请写明理由，如 不列入: 本县未开展此项业务；本县其实开展的，请删去这一行。"
    if omitted.omission.shared:
        hint = "请写一个对各项都合适的理由，如 不列入的理由: 本县未开展此项业务；其实开展的，在“事项”里删去它的那两行。"
    yield Fault(omitted.omission.place, f"“{omitted.item.name}”不列入，但{problem}", hint)


@rule(
    "GK217", "doubtful-omission", "不列入的理由需人工核对", on=Omitted, severity=Severity.WARNING, requirement="R3.1e"
)
def doubtful_omission(omitted: Omitted, context: Context) -> Iterator[Fault]:
    """不列入的理由看不出是本地没有开展这项业务，或者还附着程序没有读懂的话。

    ## 为什么
    通知三（一）只允许本地没有开展的业务不列入。理由要让人看得出：没有开展，由哪一级、哪个单位办，还是已经取消。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "9.1": {不列入: 来办的人很少}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "9.1": {不列入: 由设区的市人力资源社会保障局受理}
    ```
    """
    reason = omitted.omission.reason.strip()
    if _empty(reason) or _done_here(omitted) or _ahead(reason, context.today):
        return
    if NOT_HERE.search(reason) is None:
        message = f"“{reason}”看不出是本地没有开展"
    elif left := _left(reason):
        message = f"{quoted(left)}没有读懂"
    else:
        return
    yield Fault(
        omitted.omission.place,
        f"“{omitted.item.name}”不列入的理由里，{message}",
        "请写明本地没有开展，或者由哪个单位办，如 由设区的市受理，本县未开展此项业务；核对无误的，用“允许”写明理由。",
    )


def _done_here(omitted: Omitted) -> re.Match[str] | None:
    reason = omitted.omission.reason
    here = DONE_HERE.search(reason)
    return here or (COUNTYS.search(reason) if omitted.layer.kind == "县级" else None)


def _ahead(reason: str, today: date) -> str | None:
    """The future day on which the business ends: 自2030年1月1日起停止受理; ``None`` if there is none."""
    now = (today.year, today.month, today.day)
    for match in _DAY.finditer(_TITLE.sub("", reason)) if _STOPS.search(reason) else ():
        year, month, day, last = match.groups()
        if (int(year), *((12, 31) if last else (int(month or 1), int(day or 1)))) > now:
            return match[0]
    return None


def _empty(reason: str) -> bool:
    """Whether the reason is a filler, or only has words without content: 暂不列入, 因工作需要."""
    if says_nothing(reason) or reason.lower() in NO_REASONS:
        return True
    return NOT_HERE.search(reason) is None and not left_over(reason, (_EMPTY,), COLUMN)


def _left(reason: str) -> tuple[str, ...]:
    """The words that weaken the reason, or that follow it or are in brackets and are not the business."""
    left = [match[0] for pattern in (_NOBODY_ASKS, _LACKING) for match in pattern.finditer(reason)]
    reason = _TITLE.sub("《》", reason)  # a title may contain words of reasons and others
    for remark in _REMARK.finditer(reason):
        if not (NOT_HERE.search(remark[1]) or _NAMED.search(remark[1])):
            left += left_over(remark[1], (_OBJECT,), COLUMN)
    found = False
    for clause in filter(None, _CLAUSES.split(_REMARK.sub("", reason))):
        cores = list(NOT_HERE.finditer(clause))
        if cores:
            left += _beside_business(clause[cores[-1].end() :])
            left += _before_place(clause[: cores[0].start()])
            found = True
        elif _AUTHORITY.fullmatch(clause) or (found and not left_over(clause, (_CONSEQUENCE, _OBJECT, _LEAD), COLUMN)):
            continue
        elif (found and not _NAMED.search(clause)) or _AHEAD.search(clause) or _hedges(clause):
            left.append(clause)
    return tuple(dict.fromkeys(left))


def _beside_business(words: str) -> tuple[str, ...]:
    """The words after "not done" that are not the business."""
    if means := _MEANS.search(words):
        return (means[0],)
    named = _BUSINESS.fullmatch(words) and not _HEDGES.search(words)
    if named and not loosening((_HANDLED.sub("", words),), "group", 2):
        return ()
    return left_over(words, (_OBJECT,), COLUMN)


def _before_place(words: str) -> tuple[str, ...]:
    """The words before 本县 other than 目前 or 因: 原则上本县未开展此项业务."""
    cause = _CAUSE.search(words)
    if cause and left_over(cause[1], (_REORGANISED, _OBJECT, _LEAD), COLUMN):
        return (cause[0],)
    before, place, after = words.partition(next((each for each in _HERE if each in words), "\0"))
    left = left_over(before, (_LEAD,), COLUMN) if place else ()
    return left or ((words,) if _HEDGES.search(after if place else words) else ())


def _hedges(clause: str) -> bool:
    """Whether a clause only weakens the next one: 一般情况下."""
    return _HEDGES.search(clause) is not None or (len(clause) <= SHORT and loosening((clause,), COLUMN, 2) is not None)
