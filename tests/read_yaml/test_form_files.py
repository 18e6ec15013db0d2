"""Forms, described or ready to download: what is accepted, which goes first, what is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gkdir.model.county import County
from gkdir.model.guide import FormField

ReadFiles = Callable[..., County]
TroublesOf = Callable[[County], list[tuple[str, str, str]]]

FORM = """\
名称: 失业登记表
说明: 一人一张
分节:
  - 标题: 个人信息
    栏目:
      - {名称: 姓名, 宽: 4, 说明: 与身份证一致, 示例: 示例·张三}
      - {名称: 性别, 类型: 选择, 选项: [男, 女], 必填: false}
"""


def test_a_described_form(read: ReadFiles) -> None:
    county = read(files={"forms/失业登记表.yaml": FORM})
    assert county.troubles == ()
    form = county.forms["失业登记表"]
    assert (form.name, form.title, form.note) == ("失业登记表", "失业登记表", "一人一张")
    assert form.sections[0].fields == (
        FormField("姓名", width=4, help="与身份证一致", example="示例·张三"),
        FormField("性别", "选择", choices=("男", "女"), required=False),
    )
    assert form.blank is None


def test_ready_files(read: ReadFiles) -> None:
    county = read(
        files={
            "forms/申请表/空白表.pdf": "12345",
            "forms/申请表/空白表.docx": "123",
            "forms/申请表/示范文本.pdf": "1",
            "forms/申请表/填写说明.md": "照实填。\n",
        }
    )
    form = county.forms["申请表"]
    assert form.blank is not None
    assert (form.blank.path, form.blank.size, form.blank.suffix) == (
        "counties/qingyuan/forms/申请表/空白表.docx",
        3,
        "docx",
    )
    assert form.sample is not None
    assert form.instructions == "照实填。\n"
    (stray,) = county.troubles
    assert str(stray.place).endswith("申请表/空白表.pdf")


def test_ready_files_come_before_what_a_description_makes(read: ReadFiles) -> None:
    form = read(files={"forms/表.yaml": FORM, "forms/表/空白表.docx": "1"}).forms["表"]
    assert form.title == "失业登记表"
    assert form.sections
    assert form.blank is not None


@pytest.mark.parametrize(
    ("change", "kind", "place"),
    [
        (("宽: 4", "宽: 四"), "wrong-value", ":6:21"),
        (("宽: 4", "宽: 13"), "wrong-value", ":6:21"),
        (("选择, 选项: [男, 女]", "选择"), "wrong-value", ":7:22"),
        (("类型: 选择", "类型: 单选"), "wrong-value", ":7:22"),
        (("必填: false", "必填: 否否"), "wrong-value", ":7:42"),
        (("名称: 失业登记表\n", ""), "missing-key", ":1:1"),
        (("标题: 个人信息", "名称: 个人信息"), "unknown-key", ":4:5"),
        (("说明: 一人一张", "备注: 一人一张"), "unknown-key", ":2:1"),
    ],
)
def test_mistakes(read: ReadFiles, troubles_of: TroublesOf, change: tuple[str, str], kind: str, place: str) -> None:
    assert change[0] in FORM
    county = read(files={"forms/表.yaml": FORM.replace(*change)})
    assert (kind, "forms/表.yaml" + place) in [(each[0], each[1]) for each in troubles_of(county)]
    assert county.forms["表"].title


def test_names_that_no_address_can_have(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(files={"forms/a b.yaml": FORM, "forms/100%/空白表.docx": "", "forms/CON.yaml": FORM})
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [
        ("wrong-value", "forms/CON.yaml"),
        ("wrong-value", "forms/a b.yaml"),
        ("wrong-value", "forms/100%"),
    ]
    assert county.forms == {}


def test_an_unreadable_form_still_stands_for_the_materials_that_name_it(
    read: ReadFiles, troubles_of: TroublesOf
) -> None:
    guide = "---\n办理材料: [{名称: 表, 表格: 表}]\n---\n"
    county = read(files={"forms/表.yaml": "名称: [", "guides/employment/4.1.md": guide})
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [("unreadable", "forms/表.yaml:1:5")]


def test_instructions_in_another_encoding(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(files={"forms/表/填写说明.md": "照实填写。".encode("gbk")})
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [("unreadable", "forms/表/填写说明.md:1:1")]
