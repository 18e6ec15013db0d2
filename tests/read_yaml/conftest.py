"""A county's folder, written for a test: paths and texts in, County out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gkdir.finding import Trouble
from gkdir.model.county import County
from gkdir.read.county import read_county_folder
from gkdir.read.folder import Root

HERE = "project/counties/qingyuan/"
COUNTY = '名称: 清源县\n代码: "990101"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The county's empty folder; places are relative to the folder that the test runs in."""
    monkeypatch.chdir(tmp_path)
    folder = Path(HERE)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def read(folder: Path) -> Callable[..., County]:
    """Writes ``county.yaml`` and other files, by path below the county's folder, and reads the county."""

    def write_and_read(county: str | bytes = COUNTY, files: dict[str, str | bytes] | None = None) -> County:
        for name, content in {"county.yaml": county, **(files or {})}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_county_folder(Root.of(Path("project")), folder)

    return write_and_read


@pytest.fixture
def troubles_of() -> Callable[[County], list[tuple[str, str, str]]]:
    """Kind, place (below the county's folder if inside it) and message of every trouble of a county."""

    def summaries(county: County) -> list[tuple[str, str, str]]:
        troubles: tuple[Trouble, ...] = county.troubles
        return [(str(each.kind), str(each.place).removeprefix(HERE), each.message) for each in troubles]

    return summaries
