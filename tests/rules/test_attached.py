"""Files and pictures of articles and guides: valid ones are published, others reported at the file."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from tests.read.test_oldtext import document
from tests.rules.test_privacy_files import pdf

from gkdir.finding import Finding, Severity
from gkdir.model.attached import FormFile
from gkdir.model.project import Project
from gkdir.read.project import read_county
from gkdir.read.ready import wrong

from .examples import county_of, findings_of

LONG = "招聘会在县体育馆举行，求职的人免费入场，带身份证就行，用人单位请先打电话报名，不收摊位费，到时候有人带路。" * 3


def png(width: int = 800, height: int = 600, *, damaged: bool = False, beside: bytes = b"") -> bytes:
    """A small picture of that size; ``beside`` is a text in its metadata."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content) ^ damaged
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    pixels = zlib.compress((b"\0" + b"\0" * ((width + 7) // 8)) * height)
    text = chunk(b"tEXt", b"Comment\0" + beside) if beside else b""
    return b"\x89PNG\r\n\x1a\n" + head + text + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def exif(order: str = "<", *, latitude: int = 3) -> bytes:
    """A photo's metadata with the place where it was taken, in a directory of its own."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    place = struct.pack(f"{order}HHHIII", 1, 2, 5, latitude, 0, 0)
    return b"Exif\0\0" + mark + struct.pack(f"{order}IHHHIII", 8, 1, 0x8825, 4, 1, 26, 0) + place


def jpeg(*, whole: bool = True, camera: bytes = b"") -> bytes:
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 40, 60) + b"\x01\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12" * 30
    said = b"\xff\xe1" + struct.pack(">H", len(camera) + 2) + camera if camera else b""
    return b"\xff\xd8\xff\xe0\x00\x04JF" + said + frame + scan + (b"\xff\xd9" if whole else b"")


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def packed_pdf(pages: int) -> bytes:
    """A file whose objects are in a compressed stream."""
    made = BytesIO()
    with pikepdf.new() as book:
        for _ in range(pages):
            book.add_blank_page()
        book.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


DOCX = packed({"word/document.xml": "<w:document><w:t>通知</w:t></w:document>"})
XLSX = packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "<c r='A1'><v>1</v></c>"})
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOOKS = Path(__file__).parent.parent / "read" / "files"

GOOD: Mapping[str, bytes] = {
    "a.docx": DOCX,
    "a.xlsx": XLSX,
    "图.docx": packed({"word/document.xml": "<w:document><w:drawing/></w:document>"}),
    "a.pptx": packed({"ppt/presentation.xml": "<p/>"}),
    "a.odt": packed({"content.xml": "<text/>"}),
    "a.ofd": packed({"OFD.xml": "<ofd/>"}),
    "a.pdf": pdf(),
    "packed.pdf": packed_pdf(1),
    "locked.pdf": b"%PDF-1.4\n<</Encrypt 2 0 R>>\n%%EOF\n",
    "a.rtf": b"{\\rtf1 abc}",
    "word写的.doc": b"{\\rtf1 abc}",
    "a.csv": "单位,人数\n示例厂,3\n".encode("gb18030"),
    "a.txt": "说明".encode(),
    "a.zip": packed({"通知.docx": DOCX, "表/一.xlsx": XLSX, "__MACOSX/._通知.docx": b"left"}),
    "a.png": png(),
    "a.jpg": jpeg(),
    "a.JPEG": jpeg(),
    "a.gif": b"GIF89a\x02\x00\x03\x00" + b"\0" * 20 + b";",
    "a.webp": b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x03\0\0\x04\0\0" + b"\0" * 8,
}
BAD: Mapping[str, tuple[bytes, str]] = {
    "a.docx": (b"", "空的"),
    "b.docx": (b"\0\0  \r\n", "空的"),
    "blank.docx": (packed({"word/document.xml": "<w:document><w:p/></w:document>"}), "什么也没有写"),
    "blank.xlsx": (packed({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": "<sheetData/>"}), "什么也没有写"),
    "half.docx": (DOCX[:60], "不是 docx"),
    "c.docx": (b"<html><body>x</body></html>", "网页"),
    "d.docx": (XLSX, "其实是 xlsx"),
    "e.docx": (OLD + b"\0" * 600, "旧格式"),
    "spoilt.xlsx": (XLSX.replace(b"\x03\x00PK", b"\x04\x00PK")[:-40], "xlsx"),
    "a.xls": (b"<table><tr><td>1</td></tr></table>", "网页"),
    "b.xls": (XLSX, "其实是 xlsx"),
    "c.xls": (OLD + b"\0" * 600, "xls"),
    "a.doc": (b"MIME-Version: 1.0\n", "网页"),
    "a.wps": (b"abc", "不是 wps"),
    "a.pdf": (b"%PDF-1.4 broken off", "完整"),
    "none.pdf": (b"%PDF-1.4\n1 0 obj <</Type/Pages/Kids[]/Count 0>>\n%%EOF\n", "一页也没有"),
    "packed.pdf": (packed_pdf(0), "一页也没有"),
    "b.pdf": (b"\xff\xd8\xff", "完整"),
    "a.rtf": (b"{\\rtf1 abc", "rtf"),
    "a.csv": (b"\0\x01\x02\x03", "csv"),
    "a.zip": (packed({}), "空的压缩包"),
    "run.zip": (packed({"安装.exe": b"MZ"}), "安装.exe"),
    "climb.zip": (packed({"../../x.docx": DOCX}), "别的文件夹"),
    "inner.zip": (packed({"申请表.docx": b"no document"}), "里面的“申请表.docx”"),
    "blank.zip": (packed({"申请表.xls": b""}), "里面的“申请表.xls”是空的"),
    "half.zip": (packed({"a.docx": DOCX})[:80], "zip"),
    "a.png": (png(damaged=True), "坏了"),
    "b.png": (png()[:-20], "坏了"),
    "c.png": (jpeg(), "其实是 jpg"),
    "a.jpg": (jpeg(whole=False), "坏了"),
    "b.jpg": (b"\xff\xd8", "坏了"),
    "a.gif": (b"GIF89a", "坏了"),
    "a.webp": (b"RIFF\xff\xff\0\0WEBPVP8X", "坏了"),
    "a.svg": (b"<svg/>", "类型是 svg"),
    "a.exe": (b"MZ", "类型是 exe"),
    "无后缀": (b"x", "没有"),
}


def test_what_opens_is_taken_and_what_does_not_is_refused(tmp_path: Path) -> None:
    for name, data in GOOD.items():
        (tmp_path / name).write_bytes(data)
        assert wrong(FormFile(name, len(data)), tmp_path) is None, name
    for name, (data, said) in BAD.items():
        (tmp_path / name).write_bytes(data)
        assert said in (wrong(FormFile(name, len(data)), tmp_path) or ""), name
    for book in sorted(BOOKS.glob("*.xls")):
        assert wrong(FormFile(book.name, book.stat().st_size), BOOKS) is None, book.name


def found(project: Project, slug: str, text: str, files: Mapping[str, bytes]) -> list[Finding]:
    """The findings about an article with the text, and about its files."""
    article = ("pages/notices/fair.md", f"标题: 招聘会\n日期: 2026-05-01\n正文: |\n  {text}\n")
    county_of([article], project.folder / "counties" / slug)
    for name, data in files.items():
        path = project.folder / "counties" / slug / "pages/notices" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return [one for one in findings_of(project, slug) if "notices/" in one.place.file]


def rules_and_files(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(one.rule, one.place.file.rpartition("/")[2]) for one in findings]


def test_good_files_beside_an_article_are_left_alone(project: Project) -> None:
    words = "海报上的字".encode()
    text = "[岗位表](岗位表.xlsx)[表](<附 件/表 1.docx> '点这里')、[表](%E8%A1%A8.csv)。\n\n  ![春季海报](./海报.png)"
    files = {
        "岗位表.xlsx": XLSX,
        "附 件/表 1.docx": DOCX,
        "表.csv": GOOD["a.csv"],
        "海报.png": png(),
        "海报.txt": words,
    }
    assert rules_and_files(found(project, "attached-good", text, files)) == []


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [("党政机关标识.png", png(), ""), ("党政机关标识.png", b"abc", "GK965"), ("党政机关标识.docx", DOCX, "GK004")],
)
def test_the_mark_lies_beside_county_yaml(project: Project, name: str, data: bytes, rule: str) -> None:
    slug = f"mark-{rule or 'good'}".lower()
    county_of([], project.folder / "counties" / slug)
    (project.folder / "counties" / slug / name).write_bytes(data)
    found_here = [one for one in findings_of(project, slug) if one.place.file.endswith(name)]
    assert [one.rule for one in found_here] == [rule] * bool(rule)
    assert (read_county(project, slug).overlay.mark is not None) is name.endswith("png")


def test_what_is_wrong_with_a_file_is_told(project: Project) -> None:
    text = (
        f"{LONG}\n\n  ![](甲.png) ![图片1](乙.png) ![乙](乙.png) ![现场照片](丙.png)\n\n"
        "  见[表](假.xlsx)、[没有](没有.docx)、![没有的图](没有.png)、![别处](https://www.gov.cn/x.png)。\n\n"
        "  <img src='甲.png'>"
    )
    files = {"甲.png": png(), "乙.png": png(), "丙.png": png(), "假.xlsx": b"abc", "多余.docx": DOCX, "多/x.docx": DOCX}
    findings = found(project, "attached-bad", text, files)
    assert sorted(rules_and_files(findings)) == [
        ("GK004", "多"),
        ("GK004", "多余.docx"),
        ("GK623", "fair.md"),
        ("GK961", "fair.md"),
        ("GK964", "fair.md"),
        ("GK964", "fair.md"),
        ("GK965", "假.xlsx"),
        ("GK967", "fair.md"),
    ]
    errors = {one.rule for one in findings if one.severity is Severity.ERROR}
    assert errors == {"GK961", "GK964", "GK965"}
    dead = next(one for one in findings if one.rule == "GK961")
    assert "没有.docx" in dead.message
    assert "没有.png" in dead.message


def test_one_picture_instead_of_words(project: Project) -> None:
    text, pictures = "![一图读懂：延迟退休](图.png)", {"图.png": png(800, 4000)}
    assert rules_and_files(found(project, "picture-alone", text, pictures)) == [
        ("GK966", "fair.md"),
        ("GK967", "fair.md"),
    ]
    with_words = {**pictures, "图.txt": "第一步：查年龄。".encode()}
    assert rules_and_files(found(project, "picture-words", text, with_words)) == []
    assert rules_and_files(found(project, "picture-text", f"{LONG}\n\n  {text}", pictures)) == [("GK967", "fair.md")]


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("名单.docx", packed({"word/document.xml": "<w:t>990101199003078893</w:t>"}), "GK901"),
        ("海报.png", png(beside=b"13912345678 "), "GK902"),
        ("海报.txt", b"13912345678", "GK902"),
        ("稿.docx", packed({"word/document.xml": '<w:ins w:author="a"><w:t>x</w:t></w:ins>'}), "GK963"),
        ("海报.jpg", jpeg(camera=exif()), "GK969"),
        ("大.jpg", jpeg(camera=exif(">")), "GK969"),
        ("大.png", png() + b"\0" * 1_000_001, "GK968"),
        ("号13912345678.docx", DOCX, "GK902"),
    ],
)
def test_files_are_looked_through_as_forms_are(project: Project, name: str, data: bytes, rule: str) -> None:
    slug = f"looked-{rule.lower()}-{len(name)}{len(data)}"
    files = {name: data, "海报.png": png(), "海报.txt": "海报".encode()} | {name: data}
    text = f"{LONG}\n\n  见[表]({name})。\n\n  ![海报：3月8日](海报.png)\n\n  ![大的海报](大{Path(name).suffix})"
    rules = {one.rule for one in found(project, slug, text, files)} - {"GK961", "GK967"}
    assert rules == {rule}


def test_a_camera_that_does_not_know_where_it_was(project: Project) -> None:
    for index, camera in enumerate((exif(latitude=0), exif()[:30], b"Exif\0\0MM\0*", b"Exif\0\0II*\0" + b"\xff" * 40)):
        files = {"图.jpg": jpeg(camera=camera), "图.txt": "招聘会".encode()}
        assert rules_and_files(found(project, f"nowhere-{index}", f"{LONG}\n\n  ![招聘会](图.jpg)", files)) == []


def test_nothing_outside_the_folder_is_taken(project: Project) -> None:
    (project.folder / "secret.docx").write_bytes(DOCX)
    slug = "climbing"
    text = "[一](../../../../secret.docx)[二](/etc/passwd)[三](.git.docx)[四](fair.md)[五](链.docx)"
    folder = project.folder / "counties" / slug / "pages/notices"
    findings = found(project, slug, text, {".git.docx": DOCX})
    (folder / "链.docx").symlink_to("/etc/hostname")
    findings = [one for one in findings_of(project, slug) if "notices/" in one.place.file]
    assert {"GK961", "GK003"} <= {one.rule for one in findings}
    dead = next(one for one in findings if one.rule == "GK961")
    assert [name in dead.message for name in (".git.docx", "fair.md", "链.docx")] == [True] * 3


def test_what_office_files_say_is_read_like_any_text(project: Project) -> None:
    word = "<w:p><w:r><w:t>请登</w:t></w:r><w:r><w:t>陆网站</w:t></w:r></w:p><w:del ><w:t>帐号</w:t></w:del>"
    book = "<sst><si><t>到县</t><t>国税局</t></si><si><t>姓名____</t></si><si><t>20××年</t></si></sst>"
    files = {
        "稿.docx": packed({"word/document.xml": f"<w:document>{word}</w:document>"}),
        "表.xlsx": packed({"xl/workbook.xml": "<x/>", "xl/sharedStrings.xml": book}),
        "页.pptx": packed({"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": "<a:p><a:t>待补充</a:t></a:p>"}),
        "文.odt": packed({"content.xml": "<text:p>2026年11月31日<text:span/>发放</text:p>"}),
        "旧.wps": document("在平台登陆\r"),
        "版.pdf": pdf("BT /F1 12 Tf (2026-11-31) Tj ET"),
    }
    text = "见[稿](稿.docx)[表](表.xlsx)[页](页.pptx)[文](文.odt)[旧](旧.wps)[版](版.pdf)。"
    findings = found(project, "office-words", text, files)
    assert sorted(rules_and_files(findings)) == [
        ("GK952", "旧.wps"),
        ("GK952", "稿.docx"),
        ("GK953", "表.xlsx"),
        ("GK954", "页.pptx"),
        ("GK955", "文.odt"),
        ("GK955", "版.pdf"),
        ("GK963", "稿.docx"),
    ]
    assert "帐号" not in next(one.message for one in findings if one.rule == "GK952")


def test_addresses_of_ones_own_pages_are_links_too(project: Project) -> None:
    base = "https://www.qingyuan.gov.cn/zwgk"
    text = f"见{base}/faq/none/、{base}/employment/4-2/、{base}/zcwj/5.html、{base}/notices/。"
    findings = found(project, "own-addresses", text, {})
    assert rules_and_files(findings) == [("GK961", "fair.md")]
    assert "/faq/none/" in findings[0].message
