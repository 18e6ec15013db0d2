"""The patterns of limits: counts, periods, days, words. Their meaning is in ``timelimit``."""

from __future__ import annotations

import re
from functools import lru_cache

from gkdir.read.leftover import Sparse, alternatives

_FIGURES = r"\d零〇一二三四五六七八九十百两廿卅壹贰貳叁參肆伍陆陸柒捌玖拾佰"
NUMERAL = r"\d{1,4}|[零〇一二三四五六七八九十百两廿卅壹贰貳叁參肆伍陆陸柒捌玖拾佰]{1,5}"
COUNT = Sparse(
    re.compile(
        rf"(?<![第\d〕)月年.+*×/A-Za-z])(?:(?:{NUMERAL})(?:个)?(?:工作日|自然日|日|天)?(?:[-~～—至到]|--))?"
        rf"(?P<count>{NUMERAL})(?:个?\((?P<again>{NUMERAL})个?\))?"
        r"(?:个?(?P<unit>法定工作日|工作日|工作天|自然日|日历日|日历天|小时|星期|钟头|季度|周|天|月|年|日))(?!期)"
    ),
    re.compile(f"[{_FIGURES}]"),
)
"""20个工作日, 5—10个工作日, 二十（20）个工作日."""
_SPAN = rf"(?:{NUMERAL})个?(?:工作日|自然日|日|天|周|月|年)(?![以之]?[内前])"
_STAYING = rf"(?:公示|公告|公开|公布|展示|张贴)(?:期限?|时间|时长)?(?:为|是|:|共)?{_SPAN}"
"""公开期限3天, 公示7天: how long something stays public, not how soon it is published."""
STAYS = re.compile(_STAYING)
_YEAR = r"(?:(?:19|20)\d\d|[〇零○一二三四五六七八九]{4}|\d\d(?=年\d{1,2}月))年"
DATED = Sparse(
    re.compile(
        rf"{_YEAR}(?:第?(?:{NUMERAL})季度|(?:{NUMERAL})月(?:(?:{NUMERAL})[日号])?)?(?:底|末|初)?(?:(?:之|以)?前)?"
        rf"|(?<!之)(?:{NUMERAL})月(?:底|末|(?:{NUMERAL})日)|(?<![个内])(?:{NUMERAL})[日号](?:之|以)?前|{_STAYING}"
    ),
    re.compile(f"[{_FIGURES}○公展张]"),
)
"""2026年3月1日前, 2025年底前, 1月31日, 20日前: dates; and how long something stays public: not counts."""


@lru_cache(maxsize=1 << 6)  # called several times in a row for one clause
def undated(plain: str) -> str:
    """The text with its dates blanked, because 1月31日前 is not a count of days."""
    return DATED.sub(lambda match: "□" * len(match[0]), plain)


