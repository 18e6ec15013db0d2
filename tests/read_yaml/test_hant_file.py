"""hant.yaml: the national one, a project's over it, a county's own; a mistake is reported and affects nothing else."""

from __future__ import annotations

from pathlib import Path

from gkdir.model.traditional import NO_TRADITIONAL, Traditional
from gkdir.read.declaredfiles import read_national_traditional, read_traditional
from gkdir.read.project import read_county, read_project


def read(folder: Path, text: str) -> tuple[Traditional, list[str]]:
    path = folder / "hant.yaml"
    path.write_text(text, encoding="utf-8")
    said, troubles = read_traditional(path, "hant.yaml")
    return said, [f"{trouble.place}：{trouble.message}" for trouble in troubles]


def test_all_three_keys(tmp_path: Path) -> None:
    said, troubles = read(tmp_path, "生成: false\n词语: {后街: 后街, 签合同: 簽合同}\n名称用字: {范: 范}\n")
    assert troubles == []
    assert said == Traditional(False, {"后街": "后街", "签合同": "簽合同"}, {"范": "范"})


def test_nothing_but_remarks(tmp_path: Path) -> None:
    assert read(tmp_path, "# 还没有\n") == (NO_TRADITIONAL, [])


def test_markup_is_told_of_and_left_out(tmp_path: Path) -> None:
    said, troubles = read(tmp_path, '词语: {好: 好, 坏: "<b>壞</b>", "\\"": 引}\n')
    assert said.words == {"好": "好"}
    assert [line.partition("：")[0] for line in troubles] == ["hant.yaml:1:15"]


def test_a_value_is_one_line_for_pages_are_converted_line_by_line(tmp_path: Path) -> None:
    said, troubles = read(tmp_path, '词语: {签合同: "簽\\n合同"}\n')
    assert troubles == []
    assert said.words == {"签合同": "簽 合同"}


def test_an_unknown_key_and_a_broken_file_are_told_of(tmp_path: Path) -> None:
    assert "词汇" in read(tmp_path, "词汇: {好: 好}\n")[1][0]
    said, troubles = read(tmp_path, "词语: {好\n")
    assert said == NO_TRADITIONAL
    assert len(troubles) == 1


def test_a_lower_file_goes_first(tmp_path: Path) -> None:
    own, packaged = tmp_path / "own", tmp_path / "packaged"
    for folder, text in ((own, "词语: {后街: 后街}"), (packaged, "生成: true\n词语: {后街: 後街, 签: 簽}")):
        folder.mkdir()
        (folder / "hant.yaml").write_text(text, encoding="utf-8")
    said, troubles = read_national_traditional((own, packaged))
    assert troubles == ()
    assert said == Traditional(True, {"后街": "后街", "签": "簽"})
    assert Traditional(False).over(said).wanted is False
    assert NO_TRADITIONAL.over(said) == said
    assert read_national_traditional((packaged, packaged)) == read_national_traditional((packaged,))


def test_a_project_and_a_county_have_theirs(tmp_path: Path) -> None:
    county = tmp_path / "counties" / "heping"
    county.mkdir(parents=True)
    (county / "county.yaml").write_text('名称: 和平县\n代码: "990201"\n', encoding="utf-8")
    (county / "hant.yaml").write_text("生成: false\n", encoding="utf-8")
    project = read_project(tmp_path)
    assert project.traditional.words  # those that come with gkdir
    read = read_county(project, "heping")
    assert read.troubles == ()
    assert read.traditional == Traditional(False)
