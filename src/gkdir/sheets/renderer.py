"""Sheets → PDF and pictures, by Typst: one compiler for each thread, with the templates of all folders merged."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, date, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread
from types import TracebackType
from typing import Any

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.read.folder import Root, files_within
from gkdir.sheets.sheet import PrintedSheet
from gkdir.workers import processors


class FontFile(Struct, frozen=True):
    """A font file: the pip distribution, its package, the file's name in it, and its sha256."""

    distribution: str
    package: str
    name: str
    sha256: str


FONTS: tuple[FontFile, ...] = (
    FontFile(
        "manimgx-fonts-cjk", "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc",
        "d3d8256cdec8dbcb3552284bc6b20c734dd60c2ee9df83b5758e34807c4bac32",
    ),
    FontFile(
        "pylopdf-fonts-zh-cn", "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf",
        "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3",
    ),
    FontFile(
        "pylopdf-fonts-zh-tw", "pylopdf_fonts_zh_tw", "NotoSerifTC-Regular.otf",
        "63515eb0622d589a2f4062e8757c598b3da3bffd053f69abd181c210158ef10c",
    ),
)  # fmt: skip

BODY = ("仿宋_gb2312", "fangsong_gb2312", "方正仿宋", "fzfangsong", "fzfs", "仿宋", "fangsong")
TITLE = ("方正小标宋", "fzxiaobiaosong", "fzxbs", "小标宋", "xiaobiaosong")
"""Parts of the names of suitable office fonts of any foundry, in order of preference."""


def font_folders() -> tuple[Path, ...]:
    """The folders of the installed fonts. Raises ``Unreadable`` for a file with another digest."""
    folders: dict[Path, None] = {}
    for font in FONTS:
        folder = _folder(font)
        if folder is None or not (folder / font.name).is_file():
            continue
        if hashlib.sha256((folder / font.name).read_bytes()).hexdigest() != font.sha256:
            raise Unreadable(
                Place(font.name),
                "字体文件与发布时核对过的不一样。",
                f"请重新安装：pip install --force-reinstall {font.distribution}。",
            )
        folders[folder] = None
    return tuple(folders)


def missing_fonts() -> tuple[str, ...]:
    """The font packages that are not installed."""
    return tuple(font.distribution for font in FONTS if _folder(font) is None)


def font_families(families: Iterable[str], *, traditional: bool = False) -> Mapping[str, Sequence[str]]:
    """The templates' names 正文, 标题 and 黑体 → font families, the best first.

    ``own_body`` and ``own_title``: the office's own among ``families``, if any.
    """
    available = sorted(families)
    region = "TC" if traditional else "SC"
    sans, serif = f"Noto Sans CJK {region}", f"Noto Serif {region}"
    body, title = _first(available, BODY), _first(available, TITLE)
    return {
        "body": [*body, serif, sans],
        "title": [*title, sans, serif],
        "sans": [sans, serif],
        "own_body": body,
        "own_title": title,
    }


def _first(families: Sequence[str], names: Sequence[str]) -> list[str]:
    found = (family for name in names for family in families if name in family.lower())
    return list(found)[:1]


def _folder(font: FontFile) -> Path | None:
    spec = find_spec(font.package)
    return Path(spec.origin).parent if spec and spec.origin else None


FOLDER = "_sheets"
GETA = "〓"
"""The mark that Chinese printers use for a missing character."""

MAX_THREADS = 4
"""The most threads; each needs tens of MB."""

LONGEST = 300.0
"""The most seconds that one call of Typst may take; one took more than four minutes under wine."""

