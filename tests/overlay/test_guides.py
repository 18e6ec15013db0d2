"""Guides and other files of the layers: laid from the country down to the county, element by element."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gkdir.finding import Finding, Place
from gkdir.model.county import Catalog, County
from gkdir.model.guide import Fee, Guide, Limits, NamedText, Section
from gkdir.model.item import TimeLimit
from gkdir.model.project import Project
from gkdir.origins import origins
from gkdir.overlay import lay
from gkdir.overlay.guides import FIELDS, elements_named, laid_guides
from gkdir.read.project import read_county, read_project
from gkdir.rules import check
from gkdir.service.service import service_of

COUNTY = """\
名称: 清源县
代码: "990101"
上级: ../../provinces/99/province.yaml
机构:
  人社局: {名称: 清源县人力资源和社会保障局, 地址: 清源路18号, 电话: 0600-5550101, 办公时间: 周一至周五9:00—12:00}
目录:
  employment:
    审核日期: 2026-03-01
    默认: {公开主体: [人社局]}
    %s
"""
NATIONAL = """\
---
简述: 没有工作的人来登记。
服务对象: [劳动者]
办理条件: [年满16周岁, 失业前缴费满1年, 还没有领养老金]
别错过: [离职以后60日内申请]
代办: 家里人可以代办。
网上办理深度: 全程网办
办理材料: [{名称: 居民身份证, 必要性: 必要}, {名称: 登记表, 表格: 登记表}]
办理时限: {法定: 20个工作日}
收费: 不收费
待补:
  办理时限.承诺: 各地不同。
  补贴标准: 每月多少钱由省里定。
  咨询: 打电话问。
---
## 这是什么

全国一样。

## 常见问题

### 要钱吗？

不要。
"""
PROVINCE = "---\n办理时限: {承诺: 5个工作日}\n核对: {日期: 2026-02-01}\n---\n## 这是什么\n\n全省一样。\n"
OWN = "---\n网上办理深度: 全程网办\n其他要素: {补贴标准: 见县里的通知}\n核对: {日期: 2026-03-01}\n---\n"
FORM = "名称: 登记表\n分节: [{标题: 本人, 栏目: [{名称: 姓名}]}]\n"
HERE = "counties/qingyuan"


def at(layer: str) -> str:
    return f"{layer}/guides/employment/4.1.md"


def written(root: Path, files: Mapping[str, str], domain: str = "") -> tuple[Project, County]:
    """A county of a province with these files; of the national guides only those that are among them."""
    every = {
        "provinces/99/province.yaml": '名称: 某省\n代码: "990000"\n',
        f"{HERE}/county.yaml": COUNTY % domain,
        **files,
    }
    for name, text in every.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    project = read_project(root)
    assert project.troubles == ()
    own = {id_: guide for id_, guide in project.guides.items() if guide.place.file.startswith(root.as_posix())}
    return replace(project, guides=own, forms={}), read_county(project, "qingyuan")


@pytest.fixture
def laid(tmp_path: Path) -> Callable[..., Catalog]:
    def make(files: Mapping[str, str], domain: str = "") -> Catalog:
        project, county = written(tmp_path, files, domain)
        assert county.troubles == ()
        return lay(project, county)

    return make


def test_each_element_is_the_lowest_layers(laid: Callable[..., Catalog], tmp_path: Path) -> None:
    files = {at("national"): NATIONAL, at("provinces/99"): PROVINCE, at(HERE): OWN}
    guide = laid(files).guides["employment/4.1"]
    assert (guide.summary, guide.fee, guide.online_degree) == ("没有工作的人来登记。", Fee("不收费"), "全程网办")
    assert [limit.text for limit in (guide.statutory, guide.promised) if limit] == ["20个工作日", "5个工作日"]
    assert [(section.title, section.markdown.strip()) for section in guide.sections] == [
        ("这是什么", "全省一样。"), ("常见问题", "### 要钱吗？\n\n不要。"),
    ]  # fmt: skip
    assert [told.text for told in guide.further] == ["见县里的通知"]
    assert guide.pending == ()  # filled in by the province, the county and its office
    assert str(guide.checked) == "2026-03-01"
    assert guide.inherited == "国家、某省"
    files_of = {key: each.place.file.removeprefix(f"{tmp_path}/") for key, each in guide.written.items()}
    assert files_of["简述"] == at("national")
    assert files_of["办理时限.承诺"] == at("provinces/99")
    assert files_of["网上办理深度"] == at(HERE)


def test_what_a_county_says_already_fills_the_guide(laid: Callable[..., Catalog]) -> None:
    guide = laid({at("national"): NATIONAL}).guides["employment/4.1"]
    assert guide.offices == ("人社局",)
    assert [(way.kind, way.target) for way in guide.ways or ()] == [("窗口", "人社局")]
    assert [told.name for told in guide.pending] == ["办理时限.承诺", "补贴标准"]  # 咨询 is known
    assert guide.checked is None


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("", {"基础养老金标准": "每月180元，缴费超过15年的，每多1年每月加发2元。2026年1月1日起执行，见《通知》。"}),
        ("其他要素: {基础养老金标准: 每月200元}", {"基础养老金标准": "每月200元"}),
    ],
)
def test_amounts_that_a_place_sets_are_told_once(laid: Callable[..., Catalog], own: str, told: dict[str, str]) -> None:
    """待遇标准 fills elements of that name, if it has a source and a day; a guide's own text is kept."""
    blank = NATIONAL.replace("补贴标准:", "失业保险金标准: 问\n  基础养老金标准:")
    amounts = "{基础养老金: {每月: 180, 每多缴一年加发: 2, 来源: 《通知》, 日期: 2026-01-01}, 失业保险金: 1500}"
    files = {at("national"): blank, **({at(HERE): f"---\n{own}\n---\n"} if own else {})}
    catalog = laid(files, f"\n待遇标准: {amounts}")
    guide = catalog.guides["employment/4.1"]
    assert {each.name: each.text for each in guide.further} == told
    assert [each.name for each in guide.pending] == ["办理时限.承诺", "失业保险金标准"]
    (entry,) = (each for each in catalog.entries() if each.item.id == guide.id)
    (origin,) = (each for each in origins(catalog, entry) if each.element == "基础养老金标准")
    assert (origin.layer, Path(origin.place.file).name) == ("清源县", "4.1.md" if own else "county.yaml")


