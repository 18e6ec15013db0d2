"""One fault in the sample project adds one finding: of the right rule, on the right line."""

from __future__ import annotations

from tests.rules.faults import NEW, Fault, Sample
from tests.rules.together import verdicts

from gkdir.rules import RULES
from gkdir.rules.requirements import REQUIREMENTS


def alone(fault: Fault) -> Fault:
    return fault._replace(alone=True)


def county(rule: str, was: str, now: str, at: str) -> Fault:
    return Fault(rule, "county.yaml", was, now, at)


def guide(rule: str, was: str, now: str, at: str) -> Fault:
    return Fault(rule, "guides/employment/4.1.md", was, now, at)


def town(rule: str, was: str, now: str, at: str) -> Fault:
    return Fault(rule, "towns/baishi.yaml", was, now, at)


def page(rule: str, kind: str, head: str, at: str, body: str = "正文。\n") -> Fault:
    return Fault(rule, f"pages/{kind}/fault.md", NEW, f"---\n标题: 甲\n{head}---\n{body}", at)


JOBS = '      "1.2":\n        通俗名称: 招聘信息\n'
LIMIT = "公开时限: 信息形成或变更之日起3个工作日内公开\n        公开渠道和载体: {增加: [两微一端, 广播电视"
CHANNELS = "公开渠道和载体: {增加: [两微一端, 广播电视, 便民服务站, 社区/企事业单位/村公示栏（电子屏）]}"
BASIS = "公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号）]}"
CONTENT = "公开内容: {增加: [工作地点, 信息有效期]}"
OMITTED = "不列入: 外国人来华工作许可由设区的市人力资源社会保障部门受理，本县未开展此项业务。"
MARKET = "二级事项: 零工市场信息发布"
ONLINE = "三级事项: 线上失业登记"
ID = "身份证110101199003077475"
PHONE = '    电话: "0600-5550111"'
ALLOW = "\n机构:\n  人社局:"


def allow(said: str) -> str:
    return f"\n允许:\n  - {{{said}}}{ALLOW}"


FIRST = "        公开层级: [县级, 乡级]\n"
"""The end of the sample's first added item; another can follow."""


def addition(number: str, group: str, name: str) -> str:
    said = f'编号: "{number}", 一级事项: {group}, 二级事项: {name}, 公开内容: [地址], 公开主体: [人社局]'
    columns = "公开时限: 10个工作日内公开, 公开渠道和载体: [政府网站], 公开对象: [全社会], 公开方式: [主动]"
    return f"      - {{{said}, 公开依据: [《清源县公共就业服务办法》（清政发〔2024〕5号）], {columns}}}\n"


