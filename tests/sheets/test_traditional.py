"""Sheets in Traditional script: the same sheets, linked from the Traditional pages, converted like them, linking to
them.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf  # comes with pdfua
import pytest
from tests.sheets.conftest import DAY, ONE_EACH
from tests.sheets.paper import codes, lost, need, overlapping, text, words
from tests.sheets.tags import faults

from gkdir.build import script_of
from gkdir.model.county import Catalog
from gkdir.publish.converter import Converter, available
from gkdir.resources import template_folder
from gkdir.service.site import folder_address
from gkdir.sheets.printing import to_traditional
from gkdir.sheets.renderer import TypstRenderer, missing
from gkdir.sheets.sheet import PrintedSheet, traditional
from gkdir.sheets.town import TownValue

Turn = Callable[[str], str]


@pytest.fixture(scope="module")
def script(catalog: Catalog) -> Converter:
    if not available():
        pytest.skip("needs gkdir[hant]")
    made = script_of(catalog)
    assert made
    return made


@pytest.fixture(scope="module")
def turn(script: Converter) -> Turn:
    return to_traditional(script)


@pytest.fixture(scope="module")
def twins(sheets: dict[str, PrintedSheet], catalog: Catalog) -> dict[str, PrintedSheet]:
    return {path: traditional(sheet, folder_address(catalog, None)) for path, sheet in sheets.items()}


@pytest.fixture(scope="module")
def printed(
    twins: dict[str, PrintedSheet], turn: Turn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Path]]:
    if missing():
        pytest.skip(f"needs gkdir[print]: {', '.join(missing())}")
    folder = tmp_path_factory.mktemp("hant")
    with TypstRenderer((template_folder(),), DAY, convert=turn) as press:

        def printed(path: str) -> Path:
            file = folder / path.replace("/", "-")
            if not file.exists():
                file.write_bytes(press.pdf(twins[path]))
            return file

        yield printed


@pytest.mark.parametrize("path", ONE_EACH)
def test_each_kind_is_whole_and_tagged(
    path: str, printed: Callable[[str], Path], turn: Turn, sheets: dict[str, PrintedSheet]
) -> None:
    file = printed(path)
    found = list(words(file))
    assert len(found) > 20
    assert [word.text for word in found if not word.inside] == []
    if "sample" not in path:  # its watermark is behind the text
        assert overlapping(file) == []
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == "zh-TW"
        assert str(pdf.docinfo["/Title"]) == turn(sheets[path].title)
        assert list(faults(pdf)) == []


@pytest.mark.parametrize("path", ["print/employment/4-1.pdf", "print/towns/baishi-a2.pdf", "print/employment.pdf"])
def test_the_code_leads_to_the_traditional_page(
    path: str, printed: Callable[[str], Path], twins: dict[str, PrintedSheet], catalog: Catalog, tmp_path: Path
) -> None:
    base, head = folder_address(catalog, None), twins[path].value.head
    assert base
    assert head.address.startswith(f"{base}hant/")
    assert codes(printed(path), tmp_path, last=1) == [[head.address]]


def test_its_fonts_are_those_of_the_script(printed: Callable[[str], Path]) -> None:
    file = str(printed("print/employment/4-1.pdf"))
    fonts = subprocess.run([need("pdffonts", "poppler-utils"), file], check=True, capture_output=True).stdout
    assert b"NotoSerifTC" in fonts
    assert b"NotoSansCJKtc" in fonts
    assert b"SC" not in fonts
    assert b"CJKsc" not in fonts


def test_what_templates_say_themselves_is_turned_too(printed: Callable[[str], Path]) -> None:
    said = text(printed("print/employment/4-1.pdf"))
    for word in ("一次性告知單", "失業登記", "這是什麼", "帶什麼", "不滿意找誰", "示例：縣名、地址、電話都是虛構的"):
        assert word in said
    assert not set("业单电话险证办请问谁") & set(said)


def test_a_board_is_as_whole_as_the_simplified_one(
    printed: Callable[[str], Path], sheets: dict[str, PrintedSheet], turn: Turn
) -> None:
    value = sheets["print/towns/baishi-a2.pdf"].value
    assert isinstance(value, TownValue)
    lines = [line for domain in value.domains for group in domain.groups for line in group.lines]
    wanted = [turn(word) for line in lines for word in (line.name, line.official)]
    assert lost(printed("print/towns/baishi-a2.pdf"), [*wanted, "張貼日期", "撤下日期"]) == []


def test_a_name_of_a_template_is_turned_alike_wherever_it_stands(turn: Turn) -> None:
    source = "".join(file.read_text("utf-8") for file in sorted((template_folder() / "_sheets").glob("*.typ")))
    assert turn("#let 里 = 断开(发)\n[里面]\n里 + 发") == "#let 裡 = 斷開(發)\n[裡面]\n裡 + 發"
    assert turn('{"a": "这里说\\"话\\"", "b": "<办理>"}') == '{"a": "這裡說\\"話\\"", "b": "<辦理>"}'
    assert "断开" in source
    assert "断" not in turn(source)