def test_a_province_alone_has_guides(laid: Callable[..., Catalog]) -> None:
    guide = laid({at("provinces/99"): PROVINCE}).guides["employment/4.1"]
    assert guide.inherited == "某省"
    assert guide.checked is None  # the province has it, this county has not


def test_a_domain_can_be_checked_as_a_whole(laid: Callable[..., Catalog]) -> None:
    guides = laid({at("national"): NATIONAL}, "指南核对: 2026-03-05").guides
    assert str(guides["employment/4.1"].checked) == "2026-03-05"


@pytest.mark.parametrize(
    ("own", "domain", "layer", "promised"),
    [
        ("", "", "", None),
        ("", "指南默认: {承诺时限: 5个工作日}", "", "5个工作日"),
        ("", "", "指南默认: {承诺时限: 7个工作日}", "7个工作日"),
        ("", "指南默认: {承诺时限: 5个工作日}", "指南默认: {承诺时限: 7个工作日}", "5个工作日"),
        ("办理时限: {承诺: 3个工作日}", "指南默认: {承诺时限: 5个工作日}", "", "3个工作日"),
        ("没有的要素: {办理时限.承诺: 随到随办}", "指南默认: {承诺时限: 5个工作日}", "", None),
    ],
)
def test_what_is_said_once_fills_only_blanks(
    laid: Callable[..., Catalog], own: str, domain: str, layer: str, promised: str | None
) -> None:
    """The domain's value goes before the county's; neither replaces a guide's own text."""
    once = f"{domain}\n    指南核对: 2026-03-05" + (f"\n{layer}" if layer else "")
    files = {at("national"): NATIONAL, **({at(HERE): f"---\n{own}\n---\n"} if own else {})}
    guide = laid(files, once).guides["employment/4.1"]
    assert (guide.promised and guide.promised.text) == promised
    assert guide.statutory is not None
    assert guide.inherited == "国家"
    left = ["补贴标准"] if promised or own else ["办理时限.承诺", "补贴标准"]
    assert [told.name for told in guide.pending] == left


