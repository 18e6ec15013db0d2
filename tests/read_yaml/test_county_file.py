"""county.yaml and the layers around it: what is accepted, and the troubles about what is not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest

from gkdir.model.columns import COLUMN
from gkdir.model.county import Change, County
from gkdir.model.item import Basis, TimeLimit
from gkdir.read.county import read_county_folder
from gkdir.read.folder import Root

ReadFiles = Callable[..., County]
TroublesOf = Callable[[County], list[tuple[str, str, str]]]

COUNTY = '名称: 清源县\n代码: "990101"\n'
ITEM = COUNTY + '目录:\n  employment:\n    事项:\n      "4.1":\n'


def change(read: ReadFiles, line: str) -> Change:
    county = read(ITEM + f"        {line}\n")
    assert county.troubles == ()
    (item,) = county.overlay.domains["employment"].items
    (made,) = item.changes
    return made


def test_who_the_county_is(read: ReadFiles) -> None:
    county = read(
        "名称: 清源县\n代码: 990101\n简称: 清源\n示例: 是\n"
        "网站: {名称: 清源县人民政府, 标识码: '9901010001', 网址: 'https://www.example.gov.cn/zwgk/'}\n"
        "机构:\n  人社局: {名称: 清源县人力资源和社会保障局, 类别: 人社部门, 电话: 0600-5550101}\n"
        "允许:\n  - {规则: GK203, 事项: employment/4.1, 理由: 试点, 截止: 2027-06-30}\n"
    )
    assert county.troubles == ()
    layer = county.overlay
    assert (layer.name, layer.code, layer.short_name, layer.example, layer.kind) == (
        "清源县",
        "990101",
        "清源",
        True,
        "县级",
    )
    assert (layer.website.code, layer.website.address) == ("9901010001", "https://www.example.gov.cn/zwgk/")
    office = layer.organisations["人社局"]
    assert (office.name, office.phone) == ("清源县人力资源和社会保障局", "0600-5550101")
    assert str(office.place) == "project/counties/qingyuan/county.yaml:7:3"
    assert str(office.written["电话"].place) == "project/counties/qingyuan/county.yaml:7:42"
    assert layer.allowances[0].until == date(2027, 6, 30)
    assert county.folder == "counties/qingyuan"


def test_a_list_replaces_and_an_addition_adds(read: ReadFiles) -> None:
    replaced = change(read, "公开渠道和载体: [政府网站, 便民服务中心（站）]")
    assert (replaced.action, replaced.value) == ("replace", ("政府网站", "便民服务站"))
    assert [element.text for element in replaced.elements] == ["政府网站", "便民服务中心（站）"]
    added = change(read, "公开渠道和载体: {增加: [两微一端]}")
    assert (added.action, added.value) == ("add", ("两微一端",))
    assert str(added.place).endswith("county.yaml:7:9")
    assert str(added.elements[0].place).endswith("county.yaml:7:24")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("公开内容: 对象范围", ("对象范围",)),
        ("公开内容: 对象范围；申请条件", ("对象范围", "申请条件")),
        ("公开内容: [对象范围；申请条件]", ("对象范围；申请条件",)),
        ("公开主体: 人社局", ("人社局",)),
        ("公开方式: 依申请公开", ("依申请",)),
        ("公开方式: [主动公开, 依申请公开]", ("主动", "依申请")),
        ("公开层级: [县级, 乡镇级]", ("县级", "乡级")),
        ("公开层级: 县级、村级", ("县级", "村级")),
        ("公开对象: 全社会", ("全社会",)),
        ("公开渠道和载体: ■政府网站 □政府公报 ■政务服务中心", ("政府网站", "政务服务中心")),
    ],
)
def test_a_single_text_is_a_list_and_a_pasted_cell_is_taken_apart(
    read: ReadFiles, line: str, value: tuple[str, ...]
) -> None:
    assert change(read, line).value == value


def test_bases_and_limits_are_read_in_their_own_terms(read: ReadFiles) -> None:
    basis = change(read, "公开依据: [《清源县公共就业服务办法》（清政发〔2024〕5号）]").value
    assert isinstance(basis, tuple)
    assert isinstance(basis[0], Basis)
    assert basis[0].name == "清源县公共就业服务办法"
    limit = change(read, "公开时限: 信息形成或变更之日起10个工作日内公开").value
    assert isinstance(limit, TimeLimit)
    assert (limit.count, limit.unit) == (10, "workday")


@pytest.mark.parametrize(
    "line",
    [
        "公开对象: [{特定群体: 就业困难人员}]",
        "公开对象: {特定群体: 就业困难人员}",
        "公开对象: [特定群体（就业困难人员）]",
        "公开对象: 特定群体（就业困难人员）",
        "公开对象: {增加: [{特定群体: 就业困难人员}]}",
    ],
)
def test_a_group_can_be_named_in_each_way(read: ReadFiles, line: str) -> None:
    made = change(read, line)
    assert (made.value, made.detail) == (("特定群体",), "就业困难人员")


def test_every_column_of_the_model_can_be_written(read: ReadFiles) -> None:
    for key, column in COLUMN.items():
        if key not in ("number", "level1", "level2", "level3", "time_limit"):
            word = {"公开对象": "全社会", "公开方式": "主动", "公开层级": "县级"}.get(column.label, "甲")
            assert change(read, f"{column.label}: [{word}]").field == key


def test_the_other_keys_of_an_item(read: ReadFiles) -> None:
    county = read(
        ITEM + "        通俗名称: 失业了先登记\n        说明: 说明的话\n        依申请依据: 《某法》\n"
        "        责任人: 丙丁\n        审核人: 戊己\n"
    )
    assert county.troubles == ()
    (item,) = county.overlay.domains["employment"].items
    assert (item.alias, item.note) == ("失业了先登记", "说明的话")
    assert item.ground is not None
    assert item.ground.text == "《某法》"
    assert not any(name in repr(item) for name in ("丙丁", "戊己"))  # R5.1: the responsible person is not published


@pytest.mark.parametrize(
    ("said", "reason", "on"),
    [
        ("本县未开展", "本县未开展", None),
        ("{理由: 本县未开展, 批准: 县政府办, 日期: 2026年3月1日}", "本县未开展", date(2026, 3, 1)),
        ("", "", None),
        ('""', "", None),
    ],
)
def test_omissions(read: ReadFiles, said: str, reason: str, on: date | None) -> None:
    county = read(ITEM + f"        不列入: {said}\n")
    assert county.troubles == ()
    omission = county.overlay.domains["employment"].items[0].omission
    assert omission is not None
    assert (omission.reason, omission.on) == (reason, on)
    assert str(omission.place).endswith("county.yaml:7:9")


def test_additions(read: ReadFiles) -> None:
    county = read(
        COUNTY + "目录:\n  employment:\n    增加:\n"
        "      - {编号: 1.6, 一级事项: 就业信息服务, 二级事项: 零工市场, 公开内容: [地址]}\n"
        '      - 编号: "4.1.1"\n        三级事项: 线上失业登记\n'
    )
    assert county.troubles == ()
    second, third = county.overlay.domains["employment"].additions
    assert (second.number, second.level1, second.level2, second.level3) == ("1.6", "就业信息服务", "零工市场", None)
    assert (third.number, third.level3) == ("4.1.1", "线上失业登记")
    assert str(third.place).endswith("county.yaml:7:13")


def test_all_mistakes_are_told_at_once_each_at_its_place(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(
        "名称: 清源县\n代码: 九九\n网站: {网址: javascript:alert(1)}\n机构:\n  人社局: {电话: true}\n"
        "目录:\n  employment:\n    审核日期: 2026-02-30\n    事项:\n      '4.1':\n        公开时间: 10日\n"
        "        公开方式: [随便]\n        公开渠道和载体: {增加: [两微一端], 减少: [政府网站]}\n"
        "    增加:\n      - {编号: 1.2.x, 二级事项: 甲}\n      - {编号: '10.1', 一级事项: 乙}\n允许: GK203\n"
    )
    assert sorted((kind, place) for kind, place, _ in troubles_of(county)) == [
        ("missing-key", "county.yaml:5:3"),  # 人社局 has no 名称
        ("unknown-key", "county.yaml:11:9"),
        ("unknown-key", "county.yaml:13:31"),
        ("wrong-value", "county.yaml:12:16"),
        ("wrong-value", "county.yaml:15:14"),
        ("wrong-value", "county.yaml:16:14"),
        ("wrong-value", "county.yaml:17:5"),
        ("wrong-value", "county.yaml:2:5"),
        ("wrong-value", "county.yaml:3:10"),
        ("wrong-value", "county.yaml:5:13"),
        ("wrong-value", "county.yaml:8:11"),
    ]
    assert all(trouble.hint for trouble in county.troubles)


def test_a_bad_part_does_not_take_the_good_ones_with_it(read: ReadFiles) -> None:
    county = read(
        COUNTY + "电话: 1\n机构:\n  甲: {地址: 没有名称}\n  乙: {名称: 乙局}\n"
        "目录:\n  employment:\n    事项:\n      '4.1': {公开方式: [随便], 公开内容: [好的]}\n      '4.2': 不写\n"
    )
    assert list(county.overlay.organisations) == ["乙"]
    (item,) = county.overlay.domains["employment"].items
    assert [made.value for made in item.changes] == [("好的",)]
    assert len(county.troubles) == 4


@pytest.mark.parametrize(
    ("key", "meant"),
    [("公开时间", "公开时限"), ("公开渠道", "公开渠道和载体"), ("责任主体", "公开主体"), ("不列", "不列入")],
)
def test_an_unknown_key_says_what_was_meant(read: ReadFiles, key: str, meant: str) -> None:
    county = read(ITEM + f"        {key}: [甲]\n")
    (trouble,) = county.troubles
    assert str(trouble.kind) == "unknown-key"
    assert f"您是不是想写“{meant}”" in trouble.hint


def test_an_unknown_key_like_no_other_lists_what_there_is(read: ReadFiles) -> None:
    (trouble,) = read(COUNTY + "xyz: 1\n").troubles
    assert "机构" in trouble.hint


def test_the_name_and_code_must_be_there_and_the_rest_still_counts(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read("代码:\n机构: {甲: {名称: 甲局}}\n")
    assert troubles_of(county) == [
        ("missing-key", "county.yaml:1:1", "缺少“名称”。"),
        ("missing-key", "county.yaml:1:1", "没有填写“代码”。"),
    ]
    assert county.overlay.name == "qingyuan"
    assert list(county.overlay.organisations) == ["甲"]


@pytest.mark.parametrize("text", ["", "# 空的\n", "清源县\n", "- 清源县\n"])
def test_a_file_that_is_no_mapping(read: ReadFiles, text: str) -> None:
    county = read(text)
    assert county.troubles
    assert county.overlay.name == "qingyuan"
    assert len({str(trouble.place) for trouble in county.troubles}) == 1


def test_an_item_left_out_cannot_be_changed_too(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(ITEM + "        不列入: 未开展\n        公开内容: [甲]\n")
    ((kind, place, message),) = troubles_of(county)
    assert (kind, place) == ("wrong-value", "county.yaml:8:15")
    assert "不列入" in message


def test_an_unreadable_county_is_one_trouble_and_a_minimal_overlay(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(COUNTY.encode("gbk"))
    ((kind, place, message),) = troubles_of(county)
    assert (kind, place) == ("unreadable", "county.yaml:1:1")
    assert "GBK" in message
    assert (county.overlay.name, county.overlay.code) == ("qingyuan", "")


# Layers above


def test_layers_above_run_from_the_top_down(read: ReadFiles) -> None:
    county = read(
        COUNTY + "上级: ../../cities/9901/city.yaml\n",
        {
            "../../cities/9901/city.yaml": "名称: 清州市\n代码: '990100'\n上级: ../../provinces/99/province.yaml\n",
            "../../provinces/99/province.yaml": "名称: 某省\n代码: '990000'\n",
        },
    )
    assert county.troubles == ()
    assert [(layer.slug, layer.name, layer.kind) for layer in county.above] == [
        ("99", "某省", "省级"),
        ("9901", "清州市", "市级"),
    ]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("../../../outside.yaml", "outside"),
        ("/etc/passwd", "outside"),
        ("../../none.yaml", "missing-file"),
        ("county.yaml", "wrong-value"),
        ("../../counties", "missing-file"),
    ],
)
def test_a_way_up_that_leads_nowhere(read: ReadFiles, troubles_of: TroublesOf, said: str, kind: str) -> None:
    county = read(COUNTY + f"上级: {said}\n", {"../../../outside.yaml": COUNTY})
    ((told_kind, place, _),) = troubles_of(county)
    assert (told_kind, place) == (kind, "county.yaml:3:5")
    assert county.above == ()


def test_layers_above_that_go_round_in_a_circle(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(
        COUNTY + "上级: ../../a.yaml\n",
        {"../../a.yaml": COUNTY + "上级: b.yaml\n", "../../b.yaml": COUNTY + "上级: a.yaml\n"},
    )
    ((kind, place, message),) = troubles_of(county)
    assert (kind, place) == ("wrong-value", "project/b.yaml:3:5")
    assert "绕回" in message


# Layers below


def test_towns_and_villages(read: ReadFiles) -> None:
    county = read(
        files={
            "towns/baishi.yaml": "名称: 白石镇\n代码: '990101101'\n",
            "towns/liushu.yaml": "名称: 柳树村\n上级: baishi\n",
        }
    )
    assert county.troubles == ()
    assert [(town.slug, town.kind, town.parent) for town in county.towns] == [
        ("baishi", "乡级", None),
        ("liushu", "村级", "baishi"),
    ]


def test_a_village_of_no_township(read: ReadFiles) -> None:
    county = read(files={"towns/a.yaml": "名称: 甲村\n上级: baishu\n", "towns/baishi.yaml": "名称: 白石镇\n"})
    (trouble,) = county.troubles
    assert (str(trouble.kind), str(trouble.place)) == ("missing-file", "project/counties/qingyuan/towns/a.yaml:2:5")
    assert "您是不是想写“baishi”" in trouble.hint


def test_villages_of_each_other(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(files={"towns/a.yaml": "名称: 甲\n上级: b\n", "towns/b.yaml": "名称: 乙\n上级: a\n"})
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [
        ("wrong-value", "towns/a.yaml:2:5"),
        ("wrong-value", "towns/b.yaml:2:5"),
    ]


def test_an_unreadable_town_leaves_the_others(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(files={"towns/a.yaml": "名称: [", "towns/b.yaml": "名称: 乙镇\n"})
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [("unreadable", "towns/a.yaml:1:5")]
    assert "b" in [town.slug for town in county.towns]


# Other files


def test_strays_are_told_and_the_leavings_of_editors_are_not(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(
        files={
            "notes.txt": "",
            "county.yml": "",
            "guide/x.md": "",
            "towns/README.md": "",
            "towns/a.yml": "",
            "forms/表.txt": "",
            "guides/x.md": "",
            "guides/employment/4.1.txt": "",
            ".DS_Store": "",
            "county.yaml~": "",
            "~$county.xlsx": "",
        }
    )
    assert sorted(place for kind, place, _ in troubles_of(county) if kind == "stray-file") == [
        "county.yml",
        "forms/表.txt",
        "guide",
        "guides/employment/4.1.txt",
        "guides/x.md",
        "notes.txt",
        "towns/a.yml",
    ]
    assert len(county.troubles) == 7


def test_a_link_out_of_the_project_is_not_followed(
    read: ReadFiles, troubles_of: TroublesOf, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "4.1.md").write_text("---\n简述: 秘密\n---\n", encoding="utf-8")
    (folder / "guides").mkdir()
    (folder / "guides" / "employment").symlink_to(tmp_path / "secret")
    (folder / "towns").symlink_to(tmp_path / "secret")
    (folder / "forms").symlink_to("forms")
    county = read()
    assert sorted((kind, place) for kind, place, _ in troubles_of(county)) == [
        ("outside", "forms"),
        ("outside", "guides/employment"),
        ("outside", "towns"),
    ]
    assert county.guides == {}


def test_a_county_file_that_is_a_link_out_of_the_project(
    folder: Path, read: ReadFiles, troubles_of: TroublesOf, tmp_path: Path
) -> None:
    read()
    (folder / "county.yaml").rename(tmp_path / "elsewhere.yaml")
    (folder / "county.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    county = read_county_folder(Root.of(Path("project")), folder)
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [
        ("outside", "county.yaml"),
    ]
    assert county.overlay.name == "qingyuan"


def test_a_county_file_that_is_a_link_to_itself(folder: Path, read: ReadFiles, troubles_of: TroublesOf) -> None:
    read()
    (folder / "county.yaml").unlink()
    (folder / "county.yaml").symlink_to("county.yaml")
    county = read_county_folder(Root.of(Path("project")), folder)
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [("outside", "county.yaml")]


@pytest.mark.parametrize(("what", "kind"), [(None, "missing-file"), ("county.yaml", "unreadable")])
def test_no_county_file(folder: Path, troubles_of: TroublesOf, what: str | None, kind: str) -> None:
    if what is not None:
        (folder / what).mkdir()
    county = read_county_folder(Root.of(Path("project")), folder)
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [(kind, "county.yaml")]


def test_a_county_file_that_is_called_otherwise(folder: Path, troubles_of: TroublesOf) -> None:
    (folder / "county.yml").write_text("名称: 清源县\n", encoding="utf-8")
    county = read_county_folder(Root.of(Path("project")), folder)
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [("missing-file", "county.yaml")]
    assert county.troubles[0].hint == "请把 county.yml 改名为 county.yaml。"


def test_a_folder_that_cannot_be_opened(
    read: ReadFiles, troubles_of: TroublesOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, str | bytes] = {"towns/baishi.yaml": "名称: 白石镇\n"}
    assert read(files=files).troubles == ()

    def refuse(path: Path) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        if path.name == "towns":
            raise PermissionError(13, "denied")
        return os.scandir(path)

    monkeypatch.setattr("gkdir.read.folder.scandir", refuse)
    assert [(kind, place) for kind, place, _ in troubles_of(read(files=files))] == [("unreadable", "towns")]
