"""The grammars of cells: channels, bases, elements, publishers, ticks and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdir.model.columns import CHANNELS
from gkdir.read.text import fold, line, name, numbered, take_number
from gkdir.read.words import audience, bases, channels, elements, group, level, levels, mode, publishers, tick

BOARD = "社区/企事业单位/村公示栏（电子屏）"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("■政府网站\n□政府公报\n■其他 基层公共服务平台", ["政府网站", "基层公共服务平台"]),
        ("☑政府网站\n口政府公报\n口两微一端\n☑其他：自助终端、有线电视", ["政府网站", "自助终端", "有线电视"]),
        ("口政府网站口政府公报▄政务服务中心", ["政务服务中心"]),
        ("t政府公报 R政府网站 t两微一端 R其他", ["政府网站", "其他"]),
        ("þ政府网站 ¨政府公报", ["政府网站"]),
        ("t政府网站□政府公报\n□12345政务服务热线t便民服务站", ["政府网站"]),
        ("t政府网站□政府公报\nt便民服务站□其他", ["政府网站", "便民服务站"]),
        ("\uf0fe政府网站 \uf0a8政府公报", ["政府网站"]),
        ("[√]政府网站 [ ]政府公报 (√)其他（村务公开栏）", ["政府网站", "村务公开栏"]),
        ("政府网站√ 政府公报□ 两微一端√", ["政府网站", "两微一端"]),
        ("√政府网站 ×政府公报", ["政府网站"]),
        ("□政府网站□政府公报", []),
        ("公开渠道：■政府网站□政府公报", ["政府网站"]),
        ("■其他______ ■政府网站", ["其他", "政府网站"]),
        ("■政府网站 ■其他（请注明）", ["政府网站", "其他"]),
        ("□其他 村务公开栏 ■政府网站", ["政府网站"]),
        ("■政府\n网站 ■社区/企事业\n单位/村公示栏\n（电子屏）", ["政府网站", BOARD]),
        ("■两微一端（微博、微信）■其它", ["两微一端", "其他"]),
        ("■发布会、听证会 ■社区、企事业单位、村公示栏(电子屏)", ["发布会/听证会", BOARD]),
        ("☑入户／现场 ☑发布会听证会", ["入户/现场", "发布会/听证会"]),
        ("政府网站，政务服务中心，基层公共服务平台", ["政府网站", "政务服务中心", "基层公共服务平台"]),
        ("政府 网站、政务\n服务中心、基层公共 服务平台", ["政府网站", "政务服务中心", "基层公共服务平台"]),
        ("政府网站 政务服务大厅 有线电视", ["政府网站", "政务服务中心", "有线电视"]),
        ("政府网站/政务服务中心", ["政府网站", "政务服务中心"]),
        ("政府网站政务服务中心", ["政府网站", "政务服务中心"]),
        ("政府网站、其他、政务服务中心", ["政府网站", "其他", "政务服务中心"]),
        ("政府网站、其他基层公共服务平台", ["政府网站", "基层公共服务平台"]),
        ("其他 基层公共服务平台、有线电视", ["基层公共服务平台", "有线电视"]),
        ("办事窗口、户口登记处", ["办事窗口", "户口登记处"]),
        ("县政府网站、村公示栏", ["县政府网站", BOARD]),
        ("1.政府网站 2.政务服务中心 3.其他：村民微信群", ["政府网站", "政务服务中心", "村民微信群"]),
        ("1、政府网站；2、政务服务中心；", ["政府网站", "政务服务中心"]),
        ("①政府网站\n②其他（村务公开栏）", ["政府网站", "村务公开栏"]),
        ("（1）政府网站（2）12333热线", ["政府网站", "12333热线"]),
        ("1.■政府网站 2.□政府公报 3.■其他：村民微信群", ["政府网站", "村民微信群"]),
        ("■1.政府网站 □2.政府公报", ["政府网站"]),
        ("", []),
    ],
)
def test_channels(text: str, chosen: list[str]) -> None:
    assert list(channels(text)) == chosen


@given(st.lists(st.sampled_from(CHANNELS[:-1]), unique=True), st.sampled_from(("■□", "☑口", "√☐", "þ¨", "t□")))
def test_boxes_in_any_order_give_those_ticked(chosen: list[str], marks: str) -> None:
    on, off = marks[0], marks[1]
    assert channels("\n".join((on if label in chosen else off) + label for label in CHANNELS)) == tuple(
        label for label in CHANNELS if label in chosen
    )


HISTORY = "《A法》（2010年10月28日通过，根据2018年12月29日《关于修改〈A法〉的决定》、会议修正）"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"1.《A》（国务院令第711号）\n2.{HISTORY}", ["《A》（国务院令第711号）", HISTORY]),
        (f"{HISTORY}《A》、《B》；《C》", [HISTORY, "《A》", "《B》", "《C》"]),
        (
            "《A》（财社[2017]164号）、《B》(人社部发﹝2012﹞11号)",
            ["《A》（财社〔2017〕164号）", "《B》（人社部发〔2012〕11号）"],
        ),
        ("《关于印发《A》的通知》（1号）《B》", ["《关于印发《A》的通知》（1号）", "《B》"]),
        ("人社部、财政部《A》，《B》", ["人社部、财政部《A》", "《B》"]),
        (
            "《A》人社部、财政部令第36号；《B》第五十条、第五十一条",
            ["《A》人社部、财政部令第36号", "《B》第五十条、第五十一条"],
        ),
        ("中华人民共和国就业\n促进法\n失业保险条例", ["中华人民共和国就业促进法", "失业保险条例"]),
        ("《A》\n（2010年通过）\n《B\n条例》", ["《A》（2010年通过）", "《B条例》"]),
        ("《A、《B》、《C》", ["《A", "《B》", "《C》"]),
        ("《A》和《B》。", ["《A》", "《B》"]),
        ("①《A》②《B》", ["《A》", "《B》"]),
        ("一、《A》二、《B》", ["《A》", "《B》"]),
        ("1.《A》（国务院令第711 号）2《B》\n3《C》", ["《A》（国务院令第711号）", "《B》", "《C》"]),
        ("【法律】《A》【部门规章及规范性文件】《B》(国发(2015)2号)", ["《A》", "《B》（国发〔2015〕2号）"]),
        (
            "【法律】《A》第十条、第二十一条；【规章】《B》（人社部令第20号）；【文件】人社部发〔2014〕23号，国办发〔2019〕14号",
            ["《A》第十条、第二十一条", "《B》（人社部令第20号）", "人社部发〔2014〕23号", "国办发〔2019〕14号"],
        ),
        ("社会保险法，就业促进法；鲁人社字[2021]5号", ["社会保险法", "就业促进法", "鲁人社字〔2021〕5号"]),
        ("《A》；人社部发〔2014〕23号，国办发〔2019〕14号", ["《A》", "人社部发〔2014〕23号", "国办发〔2019〕14号"]),
        ("《A通知》，人社部发〔2014〕23号", ["《A通知》，人社部发〔2014〕23号"]),
        ("《A》（国发〔2015〕2号），人社部发〔2014〕23号", ["《A》（国发〔2015〕2号）", "人社部发〔2014〕23号"]),
        ("法律：《A》\n规章：《B》\n规范性文件：国办发〔2019〕14号", ["《A》", "《B》", "国办发〔2019〕14号"]),
        ("1.法律依据：《A》；2.政策依据：《B》", ["《A》", "《B》"]),
        ("[法律]《A》[行政法规]《B》", ["《A》", "《B》"]),
        ("《A》;《B》；\n《C》", ["《A》", "《B》", "《C》"]),
        ("《A》（财政部；人社部令第1号）；B文件", ["《A》（财政部；人社部令第1号）", "B文件"]),
        ("", []),
    ],
)
def test_bases(text: str, found: list[str]) -> None:
    assert [basis.text for basis in bases(text)] == found


@pytest.mark.parametrize(
    ("text", "named", "number"),
    [
        ("《A条例》（中华人民共和国国务院令第711号）", "A条例", "国务院令第711号"),
        ("《A通知》(人社部发[2012]11号)", "A通知", "人社部发〔2012〕11号"),
        ("《A办法》（人力资源和社会保障部、财政部令第36号）", "A办法", "人力资源和社会保障部、财政部令第36号"),
        ("《关于印发《A》的通知》", "关于印发《A》的通知", None),
        ("失业保险条例", None, None),
    ],
)
def test_a_basis_has_name_and_number(text: str, named: str | None, number: str | None) -> None:
    (basis,) = bases(text)
    assert (basis.name, basis.number) == (named, number)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.服务对象\n2.提交材料\n10.咨询电话", ["服务对象", "提交材料", "咨询电话"]),
        ("1、服务对象2、提交材料3、12333电话", ["服务对象", "提交材料", "12333电话"]),
        ("1服务对象\n2提交材料", ["服务对象", "提交材料"]),
        ("①服务对象 ②办理地点(方式)", ["服务对象", "办理地点（方式）"]),
        ("（1）服务对象（2）提交材料", ["服务对象", "提交材料"]),
        ("一、服务对象\n二、提交材料", ["服务对象", "提交材料"]),
        ("●服务对象\n●提交材料", ["服务对象", "提交材料"]),
        ("- 服务对象\n- 提交-材料", ["服务对象", "提交-材料"]),
        ("服务对象；提交材料，表格；", ["服务对象", "提交材料，表格"]),
        ("服务对象、地点（乡、村）、收费依据及标准", ["服务对象", "地点（乡、村）", "收费依据及标准"]),
        ("服务对象\n提交材料、表格\n咨询电话", ["服务对象", "提交材料、表格", "咨询电话"]),
        ("4.办理流程\n5.咨询电话", ["办理流程", "咨询电话"]),
        ("服务对象", ["服务对象"]),
        ("《A、B办法》、实施细则", ["《A、B办法》", "实施细则"]),
        ("", []),
    ],
)
def test_elements(text: str, found: list[str]) -> None:
    assert list(elements(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县人社局、县税务局", ["县人社局", "县税务局"]),
        ("人力资源社会保障\n部门", ["人力资源社会保障部门"]),
        ("县政府\n办公室", ["县政府办公室"]),
        ("清源县人力资源\n和社会保障局\n清源县税务局", ["清源县人力资源和社会保障局", "清源县税务局"]),
        ("乡镇人民政府/街道办事处", ["乡镇人民政府", "街道办事处"]),
        ("区人力社保局,镇人民政府（街道\n办事处）", ["区人力社保局", "镇人民政府（街道办事处）"]),
        ("街道\n办事处", ["街道办事处"]),
        ("1.县人社局\n2.县税务局", ["县人社局", "县税务局"]),
    ],
)
def test_publishers(text: str, found: list[str]) -> None:
    assert list(publishers(text)) == found


@pytest.mark.parametrize(
    "text", ["√", "✓", "■", "☑", "V", "v", "是", "●", "（√）", "√（失业人员）", " √ ", "P", "\uf0fe"]
)
def test_ticked(text: str) -> None:
    assert tick(text) is True


@pytest.mark.parametrize("text", ["", "\u3000", "□", "×", "否", "/", "—", "无", "□（失业人员）"])
def test_not_ticked(text: str) -> None:
    assert tick(text) is False


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("失业人员", "失业人员"),
        ("√（失业人员）", "失业人员"),
        ("√", None),
        ("特定群体（请写明）", None),
        ("特定群体：参保人员", "参保人员"),
    ],
)
def test_a_group_named_in_the_cell(text: str, named: str | None) -> None:
    assert group(text) == named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("全社会", (("全社会",), None)),
        ("社会公众", (("全社会",), None)),
        ("■全社会 □特定群体", (("全社会",), None)),
        ("□全社会\n■特定群体：参保人员", (("特定群体",), "参保人员")),
        ("全社会√ 特定群体□", (("全社会",), None)),
        ("全社会、特定群体（失业人员）", (("全社会", "特定群体"), "失业人员")),
        ("失业人员", (("特定群体",), "失业人员")),
    ],
)
def test_audience_in_words(text: str, said: tuple[tuple[str, ...], str | None]) -> None:
    assert audience(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("主动公开", ("主动",)),
        ("依申请公开", ("依申请",)),
        ("■主动 □依申请", ("主动",)),
        ("主动、依申请", ("主动", "依申请")),
    ],
)
def test_mode_in_words(text: str, said: tuple[str, ...]) -> None:
    assert mode(text) == said


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("县级", "县级"),
        ("区级", "县级"),
        ("市级", "县级"),
        ("县（市、区）级", "县级"),
        ("旗县级", "县级"),
        ("乡、村级", "乡级"),
        ("镇街级", "乡级"),
        ("乡镇（街道）级", "乡级"),
        ("苏木级", "乡级"),
        ("街道", "乡级"),
        ("村级", "村级"),
        ("社区", "村级"),
        ("嘎查(社区)级", "村级"),
        ("村（社区）级", "村级"),
        ("省级", None),
        ("咨询电话", None),
        ("", None),
    ],
)
def test_level(text: str, canonical: str | None) -> None:
    assert level(text) == canonical


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("县级、乡级", ("县级", "乡级")),
        ("县乡两级", ("县级", "乡级")),
        ("县、乡、村", ("县级", "乡级", "村级")),
        ("■县级 □乡级", ("县级",)),
    ],
)
def test_levels_in_words(text: str, said: tuple[str, ...]) -> None:
    assert levels(text) == said


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1.2 岗位信息发布", "1.2", "岗位信息发布"),
        ("1.就业信息服务", "1", "就业信息服务"),
        ("1.1.就业", "1.1", "就业"),
        ("一、就业", "1", "就业"),
        ("（十二）就业", "12", "就业"),
        ("1就业", "1", "就业"),
        ("12333热线", None, "12333热线"),
        ("4050人员认定", None, "4050人员认定"),
        ("60岁以上老人补贴", None, "60岁以上老人补贴"),
        ("1.", None, "1."),
        ("", None, ""),
    ],
)
def test_the_number_of_a_name(text: str, number: str | None, rest: str) -> None:
    assert take_number(text) == (number, rest)


def test_lines_are_joined_where_chinese_was_broken() -> None:
    assert line(" 职业培训信\u3000息发 布\n ") == "职业培训信息发布"
    assert line("0600-5550101\n0600-5550102") == "0600-5550101 0600-5550102"
    assert name("单位(项目)\n变更") == "单位（项目）变更"


def test_a_key_to_compare_by_knows_no_spelling() -> None:
    assert fold("公开内容（要 素）〔2012〕“A”") == fold('公开内容(要素)[2012]"a"')


@given(st.text(max_size=80))
def test_any_text_is_read_and_nothing_is_blank(text: str) -> None:
    for grammar in (channels, elements, publishers):
        assert all(word.strip() for word in grammar(text))
    assert all(basis.text for basis in bases(text))
    assert numbered(text) is None or numbered(text)
    audience(text), mode(text), levels(text), tick(text), group(text), take_number(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("《甲法》第十条、第二十一条及《乙法》第三条", ["《甲法》第十条、第二十一条", "《乙法》第三条"]),
        ("《甲法》【文件】国办发〔2019〕14号", ["《甲法》", "国办发〔2019〕14号"]),
        ("《甲法》/《乙法》", ["《甲法》", "《乙法》"]),
        ("法律：社会保险法 规章：社会保险办法", ["社会保险法", "社会保险办法"]),
    ],
)
def test_bases_part_where_another_law_begins(text: str, parts: list[str]) -> None:
    assert [one.text for one in bases(text)] == parts