HALF = Sparse(
    re.compile(rf"(?P<whole>{NUMERAL})?(?:个?半个?月(?!板)|年半)|半年(?!度)"), re.compile(f"[{_FIGURES}个半年]")
)
"""半个月, 一个半月, 半年, 一年半."""
PERIODS: tuple[tuple[str, str], ...] = (
    (r"每半年|每半个年度|按半年|半年一次|半年度", "half-year"),
    (r"每(?:个|一)?季度?|按季度?|季度末|一季一次|每3个月|每三个月", "quarter"),
    (r"每(?:个|一)?年度?|按年度?|一年一次|年度(?:公开|更新|报告)|每1年", "year"),
    (r"每(?:个|一)?月|按月|一月一次|月度", "month"),
    (r"每(?:个|一)?(?:周|星期)|按周|一周一次", "week"),
    (r"每(?:个|一)?(?:天|日|工作日)|按日", "day"),
)
PERIOD = Sparse(re.compile("|".join(f"({pattern})" for pattern, _ in PERIODS)), re.compile("[每按半一季年月]"))
MONTH_DAY = re.compile(rf"(?P<month>{NUMERAL})月(?:(?P<of_month>{NUMERAL})[日号]|(?:底|末))")
DAY = re.compile(rf"(?P<day>{NUMERAL})[日号](?:之|以)?前")
IMMEDIATE = re.compile(
    r"实时|即时|当场|即办件?|马上办|立等可[取办]|立即|立刻|现场办结|现场办理|即到即办|即来即办|即收即办|随到随办|即审即办|即办(?=\W|\Z)"
)
TODAY = re.compile(
    r"(?<!含)(?:当|(?<!之)次)[日天](?!起)|同日(?!起)|第二天(?!起)|半(?:[天日]|个(?:工作日|自然日|小时|钟头))(?!起)"
    r"|(?<![\d.])0\.5个?(?:工作日|天|日)|(?<![\d.第])(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:-\d{1,3})?分钟"
)
"""At most a day: shorter times count as a day too."""
STANDING = re.compile(r"长期(?:有效)?|常年|永久|全年|持续公开|一直公开|长年")
PROMPT = re.compile(r"及时|尽快|尽早|随时|动态|第一时间|从速")
"""Words like "promptly": ignored if there is a number."""
VAGUE = re.compile(
    rf"{PROMPT.pattern}|适时|按.{{0,8}}?规定|依.{{0,8}}?规定|根据.{{0,12}}?(?:规定|需要|情况|要求)"
    r"|按.{0,6}?(?:要求|需|程序)|视情|定期|不定期|必要时|原则上|另行通知|规定时[间限]|规定的?(?:时限|期限)"
)
PROMISE = re.compile(r"^(.+?)[（(]?(?:其中)?法定(?:办结|办理)?(?:时限|期限)?(?:为|是|:|：)?(.+?)[)）]?\Z")
STATUTE_FIRST = re.compile(
    r"^法定(?:办结|办理)?(?:时限|期限)?(?:为|是|:)?(.+?)[,;(]?承诺(?:办结|办理)?(?:时限|期限)?(?:为|是|:)?(.+?)\)?\Z"
)
OTHERWISE = re.compile(
    r"[,;。(]*(?:但|但是|除)?(?:国家)?法律[、,和及]?(?:行政)?法规(?:对(?![本我])[^,;。()不未]{0,16}?)?另有规定的?(?:情况|情形)?"
    r"(?:,?(?:从其规定|依照其规定|依其规定|按照?其规定|执行|除外|以外|之外|外)){0,2}\)?,?"
)
"""法律、法规另有规定的，从其规定: the words of 条例第二十六条, which do not weaken the limit."""
CITED = re.compile(r"(?:根据|依据|依照|按照?)?《(?:中华人民共和国)?政府信息公开条例》(?:第二十六条)?(?:的?规定)?")
"""The law that sets the limit of twenty workdays."""
SHOWN = re.compile(
    rf"[,;(]?(?:(?:公示|公告)(?:期限?|时间)?(?:为|是|:)?"
    rf"|(?:公示|公告|公开|张贴)(?:期限?|时间)?应?当?(?:不少于|不得少于|不低于|不短于)){_SPAN}\)?"
)
"""公示期7天, 公开时间不少于30天: how long a list must stay public at least, which does not weaken the limit."""
SOME = re.compile(
    r"(?:(?:涉及|有关|属于|其中|作出的?)?(?:行政(?:许可|处罚|强制|决定|检查|裁决|确认|奖励|给付)|双公示|规范性文件|政策文件)(?:类|等|的)*[、和及与]?)+(?:信息|事项|结果|决定|内容)*"
)
"""行政许可信息: the kinds of information for which the national directories set a separate limit."""
OTHERS = re.compile("其他|其它|其余|剩余")
CLAUSES = re.compile(r"[;；。\n]|[,，]?其中[:：,，]?|[,，](?=.)")
LABEL = re.compile(
    r"^(?:公开|办理|办结|承诺|法定|受理|首次|初次|更新|变更|调整|主动|依申请)*(?:时限|期限|频次|频率|周期)(?:为|是|:)?|^承诺(?:为|:)?"
)
_OF = r"(?:公开|公布|发布)?(?:时限|时间|期限|频次|频率|周期)?:"
FIRST = re.compile(rf"(?:^|(?<=;))(?:(?:首次|初次|第一次){_OF}|公开(?:时限|期限)?:)")
THEN = re.compile(rf"(?:^|(?<=;))(?:后续|信息|内容|动态)*(?:更新|变更|变动|调整){_OF}")
"""首次公开： and 更新：, which together mean the same as 公开; one alone does not imply the other."""
BY_WHOM = re.compile(
    r"由[^\W\d_经由待后前未不非内批审同征得报决视]{1,16}(?:局|委|办|中心|政府|部门|单位|机构)(?:负责)?(?:主动|统一|依法)?(?:公开|发布|公布)(?![后前])"
)
"""由县人社局公开: who publishes."""
SINCE = re.compile(r"^.*(?:自|从)(?!然)")
AT = re.compile(r"^(?:应当|[于在该的应须]|最[迟晚长多]|[至不]迟|不得?[迟晚]于|不得?超过)+(?:该|本)?")
_FROM = r"(?:之?当?日(?:\(含[^()]{0,3}\))?起|之?后起|之后|以后|起|后|之日|当日|之时|时(?![限间期]))(?:算|计算)?"
CLOCK = re.compile(rf"(.*?)(?:{_FROM}|(?<=形成)|(?<=变更)|(?<=受理)|(?<=申请)|(?<=材料))\Z")
_LEADING = (
    r"(?:[,(]|的|在|于|并|应当|应|须|要|将|必须|最长|最迟|最晚|最多|一般|原则上|不超过|不多于|少于|不得超过|不晚于|不迟于"
    r"|予以|及时|尽快|第一时间|主动|依法)+"
)
BEFORE_COUNT = re.compile(rf"{_LEADING}\Z")
"""Words between the start of the period and the count."""

