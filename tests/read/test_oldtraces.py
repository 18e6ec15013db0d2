"""Personal traces that programs leave in files that are not zips."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from tests.rules.test_privacy_files import pdf

from gkdir.read.traces import Traces, traces

from .oldbooks import compound
from .test_oldtext import document


def properties(encoding: str, page: int, **names: str) -> bytes:
    """The stream of a document's properties: a code page, the author (4) and who saved it last (8)."""
    values = [(1, struct.pack("<IH2x", 2, page))]
    for key, name in names.items():
        text = name.encode(encoding) + b"\0"
        values.append((int(key[1:]), struct.pack("<II", 0x1E, len(text)) + text))
    at = 8 + 8 * len(values)
    pairs, body = b"", b""
    for number, value in values:
        pairs += struct.pack("<II", number, at + len(body))
        body += value
    section = struct.pack("<II", at + len(body), len(values)) + pairs + body
    return b"\xfe\xff" + bytes(22) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48) + section


def old(encoding: str = "gb18030", page: int = 936, **names: str) -> bytes:
    return compound(
        {"WordDocument": b"\xec\xa5" + bytes(0x300), "\x05SummaryInformation": properties(encoding, page, **names)}
    )


@pytest.mark.parametrize(
    ("name", "data", "left"),
    [
        ("a.doc", old(_4="张某某", _8="李某"), Traces(people=("张某某", "李某"))),
        ("a.wps", old("utf-8", 65001, _8="李某"), Traces(people=("李某",))),
        ("a.xls", old(_4="人社局", _8="Administrator"), Traces()),
        ("a.rtf", rb"{\rtf1{\info{\author \u24352?\'c4\'b3}{\operator User}}x}", Traces(people=("张某",))),
        ("b.rtf", rb"{\rtf1 a{\revised b}{\*\annotation c}}", Traces(True, True)),
        ("c.rtf", rb"{\rtf1 a\revisedx}", Traces()),
        ("a.pdf", pdf() + "/Author(\xfe\xff\\137\x20g\xd0)".encode("latin-1"), Traces(people=("张某",))),
        ("b.pdf", pdf() + b"/Author <FEFF 5F20 67D0>", Traces(people=("张某",))),
        ("c.pdf", pdf() + b"/Author(gkdir)", Traces()),
        ("broken.doc", old(_4="张某某")[:700], Traces()),
        ("plain.doc", document("正文"), Traces()),
    ],
)  # fmt: skip
def test_what_writers_left_in_an_old_file_is_found(name: str, data: bytes, left: Traces, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert traces(path) == left


def changed(mark: bytes) -> bytes:
    """A document whose second run of text has the revision ``mark``, and a reviser."""
    page = bytearray(512)
    page[-1] = 2
    struct.pack_into("<3I", page, 0, 512, 600, 700)
    page[13], at = 200, 400
    page[at : at + 1 + len(mark)] = bytes([len(mark)]) + mark
    main = bytearray(0x400)
    name = "王某某"
    names = struct.pack("<HHH", 0xFFFF, 1, 0) + struct.pack("<H", len(name)) + name.encode("utf-16-le")
    struct.pack_into("<II", main, 0xFA, 0, 12)
    struct.pack_into("<II", main, 0x0232, 12, len(names))
    table = struct.pack("<III", 512, 700, 2) + names
    return compound({"WordDocument": bytes(main) + bytes(page), "0Table": table})


@pytest.mark.parametrize(
    ("mark", "revised"),
    [
        (b"\x01\x08\x01", True),
        (b"\x35\x08\x01\x00\x08\x01", True),
        (b"\x35\x08\x01\x00\x08\x00", False),
        (b"\x03\xc6\x02\x01\x08\x01\x08\x01", True),
        (b"\x03\xc6\x05\x01\x08\x01\x08\x01", False),
        (b"", False),
    ],
)
def test_changes_of_an_old_document_are_found(mark: bytes, revised: bool, tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(changed(mark))
    assert traces(tmp_path / "a.doc") == Traces(revised, people=("王某某",))


def test_an_author_in_packed_properties_is_found(tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.new() as made:
        made.add_blank_page()
        made.docinfo["/Author"] = "张某某"
        made.save(tmp_path / "a.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"/Author" not in (tmp_path / "a.pdf").read_bytes()
    assert traces(tmp_path / "a.pdf").people == ("张某某",)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("kind", "told"), [("/Text", True), ("/StrikeOut", True), ("/Link", False), ("/FreeText", False)]
)
def test_remarks_in_a_pdf_are_found(kind: str, told: bool, packed: bool, tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.new() as made:
        page = made.add_blank_page()
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=[0, 0, 9, 9], T="王某某", Contents="改"
        )
        page.Annots = pikepdf.Array([made.make_indirect(note)])
        mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        made.save(tmp_path / "a.pdf", object_stream_mode=mode)
    assert traces(tmp_path / "a.pdf") == Traces(commented=told, people=("王某某",) if told else ())


def test_comments_of_an_old_document_are_found(tmp_path: Path) -> None:
    main = bytearray(0x300)
    struct.pack_into("<I", main, 0xBE, 38)
    (tmp_path / "a.doc").write_bytes(compound({"WordDocument": bytes(main)}))
    assert traces(tmp_path / "a.doc").commented
