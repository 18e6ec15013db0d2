"""A press tells what is wrong: a template that makes no sense, a font that is another; texts are never markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.sheets.conftest import ROOT, SITE
from tests.sheets.paper import text, words

import gkdir.sheets.fonts as fonts
from gkdir.cli.build import command as build
from gkdir.cli.printing import command as printing
from gkdir.finding import Unreadable
from gkdir.resources import template_folder
from gkdir.sheets.fonts import FontFile, chosen, font_folders
from gkdir.sheets.press import Press, missing
from gkdir.sheets.sheet import Head, Sheet

HOSTILE = '#read("/etc/passwd") $x$ *粗* _斜_ = 标题 `代码` @引用 <标签> // 注释 \\ "引号" [块] {花} 失业登记'


@dataclass(frozen=True, slots=True)
class Value:
    head: Head
    said: str = ""


def sheet(template: str, said: str = "") -> Sheet:
    return Sheet("print/x.pdf", template, "一张单页", Value(Head("清源县", "清源县", False, "2026年3月1日"), said))


@pytest.fixture(autouse=True)
def _installed() -> None:
    if missing():
        pytest.skip(f"needs gkdir[print]: {', '.join(missing())}")


def project(folder: Path, template: str) -> Path:
    (folder / "_sheets").mkdir(parents=True)
    (folder / "_sheets" / "own.typ").write_text(template, "utf-8")
    return folder


def test_a_projects_template_is_used_and_may_use_ours(tmp_path: Path) -> None:
    own = project(tmp_path / "templates", '#import "common.typ": *\n#show: 底子.with()\n= 本县\n#单.said\n')
    with Press((own, template_folder()), SITE.date) as press:
        file = tmp_path / "own.pdf"
        file.write_bytes(press.pdf(sheet("own.typ", HOSTILE)))
    assert "".join(HOSTILE.split()) in text(file)  # every sign as it was written, none of them obeyed
    assert "root:" not in text(file)


def test_a_projects_template_of_the_same_name_goes_before_ours(tmp_path: Path, sheets: dict[str, Sheet]) -> None:
    own = project(tmp_path / "templates", "")
    (own / "_sheets" / "notice.typ").write_text(
        '#import "common.typ": *\n#show: 底子.with()\n= 本县自己的样子\n', "utf-8"
    )
    with Press((own, template_folder()), SITE.date) as press:
        file = tmp_path / "own.pdf"
        file.write_bytes(press.pdf(sheets["print/employment/4-1.pdf"]))
    assert "本县自己的样子" in text(file)


@pytest.mark.parametrize(
    "template",
    ["#没有这个", '#read("/etc/passwd")', '#read("../../../etc/passwd")', "= 标题\n=== 跳了一级\n", "#{"],
)
def test_a_template_that_makes_no_sense_is_one_clear_trouble(tmp_path: Path, template: str) -> None:
    own = project(tmp_path / "templates", template)
    with Press((own, template_folder()), SITE.date) as press, pytest.raises(Unreadable) as caught:
        press.pdf(sheet("own.typ"))
    assert caught.value.trouble.place.file == "templates/_sheets/own.typ"
    assert "排不出来" in caught.value.trouble.message


def test_a_font_that_is_not_the_one_we_know_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    known = fonts.FONTS[1]
    monkeypatch.setattr(fonts, "FONTS", (FontFile(known.distribution, known.package, known.name, "0" * 64),))
    with pytest.raises(Unreadable, match="字体"):
        font_folders()


def test_an_offices_own_fonts_go_first() -> None:
    ours = ["Noto Sans CJK SC", "Noto Serif SC"]
    assert chosen(ours)["body"][0] == "Noto Serif SC"
    assert chosen(ours)["has_title"] == []
    office = chosen([*ours, "FangSong_GB2312", "FZXiaoBiaoSong-B05S"])
    assert office["body"][:2] == ["FangSong_GB2312", "Noto Serif SC"]
    assert office["title"][0] == "FZXiaoBiaoSong-B05S" == office["has_title"][0]
    assert chosen(ours, traditional=True)["sans"] == ["Noto Sans CJK TC", "Noto Serif TC"]


def test_a_character_that_no_font_has_gives_way_and_is_told(tmp_path: Path) -> None:
    own = project(tmp_path / "templates", '#import "common.typ": *\n#show: 底子.with()\n= 本县\n#单.said\n')
    file = tmp_path / "own.pdf"
    with Press((own, template_folder()), SITE.date) as press:
        file.write_bytes(
            press.pdf(sheet("own.typ", "笑\U0001f600脸，打勾☑方框☐，控\x07制\ufeff符，𠀋字，私\U0010fffd用"))
        )
        assert press.lacking == "\U0001f600\U0010fffd"
        assert press.pages(sheet("own.typ", "笑\U0001f600脸"), 20)
    assert "笑〓脸，打勾√方框□，控制符，𠀋字，私〓用" in text(file)


def test_without_typst_both_commands_say_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("gkdir.sheets.press.find_spec", lambda _: None)
    sample = str(ROOT / "directories")
    result = CliRunner().invoke(printing, [sample, "--county", "qingyuan", "-o", str(tmp_path / "print")])
    assert result.exit_code == 1
    assert "pip install 'gkdir[print]'" in result.stderr
    assert "打印样式" in result.stderr
    built = CliRunner().invoke(build, [sample, "-o", str(tmp_path / "site"), "--print"])
    assert built.exit_code == 0
    assert "打印样式" in built.stderr
    assert not list((tmp_path / "site").rglob("print/**/*.pdf"))


def test_a_site_with_sheets_links_each_of_them(tmp_path: Path) -> None:
    sample = str(ROOT / "tests" / "samples" / "small" / "project")
    national = ROOT / "tests" / "samples" / "small" / "national"
    if not national.is_dir():
        pytest.skip("the small sample is elsewhere")
    from gkdir.build import Outcome, Request, State
    from gkdir.build import build as build_site

    outcomes: list[Outcome] = []
    build_site(Request(Path(sample), tmp_path, ("heping",), national=national, sheets=True), outcomes.append)
    assert [outcome.state for outcome in outcomes] == [State.PUBLISHED]
    made = {path.relative_to(tmp_path / "heping").as_posix() for path in tmp_path.rglob("print/**/*.pdf")}
    assert "print/social_assistance.pdf" in made
    page = (tmp_path / "heping" / "print" / "index.html").read_text("utf-8")
    from urllib.parse import quote

    assert [path for path in made if f'href="../{quote(path)}"' not in page] == []
    item = (tmp_path / "heping" / "social_assistance" / "2-1" / "index.html").read_text("utf-8")
    assert 'href="../../print/social_assistance/2-1.pdf"' in item
    assert 'src="../../print/social_assistance/2-1.png"' in item
    for path in made:
        if re.fullmatch(r"print/social_assistance/.+\.pdf", path):  # with a guide or without
            of_item = (tmp_path / "heping" / path.removeprefix("print/")).with_suffix("") / "index.html"
            assert f'src="../../{path.removesuffix("pdf")}png"' in of_item.read_text("utf-8"), path
    assert next(words(tmp_path / "heping" / "print" / "social_assistance.pdf")).inside
