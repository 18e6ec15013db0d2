"""Damaged files of a county: nothing raises, every trouble's place is in its file, the county can be laid."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from tests.laws import law

from gkdir.finding import Place
from gkdir.model.county import County
from gkdir.model.item import Directory, Item
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.county import read_county_folder
from gkdir.read.folder import Root

FILES = {
    "county.yaml": """\
名称: 清源县
代码: "990101"
上级: ../../province.yaml
网站: {名称: 清源县人民政府, 标识码: "9901010001", 网址: "https://www.example.gov.cn/"}
机构:
  人社局: {名称: 清源县人社局, 类别: 人社部门, 电话: "0600-5550101"}
目录:
  employment:
    审核日期: 2026-03-01
    默认: {公开主体: [人社局]}
    事项:
      "4.1":
        公开时限: 信息形成或变更之日起10个工作日内公开
        公开渠道和载体: {增加: [两微一端]}
        公开对象: [{特定群体: 失业人员}]
      "4.2": {不列入: 未开展}
    增加:
      - {编号: "4.1.1", 三级事项: 线上失业登记}
允许:
  - {规则: GK203, 理由: 试点, 截止: 2027-06-30}
""",
    "guides/employment/4.1.md": """\
---
简述: 登记
办理材料: [{名称: 表, 表格: 失业登记表, 份数: 1}]
办理方式: [{窗口: 人社局}]
办理时限: {法定: 10个工作日, 承诺: 3个工作日}
核对: {日期: 2026-03-01}
---
## 这是什么
登记。
""",
    "forms/失业登记表.yaml": """\
名称: 失业登记表
分节:
  - 标题: 个人信息
    栏目:
      - {名称: 性别, 类型: 选择, 宽: 2, 选项: [男, 女], 必填: false}
""",
    "towns/baishi.yaml": "名称: 白石镇\n代码: '990101101'\n目录: {employment: {事项: {'4.1': {公开方式: 主动}}}}\n",
    "../../province.yaml": "名称: 某省\n代码: '990000'\n目录: {}\n",
}
NATIONAL = {
    "employment": Directory(
        "employment",
        "就业领域目录",
        Place("national/employment.xlsx"),
        items=(Item("employment", "4.1", "失业登记", "失业登记"), Item("employment", "4.2", "失业登记", "就业登记")),
    )
}

PIECES = st.sampled_from((
    "", " ", "  ", "\n", "\t", ":", ": ", "：", "- ", "[", "]", "{", "}", '"', "'", "#", "&a ", "*a ", "!b ", "| ",
    "---\n", "<<: ", "null", "true", "12", "2026-02-30", "名称: ", "编号: ", "上级: ", "增加: ", "../", "%",
    "\u2028", "\x85", "\ufeff", "𠮷",
))  # fmt: skip
edits = st.lists(
    st.tuples(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.integers(0, 8), PIECES), min_size=1, max_size=4
)


def mutilated(changes: list[tuple[str, float, int, str]]) -> dict[str, str]:
    """The files with pieces removed and others added."""
    files = dict(FILES)
    for name, where, length, piece in changes:
        at = int(where * len(files[name]))
        files[name] = files[name][:at] + piece + files[name][at + length :]
    return files


def read(folder: Path, files: dict[str, str]) -> County:
    county = folder / "counties" / "qingyuan"
    county.mkdir(parents=True)
    for name, text in files.items():
        path = county / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return read_county_folder(Root(folder, "", folder.resolve()), county)


@law(40)
@given(edits)
def test_nothing_that_can_be_written_raises_and_every_trouble_is_inside_its_file(
    changes: list[tuple[str, float, int, str]],
) -> None:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        county = read(folder, mutilated(changes))
        for trouble in county.troubles:
            place = trouble.place
            lines = (folder / place.file).read_text(encoding="utf-8").split("\n")
            assert 1 <= (place.line or 1) <= len(lines)
            assert 1 <= (place.column or 1) <= len(lines[(place.line or 1) - 1]) + 1
            assert trouble.message
            assert trouble.hint
        catalog = lay(Project(Path(), NATIONAL, ()), county)
        assert catalog.directories["employment"].national_count == 2


def test_the_files_as_they_are_have_no_trouble() -> None:
    with TemporaryDirectory() as temporary:
        county = read(Path(temporary), FILES)
    assert county.troubles == ()
    assert [layer.slug for layer in county.above] == ["province"]
    assert list(county.guides) == ["employment/4.1"]
    assert list(county.forms) == ["失业登记表"]