def test_a_province_says_something_once_and_its_counties_keep_their_counters(laid: Callable[..., Catalog]) -> None:
    blank = NATIONAL.replace("网上办理深度: 全程网办\n", "").replace(
        "待补:\n", "待补:\n  网上办理深度: 问\n  办理方式: 问\n  结果送达: 问\n"
    )
    ways = "[{网上: https://www.12333.gov.cn/}, {掌上: 掌上12333}]"
    once = f"指南默认: {{网上办理深度: 原件预审, 办理方式: {ways}, 结果送达: 邮寄}}"
    province = f'名称: 某省\n代码: "990000"\n{once}\n'
    files = {at("national"): blank, "provinces/99/province.yaml": province}
    catalog = laid(files, "指南默认: {网上办理深度: 不可网办}")
    guide = catalog.guides["employment/4.1"]
    assert [way.kind for way in guide.ways or ()] == ["窗口", "网上", "掌上"]
    assert (guide.online_degree, guide.delivery) == ("不可网办", "邮寄")
    entry = next(entry for entry in catalog.entries() if entry.item.id == guide.id)
    layers = {each.element: each.layer for each in origins(catalog, entry)}
    assert (layers["网上办理深度"], layers["结果送达"], layers["办理方式"]) == ("清源县", "某省", "某省")


def test_what_is_said_once_is_judged_item_by_item(tmp_path: Path) -> None:
    longer = NATIONAL.replace("20个工作日", "60个工作日")
    files = {at("national"): NATIONAL, at("national").replace("4.1", "4.2"): longer}
    project, county = written(tmp_path, files, "指南默认: {承诺时限: 30个工作日}")
    every = check(project, county, lay(project, county), date(2026, 3, 10))
    (only,) = [one for one in every if one.rule == "GK304"]
    assert (only.item, only.place.line, "20个工作日" in only.message) == ("employment/4.1", 10, True)
    assert only.place.file.endswith("county.yaml")


@pytest.mark.parametrize(
    "wrong", ["{办理时限: 5个工作日}", "{收费: 不收费}", "{办理方式: [{驿站: 去那里}]}", "5个工作日", "{法定: 5日}"]
)
def test_only_what_may_be_the_same_for_all_is_said_once(tmp_path: Path, wrong: str) -> None:
    _, county = written(tmp_path, {}, f"指南默认: {wrong}")
    assert [trouble.place.line for trouble in county.troubles] == [10]


def test_a_county_can_leave_a_guide_out(laid: Callable[..., Catalog]) -> None:
    files = {at("national"): NATIONAL, at("provinces/99"): PROVINCE}
    drop = '事项: {"4.1": {指南: {不用: 由州里统一办，办法和国家的不同}}}'
    dropped = laid(files, drop)
    assert "employment/4.1" not in dropped.guides
    assert dropped.unused_guides["employment/4.1"].text == "由州里统一办，办法和国家的不同"
    entry = next(entry for entry in dropped.entries() if entry.item.id == "employment/4.1")
    assert [each.value for each in origins(dropped, entry) if each.element == "指南.不用"] == [
        "由州里统一办，办法和国家的不同"
    ]
    assert "由州里统一办" in service_of(entry, dropped).unused
    alone = laid({**files, at(HERE): OWN}, drop).guides["employment/4.1"]
    assert (alone.summary, alone.online_degree, alone.inherited) == (None, "全程网办", "")