_MISSING = re.compile(r'the text (?:contains the disallowed codepoint )?`"(.+?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def missing() -> tuple[str, ...]:
    """The missing packages that printing needs."""
    return (*(() if find_spec("typst") else ("typst",)), *missing_fonts())


class TypstRenderer:
    """Renders sheets with the templates of ``folders``; earlier folders take precedence.

    ``dated`` is the date of the PDFs; ``fonts`` are folders of an office's own fonts; ``convert`` converts texts to
    Traditional script. A context manager, because the merged templates are in a temporary folder; Typst reads nothing
    outside it, and texts never become markup. ``threads`` is the number of threads: Typst releases the GIL, and results
    do not depend on each other. ``own`` are the office's font families in use.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        dated: date,
        fonts: Sequence[Path] = (),
        convert: Callable[[str], str] | None = None,
    ) -> None:
        import typst  # an optional dependency

        paths = [str(folder) for folder in (*fonts, *font_folders())]
        look = partial(typst.Fonts, include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
        found = _within(LONGEST, look, "找字体")
        self._stamp = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
        self._convert = convert or str
        self._scratch = TemporaryDirectory(prefix="gkdir-print-")
        self._root = Path(self._scratch.name)
        try:
            self._merge(folders)
        except OSError:
            self._scratch.cleanup()  # the caller cannot close an object that was not made
            raise
        families = font_families(found.families(), traditional=convert is not None)
        self.own = (*families["own_body"], *families["own_title"])
        self._fonts = json.dumps(families)
        self._script = "hant" if convert else "hans"
        self.threads = min(processors(), MAX_THREADS)
        self._idle: SimpleQueue[Any] = SimpleQueue()
        self._compiler = partial(typst.Compiler, root=self._root, font_paths=found)
        for _ in range(self.threads):
            self._idle.put(self._compiler())
        self._error = typst.TypstError
        self._lacking: set[int] = set()

    def __enter__(self) -> TypstRenderer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.cleanup()

    @property
    def lacking(self) -> str:
        """All characters so far that no font has; they are printed as ``GETA``."""
        return "".join(map(chr, sorted(self._lacking)))

    def pdf(self, sheet: PrintedSheet) -> bytes:
        """The sheet as PDF/UA-1 and PDF/A-2a; same sheet and date, same bytes."""
        made = self._compiled(sheet, format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=self._stamp)
        assert isinstance(made, bytes)
        return with_labels(made) if sheet.labelled else made

    def pages(self, sheet: PrintedSheet, ppi: float) -> Sequence[bytes]:
        """Every page as PNG at ``ppi`` dots an inch."""
        made = self._compiled(sheet, format="png", ppi=ppi)
        return [made] if isinstance(made, bytes) else made or []

    def _compiled(self, sheet: PrintedSheet, **wanted: object) -> bytes | list[bytes] | None:
        """The output of Typst; characters that no font has are replaced by ``GETA``, other errors are raised.

        Each sheet is tried with all its characters, since its fonts may differ. The diagnostics name every missing
        one, so a second run, which takes a tenth of a second, is enough.
        """
        path, text = str(self._root / sheet.template), self._convert(sheet.json())
        replaced: dict[int, str] = {}
        compiler = self._idle.get()
        try:
            while True:
                inputs = {"sheet": text.translate(replaced), "fonts": self._fonts, "script": self._script}
                try:
                    work = partial(compiler.compile, path, sys_inputs=inputs, **wanted)
                    made: bytes | list[bytes] | None = _within(LONGEST, work, f"排“{sheet.title}”")
                    return made
                except Unreadable:
                    compiler = self._compiler()  # the old one is still busy
                    raise
                except self._error as error:
                    shown = _decoded("".join(_MISSING.findall(error.diagnostic)))
                    fresh = set(map(ord, shown)) - set(replaced)
                    if not fresh:
                        raise _trouble(sheet, error.message, error.diagnostic) from error
                    replaced |= dict.fromkeys(fresh, GETA)
                    self._lacking |= fresh
        finally:
            self._idle.put(compiler)

    def _merge(self, folders: Sequence[Path]) -> None:
        for folder in reversed(folders):
            for file in files_within(Root.of(folder.parent), folder / FOLDER):
                if file.suffix in (".typ", ".txt"):
                    (self._root / file.name).write_bytes(self._convert(file.read_text("utf-8")).encode())
                else:
                    shutil.copyfile(file, self._root / file.name)


def _within(seconds: float, work: Callable[[], Any], what: str) -> Any:
    """The result of ``work``. Raises Unreadable if it takes longer; the thread cannot be stopped, only abandoned."""
    done: Future[Any] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    Thread(target=run, daemon=True, name="typst").start()
    try:
        return done.result(seconds)
    except TimeoutError:
        message = f"{what}，等了 {seconds:.0f} 秒还没有完，没有再等。"
        hint = "请关掉别的程序再试一次；还不行，请在浏览器里打开网页，直接打印。"
        raise Unreadable(Place("排版"), message, hint) from None


def _decoded(shown: str) -> str:
    """Typst's escapes of characters (``\\u{10fffd}``) back to them."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), shown)


def _trouble(sheet: PrintedSheet, message: str, diagnostic: str) -> Unreadable:
    return Unreadable(
        Place(f"templates/{FOLDER}/{sheet.template}"),
        f"“{sheet.title}”排不出来：{message}。",
        f"请对照随 gkdir 附带的同名模板改正；Typst 的原话：{' '.join(diagnostic.split())}",
    )


_ROW = re.compile(rb"<</Type/StructElem/S/TR/[^\n]*?/K\[([\d R]+)\]")
_CELL = re.compile(rb"\n(\d+) 0 obj\n<</Type/StructElem/S/TD/[^\n]*")
_PLAIN, _HEADING = b"/Headers[]", b"/Scope/Row"


def with_labels(pdf: bytes) -> bytes:
    """The PDF with every other cell of its tables tagged as a row header.

    Raises ``ValueError`` if the tags are not as expected: no PDF is better than one with wrong tags.
    """
    labels = {number for row in _ROW.findall(pdf) for number in re.findall(rb"(\d+) 0 R", row)[::2]}
    cells = {cell[1]: cell for cell in _CELL.finditer(pdf)}
    if not labels or not labels <= cells.keys() or any(cells[one][0].count(_PLAIN) != 1 for one in labels):
        raise ValueError("the tags of the tables are not those that Typst writes")
    made = bytearray(pdf)
    for number in labels:
        cell = cells[number]
        made[cell.start() : cell.end()] = cell[0].replace(b"/S/TD/", b"/S/TH/", 1).replace(_PLAIN, _HEADING)
    return bytes(made)
