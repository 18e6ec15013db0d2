"""The renderer reports an invalid template and a substituted font; texts are never markup."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from struct import pack, unpack
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from tests.places import ROOT
from tests.sheets.conftest import DAY
from tests.sheets.paper import need, text, words

import gkdir.sheets.renderer as fonts
from gkdir.cli.build import command as build
from gkdir.cli.printing import command as printing
from gkdir.finding import Unreadable
from gkdir.publish.converter import available
from gkdir.resources import template_folder
from gkdir.sheets.renderer import FontFile, TypstRenderer, font_families, font_folders, missing
from gkdir.sheets.sheet import Head, PrintedSheet, Value

SMALL = ROOT / "tests" / "samples" / "small"
HOSTILE = '#read("/etc/passwd") $x$ *粗* _斜_ = 标题 `代码` @引用 <标签> // 注释 \\ "引号" [块] {花} 失业登记'


class Own(Value, frozen=True):
    said: str = ""


def sheet(template: str, said: str = "") -> PrintedSheet:
    return PrintedSheet("print/x.pdf", template, "一张单页", Own(Head("清源县", "清源县", False, "2026年3月1日"), said))


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
    with TypstRenderer((own, template_folder()), DAY) as press:
        file = tmp_path / "own.pdf"
        file.write_bytes(press.pdf(sheet("own.typ", HOSTILE)))
    assert "".join(HOSTILE.split()) in text(file)  # every character as written, none interpreted
    assert "root:" not in text(file)


def test_a_projects_template_of_the_same_name_goes_before_ours(tmp_path: Path, sheets: dict[str, PrintedSheet]) -> None:
    own = project(tmp_path / "templates", "")
    (own / "_sheets" / "notice.typ").write_text(
        '#import "common.typ": *\n#show: 底子.with()\n= 本县自己的样子\n', "utf-8"
    )
    with TypstRenderer((own, template_folder()), DAY) as press:
        file = tmp_path / "own.pdf"
        file.write_bytes(press.pdf(sheets["print/employment/4-1.pdf"]))
    assert "本县自己的样子" in text(file)


@pytest.mark.parametrize(
    "template",
    ["#没有这个", '#read("/etc/passwd")', '#read("../../../etc/passwd")', "= 标题\n=== 跳了一级\n", "#{"],
)
def test_a_template_that_makes_no_sense_is_one_clear_trouble(tmp_path: Path, template: str) -> None:
    own = project(tmp_path / "templates", template)
    with TypstRenderer((own, template_folder()), DAY) as press, pytest.raises(Unreadable) as caught:
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
    assert font_families(ours)["body"][0] == "Noto Serif SC"
    assert font_families(ours)["own_body"] == font_families(ours)["own_title"] == []
    office = font_families([*ours, "FangSong_GB2312", "FZXiaoBiaoSong-B05S"])
    assert office["body"][:2] == ["FangSong_GB2312", "Noto Serif SC"]
    assert office["title"][0] == "FZXiaoBiaoSong-B05S" == office["own_title"][0]
    assert font_families([*ours, "STFangsong", "方正小标宋简体", "Other"])["own_title"] == ["方正小标宋简体"]
    assert font_families(ours, traditional=True)["sans"] == ["Noto Sans CJK TC", "Noto Serif TC"]


def test_a_character_that_no_font_has_gives_way_and_is_told(tmp_path: Path) -> None:
    own = project(tmp_path / "templates", '#import "common.typ": *\n#show: 底子.with()\n= 本县\n#单.said\n')
    file = tmp_path / "own.pdf"
    with TypstRenderer((own, template_folder()), DAY) as press:
        file.write_bytes(
            press.pdf(sheet("own.typ", "笑\U0001f600脸，打勾☑方框☐，控\x07制\ufeff符，𠀋字，私\U0010fffd用"))
        )
        assert press.lacking == "\U0001f600\U0010fffd"
        assert press.pages(sheet("own.typ", "笑\U0001f600脸"), 20)
    assert "笑〓脸，打勾√方框□，控制符，𠀋字，私〓用" in text(file)


def test_many_characters_that_no_font_has_cost_one_more_setting(
    tmp_path: Path,
) -> None:
    own = project(tmp_path / "templates", '#import "common.typ": *\n#show: 底子.with()\n= 本县\n#单.said\n')
    lacking = "".join(map(chr, (*range(0x1F300, 0x1F332), *range(0xE000, 0xE010), 0x10FFFD)))
    with TypstRenderer((own, template_folder()), DAY) as press:
        compiler, settings = press._idle.get(), []

        class Counting:
            def compile(self, *args: object, **options: object) -> object:
                settings.append(args)
                return compiler.compile(*args, **options)

        press._idle.put(Counting())
        for _ in range(press.threads - 1):
            press._idle.get()
        assert press.pdf(sheet("own.typ", "、".join(lacking) + lacking))
        assert press.lacking == "".join(sorted(lacking))
    assert len(settings) == 2


def test_without_typst_both_commands_say_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("gkdir.sheets.renderer.find_spec", lambda _: None)
    monkeypatch.setattr("gkdir.read.known.national_folder", lambda: SMALL / "national")
    heping = [str(SMALL / "project"), "--county", "heping", "-o"]
    result = CliRunner().invoke(printing, [*heping, str(tmp_path / "print")])
    assert result.exit_code == 1
    assert "pip install 'gkdir[print]'" in result.stderr
    assert "打印样式" in result.stderr
    built = CliRunner().invoke(build, [*heping, str(tmp_path / "site"), "--print"])
    assert built.exit_code == 0
    assert "打印样式" in built.stderr
    assert not list((tmp_path / "site").rglob("print/**/*.pdf"))


def test_a_site_with_sheets_links_each_of_them(tmp_path: Path) -> None:
    from gkdir.build import build as build_site
    from gkdir.buildoptions import BuildOptions
    from gkdir.outcome import BuildOutcome, State

    outcomes: list[BuildOutcome] = []
    request = BuildOptions(SMALL / "project", tmp_path, ("heping",), national=SMALL / "national", sheets=True)
    build_site(request, outcomes.append)
    assert [outcome.state for outcome in outcomes] == [State.PUBLISHED]
    for site in (tmp_path / "heping", *([tmp_path / "heping" / "hant"] if available() else [])):
        made = {path.relative_to(site).as_posix() for path in (site / "print").rglob("*.pdf")}
        assert {"print/social_assistance.pdf", "print/social_assistance/1-1.pdf"} <= made
        page = (site / "print" / "index.html").read_text("utf-8")
        assert [path for path in made if f'href="../{quote(path)}"' not in page] == []
        assert next(words(site / "print" / "social_assistance.pdf")).inside
        for path in made:
            if re.fullmatch(r"print/social_assistance/.+\.pdf", path):  # with a guide or without
                item = ((site / path.removeprefix("print/")).with_suffix("") / "index.html").read_text("utf-8")
                assert f'href="../../{path}"' in item, path
                assert f'src="../../{path.removesuffix("pdf")}png"' in item, path
                assert (site / path).with_suffix(".png").is_file()


def named(font: bytes, family: str) -> bytes:
    """The font under another name: a copy with another name table."""
    said = [(1, family), (2, "Regular"), (4, family), (6, family.encode("unicode_escape").decode().replace("\\", ""))]
    texts = [text.encode("utf-16-be") for _, text in said]
    records = b"".join(
        pack(">HHHHHH", 3, 1, 0x409, number, len(text), sum(map(len, texts[:place])))
        for place, ((number, _), text) in enumerate(zip(said, texts, strict=True))
    )
    names = pack(">HHH", 0, len(said), 6 + len(records)) + records + b"".join(texts)
    made = bytearray(font)
    for entry in range(12, 12 + 16 * unpack(">H", font[4:6])[0], 16):
        if font[entry : entry + 4] == b"name":
            made[entry + 8 : entry + 16] = pack(">II", len(font), len(names))
    return bytes(made) + names


def test_an_office_sets_in_its_own_fonts(tmp_path: Path, sheets: dict[str, PrintedSheet]) -> None:
    import pylopdf_fonts_zh_cn as ours

    office, folder = tmp_path / "单位字体", Path(ours.__file__).parent
    office.mkdir()
    for name, family in (("NotoSerifSC-Regular.otf", "仿宋_GB2312"), ("NotoSansSC-Regular.otf", "方正小标宋简体")):
        (office / f"{family}.otf").write_bytes(named((folder / name).read_bytes(), family))
    with TypstRenderer((template_folder(),), DAY, (office,)) as press:
        assert press.own == ("仿宋_GB2312", "方正小标宋简体")
        file = tmp_path / "own.pdf"
        file.write_bytes(press.pdf(sheets["print/employment/4-1.pdf"]))
    pdffonts = subprocess.run([need("pdffonts", "poppler-utils"), str(file)], check=True, capture_output=True).stdout
    assert b"u4effu5b8b" in pdffonts  # 仿宋
    assert b"u5c0fu6807u5b8b" in pdffonts  # 小标宋
    assert b"NotoSerifSC" not in pdffonts
    assert "失业登记" in text(file)


@pytest.mark.parametrize("family", ["仿宋_GB2312", "某某体"])
def test_the_command_says_which_of_an_offices_fonts_it_used(
    family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pylopdf_fonts_zh_cn as ours

    monkeypatch.setattr("gkdir.sheets.printing.county_sheets", lambda _site: ())
    font = (Path(ours.__file__).parent / "NotoSerifSC-Regular.otf").read_bytes()
    (tmp_path / "own.otf").write_bytes(named(font, family))
    args = [str(ROOT / "directories"), "--county", "qingyuan", "-o", str(tmp_path), "--font-dir", str(tmp_path)]
    said = CliRunner().invoke(printing, args)
    assert said.exit_code == 0, said.output
    wanted = "用了本单位的字体：仿宋_GB2312。" if family.startswith("仿宋") else "没有认得的仿宋或者小标宋"
    assert wanted in said.stderr


def test_a_sheet_that_does_not_end_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = project(tmp_path / "templates", "短")
    for number in range(fonts.MAX_THREADS + 1):  # each a different text, because Typst caches
        endless = f"#for a in range({1000 + number}) {{ for b in range(1000) {{ }} }}\n#set document(title: [x])\n"
        (own / "_sheets" / f"{number}.typ").write_text(endless, "utf-8")
    with TypstRenderer((own, template_folder()), DAY) as press:
        monkeypatch.setattr(fonts, "LONGEST", 0.01)
        for number in range(press.threads + 1):  # a thread that is given up is replaced
            with pytest.raises(Unreadable, match="排“一张单页”，等了 0 秒还没有完"):
                press.pdf(sheet(f"{number}.typ"))
        monkeypatch.undo()
        assert press.pages(sheet("own.typ"), 10)