def test_what_lies_beside_a_province_is_inherited(laid: Callable[..., Catalog]) -> None:
    page = "---\n标题: %s\n日期: 2026-03-01\n---\n正文。\n"
    catalog = laid({
        at("national"): NATIONAL,
        "provinces/99/forms/登记表.yaml": FORM,
        "provinces/99/forms/别的表.yaml": FORM,
        "provinces/99/words.yaml": "增加: {employment/4.1: [没活干了]}\n",
        "provinces/99/ways.yaml": "一件事:\n  在外务工: {网址: away, 说明: 在外地, 事项: {employment/4.1: 登记}}\n",
        "provinces/99/pages/faq/money.md": page % "省里的",
        "provinces/99/pages/faq/card.md": page % "省里的卡",
        f"{HERE}/pages/faq/card.md": page % "县里的卡",
    })  # fmt: skip
    assert list(catalog.forms) == ["登记表"]  # the other one is in no guide
    assert "没活干了" in {word.text for word in catalog.synonyms.words["employment/4.1"]}
    assert "在外务工" in catalog.navigation.events
    assert [(article.slug, article.title) for article in catalog.articles] == [
        ("card", "县里的卡"),
        ("money", "省里的"),
    ]


def test_what_no_layer_can_have_is_told(tmp_path: Path) -> None:
    wrong = ["provinces/99/guide/4.1.md", "provinces/99/notes.txt", "provinces/99/guides/employment/4.1.txt"]
    _, county = written(tmp_path, dict.fromkeys(wrong, "甲"))
    told = sorted(trouble.place.file.removeprefix(f"{tmp_path}/") for trouble in county.troubles)
    assert told == ["provinces/99/guide", "provinces/99/guides/employment/4.1.txt", "provinces/99/notes.txt"]


def test_a_guide_is_not_dropped_without_a_reason(tmp_path: Path) -> None:
    _, county = written(tmp_path, {}, '事项: {"4.1": {指南: 不用}}')
    assert ["没有写明为什么" in trouble.message for trouble in county.troubles] == [True]


def found(root: Path, own: str, province: str = PROVINCE) -> list[Finding]:
    project, county = written(root, {at("national"): NATIONAL, at("provinces/99"): province, at(HERE): own})
    every = check(project, county, lay(project, county), date(2026, 3, 10))
    return [one for one in every if one.rule in ("GK304", "GK624", "GK625", "GK628", "GK629")]


@pytest.mark.parametrize(
    ("own", "rules"),
    [
        ("办理时限: {承诺: 5个工作日}", []),
        ("办理时限: {承诺: 3个工作日}", []),
        ("办理时限: {承诺: 6个工作日}", ["GK624"]),
        ("办理时限: {承诺: 21个工作日}", ["GK304", "GK624"]),
        ("办理时限: {法定: 30个工作日}", ["GK624"]),
        ("办理时限: {法定: 30个工作日, 承诺: 25个工作日}", ["GK624", "GK624"]),
        ("办理材料: [{名称: 居民身份证, 必要性: 必要}]", []),
        ("办理材料: [{名称: 居民身份证, 必要性: 必要}, {名称: 无业证明, 必要性: 必要}]", ["GK625"]),
        ("办理材料: [{名称: 无业证明}]", ["GK625"]),
        ("办理材料: [{名称: 无业证明, 必要性: 非必要}]", []),
        ("办理材料: [{名称: 无业证明, 必要性: 必要, 依据: 《某省失业登记办法》}]", []),
        ("办理材料: [{名称: 社会保障卡, 必要性: 必要}]", []),
        ("办理材料: 无需材料", []),
        ("没有的要素: {办理时限: 随到随办}", ["GK624"]),
        ("没有的要素: {办理时限.承诺: 没有承诺}", []),
        ("办理条件: [十六周岁以上, 失业前用人单位和本人缴费满12个月]", []),
        ("办理条件: [年满15周岁, 缴费满半年]", []),
        ("办理条件: [年满18周岁]", ["GK628"]),
        ("办理条件: [失业前缴费满一年零六个月, 缴费满两年]", ["GK628", "GK628"]),
        ("办理条件: [离校3年内]", ["GK628"]),
        ("办理条件: [户籍在清源县]", ["GK628"]),
        ("办理条件: [在清源县常住，或者户籍在清源县]", []),
        ("办理条件: [不限户籍, 没有学历要求]", ["GK628"]),
        ("办理条件: [须经村委会同意, 信用良好, 结清欠费]", ["GK628", "GK628", "GK628"]),
        ("办理条件: [户籍在清源县（依据《某省失业登记办法》）, 缴费满2年（某人社发〔2024〕5号）]", []),
        ("办理条件: [持有《就业创业证》, 本人亲自到窗口]", ["GK628", "GK629"]),
        ("办理条件: [夫妻二人名下均无商铺]", ["GK629"]),
        ("服务对象: [本县户籍的劳动者]", ["GK628"]),
        ("别错过: [离职以后30日内申请]", ["GK628"]),
        ("别错过: [离职以后90日内申请]", []),
        ("收费: {标准: 每证10元, 依据: 《清源县收费办法》（清发改〔2024〕5号）}", ["GK628"]),
        ("收费: 登记不收费", []),
        ("代办: 必须本人到场，不得代办。", ["GK628"]),
        ("代办: 村里可以代办。", []),
        ("网上办理深度: 不可网办", ["GK628"]),
        ("办理类型: 已停止", ["GK628"]),
    ],
)
def test_a_lower_layer_never_loosens(own: str, rules: list[str], tmp_path: Path) -> None:
    every = found(tmp_path, f"---\n{own}\n---\n")
    assert sorted(one.rule for one in every) == rules, [one.message for one in every]
    assert all(one.place.file.endswith(at(HERE)) and one.place.line == 2 for one in every)


