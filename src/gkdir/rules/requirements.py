"""The notice, clause by clause: the id, weight and words of each requirement, or why no program can judge it."""

from __future__ import annotations

from typing import NamedTuple


class Requirement(NamedTuple):
    """One requirement of the notice.

    ``weight`` is E (must), W (should) or I (informative); ``clause`` names the part of the notice, ``words`` is a short
    quotation; ``unjudged`` says why rules do not judge it, or only in part, and what is done instead.
    """

    id: str
    weight: str
    clause: str
    words: str
    unjudged: str = ""

    @property
    def cite(self) -> str:
        """The clause as findings cite it."""
        return f"通知{self.clause}：{self.words}"


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement("R1.1a", "I", "一（一）", "推进决策、执行、管理、服务、结果公开", "属于哪一类公开要由业务人员认定"),
    Requirement("R1.1b", "I", "一（一）", "及时、主动、全面公开有关信息", "由各条具体规则分别管，不另设规则"),
    Requirement("R1.2a", "E", "一（二）", "全面公开“两个目录”确定的公开事项"),
    Requirement("R1.2b", "W", "一（二）", "结合各地实际情况细化、完善标准目录", "按领域报一次，只作提示"),
    Requirement("R1.2c", "I", "一（二）", "逐步将公开事项扩大到所有服务事项", "本级服务事项清单不在项目里，无从对照"),
    Requirement(
        "R1.2d", "W", "一（二）", "县级部门、经办机构、乡镇（街道）平台、村（社区）站点全面公开",
        "哪些乡镇、村设有站点，程序不知道；towns/ 里写了的，都按本县目录逐项核对",
    ),
    Requirement("R2.1", "W", "二", "适用于县级部门、经办机构、乡镇（街道）平台、村（社区）站点"),
    Requirement("R3.0a", "E", "三", "明确“五公开”的主体、内容、时限、方式等"),
    Requirement("R3.0b", "W", "三", "根据实际情况定期调整和更新"),
    Requirement(
        "R3.1a", "E", "三（一）", "就业一级事项9项、二级事项25项，社会保险一级事项9项、二级事项78项",
        "随程序附带的两份全国目录由程序自己的测试点数；换用新版或其他领域的目录时，项数本来就会不同",
    ),
    Requirement("R3.1b", "I", "三（一）", "以行政审批和公共服务事项清单为基础", "事项清单不在项目里，无从对照"),
    Requirement("R3.1c", "E", "三（一）", "可对一级和二级子项进行补充或在二级子项下设置三级子项"),
    Requirement("R3.1d", "E", "三（一）", "补充和细化事项不得与一级事项和二级事项交叉重叠"),
    Requirement("R3.1e", "E", "三（一）", "本地没有开展的业务可以不列入本地目录"),
    Requirement("R3.1f", "E", "三（一）", "“两个目录”所列事项，除本地没有开展的，都列入本地目录"),
    Requirement("R3.2a", "W", "三（二）", "公开内容主要包括公共服务事项清单、办事指南等", "按领域报一次，只作提示"),
    Requirement("R3.2b", "E", "三（二）", "指南中列明基本要素等内容"),
    Requirement("R3.2c", "W", "三（二）", "明确提交办理材料的具体要求"),
    Requirement("R3.2d", "E", "三（二）", "提供规范表格"),
    Requirement("R3.2e", "W", "三（二）", "提供填写说明"),
    Requirement("R3.2f", "W", "三（二）", "提供示范文本"),
    Requirement("R3.2g", "E", "三（二）", "不得在办事指南明确的条件外自行增加办事要求"),
    Requirement("R3.3a", "E", "三（三）", "列出履行对应事项所依据的国家和本地政策法规名称"),
    Requirement("R3.3b", "W", "三（三）", "公开依据不需给出具体条款"),
    Requirement("R3.3c", "W", "三（三）", "公开依据应是现行有效的政策法规"),
    Requirement("R3.4a", "W", "三（四）", "明确对应事项的具体公开时限或办理时限"),
    Requirement("R3.4b", "E", "三（四）", "“两个目录”给出的时限为最低标准，各地可压缩公开时限"),
    Requirement("R3.4c", "E", "三（四）", "公开时限与办理时限分别明确，承诺时限不超过法定时限"),
    Requirement("R3.5a", "E", "三（五）", "“两个目录”列出的公开渠道和载体为最低要求"),
    Requirement("R3.5b", "I", "三（五）", "完善宣传栏、公告板、入户上门等公开方式"),
    Requirement("R3.5c", "I", "三（五）", "拓展服务平台、移动客户端、自助终端等公开渠道", "可以做而非必须做"),
    Requirement("R3.5d", "W", "三（五）", "列出的公开渠道和载体应当真有", "看得见网站、海报和稿子，其他请自己核对"),
    Requirement("R3.6a", "E", "三（六）", "公开对象既包括全社会，也包括特定群体"),
    Requirement("R3.6b", "W", "三（六）", "公开对象是特定群体的，写明是哪一群体"),
    Requirement("R3.6c", "E", "三（六）", "除依法不予公开的以外，应主动公开"),
    Requirement("R3.6d", "E", "三（六）", "公开方式应标注主动公开还是依申请公开"),
    Requirement(
        "R4.1a", "E", "四（一）", "编制本地区基层政务公开目录",
        "县里只写差别，整份目录由程序从同一份数据生成网页、xlsx、csv 和 json，不会少",
    ),
    Requirement(
        "R4.1b", "W", "四（一）", "主动公开法律法规、政策文件、通知公告、常见问题、监督举报方式和网上可办理程度",
    ),
    Requirement("R4.1c", "I", "四（一）", "综合利用各种渠道和载体广泛发布", "网页、表格、电子屏、广播稿、短信、PDF"),
    Requirement(
        "R4.1d", "W", "四（一）", "建立健全目录动态调整机制",
        "只看更新记录有没有、对不对得上；机制是否运转要看单位的工作，目录多久没有审核由 R3.0b 的规则管",
    ),
    Requirement("R4.2a", "W", "四（二）", "将各项公开事项的目的、作用、要求以及与切身利益关系讲清"),
    Requirement("R4.2b", "I", "四（二）", "以群众喜闻乐见的形式、通俗易懂的语言解读", "是否通俗要由人来读"),
    Requirement("R4.2c", "I", "四（二）", "让群众看得懂、算得清、易获取、能监督、好参与", "由群众评价"),
    Requirement("R4.3a", "I", "四（三）", "跟踪了解人民群众的新诉求", "新诉求在来信来电里；只看已有的回应放了多久"),
    Requirement(
        "R4.3b", "I", "四（三）", "对重大突发性事件及时公开信息",
        "有无突发事件，程序不知道；只看紧急通知是否过期",
    ),
    Requirement(
        "R4.4a", "W", "四（四）", "就是否及时、范围是否全面、方式是否多样便民开展意见征集",
        "每个县都生成一页意见征集表，正好问这三个问题，不会少；是否真去征集，要看单位的工作",
    ),
    Requirement("R4.4b", "W", "四（四）", "搭建互动平台，便于公众参与和监督"),
    Requirement("R4.4c", "W", "四（四）", "公开意见征集的结果"),
    Requirement("R5.1", "I", "五（一）", "加强组织领导", "责任人是内部信息，不写进要发布的文件"),
    Requirement("R5.2a", "I", "五（二）", "逐级加强指导和监督", "上级的工作，不是一个县文件里的对错"),
    Requirement("R5.2b", "W", "五（二）", "对模糊条款要逐一明确"),
    Requirement("R5.2c", "I", "五（二）", "上级部门及时给予解释说明", "上级的工作，不是一个县文件里的对错"),
    Requirement("R5.2d", "I", "五", "本地目录报部办公厅备案", "是否报送，程序不知道；gkdir export 导出备案稿"),
    Requirement("R5.2e", "I", "五", "对基层政务公开工作情况进行跟踪督查", "上级的工作；manifest.json 留有发布凭据"),
)  # fmt: skip
"""In the order of the notice; without gkdir's own requirements (reading, allowances, identity, privacy)."""

REQUIREMENT = {requirement.id: requirement for requirement in REQUIREMENTS}
