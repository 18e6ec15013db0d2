"""Publishing is whole or nothing: the same bytes change nothing, a kill at any moment leaves a whole site."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gkdir
from gkdir.finding import Unreadable
from gkdir.publish import swap as swapping
from gkdir.publish.write import publish_files, publish_folder, published, safe

SOURCE = str(Path(gkdir.__file__).parents[1])
OLD = [("index.html", b"old"), ("a/index.html", b"old a"), ("gone.txt", b"gone")]
NEW = [("index.html", b"new"), ("a/index.html", b"old a"), ("b/c/index.html", b"new c")]


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_publishes_exactly_these_files_and_their_digests(tmp_path: Path) -> None:
    live = tmp_path / "qingyuan"
    assert publish_folder(live, OLD, about={"name": "qingyuan"})
    assert publish_folder(live, NEW, about={"name": "qingyuan"})
    there = content(live)
    manifest = json.loads(there.pop("manifest.json"))
    assert there == dict(NEW)
    assert manifest["files"] == {path: hashlib.sha256(data).hexdigest() for path, data in sorted(NEW)}
    assert list(tmp_path.iterdir()) == [live]  # nothing is left beside it


def test_same_bytes_touch_nothing(tmp_path: Path) -> None:
    live = tmp_path / "qingyuan"
    publish_folder(live, OLD, about={"name": "qingyuan"})
    before = {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in live.rglob("*")}
    assert not publish_folder(live, OLD, about={"name": "qingyuan"})
    assert before == {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in live.rglob("*")}


@pytest.mark.parametrize("damage", ["change", "add", "lose"])
def test_a_damaged_copy_is_made_whole(tmp_path: Path, damage: str) -> None:
    live = tmp_path / "qingyuan"
    publish_folder(live, OLD, about={"name": "qingyuan"})
    whole = content(live)
    match damage:
        case "change":
            (live / "index.html").write_bytes(b"spam")
        case "add":
            (live / "spam.html").write_bytes(b"spam")
        case _:
            (live / "gone.txt").unlink()
    assert publish_folder(live, OLD, about={"name": "qingyuan"})
    assert content(live) == whole


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "", "a\\b", "."])
def test_a_page_cannot_leave_its_county(path: str) -> None:
    with pytest.raises(ValueError, match="stay inside"):
        safe(path)


def test_two_pages_cannot_share_a_place(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="same place"):
        publish_folder(tmp_path / "x", [("a", b"1"), ("a", b"2")], about={"name": "x"})
    assert list(tmp_path.iterdir()) == []


def test_only_our_folders_count_as_published(tmp_path: Path) -> None:
    publish_folder(tmp_path / "ours", OLD, about={"name": "ours"})
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "manifest.json").write_text('{"name": "an app"}')
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "manifest.json").write_text("{")
    assert list(published(tmp_path)) == [("ours", {"name": "ours"})]


def test_single_files_leave_others_alone(tmp_path: Path) -> None:
    (tmp_path / "favicon.ico").write_bytes(b"theirs")
    publish_files(tmp_path, [("index.html", b"1"), ("assets/a.css", b"2")])
    publish_files(tmp_path, [("index.html", b"3")])
    assert content(tmp_path) == {"favicon.ico": b"theirs", "index.html": b"3", "assets/a.css": b"2"}


def test_without_exchange_the_swap_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swapping, "_renameat2", lambda: None)
    live = tmp_path / "qingyuan"
    publish_folder(live, OLD, about={"name": "qingyuan"})
    publish_folder(live, NEW, about={"name": "qingyuan"})
    assert (live / "index.html").read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [live]


def test_recover_brings_back_what_a_kill_between_two_renames_left(tmp_path: Path) -> None:
    live = tmp_path / "qingyuan"
    publish_folder(live, OLD, about={"name": "qingyuan"})
    whole = content(live)
    live.rename(tmp_path / ".qingyuan.old")
    publish_folder(tmp_path / "half", NEW, about={"name": "half"})
    (tmp_path / "half").rename(tmp_path / ".qingyuan.new")
    (tmp_path / ".index.html.new").write_bytes(b"half")
    swapping.recover(tmp_path)
    assert list(tmp_path.iterdir()) == [live]
    assert content(live) == whole


def test_remove_takes_a_folder_away(tmp_path: Path) -> None:
    publish_folder(tmp_path / "gone", OLD, about={"name": "gone"})
    swapping.remove(tmp_path / "gone")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no flock there")
def test_a_second_build_into_the_same_folder_is_told_so(tmp_path: Path) -> None:
    with swapping.alone(tmp_path), pytest.raises(Unreadable, match="另一个 gkdir"), swapping.alone(tmp_path):
        pass


KILLED = """
import sys
from pathlib import Path
from gkdir.aside import aside
from gkdir.publish.write import publish_folder
live = Path(sys.argv[1])
def files(turn):
    for number in range(60):
        yield f"p{number}/index.html", turn * 2000
print("ready", flush=True)
for turn in range(1_000_000):
    publish_folder(live, files(b"%d" % (turn % 10)), about={"name": "x"}, aside=aside)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the atomic exchange is Linux's")
@settings(max_examples=12, deadline=None)
@given(delay=st.floats(0.0, 0.05))
def test_a_kill_at_any_moment_leaves_a_whole_site(tmp_path_factory: pytest.TempPathFactory, delay: float) -> None:
    live = tmp_path_factory.mktemp("out") / "x"
    publish_folder(live, [("p0/index.html", b"first")], about={"name": "x"})
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(live)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": SOURCE}
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    there = content(live)
    manifest = json.loads(there.pop("manifest.json"))
    assert manifest["files"] == {path: hashlib.sha256(data).hexdigest() for path, data in there.items()}
    # What the killed one began beside is gone with it: nothing of its is left in what comes next.
    swapping.recover(live.parent)
    publish_folder(live, [(f"p{number}/index.html", b"next") for number in range(60)], about={"name": "x"})
    assert {data for path, data in content(live).items() if path != "manifest.json"} == {b"next"}
    assert len(content(live)) == 61


def test_what_cannot_be_written_whole_is_not_left_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = tmp_path / "x"
    publish_folder(live, [("a.html", b"1")], about={"name": "x"})
    before = content(live)
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "c.html":
            raise OSError(errno.ENOSPC, "full", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="full"):
        publish_folder(live, [("a.html", b"2"), ("b.html", b"2"), ("c.html", b"2")], about={"name": "x"})
    assert content(live) == before
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
