"""Sheets → PDF and pictures, by Typst: one compiler for all, templates merged, tagged and checked while it compiles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from gkdir.finding import Place, Unreadable
from gkdir.sheets.fonts import chosen, font_folders, missing_fonts
from gkdir.sheets.sheet import Sheet

FOLDER = "_sheets"


def missing() -> tuple[str, ...]:
    """The packages that printing needs and this machine does not have."""
    return (*(() if find_spec("typst") else ("typst",)), *missing_fonts())


class Press:
    """Sets sheets with the templates of ``folders``; an earlier folder's template goes before a later one's.

    ``dated`` is the day that the PDFs carry; ``fonts`` are folders of an office's own fonts; ``convert`` turns texts
    into Traditional script. A context manager, for it keeps the merged templates in a folder of its own. Typst reads
    nothing outside that folder, and a text never becomes markup.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        dated: date,
        fonts: Sequence[Path] = (),
        convert: Callable[[str], str] | None = None,
    ) -> None:
        import typst  # only who prints has it

        self._stamp = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
        self._convert = convert or str
        self._scratch = TemporaryDirectory(prefix="gkdir-print-")
        self._root = Path(self._scratch.name)
        self._merge(folders)
        found = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in (*fonts, *font_folders())],
        )
        self._fonts = json.dumps(chosen(found.families(), traditional=convert is not None))
        self._script = "hant" if convert else "hans"
        self._compiler = typst.Compiler(root=self._root, font_paths=found)
        self._error = typst.TypstError

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.cleanup()

    def pdf(self, sheet: Sheet) -> bytes:
        """The sheet as PDF/UA-1 and PDF/A-2a; the same bytes for the same sheet and date."""
        with self._told(sheet):
            made = self._compiler.compile(
                str(self._root / sheet.template),
                format="pdf",
                sys_inputs=self._inputs(sheet),
                pdf_standards=["a-2a", "ua-1"],
                timestamp=self._stamp,
            )
        assert isinstance(made, bytes)
        return made

    def pages(self, sheet: Sheet, ppi: float) -> Sequence[bytes]:
        """Every page as PNG, ``ppi`` dots an inch."""
        with self._told(sheet):
            made = self._compiler.compile(
                str(self._root / sheet.template), format="png", sys_inputs=self._inputs(sheet), ppi=ppi
            )
        return [made] if isinstance(made, bytes) else made or []

    def _inputs(self, sheet: Sheet) -> dict[str, str]:
        return {"sheet": self._convert(sheet.json()), "fonts": self._fonts, "script": self._script}

    @contextmanager
    def _told(self, sheet: Sheet) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            raise Unreadable(
                Place(f"templates/{FOLDER}/{sheet.template}"),
                f"“{sheet.title}”排不出来：{error.message}。",
                "请对照随 gkdir 附带的同名模板改正；Typst 的原话：" + " ".join(error.diagnostic.split()),
            ) from error

    def _merge(self, folders: Sequence[Path]) -> None:
        for folder in reversed([folder / FOLDER for folder in folders]):
            for file in sorted(folder.glob("*")) if folder.is_dir() else ():
                if file.suffix == ".typ":
                    (self._root / file.name).write_text(self._convert(file.read_text("utf-8")), "utf-8")
                elif file.is_file():
                    shutil.copyfile(file, self._root / file.name)
