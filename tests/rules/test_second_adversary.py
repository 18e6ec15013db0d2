"""Faults as clerks make them, in unusual styles and places: each found by its rule alone, on its line.

Also unusual but right texts, which add no finding.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from tests.rules.faults import Fault, Sample, faulty
from tests.rules.together import verdicts

from gkdir.finding import Severity, holds_all_back
from gkdir.read.project import read_project
from gkdir.report import FORMATS
from gkdir.rules import check_project

GUIDE = "guides/employment/4.1.md"
TOWN, VILLAGE = "towns/baishi.yaml", "towns/liushu.yaml"
NEXT = '      "3.1":\n        通俗名称: 招聘会'
"""An item that the sample changes."""
MARKET = '      - 编号: "4.1.1"\n        三级事项: 线上失业登记\n'
IDENTITY = "11010519491231002X"
PROVINCE = """名称: 某省
代码: "990000"
级别: 省级
机构:
  人社局: {名称: 某省人社厅, 电话: "0600-5550001", 监督电话: "0600-5550002"}
目录:
  employment:
    审核日期: 2026-03-01
    事项:
      "2.1": {公开时限: 信息形成或变更之日起15个工作日内公开}
"""


ITEMS = cycle(("2.1", "2.2", "2.3", "1.4"))
"""Items that the sample does not change; used in turns, so that four faults are checked together."""


def item(rule: str, says: str, at: str | None = None) -> Fault:
    """A fault in what the county says about an item; the finding is on the line of ``at``, or on the first."""
    lines = says.replace("\n", "\n        ")
    said = f'      "{next(ITEMS)}":\n        {lines}\n{NEXT}'
    return Fault(rule, "county.yaml", NEXT, said, at or says.partition("\n")[0])


def county(rule: str, was: str, now: str, at: str) -> Fault:
    return Fault(rule, "county.yaml", was, now, at)


def guide(rule: str, was: str, now: str, at: str) -> Fault:
    return Fault(rule, GUIDE, was, now, at)


def town(rule: str, was: str, now: str, at: str) -> Fault:
    return Fault(rule, TOWN, was, now, at)


def says(rule: str, text: str, at: str | None = None) -> Fault:
    """A fault in the body of a guide."""
    return guide(rule, "能。您不用交离职证明。", f"能。{text}", at or text)


def basis(rule: str, text: str) -> Fault:
    return item(rule, f'公开依据: {{增加: ["{text}"]}}')


def added(rule: str, text: str, at: str) -> Fault:
    return county(rule, MARKET, f"      - {text}\n{MARKET}", at)


DELIVERY = "结果送达: 窗口办理的当场告知。"
WHOLE = "形式: 原件, 份数: 1, 介质: 纸质, 来源: 自备, 必要性: 必要"
LIMIT = "办理时限: {承诺: 1个工作日}"
FASTER = "          承诺时限: 当场办结"
FAULTS = (
    # 公开时限
    item("GK301", "公开时限: >-\n  信息形成或变更之日起\n  三十个工作日内公开"),
    item("GK301", "公开时限:\n  信息形成或变更之日起２５个工作日内公开", "２５个"),
    item("GK301", "公开时限: 自信息形成或者变更之日起半年内予以公开"),
    item("GK301", "公开时限: 一个半月内公开"),
    item("GK301", "公开时限: 一个季度内公开"),
    item("GK303", "公开时限: 同上"),
    # 空着的，和写了等于没写的
    item("GK211", "公开时限:", "公开时限:\n"),
    item("GK211", '公开主体: ""'),
    item("GK211", "公开主体: /"),
    item("GK211", "公开内容: [无]"),
    item("GK211", "公开内容:\n  - （略）", "（略）"),
    item("GK501", "公开依据: 暂无"),
    item("GK501", "公开依据:", "公开依据:\n"),
    item("GK411", "公开对象:", "公开对象:\n"),
    item("GK412", '公开方式: ""'),
    item("GK401", "公开渠道和载体:", "公开渠道和载体:\n"),
    item("GK404", "公开对象: [全社会, {特定群体: }]"),
    item("GK202", "不列入: true"),
    item("GK202", "不列入: {理由: 暂无}"),
    added("GK211", '{编号: "4.1.2", 三级事项: 委托代办, 公开时限: }', "公开时限: }"),
    # 写在下一行的，指到那一行
    item("GK402", "公开方式:\n  - 依申请", "- 依申请"),
    item("GK403", "公开对象:\n  特定群体: 参保单位", "参保单位"),
    # 公开依据
    *(
        basis("GK502", f"《失业保险条例》（国务院令第258号）{clause}")
        for clause in ("第 十四 条", "第十四至十六条", "第Ⅲ章", "14条", "第二章第（三）项", "（第二十一条）")
    ),
    basis("GK502", "《失业保险条例第十四条》"),
    basis("GK503", "《政府信息公开条例》（国令第492号）"),
    basis("GK503", "《社会保险费征缴暂行条例》（国务院令259号）"),
    *(
        basis("GK508", f"《清源县就业办法》（清政发{number}）")
        for number in ("2024年5号", "〔24〕5号", "〔2024〕05号", "〔2024〕5", "〈2024〉5号", "【2024】第5号")
    ),
    item("GK001", "公开依据: {增加: [《清源县就业办法》（清政发[2024]5号）]}")._replace(alone=True),
    county("GK104", "        二级事项: 零工市场信息发布", "        二级事项:", "二级事项:\n"),
    item("GK511", "公开依据:\n  增加:\n    - 上级有关文件", "上级有关"),
    added("GK509", '{编号: "4.1.2", 三级事项: 委托代办, 公开依据: [《中华人民共和国就业促进法》]}', "委托代办"),
    added("GK204", '{编号: "6.2.1", 三级事项: 就业困难人员社保补贴申请}', "社保补贴申请"),
    # 停用的证件和说法，写在哪里都算
    item("GK507", "说明: 请带报到证来。"),
    item("GK507", "公开内容: {增加: [失业补助金标准]}"),
    item("GK507", "通俗名称: 台港澳就业证"),
    says("GK507", "请带就业失业登记证。"),
    Fault("GK507", "pages/faq/read-for-me.md", "到窗口来，工作人员", "带报到证到窗口来，工作人员", "报到证"),
    # 办事指南：空着的要素指到那一行
    *(
        guide("GK602", f"\n{key}: {value}", f"\n{key}:{blank}", f"{key}:{blank}")
        for key, value, blank in (
            ("结果送达", "窗口办理的当场告知。线上办理的发短信告知，您也可以登录原来的网页查看。", ""),
            ("收费", "不收费", ' ""'),
            ("办理机构", "[就业中心]", " 无"),
            ("咨询", "0600-5550111，也可以拨打12333", " 无"),
            ("监督投诉", "0600-5550102，也可以拨打12345", " /"),
            ("办理时限", "{承诺: 1个工作日}", " 无"),
        )
    ),
    guide("GK615", "网上办理深度: 全程网办", "网上办理深度:", "网上办理深度:"),
    guide("GK603", "份数: 1, 介质: 纸质, 来源: 申请人", "份数: 若干, 介质: 纸质, 来源: 申请人", "若干"),
    guide("GK620", "相关事项: [social", "相关事项:\n  [employment/4.2,\n  employment/9.1,\n  social", "employment/9.1"),
    *(
        guide("GK604", "办理材料:\n", f"办理材料:\n  - {{名称: {name}, {WHOLE}}}\n", f"名称: {name}")
        for name in ("其余材料", "必要的证明材料", "工作人员要求提供的材料", "户口簿等")
    ),
    guide("GK604", "  - 现在没有工作\n", "  - 现在没有工作\n  - 法律法规规定的其他情形\n", "其他情形"),
    guide("GK604", "说明: 您带证件到窗口，", "说明: 您带证件和其他材料到窗口，", "其他材料"),
    says("GK604", "您还要带上其他相关证明。"),
    *(guide("GK605", DELIVERY, f"结果送达: {word}告知。", word) for word in ("原则上", "按照有关规定", "根据实际情况")),
    *(guide("GK612", DELIVERY, f"结果送达: {hole}。", hole) for hole in ("暂缺", "（略）", "xxx", "？？？")),
    guide("GK612", DELIVERY, "结果送达: 此处填写。", "此处填写"),
    guide("GK612", "咨询: 0600-5550111，也可以拨打12333", "咨询: 待定", "咨询: 待定"),
    guide("GK621", "收费: 不收费", "收费: {标准: 每证10元, 依据: 按物价部门规定}", "每证10元"),
    guide("GK304", LIMIT, "办理时限:\n  法定: 10个工作日\n  承诺: 按月办理", "承诺: 按月办理"),
    guide("GK304", LIMIT, "办理时限: 15个工作日（法定10个工作日）", "15个工作日"),
    guide("GK307", LIMIT, "办理时限:\n  法定: 20个工作日\n  承诺: 30日", "承诺: 30日"),
    *(
        guide("GK307", LIMIT, f"办理时限:\n  法定: 10个工作日\n  承诺: {said}", f"承诺: {said}")
        for said in ("1+1个工作日", "l个工作日", "法定时限内", "次月办理")
    ),
    guide("GK306", LIMIT, "办理时限:\n  法定: 10个工作日\n  承诺: 无", "承诺: 无"),
    guide("GK306", LIMIT, "办理时限: 看情况", "看情况"),
    guide("GK704", "核对: {日期: 2026-03-01}", "核对: 2027年3月1日", "2027"),
    guide("GK310", LIMIT, "办理时限: {承诺: 3个工作日内受理}", "3个工作日内受理"),
    town("GK306", FASTER, "          承诺时限: 尽快办", "尽快办"),
    town("GK622", '          咨询: "0600-5550201"', '          咨询: "5550201"', '咨询: "5550201"'),
    # 机构、网站、允许、栏目
    town("GK904", '    电话: "0600-5550201"', '    电话: "139 1234 5678"', "139 1234"),
    county("GK611", '联系方式: "0600-5550100"', '联系方式: "5550100"', '"5550100"'),
    county("GK801", '标识码: "9901010001"', "标识码: bm01000001", "bm01000001"),
    county("GK805", "  ICP备案号: 示ICP备00000000号", "  ICP备案号:", "ICP备案号:"),
    county("GK703", "    审核日期: 2026-03-01\n    默认:\n      公开主体: [人社局]\n", "    审核日期:\n    默认:\n"
           "      公开主体: [人社局]\n", "审核日期:\n"),
    item("GK704", "不列入: {理由: 本县没有开展, 日期: 2027年3月1日}"),
    town("GK808", '代码: "990101101"', '代码: "990102101"', "990102101"),
    county("GK715", "网站:\n", "紧急通知:\n  内容: 今天停办\n  截止: 2026-05-03\n网站:\n", "截止: 2026-05-03"),
    Fault("GK714", "pages/consultations/saturday.md", "结果: 收到意见26条", "结果: 待公布\n#", "结果: 待公布"),
    # 个人信息：怎么写都认得出
    *(
        says(rule, f"打{number}。", number)
        for rule, number in (
            ("GK901", "110105 19491231 002X"), ("GK901", "110105-19491231-002x"),
            ("GK901", "１１０１０５１９４９１２３１００２Ｘ"), ("GK901", "1101 0519 4912 3100 2X"),
            ("GK902", "１３９１２３４５６７８"), ("GK902", "139－1234－5678"), ("GK902", "008613912345678"),
            ("GK902", "1391 234 5678"), ("GK903", "6222—0200—0000—0000—000"),
        )
    ),
)  # fmt: skip


def test_each_fault_is_found_once_on_its_line(sample: Sample) -> None:
    assert {fault: said for fault, said in verdicts(sample, FAULTS).items() if said} == {}


ALLOWANCE = "\n允许:\n  - 规则: GK302\n    事项: employment/2.1\n    理由: {}\n    截止: {}\n"


@pytest.mark.parametrize(
    ("reason", "until", "rule", "at"),
    [
        ("无", "2027-06-30", "GK111", "- 规则"),
        ("已核对", "2026-05-30", "GK112", "截止: 2026-05"),
        ("已核对", "长期", "GK104", "长期"),
    ],
)
def test_an_allowance_that_does_not_hold_is_told_beside_what_it_meant_to_cover(
    reason: str, until: str, rule: str, at: str, sample: Sample
) -> None:
    late = item("GK302", "公开时限: 信息形成或变更之日起30日内公开")
    last = (sample.county / "county.yaml").read_text(encoding="utf-8")[-60:]
    bare = Fault(rule, "county.yaml", last, last + ALLOWANCE.format(reason, until), at)
    found, text = sample.with_fault(late, bare)
    assert [one.rule for one in found] == ["GK302", rule]
    assert found[1].place.line == text[: text.index(at)].count("\n") + 1


LIMITS = (
    "即时公开", "20日内", "自信息形成或变更之日起15个自然日内公开", "24小时内公开", "3—5个工作日内公开",
    "信息形成或变更之日起５个工作日内公开", "半个月内公开", "信息变更之日起5个工作日内公开",
    "信息形成或变更之日起十个工作日内公开；法律法规另有规定的，从其规定",
)  # fmt: skip
CHANNELS = (
    "{增加: [村村响广播, 清源发布微信公众号, 零工驿站, 12345热线, 便民服务点]}",
    "[基层公共服务平台, 政务服务中心, 政府网站, 就业超市]",
    '"■政府网站 □政府公报 ■政务服务中心 ■其他 基层公共服务平台"',
)
BASES = (
    "《关于贯彻〈中华人民共和国社会保险法〉第十六条若干问题的意见》（清人社函〔2024〕7号）",
    "《税务总局公告》（国家税务总局公告2020年第12号）",
    "《第二批高效办成一件事清单》（清政办发〔2024〕3号）",
    "《就业服务与就业管理规定》（人力资源和社会保障部令第47号）",
    "《第三方机构管理办法》（清人社规〔2023〕2号）",
)
PHONES = ("0600-5550161转8001", "（0600）5550161", "0600－5550161", "0600-5550161/5550163", "95588", "400-100-1234")
SAID = (
    "统一社会信用代码11990101MB0000001X，ISBN 9787504512345，业务流水号2026030112345678",
    "文件编号20240315001234，发票代码044001900111，报文号 2024 0315 0001 2345，20240101—20241231",
    "身份证号码990101********0010，电话138****1234，https://www.qingyuan.gov.cn/art_13912345678_1.html",
    "1500 1350 760 180 6420",
    "其他材料都不用交。", "请带身份证、户口簿等材料的原件。", "没有。", "无。",
    "以前的报到证不再发放。", "《就业失业登记证》还能用吗？能。",
)  # fmt: skip
HANDLING = ("{法定: 60日, 承诺: 20个工作日}", "5个工作日（法定15个工作日）", "次月发放", "{法定: 无, 承诺: 3个工作日}")
FEES = ("无", "0元", "{标准: 每张20元, 依据: 《清源县收费目录》（清发改〔2024〕5号）}")
ADDRESS = "清源路18号，邮编064000，zwgk2024@qingyuan.gov.cn"
RIGHT = (
    *(item("", f'公开时限: "{limit}"') for limit in LIMITS),
    *(item("", f"公开渠道和载体: {channels}") for channels in CHANNELS),
    item("", f"公开依据: {{增加: [{', '.join(BASES)}]}}"),
    item("", "公开方式: 主动、依申请\n公开对象: [全社会, {特定群体: 登记失业人员}]\n公开层级: 县、乡、村三级"),
    item("", "公开方式: [依申请]\n依申请依据: 《中华人民共和国政府信息公开条例》（国务院令第711号）"),
    item("", "说明: 就业失业登记证已改为就业创业证，不再发放。"),
    added("", '{编号: "4.2.1", 三级事项: 线上就业登记}', "4.2.1"),
    *(county("", '电话: "0600-5550161"', f"电话: {phone}", phone) for phone in PHONES),
    county("", '联系方式: "0600-5550100"', f"联系方式: {ADDRESS}", "邮编"),
    says("", "\n\n".join(SAID), "业务流水号"),
    *(guide("", LIMIT, f"办理时限: {limit}", limit) for limit in HANDLING),
    *(guide("", "收费: 不收费", f"收费: {fee}", fee) for fee in FEES),
    guide("", "  - 现在没有工作\n", "  - 现在没有工作\n  - 其他条件不限\n  - 本人或者其他近亲属申请\n", "不限"),
)


def test_what_is_right_is_found_by_no_rule(sample: Sample) -> None:
    faster = Fault("", TOWN, FASTER, "          代办: 村里代办", "")  # 承诺时限 is another matter
    with faulty(sample.county, (faster,)):
        assert {right: said for right, said in verdicts(sample, RIGHT).items() if said} == {}


@pytest.mark.parametrize(
    ("was", "now", "rule", "at"),
    [
        ("15个工作日", "25个工作日", "GK301", "25个"),
        ("审核日期: 2026-03-01", "审核日期: 2024-03-01", "GK702", "2024-03-01"),
        ("名称: 某省人社厅", f"名称: 某省人社厅{IDENTITY}", "GK901", IDENTITY),
        ("公开时限: 信息形成或变更之日起15个工作日内公开", "公开主体: [人力厅]", "GK212", "人力厅"),
        ("0600-5550001", "13912345678", "GK904", "13912345678"),
    ],
)
def test_what_a_province_wrote_is_told_at_the_province_once_for_all_counties(
    was: str, now: str, rule: str, at: str, tmp_path: Path
) -> None:
    sample = Sample.copied(tmp_path)
    text = PROVINCE.replace(was, now)
    province = sample.project.folder / "province.yaml"
    province.write_text(text, encoding="utf-8")
    other = sample.project.folder / "counties" / "other" / "county.yaml"
    other.parent.mkdir()
    other.write_text('名称: 乙县\n代码: "990102"\n上级: ../../province.yaml\n', encoding="utf-8")
    up = county("", "示例: true\n", "示例: true\n上级: ../../province.yaml\n", "")
    with faulty(sample.county, (up,)):
        found = Sample(read_project(sample.project.folder), sample.baseline).findings("qingyuan", "other")
    told = [one for one in found if one.place.file.endswith("province.yaml")]
    assert [(one.rule, one.county) for one in told] == [(rule, None)]
    assert told[0].place.line == text[: text.index(at)].count("\n") + 1


def _pipe(county: Path) -> None:
    os.mkfifo(county / "pages" / "faq" / "pipe.md")


def _loop(county: Path) -> None:
    (county / "pages" / "loop").symlink_to("..")


def _file_for_folder(county: Path) -> None:
    (county / "towns").rename(county.parent.parent / "towns")
    (county / "towns").write_text("", encoding="utf-8")


def _empty(county: Path) -> None:
    (county / "county.yaml").write_text("# 还没有写\n", encoding="utf-8")


def _listed(county: Path) -> None:
    (county / "ways.yaml").write_text("- 甲\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("break_", "rule"),
    [(_pipe, "GK001"), (_loop, "GK004"), (_file_for_folder, "GK001"), (_empty, "GK001"), (_listed, "GK001")],
)
def test_what_is_broken_is_told_once(break_: Callable[[Path], None], rule: str, tmp_path: Path) -> None:
    sample = Sample.copied(tmp_path)
    break_(sample.county)
    assert [one.rule for one in sample.more() if one.severity is not Severity.INFO] == [rule]


def _book(**parts: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet(parts.get("title", "表二"))
    header = sheet.oddHeader
    assert header is not None
    header.center.text = parts.get("header")
    sheet["A1"].hyperlink = parts.get("link")
    sheet["A1"] = "电话"
    sheet["A2"] = parts.get("formula")
    file = io.BytesIO()
    book.save(file)
    if "within" in parts:
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("xl/embeddings/a.xlsx", _book(title=parts["within"]))
    return file.getvalue()


@pytest.mark.parametrize(
    "parts",
    [
        {"title": "13912345678"},
        {"within": "13912345678"},
        {"header": "13912345678"},
        {"link": "tel:13912345678"},
        {"formula": '="13912345678"'},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_a_number_is_found_wherever_a_workbook_holds_it(parts: dict[str, str], sample: Sample) -> None:
    file = sample.county / "forms" / "失业保险金申领表" / "示范文本.docx"
    before = file.read_bytes()
    book = file.with_suffix(".xlsx")
    file.unlink()
    book.write_bytes(_book(**parts))
    try:
        assert [one.rule for one in sample.more()] == ["GK902"]
    finally:
        book.unlink()
        file.write_bytes(before)


def test_names_that_are_no_text_are_told_in_every_format(tmp_path: Path) -> None:
    sample = Sample.copied(tmp_path)
    for name in (b"\xff\xfe.md", b"a\x01b.md", b"l1\nl2.md"):
        (sample.county / "guides" / "employment" / os.fsdecode(name)).write_text("甲", encoding="utf-8")
    (sample.project.folder / "counties" / os.fsdecode(b"\xfd")).mkdir()
    project = read_project(sample.project.folder)
    found = [*check_project(project), *sample.findings()]
    said = {form: render(found).encode().decode() for form, render in FORMATS.items()}
    for told in ("\\xff\\xfe.md", "a\\x01b.md", "l1\\x0al2.md", "\\xfd"):
        spelled = (told, told.replace("\\", "\\\\"), told.replace("\\", "%5C"))
        assert [form for form, text in said.items() if not any(one in text for one in spelled)] == []
    assert not holds_all_back(check_project(project), project.folder)  # the other counties are still checked


@pytest.mark.parametrize(
    ("file", "text", "told", "why"),
    [
        (
            "laws.yaml",
            "- {名称: 甲, 状态: 现行, 把握: 高}\n- {名字: 乙, 状态: 现行, 把握: 高}\n",
            ("GK101", 2, 4),
            "您是不是想写“名称”",
        ),
        ("laws.yaml", "- {状态: 现行, 把握: 高}\n- {名称: 乙, 状态: 现行, 把握: 高}\n", ("GK103", 1, 3), "缺少“名称”"),
        ("laws.yaml", "- {名称: 甲, 状态: 现行, 把握: 很高}\n", ("GK104", 1, 23), "“很高”"),
        ("vocabulary.yaml", "模糊用语: [酌情]\n兜底用语: {其他: 5}\n", ("GK104", 2, 7), "兜底用语：这里要写一个列表"),
        ("workdays.yaml", "2026:\n  放假: [01-01\n  上班: [01-04]\n", ("GK001", 3, 5), "没有写完"),
        ("workdays.yaml", "2026: [\n", ("GK001", 1, 7), "括号没有写完"),
    ],
)
def test_a_reference_file_that_is_wrong_says_where(
    file: str, text: str, told: tuple[str, int, int], why: str, tmp_path: Path
) -> None:
    (tmp_path / "counties").mkdir()
    (tmp_path / "national").mkdir()
    (tmp_path / "national" / file).write_text(text, encoding="utf-8")
    found = check_project(read_project(tmp_path))
    assert [(one.rule, one.place.line, one.place.column) for one in found] == [told]
    assert found[0].place.file.endswith(f"/national/{file}")
    assert why in f"{found[0].message}{found[0].hint}"


def test_one_text_is_a_list_of_one_in_a_reference_file_too(tmp_path: Path) -> None:
    (tmp_path / "counties").mkdir()
    (tmp_path / "national").mkdir()
    (tmp_path / "national" / "vocabulary.yaml").write_text("兜底用语: 其他\n", encoding="utf-8")
    project = read_project(tmp_path)
    assert check_project(project) == ()
    assert project.reference.words.catch_all == ("其他",)
