"""Downloadable files are searched in every part, and what cannot be searched is reported."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

import pytest

from gkdir.finding import Finding, Place
from gkdir.model.project import Project
from gkdir.read.inside import InsideText, inside
from gkdir.read.inside.part import PARTS
from gkdir.read.markdowntext import unmarked

from .examples import county_of, findings_of

IDENTITY = "990101199003078893"
MOBILE = "13800138000"
WORD = '<w:document xmlns:w="w"><w:body>{}</w:body></w:document>'
HEAD = "<?xml version='1.0' encoding='UTF-8'?>"


def word(body: str, **parts: str | bytes) -> bytes:
    """A docx with this body; in names of parts ``__`` stands for ``/`` and ``_`` for the dot."""
    named = {name.replace("__", "/")[::-1].replace("_", ".", 1)[::-1]: content for name, content in parts.items()}
    return package({"word/document.xml": HEAD + WORD.format(body), **named})


def package(parts: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def boxes(figures: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{paragraph(figure)}</w:tc>' for figure in figures)}</w:tr></w:tbl>"


def pdf(
    page: str = "BT /F1 12 Tf 50 700 Td (x) Tj ET", catalog: str = "", annotation: str = "", more: str = ""
) -> bytes:
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[6 0 R]"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(page)}>>stream\n{page}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Type/Annot/Rect[0 0 9 9]{annotation or '/Subtype/Link'}>>",
        more or "null",
    ]
    content, offsets = "%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    content += (
        f"xref\n0 8\n0000000000 65535 f \n{table}trailer<</Size 8/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF\n"
    )
    return content.encode("latin-1")


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An old office file whose streams are in scattered sectors, joined by its table."""
    table, sectors, entries = [0xFFFFFFFD], [b""], [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, content in streams.items():
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        first = len(sectors)
        for number, piece in enumerate(pieces):
            sectors += [piece, b"\xff" * 512]
            table += [first + 2 * number + 2 if number + 1 < len(pieces) else 0xFFFFFFFE, 0xFFFFFFFF]
        entries.append(_entry(name, 2, first, len(content)))
    directory = b"".join(entries).ljust(512, b"\0")
    start = len(sectors)
    assert len(directory) == 512
    sectors.append(directory)
    table.append(0xFFFFFFFE)
    assert len(table) <= 128
    sectors[0] = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        b"",
        0,
        1,
        start,
        0,
        0,
        0xFFFFFFFE,
        0,
        0xFFFFFFFE,
        0,
    )
    return head + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    links = struct.pack("<III", *[0xFFFFFFFF] * 3)
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBB", len(written) + 2, kind, 1)
        + links
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def old_sheet(*records: bytes) -> bytes:
    return compound(
        {"Workbook": record(0x809, bytes(16)) + record(0x809, bytes(16)) + b"".join(records) + record(10, b"")}
    )


NESTED = word("", word__embeddings__a_docx=word(paragraph(MOBILE)))

