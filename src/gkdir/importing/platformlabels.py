"""A heading of the government service platform's export → the element that it means, in an item or in one of its lists.

Headings that 公开内容 uses too are in ``overlay/elements.py``; here are the additional ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gkdir.overlay.elements import ELEMENTS
from gkdir.read.text import fold

MAX_HEADING = 40
"""The most characters of a heading."""
NAME, PARENT, NUMBER, CODE = "name", "parent", "number", "code"
PLACE, ONLINE, QUESTIONS, BASIS = "place", "online", "questions", "basis"
MATERIALS, STEPS = "materials", "steps"
STATUTORY, PROMISED = "statutory", "promised"
UNITS: Mapping[str, str] = {"statutory_unit": STATUTORY, "promised_unit": PROMISED}
"""Element that holds the unit → the limit that it belongs to."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ITEM: Mapping[str, tuple[str, ...]] = {
    NAME: ("业务办理项名称", "办理项名称", "业务项名称", "实施事项名称", "子项名称", "政务服务事项名称", "服务事项名称",
           "权力名称", "事项全称", "事项"),
    PARENT: ("主项名称", "大项名称", "基本目录名称", "目录名称"),
    NUMBER: ("目录编号", "目录序号", "标准目录编号", "公开目录编号"),
    CODE: ("实施编码", "业务办理项编码", "事项编码", "事项代码", "实施清单编码", "基本编码", "权力编码"),
    "summary": ("事项描述", "事项说明", "办理事项简介"),
    "served": ("面向对象", "适用对象", "行政相对人", "适用范围", "服务人群"),
    "conditions": ("申办条件", "准予批准的条件", "办事条件", "许可条件", "受理条件及标准"),
    MATERIALS: ("材料清单", "申请材料目录", "申请材料清单", "材料目录", "所需材料", "需提交材料", "申请材料信息",
                "材料信息"),
    STEPS: ("审批流程", "流程说明", "办理程序", "办理步骤", "流程信息", "受理流程", "办理流程说明"),
    STATUTORY: ("法定办结时限", "法定时限", "法定办理时限", "法定期限", "法定办结期限"),
    PROMISED: ("承诺办结时限", "承诺时限", "承诺办理时限", "承诺期限", "承诺办结期限", "办理时限", "办结时限"),
    "statutory_unit": ("法定办结时限单位", "法定时限单位", "法定办结单位"),
    "promised_unit": ("承诺办结时限单位", "承诺时限单位", "承诺办结单位"),
    "fee": ("是否收费", "收费情况", "收费信息", "收费项目", "收费标准及依据"),
    "fee_basis": ("收费依据",),
    "hours": ("受理时间", "工作时间", "办公时间及地点", "窗口时间"),
    PLACE: ("办理地点", "办事地点", "受理地点", "办理地址", "窗口地址", "办公地址", "窗口位置", "服务地点"),
    "offices": ("受理机构", "办理部门", "受理部门", "实施机构"),
    "consult": ("咨询方式", "咨询渠道", "咨询途径", "窗口电话", "咨询投诉电话"),
    "complaint": ("监督投诉方式", "投诉电话", "监督方式", "投诉渠道", "投诉方式", "监督渠道", "投诉监督电话"),
    "online_degree": ("网办深度", "网上办理程度"),
    ONLINE: ("在线办理地址", "网上办理地址", "网办地址", "办理网址", "在线申办地址", "网上申报地址", "在线办理链接",
             "网上办理网址", "计算机端在线办理跳转地址", "线上办理入口", "网上办理入口"),
    QUESTIONS: ("常见问题", "常见问题解答", "常见问题及解答", "问题解答", "常见问答"),
    BASIS: ("设立依据", "实施依据", "法定依据", "设定依据名称", "办理依据"),
}  # fmt: skip
WITHOUT_ELEMENT = _words(
    """
    办理方式 行使层级 事项类型 事项性质 权力来源 权力类型 实施主体 实施主体名称 实施主体性质 实施主体编码
    实施机关 委托部门 办件类型 服务类型 服务主题 通办范围 联办机构 办理形式 服务形式 办理渠道
    中介服务 数量限制 是否支持物流快递 是否支持预约办理 是否支持网上支付 是否支持自助终端办理
    是否进驻政务大厅 是否网办 是否一次办好 到现场次数 到办事现场次数 最多跑一次 必须现场办理原因说明
    权利义务 行政相对人权利和义务 救济途径 行政救济途径 行政复议 行政诉讼 审批结果 结果名称 办理结果
    审批结果名称 审批结果类型 结果样本 结果类型 办结结果 事项版本 版本号 事项状态 生效日期 实施日期
    发布日期 更新日期 更新时间 失效日期 计划生效日期 所属部门 行政区划 区划代码 区划名称 序号 备注
    承诺时限说明 法定时限说明 法定办结时限说明 承诺办结时限说明 特别程序 运行系统 业务系统 行业分类
    面向自然人主题 面向法人主题 面向自然人事项主题分类 面向法人事项主题分类 年审年检 前置审批
    审批服务形式 联系部门 基本信息 办理信息 受理信息 收费依据文件 结果信息 扩展信息 办理流程图
    流程图 办事流程图 空白表格 示例样表 权责清单名称 权责清单编码 统一社会信用代码
    """
)
"""Known headings that no element of a guide corresponds to: the report only lists them."""