_JOINTS = "( ) / 发生 之日 或者 或 和 及 与 、 相关 有关 的 该 本 之 全部"
_INFORMATION = """
    公开事项 公开内容 公开要素 信息公开事项 信息公开内容 政府信息 公开信息 信息 内容 事项 文件
    形成 生成 产生 制作 制定 完成 获取 变更 变动 变化 更新 修改 修订 调整
"""
"""Words for the one event that 公开时限 runs from: that the information was made or changed."""
_EVENTS = f"""
    {_INFORMATION} 印发 签发 出台 受理 收到 接到 收件 接件 提交 完整 工伤 劳动能力 申请人 申请表 申请书 申请 申报
    政策 材料 齐全 完备 作出 做出
    行政许可 行政处罚 行政 决定 认定 鉴定 结论 年度 季度 月份 结束 终了 登记
"""
"""Words for the events from which a limit may run; rules compare them."""


def _any(words: str) -> str:
    """A pattern for a sequence of these words, whose last one is not a conjunction, so that it names an event."""
    of_event, joints = (alternatives(each).pattern for each in (words, _JOINTS))
    return rf"(?:(?:{joints})*+(?:{of_event}))+\)?"


ONLINE = re.compile(
    r"(?:(?:[在于到至]|通过)(?:[^\W\d经待由后前未不非内批审同征得]{0,3}[县区市旗省州]|本)?级?)?(?:人民)?政府(?:信息公开|门户|官方)*网站?"
    r"(?:(?:以及|[和及、])(?:政务新媒体|微信公众号|政务公开栏|信息公开栏|公示栏|公开栏))*(?:上|首页)?(?![内后旧测])"
)
"""在县人民政府门户网站: where it is published."""
SCOPE = re.compile(r"属于(?:应当)?主动公开(?:范围)?(?:内)?的(?:政府信息|信息|事项|内容)?(?=[,，、:：]?(?:应当?|须)?自)")
"""The words of 条例第十九条 and 第二十六条 for the content of a directory."""
UPDATED = re.compile(
    r"[,;](?:并|且|如|若|遇|凡|每[次当])?(?:有|发生|出现|信息)*(?:变更|变动|变化|更新|修改|修订|调整|新增|新情况)+(?:情况|信息|内容)*的?(?:时|后)?"
    r",?(?:应当?|并|也|要|须)?(?:及时|即时|立即|实时|随时|同步)(?:予以|进行|作出)?(?:更新|公开|调整|公布|发布|更正)(?:(?:公开|公示|信息)栏|网站|页面|内容)?(?=[,;)]|\Z)"
)
"""，有更新的及时更新: updates after the first publication."""
EARLIER = re.compile(
    r"[,;(](?:如|若|凡)?(?:遇|逢|遇有|适逢)?(?:法定|国家)?(?:节假日|公休日|休息日|双休日|周末|节日|假期)(?:的|时|期间)?,?(?:则|应当?|相应|一律|可|均)?"
    r"(?:提前|前移)(?:[至到](?:节前|假前|前一个?工作日|前1个?工作日|最后一个?工作日))?(?:公开|发布|公布|办理|办结|更新|进行)?(?:\)|(?=[,;)])|\Z)"
)
"""，遇节假日提前: sooner than the limit says."""
NTH = re.compile(rf"(?<=[起后])(?:的|在|于)?第(?=(?:{NUMERAL})个?(?:法定)?(?:工作日|自然日|日历日|天)(?!起))")
"""之日起第20个工作日公开: the last day of a limit of twenty."""
KEPT = re.compile(
    r"(?:长期)?保[留存]至(?:下次|下一次|再次|有新的?)?(?:变更|更新|失效|废止)(?:为止|时|之日)?"
    r"|含(?:首次(?:公开|发布)?|初次(?:公开|发布)?|变更|变化|更新|修改|调整|新增|[和及与、或])+(?:的?(?:信息|内容|公开))?"
    r"|(?:审[核批查]|核[定准]|复核)(?:完毕|完成|结束)?(?:并且?|、)(?:及时|予以)*(?:发放|拨付|支付|办结|送达|发证|出证|反馈|答复)(?!之?[日后时前]|起)"
    r"|完成(?:保密|公开|合法性|内容|信息|政务公开|三审三校|[审复][核查]|采集|收集|整理|编制|编辑|汇总|校对|录入|上传|发布|程序|手续|工作|流程|[、和及与])+"
    r"(?:并且?|且|(?<=[、和及与核查集理制辑总对入传]))(?:予以|及时|主动|向社会|对外)*(?:公开|发布|公布)(?!之?[日后时前]|起)"
)
"""Additions: how long it stays public, that changes are included, that the time includes preparations."""
MARKS = re.compile(r"(?:^|(?<=[;。,]))(?:[①-⑨]|\([1-9一二三四五]\)|[1-9一二三四五][.、](?!\d))")
"""The numbers of several clauses: ①首次公开：…；②更新：…"""
UNIT_BEHIND = re.compile(r"(?:日|天|个)\((?:法定)?工作日\)")
"""20日（工作日）."""
INFORMATION = re.compile(_any(_INFORMATION))
MADE = re.compile("形成|生成|产生|制作|制定|完成|获取|变更|变动|变化|更新|修改|修订|调整")
"""Events of the information that start a period; not 信息公开之日, which ends it."""
START = re.compile(
    rf"{_any(_EVENTS)}(?:{_FROM}|(?<=形成)|(?<=变更)|(?<=受理)|(?<=申请)|(?<=材料))(?=(?:{_LEADING})?\Z)"
)
"""The start of the clock right before the count."""
INFORMATION_START = re.compile(rf"{_any(_INFORMATION)}{_FROM}|信息形成(?:或者?变更)?")
COUNTED = Sparse(
    re.compile(rf"(?:{HALF.pattern}|{COUNT.pattern}|{TODAY.pattern})(?:\(含[^()]{{0,4}}\))?(?:之前|以前|前)?"),
    re.compile(f"[{_FIGURES}个半年当同次第]"),
)


@lru_cache(maxsize=1 << 6)
def first_count(plain: str) -> re.Match[str] | None:
    """The first count in a clause, without its dates, which have digits and 日 too."""
    return COUNTED.search(undated(plain))


INSIDE = re.compile(r"[以之]?[内內](?![部网控设参])")
DUE = re.compile(
    rf"(?:{PERIOD.pattern})[底末初]?(?:之前|以前|前)?|(?:首月|次月|末月|当月|月初|年初|年底|月底|年末|月末|{MONTH_DAY.pattern}|{DAY.pattern})(?:之前|以前|前)?"
    r"|定期|一次"
)
"""A period and the day in it."""
