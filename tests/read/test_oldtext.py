"""Text in files that are not zips: doc and wps, xls and et, rtf, pdf."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from tests.rules.test_privacy_files import pdf

from gkdir import kepttexts
from gkdir.read.officetext import is_old, office_text, old_text

from .oldbooks import compound

FIELD = '见\x13 HYPERLINK "https://a.cn" \x14网站\x15。'


def document(*pieces: str) -> bytes:
    """A document whose text is in pieces; pieces of Latin letters have one byte for each."""
    main, places, end = bytearray(0x200), [], 0
    ends = [0]
    for piece in pieces:
        narrow = piece.isascii()
        places.append((len(main) * 2) | 1 << 30 if narrow else len(main))
        main += piece.encode("cp1252" if narrow else "utf-16-le")
        end += len(piece)
        ends.append(end)
    descriptors = b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    table = struct.pack(f"<{len(ends)}I", *ends) + descriptors
    formats = b"\x01" + struct.pack("<H", 3) + b"abc"
    clx = formats + b"\x02" + struct.pack("<I", len(table)) + table
    struct.pack_into("<H", main, 0x0A, 0x0200)
    struct.pack_into("<II", main, 0x01A2, 16, len(clx))
    return compound({"WordDocument": bytes(main), "1Table": bytes(16) + clx})


def test_a_document_is_put_together_from_its_pieces(tmp_path: Path) -> None:
    path = tmp_path / "稿.wps"
    path.write_bytes(document("请登陆\r", "Tel. 12345\x07", FIELD))
    assert old_text(path).splitlines() == ["请登陆", "Tel. 12345", "见网站。"]


@pytest.mark.parametrize("cut", [40, 600, 0x1C0, 5000])
def test_a_broken_document_says_nothing_or_less(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "稿.doc"
    path.write_bytes(document("请登陆\r", "abc")[:cut])
    assert "陆" not in old_text(path) or cut > 600


def test_rich_text_and_workbooks_and_pages(tmp_path: Path) -> None:
    rich = tmp_path / "a.rtf"
    rich.write_bytes(b"{\\rtf1\\ansi " + "".join(f"\\u{ord(one)}?" for one in "国税局").encode() + b"\\par}")
    assert "国税局" in old_text(rich)
    book = Path(__file__).parent / "files" / "directory.xls"
    assert "就业" in old_text(book)
    page = tmp_path / "a.pdf"
    page.write_bytes(pdf("BT /F1 12 Tf (on 2026-11-31) Tj ET"))
    assert old_text(page).split() == ["on", "2026-11-31"]
    assert old_text(page).split() == ["on", "2026-11-31"]


def test_slides_are_read_and_broken_ones_break_nothing(tmp_path: Path) -> None:
    wide, narrow = "请登陆\r网站".encode("utf-16-le"), b"Tel. 12345"
    texts = struct.pack("<HHI", 0, 0x0FA0, len(wide)) + wide + struct.pack("<HHI", 0x10, 0x0FA8, len(narrow)) + narrow
    slide = struct.pack("<HHI", 0x0F, 0x03EE, len(texts) + 12) + struct.pack("<HHI", 0, 0x03EF, 4) + b"abcd" + texts
    path = tmp_path / "讲解.dps"
    path.write_bytes(compound({"PowerPoint Document": slide, "Current User": bytes(40)}))
    assert old_text(path).splitlines() == ["请登陆", "网站", "Tel. 12345"]
    path.write_bytes(compound({"PowerPoint Document": slide[:30] + b"\xff" * 40}))
    assert "12345" not in old_text(path)


def test_only_such_files_are_read(tmp_path: Path) -> None:
    assert is_old(tmp_path / "A.PDF")
    assert not is_old(tmp_path / "a.docx")
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    assert old_text(tmp_path / "a.pdf") == ""
    assert old_text(tmp_path / "none.pdf") == ""


def test_of_a_workbook_what_is_printed_and_its_sheets_names_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", '<sheet name="登陆名单"/><sheet sheetId="2" name="二"/>')
        book.writestr(
            "xl/worksheets/sheet1.xml",
            '<sheetData><c t="inlineStr"><is><t>写着"略"</t></is></c></sheetData><headerFooter>'
            "<oddHeader>&amp;C页头</oddHeader><evenFooter>页脚</evenFooter></headerFooter>",
        )
    assert office_text(tmp_path / "a.xlsx").splitlines() == ["登陆名单", "二", '写着"略"', "&C页头", "页脚"]


def test_a_word_that_a_full_line_parts_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkdir.read.inside.pdf.whole", lambda *_: "请大家在本月三十日以前到窗口来登\n陆，谢\n谢。\n表")
    page = tmp_path / "b.pdf"
    page.write_bytes(pdf("BT (parted) Tj ET"))
    assert old_text(page) == "请大家在本月三十日以前到窗口来登陆，谢\n谢。\n表"


def test_a_pdf_is_read_once_for_all_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "c.pdf"
    page.write_bytes(pdf("BT /F1 12 Tf (for all runs) Tj ET"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    told = old_text(page)
    assert told.split() == ["for", "all", "runs"]
    kepttexts.keep_texts()
    kepttexts._all.cache_clear()  # as in a new process
    monkeypatch.setattr("gkdir.read.inside.pdf.whole", lambda *_: pytest.fail("read again"))
    assert old_text(page) == told