UNREPORTED = frozenset(("序号", "备注"))
"""Headings of these that the report does not mention at all."""

_LISTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    MATERIALS: {
        "name": ("材料名称", "申请材料名称", "名称"),
        "original": ("形式", "材料形式", "材料类型", "原件或复印件", "原件/复印件", "材料样式"),
        "copies": ("份数", "材料份数", "纸质材料份数", "数量", "份数（份）"),
        "original_count": ("原件份数", "原件"),
        "copy_count": ("复印件份数", "复印件"),
        "necessity": ("必要性", "材料必要性", "是否必要", "是否必需", "必要性描述", "是否必须"),
        "medium": ("介质", "材料介质", "介质要求", "载体形式", "纸质或电子", "提交方式"),
        "source": ("来源", "来源渠道", "材料来源", "来源渠道说明", "出具单位", "材料出具单位"),
        "note": ("要求", "填报须知", "受理标准", "材料要求", "备注", "说明", "规格要求", "填写须知"),
        "ground": ("依据", "材料依据", "要求提供材料的依据", "设定依据"),
    },
    STEPS: {
        "name": ("环节", "环节名称", "办理环节", "步骤", "步骤名称", "办理步骤", "流程环节"),
        "text": ("说明", "办理内容", "环节说明", "审查标准", "办理标准", "步骤说明", "审查内容", "办理说明",
                 "办理结果"),
        "limit": ("时限", "办理时限", "环节时限", "办理时间", "时长"),
        "office": ("办理单位", "办理部门", "责任部门"),
    },
    QUESTIONS: {
        "name": ("问题", "常见问题", "问题名称", "问", "问题内容", "提问"),
        "text": ("解答", "答案", "回答", "问题解答", "答", "答复", "解答内容"),
    },
}  # fmt: skip
"""List → column → its headings; the first column is required."""
_IGNORED = frozenset(map(fold, ("序号", "编号", "空白表格", "示例样表", "样表", "空表", "办理人员", "办理人", "审批人",
                          "是否免提交", "是否容缺", "材料编码", "材料下载", "操作")))  # fmt: skip
"""Headings of columns of lists that are ignored."""

_SEVERAL_HEADINGS = frozenset(("ways", "limit", "entrance"))
"""Elements of 公开内容 for which the platform has several headings instead of one."""
_DECORATION = re.compile(r"^[\s*＊·●◆■▪】【]+|[\s:：*＊】】]+\Z")
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．])(?=\D)")


def _known() -> dict[str, str]:
    words = {fold(word): kind for kind, own in ELEMENTS.items() if kind not in _SEVERAL_HEADINGS for word in own}
    words |= {fold(word): kind for kind, own in _ITEM.items() for word in own}
    return words | {fold(word): "" for word in WITHOUT_ELEMENT}


_KNOWN = _known()
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    kind: {fold(word): column for column, words in columns.items() for word in words}
    for kind, columns in _LISTS.items()
}


def bare(text: str) -> str:
    """A heading without stars, brackets, number and colon."""
    return _NUMBERED.sub("", _DECORATION.sub("", text)).strip()


def element(text: str) -> str | None:
    """The element that a heading means; empty for a known heading without one, ``None`` if it is no heading."""
    return _KNOWN.get(fold(bare(text))) if len(text) <= MAX_HEADING else None


def is_heading(text: str) -> bool:
    """Whether the text is a heading, of an item or of a list."""
    return element(text) is not None or any(fold(bare(text)) in words for words in (*_COLUMNS.values(), _IGNORED))


def list_columns(texts: Mapping[int, str]) -> tuple[str, Mapping[int, str]] | None:
    """The list that a row of headings (``texts`` by column) belongs to, and its columns; ``None`` if it is none."""
    for kind, words in _COLUMNS.items():
        found = {column: words.get(fold(bare(text))) for column, text in texts.items()}
        known = {column: key for column, key in found.items() if key}
        if "name" not in known.values() or len(known) < 2 or len(known) > len(set(known.values())):
            continue
        if all(found[column] or fold(bare(text)) in _IGNORED for column, text in texts.items()):
            return kind, known
        if kind == MATERIALS and any(fold(bare(text)) in ("材料名称", "申请材料名称") for text in texts.values()):
            return kind, known
    return None
