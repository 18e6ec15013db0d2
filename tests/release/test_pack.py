"""``gkdir pack``: a zip that unpacks the same on every system, with the same bytes each time."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from tests.places import SMALL

from gkdir.cli.pack import command
from gkdir.desk.published import zipped
from gkdir.finding import Unreadable
from gkdir.publish.write import publish_folder
from gkdir.release.pack import is_site_archive, unsafe_names


def test_the_archive_is_the_site_with_plain_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkdir.read.known.national_folder", lambda: SMALL / "national")
    start = [str(SMALL / "project"), "--county", "heping", "--date", "2026-03-01", "-o"]
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    for file in (one, other, one):  # an archive that gkdir made is replaced
        result = CliRunner().invoke(command, [*start, str(file)])
        assert result.exit_code == 0, result.output
    assert one.read_bytes() == other.read_bytes()
    with ZipFile(one) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert {"heping/index.html", "heping/manifest.json", "heping/sitemap.xml"} <= set(names)
        assert b"<!doctype html>" in archive.read("heping/index.html")[:40].lower()
        assert {part.flag_bits & 0x800 for part in archive.infolist()} == {0}  # all names are ASCII
    assert {name.split("/")[0] for name in names} == {"heping"}
    assert list(unsafe_names(names)) == []
    assert is_site_archive(one.read_bytes())
    assert CliRunner().invoke(command, [*start, str(tmp_path / "a.rar")]).exit_code == 2
    other.write_bytes(one.read_bytes() + b"changed")
    with pytest.raises(Exception, match=r"other\.zip"):
        CliRunner().invoke(command, [*start, str(other)], catch_exceptions=False)
    assert other.read_bytes().endswith(b"changed")


@pytest.mark.parametrize(
    "path",
    ["forms/失业登记表/index.html", "con/index.html", "a/AUX.txt", "a./b", "a/b?.html", "a" * 181, "a b/index.html"],
)
def test_names_that_do_not_survive_are_told(path: str) -> None:
    assert list(unsafe_names(["index.html", path])) == [path]


def test_names_told_apart_by_case_alone_are_told() -> None:
    assert list(unsafe_names(["a/Index.html", "a/index.html"])) == ["a/index.html"]


def test_a_folder_that_is_not_as_it_was_published_is_not_packed(tmp_path: Path) -> None:
    folder = tmp_path / "heping"
    publish_folder(folder, [("index.html", b"old"), ("a/index.html", b"a")], {"name": "和平县"})
    assert zipped(folder) == zipped(folder)
    (folder / "a" / "index.html").unlink()
    (folder / "a" / "index.html").symlink_to(tmp_path / "secret")
    (tmp_path / "secret").write_bytes(b"a")
    with pytest.raises(Unreadable, match=r"改过这个文件夹.*a/index\.html"):
        zipped(folder)