FAULTS = (
    # 文件和 YAML
    alone(county("GK001", ALLOW, "\n机构：\n  人社局:", "机构：")),
    alone(county("GK001", ALLOW, '\n机构:\n  "人社局:', '"人社局')),
    county("GK101", "\n名称: 清源县\n", "\n名秤: 清源县\n", "名秤"),
    county("GK101", '代码: "990101"', '代玛: "990101"', "代玛"),
    county("GK101", "    名称: 清源县公共就业服务中心\n", "    名秤: 清源县公共就业服务中心\n", "名秤"),
    county("GK101", CHANNELS, "公开渠道和载体: {减少: [政府网站]}", "减少"),
    county("GK101", "        不列入: 本县不在东部", "        不列入原因: 本县不在东部", "不列入原因"),
    county("GK102", JOBS, '      "1.3":\n        通俗名称: 招聘信息\n', '      "1.3":\n        通俗名称: 找工作登记'),
    county("GK103", "    名称: 清源县公共就业服务中心\n", "", "  就业中心:"),
    county("GK104", '代码: "990101"', '代码: "99010"', '"99010"'),
    county("GK104", "    审核日期: 2026-03-01", "    审核日期: 2026-02-30", "02-30"),
    county("GK211", LIMIT, LIMIT.replace("信息形成或变更之日起3个工作日内公开", '""'), '公开时限: ""'),
    county("GK104", f"        {MARKET}\n", "", '编号: "1.6"'),
    county("GK003", ALLOW, f"\n上级: ../../../province.yaml{ALLOW}", "上级: .."),
    county("GK002", ALLOW, f"\n上级: ../../province.yaml{ALLOW}", "上级: .."),
    Fault("GK004", "guides/4.1.md", NEW, "没有用到\n", None),
    Fault("GK002", "towns/liushu.yaml", "上级: baishi", "上级: baish", "baish"),
    guide("GK101", "办理条件:", "办理条建:", "办理条建"),
    page("GK103", "faq", "", "标题: 甲"),
    alone(guide("GK001", "网上办理深度: 全程网办", "网上办理深度：全程网办", "网上办理深度：")),
    guide("GK101", "- {环节: 申请, 说明", "- {步骤: 申请, 说明", "步骤"),
    guide("GK104", "核对: {日期: 2026-03-01}", "核对: 2026-13-01", "2026-13-01"),
    alone(county("GK101", f"        {MARKET}", "        二级事像: 零工市场信息发布", "二级事像")),
    Fault("GK101", "changes.yaml", "    事项: employment/9.1", "    事向: employment/9.1", "事向"),
    alone(Fault("GK001", "towns/heyan.yaml", "名称: 河沿乡", "名称：河沿乡", "名称：")),
    # 允许
    county("GK111", ALLOW, allow("规则: GK506, 理由: 已核对"), "规则: GK506"),
    alone(county("GK112", ALLOW, allow("规则: GK506, 理由: 已核对, 截止: 2026-05-01"), "规则: GK506")),
    alone(county("GK113", ALLOW, allow("规则: GK301, 理由: 已核对, 截止: 2026-12-31"), "规则: GK301")),
    county("GK114", ALLOW, allow("规则: GK999, 理由: 已核对, 截止: 2026-12-31"), "规则: GK999"),
    county("GK115", ALLOW, allow("规则: GK901, 理由: 已核对, 截止: 2026-12-31"), "规则: GK901"),
    # R1.2a R3.1f R2.1 R3.0a
    alone(county("GK201", JOBS, JOBS.replace('"1.2"', '"1.9"'), '"1.9":')),
    county("GK202", OMITTED, "不列入:", "        不列入:\n"),
    alone(county("GK208", "  employment:\n", "  employmant:\n", "employmant")),
    county("GK211", CONTENT, "公开内容: []", "公开内容: []"),
    county("GK211", "        公开主体: [人社局, 就业中心]\n", "        公开主体: []\n", "公开主体: []"),
    county("GK212", "公开主体: [人社局, 就业中心]", "公开主体: [人社局, 就业中兴]", "就业中兴"),
    town("GK209", '      "1.2":\n', '      "9.1":\n', '"9.1":'),
    town("GK201", '      "1.2":\n', '      "1.22":\n', '"1.22":'),
    town("GK212", "{增加: [镇便民服务中心]}", "{增加: [镇便民中心]}", "镇便民中心"),
    # R3.1c R3.1d R3.1e
    county("GK203", ONLINE, "三级事项: 线上就业登记", "线上就业登记"),
    county("GK204", ONLINE, "三级事项: 就业登记", "三级事项: 就业登记"),
    county("GK204", MARKET, "二级事项: 岗位信息的发布", "岗位信息的发布"),
    county("GK204", MARKET, "二级事项: 社会保障卡申领", "社会保障卡申领"),
    alone(county("GK206", '编号: "1.6"', '编号: "1.5"', '编号: "1.5"')),
    alone(county("GK207", '编号: "4.1.1"', '编号: "4.8.1"', '编号: "4.8.1"')),
    county("GK215", "一级事项: 就业信息服务\n        二级", "一级事项: 就业失业登记\n        二级", '编号: "1.6"'),
    Fault("GK210", "guides/employment/9.1.md", NEW, "---\n简述: 甲\n---\n", "---"),
    Fault("GK214", "guides/employment/4.9.md", NEW, "---\n简述: 甲\n---\n", "---"),
    county("GK203", FIRST, FIRST + addition("11.1", "就业信息服务工作", "工会帮扶"), "服务工作"),
    county("GK215", FIRST, FIRST + addition("1.7.1", "就业信息服务", "驿站开放时间"), '"1.7.1"'),
    county("GK215", FIRST, FIRST + addition("4.9.1", "就业失业登记", "备案登记, 三级事项: 返乡备案"), "返乡备案"),
    county("GK215", FIRST, FIRST + addition("12.1", "就业信息服务", "返乡车票"), '"12.1"'),
    county("GK203", FIRST, FIRST + addition("13.1", "零工驿站", "职业培训信息发布栏"), "信息发布栏"),
    county("GK409", "公开内容: {增加: [线上咨询入口]}", "公开层级: [乡级]", "公开层级: [乡级]"),
    # R3.4a R3.4b R3.4c
    county("GK301", LIMIT, LIMIT.replace("3个工作日", "30个工作日"), "30个工作日"),
    county("GK301", LIMIT, LIMIT.replace("3个工作日", "2个月"), "2个月"),
    county("GK302", LIMIT, LIMIT.replace("3个工作日", "1个月"), "1个月"),
    county("GK302", LIMIT, LIMIT.replace("信息形成或变更之日起3个工作日内公开", "长期公开"), "长期公开"),
    county("GK302", LIMIT, LIMIT.replace("信息形成或变更之日起3", "自受理之日起3"), "自受理"),
    county("GK301", LIMIT, LIMIT.replace("信息形成或变更之日起3个工作日内公开", "适时公开"), "适时公开"),
    county("GK305", "日起3个工作日内公开\n        公开主体: [人社局, 就业中心]\n        公开渠道和载体: [政府",
           "日起21个工作日内公开\n        公开主体: [人社局, 就业中心]\n        公开渠道和载体: [政府", "21个工作日"),
    alone(town("GK301", "2个工作日", "4个工作日", "4个工作日")),
    alone(Fault("GK301", "towns/liushu.yaml", "1个工作日", "3个工作日", '公开时限: 信息形成或变更之日起3个工作日')),
    alone(guide("GK304", "{承诺: 1个工作日}", "{法定: 1个工作日, 承诺: 5个工作日}", "承诺: 5")),
    guide("GK306", "{承诺: 1个工作日}", "{承诺: 尽快}", "尽快"),
    alone(town("GK619", "承诺时限: 当场办结", "承诺时限: 5个工作日", "承诺时限")),
    # R3.5a R3.5b R3.6a–d
    county("GK401", CHANNELS, "公开渠道和载体: [两微一端]", "公开渠道和载体: [两微一端]"),
    county("GK405", CHANNELS, "公开渠道和载体: {增加: [两微一段]}", "两微一段"),
    town("GK401", "{增加: [入户/现场]}", "[入户/现场]", "[入户/现场]"),
    county("GK402", CONTENT, "公开方式: [依申请]", "公开方式: [依申请]"),
    county("GK402", "        公开方式: [主动]\n", "        公开方式: [依申请]\n", "公开方式: [依申请]"),
    county("GK403", CONTENT, "公开对象: [特定群体（失业人员）]", "公开对象: [特"),
    county("GK404", CONTENT, "公开对象: [全社会, 特定群体]", "公开对象: [全社会, 特"),
    county("GK411", "        公开对象: [全社会]\n", "", '编号: "1.6"'),
    county("GK412", "        公开方式: [主动]\n", "", '编号: "1.6"'),
    county("GK412", CONTENT, "公开方式: []", "公开方式: []"),
    county("GK404", CONTENT, "公开对象:\n          - 全社会\n          - 特定群体", "- 特定群体"),
    county("GK212", "公开主体: [人社局, 就业中心]", "公开主体:\n          - 人社局\n          - 就业中兴", "就业中兴"),
    # R3.3a R3.3b R3.3c
    county("GK501", BASIS, "公开依据: []", "公开依据: []"),
    county("GK502", BASIS, "公开依据: {增加: [《失业保险条例》（国务院令第258号）第十四条]}", "第十四条"),
    county("GK503", BASIS, "公开依据: {增加: [《中华人民共和国政府信息公开条例》（国务院令第492号）]}", "492"),
    county("GK503", BASIS, "公开依据: {增加: [《就业补助资金管理办法》（财社〔2023〕181号）]}", "〔2023〕181"),
    county("GK503", BASIS, "公开依据: {增加: [《就业补助资金管理办法》（财社〔2017〕164号）]}", "164"),
    county("GK503", BASIS, "公开依据: {增加: [《城乡居民基本养老保险经办规程》（人社部发〔2014〕23号）]}", "23号"),
    county("GK504", BASIS, "公开依据: {增加: [《工伤职工劳动能力鉴定管理办法》]}", "工伤职工"),
    county("GK504", BASIS, "公开依据: {增加: [《社会保险登记管理暂行办法》（劳动和社会保障部令第1号）]}", "登记管理"),
    county("GK506", BASIS, "公开依据: {增加: [《工伤保险经办规程》（人社厅发〔2022〕24号）]}", "2022"),
    county("GK508", BASIS, '公开依据: {增加: ["《清源县公共就业服务办法》（清政发[2024]5号）"]}', "[2024]"),
    county("GK510", BASIS, "公开依据: [《清源县公共就业服务办法》（清政发〔2024〕5号）]", "公开依据: [《清源"),
    county("GK511", BASIS, "公开依据: {增加: [上级有关规定]}", "有关规定"),
    # R3.2b–g R4.1b R4.2a R5.2b
    Fault("GK601", "guides/employment/1.1.md", NEW, "---\n简述: 甲\n---\n", "---"),
    guide("GK602", "收费: 不收费\n", "", "---"),
    guide("GK603", ", 份数: 1, 介质: 纸质, 来源: 申请人自备", ", 介质: 纸质, 来源: 申请人自备", "居民身份证或者"),
    guide("GK604", "名称: 居民身份证或者社会保障卡", "名称: 相关证明材料", "相关证明材料"),
    guide("GK604", "  - 现在没有工作", "  - 其他符合规定的条件", "其他符合规定的条件"),
    guide("GK604", "要求: 窗口核对后当场还给您", "要求: 以及其他需要的材料", "其他需要的材料"),
    guide("GK604", ", 要求: 窗口核对后当场还给您，也可以出示电子社保卡}",
          "}\n  - 名称: 户口簿\n    形式: 原件\n    份数: 1\n    介质: 纸质\n    来源: 申请人自备\n    必要性: 必要\n"
          "    要求: 还有其他证明\n", "其他证明"),
    guide("GK605", "1. 带上身份证或者社会保障卡", "1. 视情况带上证件", "视情况"),
    guide("GK606", "表格: 失业登记表", "表格: 失业登记表格", "失业登记表格"),
    guide("GK612", "1. 带上身份证或者社会保障卡", "1. 待补充", "待补充"),
    guide("GK613", "办理机构: [就业中心]", "办理机构: [就业中兴]", "办理机构"),
    guide("GK613", "  - {窗口: 就业中心}", "  - {窗口: 就业中兴}", "就业中兴"),
    guide("GK613", "办理单位: 就业中心, 时限", "办理单位: 就业中兴, 时限", "办理单位: 就业中兴"),
    guide("GK613", "办理机构: [就业中心]", "办理机构:\n  - 就业中心\n  - 就业中兴", "- 就业中兴"),
    alone(guide("GK614", "监督投诉: 0600-5550102，也可以拨打12345", "监督投诉: 0600-5550111", "监督投诉")),
    guide("GK615", "网上办理深度: 全程网办", "网上办理深度: 部分网办", "部分网办"),
    guide("GK616", "## 对我有什么用\n", "## 好处\n", "---"),
    guide("GK622", "咨询: 0600-5550111，也可以拨打12333", "咨询: 5550111", "咨询"),
    guide("GK621", "收费: 不收费", "收费: 按规定收费", "收费: 按规定"),
    Fault("GK609", "forms/求职登记表/填写说明.md", NEW, "逐项填写。\n", None),
    county("GK610", '"0600-5550162"', '"0600-5550161"', '监督电话: "0600-5550161"'),
    county("GK611", PHONE, '    电话: "0600-555011"', '"0600-555011"'),
    county("GK611", PHONE, "    电话: 见公告", "见公告"),
    town("GK618", "承诺时限: 当场办结", "办理材料: [村委会证明]", "村委会证明"),
    town("GK618", "承诺时限: 当场办结", "办理条件: [本镇户籍]", "本镇户籍"),
    # R3.0b R4.1d R4.3a R4.4c，条例第二十六条
    county("GK701", "    审核日期: 2026-03-01", "    审核日期: 2025-03-01", "2025-03-01"),
    county("GK702", "    审核日期: 2026-03-01", "    审核日期: 2023-03-01", "2023-03-01"),
    county("GK704", "    审核日期: 2026-03-01", "    审核日期: 2027-03-01", "2027-03-01"),
    guide("GK705", "核对: {日期: 2026-03-01}", "核对: {日期: 2025-01-01}", "2025-01-01"),
    page("GK712", "interpretations", "日期: 2026-01-01\n", "---", "## 目的\n\n问：《甲办法》为了什么？\n"),
    page("GK714", "consultations", "日期: 2026-01-01\n截止: 2026-02-01\n", "截止"),
    page("GK716", "faq", "日期: 2026-01-01\n事项: [employment/4.9]\n", "4.9"),
    page("GK717", "notices", "日期: 2027-01-01\n", "日期"),
    page("GK718", "policies", "日期: 2026-01-01\n有效至: 2026-02-01\n", "---", ""),
    page("GK719", "notices", "日期: 2026-03-30\n形成日期: 2026-02-10\n", "日期: 2026-03-30"),
    page("GK724", "notices", "日期: 2026-03-01\n形成日期: 2026-03-10\n", "形成日期"),
    Fault("GK721", "changes.yaml", "办事指南: employment/4.1", "办事指南: employment/4.7", "4.7"),
    page("GK730", "notices", "日期: 2026-03-01\n废止: 2026-02-10\n", "废止"),
    page("GK730", "notices", "日期: 2026-03-01\n修改: [{日期: 2026-02-10, 内容: 改了地点}]\n", "2026-02-10"),
    Fault("GK722", "changes.yaml", "日期: 2026-03-01", "日期: 2027-03-01", "2027"),
    # 标识、搜索、个人信息
    county("GK801", '标识码: "9901010001"', '标识码: "1101010001"', "1101010001"),
    county("GK802", "示公网安备99010102000001号", "示公网安备11010102000001号", "11010102000001"),
    alone(county("GK804", "域名: www.qingyuan.gov.cn", "域名: www.qingyuan.com", "qingyuan.com")),
    county("GK807", '网址: "https://www.qingyuan.gov.cn/zwgk/"', '网址: "https://www.heyuan.gov.cn/"', "heyuan"),
    Fault("GK808", "towns/heyan.yaml", '代码: "990101201"', '代码: "990102201"', "990102201"),
    Fault("GK811", "words.yaml", NEW, "增加: {employment/4.9: 没活干了}\n", "4.9"),
    guide("GK901", "1. 带上身份证", f"1. 带上{ID}", ID),
    guide("GK902", "咨询: 0600-5550111", "咨询: 13800138000", "13800138000"),
    guide("GK903", "1. 带上身份证", "1. 卡号6222020000000000000", "6222020000000000000"),
    page("GK901", "notices", "日期: 2026-03-01\n", ID, f"张三，{ID}\n"),
    Fault("GK901", "forms/失业登记表.yaml", "示例·", f"{ID}·", ID),
    county("GK904", PHONE, '    电话: "13912345678"', "13912345678"),
)  # fmt: skip


def test_each_fault_gives_one_finding_more_on_its_line(sample: Sample) -> None:
    wrong = verdicts(sample, FAULTS)
    assert len(wrong) > 130
    assert {fault: said for fault, said in wrong.items() if said} == {}


def test_most_requirements_have_a_fault_here() -> None:
    """Every MUST or SHOULD with a rule is tested on the whole sample, except those that a line cannot show."""
    tried = {fault.rule for fault in FAULTS}
    requirement = {rule.id: rule.requirement for rule in RULES}
    wanted = {one.id for one in REQUIREMENTS if one.weight in "EW"} & {rule.requirement for rule in RULES}
    shown = {requirement[rule] for rule in tried}
    assert wanted - shown <= {"R1.2a", "R1.2b", "R1.2d", "R3.2a", "R3.2e", "R3.2f", "R3.5d", "R4.4b"}
