"""Old workbooks: read like new ones, and checked before anything in them is trusted."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from gkdir.finding import TroubleKind, Unreadable
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories
from gkdir.read.grid import Grid
from gkdir.read.sheet import read_grids

from .books import BODY, HEADER
from .oldbooks import SECTOR, compound, label, record, rows, stream, text

FILES = Path(__file__).with_name("files")
TABLE = rows((*HEADER, BODY))


def written(tmp_path: Path, data: bytes, name: str = "a.xls") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def grid(tmp_path: Path, body: bytes, shared: bytes = b"", version: int = 0x600) -> Grid:
    (found,) = read_grids(written(tmp_path, compound({"Workbook": stream(body, shared, version=version)})), "a.xls")
    return found


def read(tmp_path: Path, data: bytes, name: str = "a.xls") -> Directory:
    (found,) = read_directories(written(tmp_path, data, name), name="a.xls")
    return found


def refused(tmp_path: Path, data: bytes, name: str = "a.xls") -> str:
    with pytest.raises(Unreadable) as caught:
        read_grids(written(tmp_path, data, name), "a")
    assert caught.value.trouble.hint
    return caught.value.trouble.message


def test_what_is_marked_in_an_old_workbook() -> None:
    (found,) = read_directories(FILES / "marked.xls", name="a.xls")
    limits = [item.time_limit.text for item in found.items]
    assert limits == ["10个工作日", "20个工作日", "9:30", "20"]
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [
        (TroubleKind.STRUCK, "F3"),
        (TroubleKind.STRUCK, "A4"),
        (TroubleKind.BESIDE, "F5"),
        (TroubleKind.HIDDEN, "A7"),
        (TroubleKind.HIDDEN, "G1"),
    ]
    assert "本县改为10个工作日" in found.troubles[2].message
    (cells,) = read_grids(FILES / "marked.xls", "a")
    assert (cells.cells[6, 1], cells.cells[7, 7]) == ("1.10", "是")


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.et", "a.csv"])
def test_the_content_decides_not_the_name(name: str, tmp_path: Path) -> None:
    assert len(read(tmp_path, compound({"Workbook": stream(TABLE)}), name).items) == 1


def test_what_is_embedded_does_not_decide(tmp_path: Path) -> None:
    data = compound({"MBD1/WordDocument": b"x", "MBD2/Workbook": stream(b""), "Workbook": stream(TABLE)})
    assert len(read(tmp_path, data).items) == 1


@pytest.mark.parametrize(
    ("name", "word"), [("WordDocument", "Word"), ("EncryptedPackage", "密码"), ("PowerPoint Document", "演示")]
)
def test_other_compound_files_say_what_they_are(name: str, word: str, tmp_path: Path) -> None:
    assert word in refused(tmp_path, compound({name: b"x", "MBD1/Workbook": stream(TABLE)}))


def test_an_encrypted_workbook(tmp_path: Path) -> None:
    assert "密码" in refused(tmp_path, compound({"Workbook": stream(TABLE, record(0x2F, bytes(54)))}))


def test_numbers_in_all_their_forms(tmp_path: Path) -> None:
    shared = (
        record(0x31, struct.pack("<HHHH", 200, 0, 0, 400) + bytes(8))
        + record(0x31, struct.pack("<HHHH", 200, 8, 0, 400) + bytes(8))
        + record(0x41E, struct.pack("<H", 164) + text('0"个工作日"'))
        + record(0xE0, struct.pack("<HH", 0, 0) + bytes(16))
        + record(0xE0, struct.pack("<HH", 0, 164) + bytes(16))
        + record(0xE0, struct.pack("<HH", 1, 0) + bytes(16))
    )
    body = (
        record(0x203, struct.pack("<HHHd", 0, 0, 1, 20))
        + record(0x27E, struct.pack("<HHHI", 0, 1, 1, 20 << 2 | 2))
        + record(0xBD, struct.pack("<HHHIHIH", 0, 2, 0, 2050 << 2 | 3, 1, 3000 << 2 | 3, 3))
        + record(0x06, struct.pack("<HHHdHI", 0, 4, 1, 30, 0, 0))
        + record(0x06, struct.pack("<HHH6sHHI", 0, 5, 0, bytes(6), 0xFFFF, 0, 0))
        + record(0x207, text("即时"))
        + record(0x205, struct.pack("<HHHBB", 0, 6, 0, 1, 0))
        + record(0x205, struct.pack("<HHHBB", 0, 7, 0, 42, 1))
        + record(0x203, struct.pack("<HHHd", 0, 8, 2, 10))
    )
    found = grid(tmp_path, body, shared)
    assert list(found.cells.values()) == [
        "20个工作日",
        "20个工作日",
        "20.5",
        "30个工作日",
        "30个工作日",
        "即时",
        "是",
        "#N/A",
    ]
    assert [(flaw.column, flaw.kind, flaw.quote) for flaw in found.flaws if flaw.quote] == [
        (9, TroubleKind.STRUCK, "10")
    ]
    assert found.formulas == {(1, 5), (1, 6)}


def test_texts_that_run_over_records(tmp_path: Path) -> None:
    long = "公开" * 3000
    whole = struct.pack("<II", 2, 2) + text(long) + text("即时")
    first, rest = whole[:8007], whole[8007:]
    shared = record(0xFC, first) + record(0x3C, b"\1" + rest)
    body = record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)) + record(0xFD, struct.pack("<HHHI", 0, 1, 0, 1))
    assert list(grid(tmp_path, body, shared).cells.values()) == [long, "即时"]


def test_a_workbook_of_excel_95(tmp_path: Path) -> None:
    def old(row: int, column: int, value: str) -> bytes:
        data = value.encode("gbk")
        return record(0x204, struct.pack("<HHHH", row, column, 0, len(data)) + data)

    cells = [(row, column, value) for row, line in enumerate((*HEADER, BODY)) for column, value in enumerate(line)]
    body = b"".join(old(row, column, value) for row, column, value in cells if value)
    note = "改为10个工作日".encode("gbk")
    body += record(0x1C, struct.pack("<HHH", 2, 5, len(note)) + note)
    data = compound({"Book": stream(body, record(0x42, struct.pack("<H", 936)), version=0x500)})
    found = read(tmp_path, data)
    assert found.items[0].level2 == "岗位信息发布"
    assert [trouble.message for trouble in found.troubles] == ["单元格 F3 处有批注：“改为10个工作日”。"]


def drawn(number: int, kind: int, row: int, column: int, words: str, state: int | None = None) -> bytes:
    anchor = b"\0\0\x10\xf0\x12\0\0\0" + struct.pack(
        "<9H", 0, column, 0, row, number * 10, column, 9, row, number * 10 + 9
    )
    box = b"" if state is None else struct.pack("<HHHHHHHH", 0x0A, 12, state, 0, 0, 0, 0, 0)
    found = record(0xEC, anchor) + record(0x5D, struct.pack("<HHHHH12x", 0x15, 18, kind, number, 0) + box + bytes(4))
    if words:
        data = words.encode("utf-16-le")
        found += record(0x1B6, struct.pack("<HH6xHH4x", 0, 0, len(words), 16)) + record(0x3C, b"\1" + data)
    return found


def test_objects_on_the_sheet(tmp_path: Path) -> None:
    body = rows((*HEADER, (*BODY[:7], None, *BODY[8:])))
    body += (
        drawn(1, 0x0B, 2, 7, "政府网站", 1) + drawn(2, 0x0B, 2, 7, "政府公报", 0) + drawn(3, 0x06, 9, 1, "注：即时公开")
    )
    body += (
        drawn(4, 0x08, 3, 3, "") + drawn(5, 0x19, 2, 5, "本县不列入") + record(0x1C, struct.pack("<HHHH", 2, 5, 0, 5))
    )
    found = read(tmp_path, compound({"Workbook": stream(body)}))
    assert found.items[0].channels == ("政府网站",)
    assert [trouble.message for trouble in found.troubles] == [
        "单元格 F3 处有批注：“本县不列入”。",
        "单元格 B10 处有文本框：“注：即时公开”。",
        "单元格 D4 处有一张图片，图片上的字没有读。",
    ]


WHOLE = compound({"Workbook": stream(TABLE)})


def changed(at: int, *numbers: int) -> bytes:
    return WHOLE[:at] + struct.pack(f"<{len(numbers)}I", *numbers) + WHOLE[at + 4 * len(numbers) :]


TABLE_AT = SECTOR * (1 + struct.unpack_from("<I", WHOLE, 76)[0])
HOSTILE = {
    "the header alone": WHOLE[:SECTOR],
    "cut off": WHOLE[: SECTOR * 3],
    "half a header": WHOLE[:100],
    "a chain in a circle": changed(TABLE_AT + 4, 2, 1),
    "a directory in a circle": changed(TABLE_AT, 0),
    "a list of chains in a circle": changed(68, 1, 1) + b"\1\0\0\0" * 400,
    "a directory outside": changed(48, 9_999_999),
    "a table of chains outside": changed(76, 9_999_999),
    "nonsense for sizes": WHOLE[:30] + b"\xff\xff" + WHOLE[32:],
    "no records": compound({"Workbook": b"\0" * 5000}),
    "no sheet": compound({"Workbook": record(0x809, bytes(16)) + record(0x0A)}),
    "merged areas without end": compound(
        {"Workbook": stream(record(0xE5, struct.pack("<H", 1000) + b"\0\0\5\0\0\0\5\0" * 1000) * 101)}
    ),
    "formats without end": compound(
        {"Workbook": stream(TABLE, b"".join(record(0x41E, struct.pack("<H", n) + text("0")) for n in range(6000)))}
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_containers_are_refused(case: str, tmp_path: Path) -> None:
    assert refused(tmp_path, HOSTILE[case])


def test_a_wide_sheet_costs_what_is_written_in_it(tmp_path: Path) -> None:
    found = grid(tmp_path, label(65_535, 255, "远") + label(0, 0, "近"))
    assert list(found.cells) == [(65_536, 256), (1, 1)]


def test_records_that_are_cut_short_are_left_out(tmp_path: Path) -> None:
    ends = (0x0A, *(id_ for id_ in range(0x300) if id_ & 0xFF == 0x09))  # the beginning and the end of a section
    body = b"".join(record(id_, b"\1\2\3") for id_ in range(0x300) if id_ not in ends) + label(0, 0, "还在")
    assert grid(tmp_path, body).cells[1, 1] == "还在"


def test_texts_without_end_are_those_that_are_there(tmp_path: Path) -> None:
    shared = record(0xFC, struct.pack("<II", 0xFFFF_FFFF, 0xFFFF_FFFF) + text("即时"))
    assert list(grid(tmp_path, record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)), shared).cells.values()) == ["即时"]
