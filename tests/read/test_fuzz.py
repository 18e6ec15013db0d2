"""Mutated files: a workbook or page with any bytes changed is read, or refused with one sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.laws import SLOW

from gkdir.finding import Unreadable
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, HEADER_MERGES, parts, worksheet, zipped

ROWS = (["就业领域基层政务公开标准目录"], *HEADER, BODY, ["2", None, "1.2求职", *BODY[3:]])
FORMATS = '<numFmts><numFmt numFmtId="164" formatCode="0.00"/></numFmts>'
CLEAN = {
    **parts(worksheet(ROWS, HEADER_MERGES)),
    "xl/sharedStrings.xml": "<sst><si><t>甲</t></si><si><r><t>乙</t></r><rPh><t>yi</t></rPh></si></sst>",
    "xl/styles.xml": f'<s>{FORMATS}<cellXfs><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></s>',
}
FRAGMENTS = (
    '<c r="A9" t="s"><v>1</v></c>',
    '<c r="ZZZ9999999"><v>1e400</v></c>',
    '<c t="s"><v>-5</v></c>',
    '<c s="99"><v>nan</v></c>',
    '<c s="1"><v>-1e308</v></c>',
    '<c r="9A" t="b"><v>x</v></c>',
    "<row r='x'>",
    "</row>",
    '<mergeCell ref="A1:XFD1048576"/>',
    '<mergeCell ref="B2:"/>',
    '<mergeCell ref="Z9:A1"/>',
    "<f>A1</f>",
    "<v/>",
    "<is><t>_xD800_</t></is>",
    "&amp;",
    "&x;",
    "<!DOCTYPE a>",
    "<![CDATA[",
    "\u3000",
    "同上",
    "1.1甲1.2乙",
    "序号",
    "公开事项",
    "《",
    "）",
    "□",
    "<col min='1' max='99999999' hidden='1'/>",
)


def _read(path: Path) -> None:
    refusal: Unreadable | None = None
    directories: tuple[Directory, ...] = ()
    try:
        directories = read_directories(path, name=path.name)
    except Unreadable as error:
        refusal = error
    assert directories or (refusal and refusal.trouble.message and refusal.trouble.hint)
    for directory in directories:
        for item in directory.items:
            assert item.rows[0] <= item.rows[1]
        assert all(trouble.message for trouble in directory.troubles)


@st.composite
def mutated_text(draw: st.DrawFn, text: str) -> str:
    """``text`` with pieces removed, repeated, or added."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        put = draw(
            st.one_of(st.sampled_from(FRAGMENTS), st.just(text[start:end] * 2), st.just(""), st.text(max_size=5))
        )
        text = text[:start] + put + text[end:]
    return text


@SLOW
@given(st.data())
def test_mutated_parts(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(CLEAN)))
    text = data.draw(mutated_text(str(CLEAN[name])))
    _read(zipped(tmp_path / "a.xlsx", {**CLEAN, name: text.encode("utf-8", "surrogatepass")}))


@SLOW
@given(st.data())
def test_mutated_bytes(tmp_path: Path, data: st.DataObject) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in CLEAN.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    content = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.xlsx"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content)
    _read(path)


PAGE = "<html><body><h1>就业领域目录</h1><table>" + "".join(
    "<tr>" + "".join(f"<td colspan=1 rowspan='1'>{cell or ''}</td>" for cell in row) + "</tr>"
    for row in (*HEADER, BODY)
)
CSV = "\r\n".join(",".join(f'"{cell or ""}"' for cell in row) for row in (*HEADER, BODY))


@SLOW
@given(
    st.sampled_from([(PAGE, ".html"), (CSV, ".csv")]).flatmap(
        lambda one: st.tuples(mutated_text(one[0]), st.just(one[1]))
    )
)
def test_mutated_pages_and_texts(tmp_path: Path, mutated: tuple[str, str]) -> None:
    text, suffix = mutated
    path = tmp_path / f"a{suffix}"
    path.write_bytes(text.encode("gb18030", "replace"))
    _read(path)


@SLOW
@given(st.binary(max_size=2000), st.sampled_from((".xlsx", ".xls", ".ods", ".csv", ".html", ".et", "")))
def test_any_bytes(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    _read(path)