FOUND: dict[str, tuple[str, bytes, set[str]]] = {
    "cut by styles": ("docx", word(paragraph("138", "0013", "8000")), {"GK902"}),
    "boxes": ("docx", word(boxes(IDENTITY) + boxes(MOBILE)), {"GK901", "GK902"}),
    "boxes of two rows": ("docx", word(boxes(MOBILE) + boxes("325000")), {"GK902"}),
    "parted by blanks": ("docx", word(paragraph("1  3  8  0  0  1  3  8  0  0  0")), {"GK902"}),
    "deleted in it": ("docx", word("<w:p>138<w:del w:id='1'><w:r>9</w:r></w:del>00138000</w:p>"), {"GK902"}),
    "deleted in pieces": (
        "docx",
        word(
            "<w:p><w:t>电话</w:t><w:del w:id='1'><w:r><w:delText>138001</w:delText></w:r>"
            "<w:r><w:delText>38000</w:delText></w:r></w:del>"
            "<w:ins w:id='2'><w:r><w:t>0600-5550101</w:t></w:r></w:ins></w:p>"
        ),
        {"GK902"},
    ),
    "letters one a cell": ("docx", word(boxes("138OO138OOO")), {"GK902"}),
    "letters for figures": ("docx", word(paragraph("138OO", "138OOO")), {"GK902"}),
    "signs of a font": (
        "docx",
        word("".join(f'<w:r><w:sym w:font="Symbol" w:char="F03{figure}"/></w:r>' for figure in MOBILE)),
        {"GK902"},
    ),
    "with how it is read": (
        "docx",
        word(
            "".join(
                f"<w:ruby><w:rt><w:t>yi</w:t></w:rt><w:rubyBase><w:t>{one}</w:t></w:rubyBase></w:ruby>"
                for one in MOBILE
            )
        ),
        {"GK902"},
    ),
    "list": ("docx", word("", word__numbering_xml=f'<w:lvlText w:val="{MOBILE}"/>'), {"GK902"}),
    "choice": ("docx", word(f'<w:listItem w:displayText="张三" w:value="{IDENTITY}"/>'), {"GK901"}),
    "default": ("docx", word(f"<w:default w:val='{MOBILE}'/>"), {"GK902"}),
    "entity": ("docx", word(paragraph("&#49;3800138000")), {"GK902"}),
    "header": ("docx", word("", word__header1_xml=paragraph(MOBILE)), {"GK902"}),
    "link": (
        "docx",
        word("", word___rels__document_rels=f'<R Target="tel:{MOBILE}" TargetMode="External"/>'),
        {"GK902"},
    ),
    "alternative": ("docx", word("", word__a_htm=f"<html><p>{IDENTITY}</p></html>"), {"GK901"}),
    "note in xml": ("docx", word(f"<!-- {MOBILE} -->"), {"GK902"}),
    "within": ("docx", NESTED, {"GK902"}),
    "twice within": ("docx", word("", word__embeddings__b_docx=NESTED), {"GK902"}),
    "name of a part": ("docx", word("", **{f"word__embeddings__张三{MOBILE}_txt": "x"}), {"GK902"}),
    "pdf within": (
        "docx",
        word("", word__embeddings__a_pdf=pdf(annotation=f"/Subtype/Text/Contents({MOBILE})")),
        {"GK902"},
    ),
    "bytes within": (
        "docx",
        word("", word__embeddings__a_bin=b"\1\2\3\0" + MOBILE.encode("utf-16-le")),
        {"GK902", "GK905"},
    ),
    "left-over string": (
        "xlsx",
        package({"xl/sharedStrings.xml": f"<sst><si><t>{IDENTITY}</t></si></sst>"}),
        {"GK901"},
    ),
    "put together by a formula": (
        "xlsx",
        package({"xl/worksheets/sheet1.xml": '<worksheet><c r="A1"><f>"138"&amp;"00138000"</f></c></worksheet>'}),
        {"GK902"},
    ),
    "pivot": ("xlsx", package({"xl/pivotCache/r.xml": f'<r><n v="{MOBILE}"/></r>'}), {"GK902"}),
    "power of ten": (
        "docx",
        word(
            "",
            word__embeddings__a_xlsx=package(
                {"xl/worksheets/sheet1.xml": '<worksheet><c r="A1"><v>1.3800138E10</v></c></worksheet>'}
            ),
        ),
        {"GK902"},
    ),
    "styles": ("odt", package({"styles.xml": f"<style:header><text:p>{MOBILE}</text:p></style:header>"}), {"GK902"}),
    "odt blanks": ("odt", package({"content.xml": "<text:p>138<text:s/>0013<text:s/>8000</text:p>"}), {"GK902"}),
    "rtf bold": ("rtf", rb"{\rtf1\ansi 138{\b 0013}8000}", {"GK902"}),
    "rtf unicode": ("rtf", b"{\\rtf1 " + b"".join(b"\\u%d?" % ord(figure) for figure in MOBILE) + b"}", {"GK902"}),
    "rtf two for one": ("rtf", b"{\\rtf1\\uc2 " + b"".join(b"\\u%d\\'3f?" % ord(f) for f in MOBILE) + b"}", {"GK902"}),
    "rtf hexadecimal": ("rtf", b"{\\rtf1 " + b"".join(b"\\'%x" % ord(figure) for figure in MOBILE) + b"}", {"GK902"}),
    "rtf cells": ("rtf", b"{\\rtf1 " + b"\\cell ".join(figure.encode() for figure in IDENTITY) + b"\\row}", {"GK901"}),
    "rtf object": (
        "rtf",
        b"{\\rtf1{\\object{\\*\\objdata 0105" + word(paragraph(MOBILE)).hex().encode() + b"}}}",
        {"GK902"},
    ),
    "rtf called doc": ("doc", b"{\\rtf1 138\\b 0013\\b0 8000}", {"GK902"}),
    "page called doc": (
        "doc",
        f"<html>{''.join(f'<td>{figure}</td>' for figure in MOBILE)}</html>".encode(),
        {"GK902"},
    ),
    "mail called doc": (
        "doc",
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n1380=\n0138000\n--b--\n",
        {"GK902"},
    ),
    "word": ("doc", compound({"WordDocument": bytes(600) + b"\1" + f"电话{MOBILE}。".encode("utf-16-le")}), {"GK902"}),
    "word in eight bits": ("doc", compound({"WordDocument": bytes(505) + MOBILE.encode()}), {"GK902"}),
    "word boxes": (
        "doc",
        compound({"WordDocument": bytes(64) + b"\x07".join(f.encode() for f in MOBILE) + b"\x07\x07"}),
        {"GK902"},
    ),
    "sheet number": ("xls", old_sheet(record(0x203, struct.pack("<HHHd", 1, 0, 0, float(MOBILE)))), {"GK902"}),
    "sheet text": ("xls", old_sheet(record(0xFC, struct.pack("<IIHB", 1, 1, 18, 0) + IDENTITY.encode())), {"GK901"}),
    "text over two records": (
        "xls",
        old_sheet(
            record(0xFC, struct.pack("<IIHB", 1, 1, 18, 0) + IDENTITY[:9].encode()),
            record(0x3C, b"\0" + IDENTITY[9:].encode()),
        ),
        {"GK901"},
    ),
    "one glyph at a time": (
        "pdf",
        pdf(
            "BT /F1 12 Tf "
            + " ".join(f"1 0 0 1 {50 + 30 * at} 700 Tm ({figure}) Tj" for at, figure in enumerate(MOBILE))
            + " ET"
        ),
        {"GK902"},
    ),
    "pdf note": ("pdf", pdf(annotation=f"/Subtype/Text/Contents({MOBILE})"), {"GK902"}),
    "pdf field": ("pdf", pdf(annotation=f"/Subtype/Widget/FT/Tx/V({IDENTITY})"), {"GK901"}),
    "pdf bookmark": ("pdf", pdf(catalog="/Outlines 7 0 R", more=f"<</Title({MOBILE})>>"), {"GK902"}),
    "pdf properties": (
        "pdf",
        pdf(
            catalog="/Metadata 7 0 R",
            more=f"<</Type/Metadata/Subtype/XML/Length 25>>stream\n<d>{MOBILE}</d>\nendstream",
        ),
        {"GK902"},
    ),
    "pdf link": ("pdf", pdf(annotation=f"/Subtype/Link/A<</S/URI/URI(tel:{MOBILE})>>"), {"GK902"}),
    "pdf without text": ("pdf", pdf("q 100 0 0 100 0 0 cm Q"), {"GK905"}),
    "earlier state of a pdf": ("pdf", pdf(annotation=f"/Subtype/Text/Contents({MOBILE})") + pdf()[9:], {"GK902"}),
    "picture": ("docx", word("", word__media__image1_png=b"\x89PNG\r\n\x1a\n"), {"GK905"}),
    "macro": ("docx", word("", word__vbaProject_bin=compound({"VBA": b"x"})), {"GK905"}),
    "unknown": ("docx", word("", word__embeddings__a_bin=b"\0\1\2\3\4\5"), {"GK905"}),
    "locked": ("docx", compound({"EncryptedPackage": b"x" * 20}), {"GK905"}),
    "locked sheet": ("xls", old_sheet(record(0x2F, b"x" * 6)), {"GK905"}),
    "remark of an archive": ("docx", word("") + MOBILE.encode(), {"GK902"}),
    "archive": ("zip", word(MOBILE), {"GK902"}),
    "mail": ("eml", f"Subject: x\n\n{MOBILE}".encode(), {"GK902"}),
    "circle of sectors": (
        "doc",
        compound({"a": b"x"}).replace(struct.pack("<I", 0xFFFFFFFE), struct.pack("<I", 1)),
        {"GK905"},
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_every_corner_of_a_file_is_looked_through(name: str, project: Project) -> None:
    suffix, content, rules = FOUND[name]
    found = _privacy(project, name, {f"forms/求职登记表/空白表.{suffix}": content})
    assert {one.rule for one in found} == rules
    assert all(one.place.file.endswith(f"空白表.{suffix}") for one in found)
    assert not any(number in one.message for one in found for number in (IDENTITY, MOBILE))


CLEAN: dict[str, tuple[str, bytes]] = {
    "amount under its heading": (
        "xlsx",
        package(
            {
                "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="表" r:id="a"/></sheets></workbook>',
                "xl/_rels/workbook.xml.rels": '<R><Relationship Id="a" Type="x/worksheet" '
                'Target="worksheets/sheet1.xml"/></R>',
                "xl/worksheets/sheet1.xml": '<worksheet><sheetData><row r="1">'
                '<c r="A1" t="inlineStr"><is><t>金额（元）</t></is></c></row>'
                '<row r="2"><c r="A2"><v>13800138000</v></c></row></sheetData></worksheet>',
            }
        ),
    ),
    "office phone": ("docx", word(paragraph("0600-5550101，12333，400-138-0013"))),
    "geometry": (
        "docx",
        word('<v:shape coordsize="13800138000,21600" path="m138,0013,8000"/><a:latin panose="02020603050405020304"/>'),
    ),
    "numbers of texts": (
        "xlsx",
        package(
            {
                "xl/worksheets/sheet1.xml": "<worksheet>"
                + "".join(f'<c t="s"><v>{figure}</v></c>' for figure in MOBILE)
                + "</worksheet>"
            }
        ),
    ),
    "masked": ("rtf", b"{\\rtf1 138****8000 990*************93}"),
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_no_number_of_a_person_in_a_file_passes(name: str, project: Project) -> None:
    suffix, content = CLEAN[name]
    assert _privacy(project, f"clean {name}", {f"forms/求职登记表/空白表.{suffix}": content}) == []


def test_the_parts_that_cannot_be_looked_into_are_named_every_one(project: Project) -> None:
    content = word("", word__media__a_png=b"x", word__media__b_emf=b"x", word__embeddings__c_bin=b"\0\1\2\3\4")
    (found,) = _privacy(project, "named", {"forms/求职登记表/空白表.docx": content})
    assert all(part in found.message for part in ("a.png", "b.emf", "c.bin"))


def test_a_file_and_all_that_lies_in_it_share_one_budget(project: Project) -> None:
    bomb = word(paragraph("x"))
    for _ in range(3):
        bomb = package({f"word/embeddings/{number}.docx": bomb + bytes([number]) for number in range(20)})
    assert PARTS < 20**3
    found = _privacy(project, "bomb", {"forms/求职登记表/空白表.docx": bomb})
    assert [one.rule for one in found] == ["GK905"]
    deep = word(paragraph(MOBILE))
    for _ in range(40):
        deep = word("", word__embeddings__a_docx=deep)
    assert [one.rule for one in _privacy(project, "deep", {"forms/求职登记表/空白表.docx": deep})] == ["GK905"]


NOTICE = "---\n标题: 通知\n日期: 2026-01-01\n摘要: {}\n---\n{}\n"


@pytest.mark.parametrize(
    ("head", "body", "line"),
    [
        *[
            ("无", text, 7)
            for text in (
                "138**0013**8000",
                "138<b>0013</b>8000",
                "138<!-- 甲 -->00138000",
                "&#49;3800138000",
                "Tel.13800138000",
                "&#x31;3800138000",
                "138&shy;0013&zwj;8000",
                "138&nbsp;0013&nbsp;8000",
                "138__0013__8000",
                "138\\_0013\\_8000",
                "138`0013`8000",
                "[138](https://www.example.gov.cn/a)00138000",
                "138[0013][a]8000",
                "[电话](tel:%31%33800138000)",
                "![13800138000](a.png)",
                '<span title="13800138000">x</span>',
                "138<span class='a'>00138000</span>",
                "| 1 | 3 | 8 | 0 | 0 | 1 | 3 | 8 | 0 | 0 | 0 |",
                "~~138~~00138000",
                "*138*{: .a}00138000",
                "138\n00138000",
                "[问](https://www.example.gov.cn/?phone=13800138000)",
                "<table><tr><td>138</td><td>0013</td><td>8000</td></tr></table>",
            )
        ],
        ('"电话138\\\n  00138000"', "无", 4),
        ('"\\x31\\x33\\x38\\x30\\x30\\x31\\x33\\x38\\x30\\x30\\x30"', "无", 4),
        ('"138\\u200b0013\\u200b8000"', "无", 4),
        ("电话138\n  00138000", "无", 4),
        (">-\n  电话138\n  00138000", "无", 5),
        ("一三八〇〇一三八〇〇〇", "无", 4),
    ],
)
def test_a_number_that_the_page_shows_whole_is_found(head: str, body: str, line: int, project: Project) -> None:
    slug = f"shown {crc32((head + body).encode())}"
    found = _privacy(project, slug, {"pages/notices/a.md": NOTICE.format(head, f"\n{body}").encode()})
    assert [one.rule for one in found] == ["GK902"]
    assert abs((found[0].place.line or 0) - line) <= 1


@pytest.mark.parametrize(
    "path",
    [
        "forms/张三13800138000.yaml",
        "forms/张三13800138000/填写说明.md",
        "pages/notices/t-13800138000.md",
        "towns/t13800138000.yaml",
    ],
)
def test_a_number_in_a_name_is_found(path: str, project: Project) -> None:
    found = _privacy(project, f"name {crc32(path.encode())}", {path: b"x: 1\n"})
    assert "GK902" in {one.rule for one in found}


def _privacy(project: Project, name: str, files: Mapping[str, bytes]) -> list[Finding]:
    folder = project.folder / "counties" / f"files-{crc32(name.encode())}"
    county_of([], folder)
    for path, content in files.items():
        target: Path = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return [one for one in findings_of(project, folder.name) if one.rule.startswith("GK90")]


@pytest.mark.parametrize(
    "sign", ["<!--", "{#", "{%", "{:", "](", "][", "[^", "<a ", "'", " }", '" ', "<w:del ", "<?", '="', "a"]
)
def test_signs_that_never_end_are_looked_through_once(sign: str) -> None:
    # Quadratic time would be hours; this length takes a second at most.
    source = f"13800138000<{sign * (1_000_000 // len(sign))}"
    assert MOBILE in unmarked(source)
    assert any(MOBILE in found.text for found in inside(source.encode(), Place("x")) if isinstance(found, InsideText))