def test_a_province_never_loosens_either(tmp_path: Path) -> None:
    (only,) = found(tmp_path, OWN, "---\n办理时限: {法定: 40个工作日}\n---\n")
    assert only.rule == "GK624"
    assert only.place.file.endswith(at("provinces/99"))


NAMES = ("结果送达", "证件送达方式", "补贴标准", "收费", "甲")
HERE_ = st.just(Place("x"))
told = st.lists(
    st.builds(NamedText, st.sampled_from(NAMES), st.sampled_from("子丑"), HERE_),
    max_size=3,
    unique_by=lambda each: each.name,
).map(tuple)
blanks = st.lists(
    st.builds(NamedText, st.sampled_from((*NAMES, "办理时限.承诺")), st.just("问"), HERE_),
    max_size=3,
    unique_by=lambda each: each.name,
).map(tuple)
limit = st.none() | st.builds(TimeLimit, st.sampled_from("子丑"), st.just("unknown"))
guides = st.builds(
    Guide,
    st.just("employment"),
    st.just("4.1"),
    HERE_,
    delivery=st.none() | st.sampled_from("子丑"),
    fee=st.none() | st.builds(Fee, st.sampled_from("子丑")),
    limit=st.none() | st.builds(Limits, limit, limit).filter(lambda each: each != Limits()),
    conditions=st.none() | st.sampled_from(((), ("甲",))),
    sections=st.lists(
        st.builds(Section, st.sampled_from(("这是什么", "常见问题")), st.sampled_from("子丑"), HERE_),
        unique_by=lambda each: each.title,
    ).map(tuple),
    further=told,
    without=told,
    pending=blanks,
)


def answered(guide: Guide) -> set[str]:
    given = {field for field in FIELDS if getattr(guide, field) is not None}
    return given.union(*(elements_named(each.name) for each in (*guide.further, *guide.without)))


@given(st.lists(guides, min_size=1, max_size=4))
def test_laying_step_by_step_is_the_same_and_loses_nothing(layers: list[Guide]) -> None:
    whole = laid_guides(layers)
    assert laid_guides([laid_guides(layers[:-1]), layers[-1]] if layers[1:] else layers) == whole
    for field in FIELDS:
        said = [getattr(layer, field) for layer in layers if getattr(layer, field) is not None]
        value = getattr(whole, field)
        assert value in (None, *said[-1:])
        if said and value is None:  # a lower layer words it differently, or says that there is none
            named = [elements_named(each.name) for layer in layers for each in (*layer.without, *layer.further)]
            assert field in set().union(*named)
    asked = {each.name for layer in layers for each in layer.pending}
    still = {each.name for each in whole.pending}
    assert not answered(whole) & {element for name in still for element in elements_named(name)}
    assert all(elements_named(name) & answered(whole) for name in asked - still)
    assert {each.title for each in whole.sections} == {each.title for layer in layers for each in layer.sections}
