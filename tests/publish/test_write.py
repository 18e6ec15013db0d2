"""Publishing is all or nothing: the same bytes change nothing, and a kill at any moment leaves a complete site."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws import law

import gkdir
from gkdir.finding import Unreadable
from gkdir.outcome import KnownManifest
from gkdir.publish import swap as swapping
from gkdir.publish import write as writing
from gkdir.publish.manifest import safe
from gkdir.publish.obstacles import Obstacle
from gkdir.publish.shared import Shared, publish_files
from gkdir.publish.write import publish_folder, published

SOURCE = str(Path(gkdir.__file__).parents[1])
OLD = [("index.html", b"old"), ("a/index.html", b"old a"), ("gone.txt", b"gone")]
NEW = [("index.html", b"new"), ("a/index.html", b"old a"), ("b/c/index.html", b"new c")]


ABOUT = {"name": "清源县", "code": "990101"}


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """The path for a county's site, in a folder of its own."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "qingyuan"


def beside(live: Path) -> set[str]:
    """The files left beside the county's folder, without the lock's empty file."""
    return {path.name for path in live.parent.iterdir()} - {live.name, swapping.LOCK}


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_publishes_exactly_these_files_and_their_digests(tmp_path: Path) -> None:
    live = tmp_path / "qingyuan"
    with swapping.locked_folder(tmp_path):
        assert publish_folder(live, OLD, about={"name": "qingyuan"})
        assert publish_folder(live, NEW, about={"name": "qingyuan"})
    there = content(live)
    manifest = json.loads(there.pop("manifest.json"))
    assert there == dict(NEW)
    assert manifest["files"] == {path: hashlib.sha256(data).hexdigest() for path, data in sorted(NEW)}
    assert beside(live) == set()


def test_same_bytes_touch_nothing(tmp_path: Path) -> None:
    live = tmp_path / "qingyuan"
    publish_folder(live, OLD, about={"name": "qingyuan"})
    before = {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in live.rglob("*")}
    assert not publish_folder(live, OLD, about={"name": "qingyuan"})
    assert before == {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in live.rglob("*")}


def test_what_was_lost_is_made_whole(live: Path) -> None:
    publish_folder(live, OLD, about=ABOUT)
    whole = content(live)
    (live / "gone.txt").unlink()
    assert publish_folder(live, OLD, about=ABOUT)
    assert content(live) == whole


def foreign(live: Path, what: str) -> None:
    """Do to the published folder what a user, a colleague or an intruder might do."""
    match what:
        case "index.html":
            (live / "index.html").write_bytes(b"edited")
        case "notes.txt" | "a/notes.txt":
            (live / what).write_bytes(b"mine")
        case "mine":
            (live / "mine").mkdir()
        case "link":
            (live / "link").symlink_to("/etc")
        case "gone.txt":
            (live / "gone.txt").unlink()
            (live / "gone.txt").symlink_to(live / "index.html")
        case "a":
            (live / "a" / "index.html").unlink()
            (live / "a").rmdir()
            (live.parent / "elsewhere").mkdir()
            (live.parent / "elsewhere" / "index.html").write_bytes(b"old a")
            (live / "a").symlink_to(live.parent / "elsewhere")
        case "pipe":
            os.mkfifo(live / "pipe")


def everything(folder: Path) -> dict[str, object]:
    """Everything in the folder by path: bytes of files, targets of links, and whatever is no file."""
    return {
        path.relative_to(folder).as_posix(): path.readlink()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else path.is_dir()
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("files", [OLD, NEW], ids=["same", "new"])
@pytest.mark.parametrize("what", ["index.html", "notes.txt", "a/notes.txt", "mine", "link", "gone.txt", "a", "pipe"])
def test_what_somebody_did_in_the_folder_stays_and_is_named(live: Path, what: str, files: Any) -> None:
    publish_folder(live, OLD, about=ABOUT)
    foreign(live, what)
    before = everything(live.parent)
    with pytest.raises(Obstacle) as way:
        publish_folder(live, files, about=ABOUT)
    assert what in way.value.trouble.message
    assert everything(live.parent) == before


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        "{",
        "[]",
        "null",
        '{"generator": "gkdir"}',
        '{"generator": "gkdir", "about": [], "files": {}}',
        '{"generator": "gkdir", "about": {}, "files": {"../victim.txt": "' + "0" * 64 + '"}}',
        '{"generator": "gkdir", "about": {}, "files": {"mine.txt": "0"}}',
        '{"generator": "gkdir", "about": {}, "files": {"mine.txt": 5}}',
        '{"generator": "gkdir", "about": {"code": "990102"}, "files": {}}',
        '{"generator": "gkdir", "about": {"kind": "print"}, "files": {}}',
        '{"generator": "gkdir", "about": {}, "files": {}}',
        '{"generator": "other", "about": {}, "files": {}}',
        "[" * 100_000,
    ],
)
def test_a_folder_that_gkdir_did_not_make_stays(live: Path, manifest: str | None) -> None:
    live.mkdir()
    (live / "mine.txt").write_text("mine")
    (live.parent / "victim.txt").write_text("mine")
    if manifest is not None:
        (live / "manifest.json").write_text(manifest)
    before = everything(live.parent)
    with pytest.raises(Obstacle):
        publish_folder(live, NEW, about=ABOUT)
    assert everything(live.parent) == before


@pytest.mark.parametrize("kind", ["file", "link", "dangling"])
def test_what_is_no_folder_stays(live: Path, kind: str) -> None:
    match kind:
        case "file":
            live.write_text("mine")
        case "link":
            (live.parent / "theirs").mkdir()
            live.symlink_to("theirs")
        case _:
            live.symlink_to("nowhere")
    before = everything(live.parent)
    with pytest.raises(Obstacle, match="qingyuan"):
        publish_folder(live, NEW, about=ABOUT)
    assert everything(live.parent) == before


def test_an_empty_folder_is_taken(live: Path) -> None:
    live.mkdir()
    assert publish_folder(live, NEW, about=ABOUT)


def test_a_folder_that_may_not_be_changed_is_kept(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_folder(live, OLD, about=ABOUT)

    def refused(_: Path, live: Path) -> Path | None:
        raise PermissionError(errno.EACCES, "Permission denied", str(live))

    monkeypatch.setattr(writing, "swap", refused)
    with pytest.raises(Obstacle, match="没有权限换掉这个文件夹"):
        publish_folder(live, NEW, about=ABOUT)
    assert (live / "index.html").read_bytes() == b"old"


def test_what_appears_between_looking_and_swapping_is_kept(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_folder(live, OLD, about=ABOUT)
    swap = swapping.swap

    def late(new: Path, live: Path) -> Path | None:
        (live / "late.txt").write_bytes(b"mine")
        return swap(new, live)

    monkeypatch.setattr(writing, "swap", late)
    with pytest.raises(Obstacle, match=r"qingyuan\.kept"):
        publish_folder(live, NEW, about=ABOUT)
    assert (live.parent / ".gkdir-work" / "qingyuan.kept" / "late.txt").read_bytes() == b"mine"
    assert (live / "index.html").read_bytes() == b"new"
    with pytest.raises(Obstacle, match=r"qingyuan\.kept\.2"):  # and once more
        publish_folder(live, OLD, about=ABOUT)
    with swapping.locked_folder(live.parent):
        pass
    for kept in ("qingyuan.kept", "qingyuan.kept.2"):
        assert (live.parent / ".gkdir-work" / kept / "late.txt").read_bytes() == b"mine"


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
    (tmp_path / "linked").symlink_to("ours")
    sum_ = hashlib.sha256((tmp_path / "ours" / "manifest.json").read_bytes()).hexdigest()
    assert list(published(tmp_path)) == [("ours", KnownManifest({"name": "ours"}, sum_))]
    known = KnownManifest({"name": "known"}, "")
    assert list(published(tmp_path, {"ours": known, "gone": known})) == [("ours", known)]


def test_without_exchange_the_swap_still_works(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swapping, "_renameat2", lambda: None)
    with swapping.locked_folder(live.parent):
        publish_folder(live, OLD, about=ABOUT)
        publish_folder(live, NEW, about=ABOUT)
    assert (live / "index.html").read_bytes() == b"new"
    assert beside(live) == set()


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, int]], None]:
    """Simulates Windows: a path of that name cannot be moved that many times, because a scanner has it open."""
    monkeypatch.setattr(swapping, "_renameat2", lambda: None)
    monkeypatch.setattr(swapping, "_ATTEMPT_SECONDS", 0)
    rename = Path.rename

    def hold(times: dict[str, int]) -> None:
        def held(self: Path, target: Path) -> Path:
            name = next((name for name in times if self.name == name), "")
            if times.get(name):
                times[name] -= 1
                raise PermissionError(errno.EACCES, "open in another program", str(self))
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", held)
        monkeypatch.setattr(swapping, "sys", SimpleNamespace(platform="win32"))

    return hold


def test_on_windows_a_folder_that_is_looked_into_is_swapped_a_moment_later(
    live: Path, windows: Callable[[dict[str, int]], None]
) -> None:
    swapping.work_folder(live.parent)
    publish_folder(live, OLD, about=ABOUT)
    windows({"qingyuan": 3})
    assert publish_folder(live, NEW, about=ABOUT)
    assert (live / "index.html").read_bytes() == b"new"
    assert not any((live.parent / swapping.WORK).iterdir())


def test_on_windows_a_file_that_stays_open_keeps_the_old_site_and_is_told_of(
    live: Path, windows: Callable[[dict[str, int]], None]
) -> None:
    swapping.work_folder(live.parent)
    publish_folder(live, OLD, about=ABOUT)
    whole = content(live)
    windows({"qingyuan": 1000})
    with pytest.raises(Obstacle, match="正在别的程序里开着，没有动它"):
        publish_folder(live, NEW, about=ABOUT)
    assert content(live) == whole


def test_on_windows_what_cannot_be_deleted_waits_for_the_next_build(
    live: Path, windows: Callable[[dict[str, int]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    swapping.work_folder(live.parent)
    publish_folder(live, OLD, about=ABOUT)
    windows({"qingyuan.old": 1000})
    unlink = os.unlink

    def opened(path: str) -> None:
        if str(path).endswith("gone.txt"):
            raise PermissionError(errno.EACCES, "open in another program", path)
        unlink(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", opened)
        with pytest.raises(Obstacle, match="新的已经发布；旧的里面有文件正在别的程序里开着") as told:
            publish_folder(live, NEW, about=ABOUT)
    assert told.value.published
    assert (live / "index.html").read_bytes() == b"new"
    assert (live.parent / swapping.WORK / "qingyuan.old" / "gone.txt").is_file()
    monkeypatch.undo()
    with swapping.locked_folder(live.parent):
        pass
    assert beside(live) == set()


def test_what_is_cleared_up_is_no_longer_put_in_its_place(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker of a cluster outlives a killed build, and publishes while the next build cleans up."""
    publish_folder(live, [("index.html", b"old")], {})
    new = swapping.new_folder_for(live)
    (new / "index.html").write_bytes(b"new")
    remove = shutil.rmtree

    def while_the_worker_ends(folder: Path) -> None:
        with suppress(FileNotFoundError):
            swapping.swap(new, live)
        remove(folder)

    monkeypatch.setattr(shutil, "rmtree", while_the_worker_ends)
    swapping.recover(live.parent)
    assert (live / "index.html").read_bytes() == b"old"
    assert not list((live.parent / swapping.WORK).iterdir())


def test_recover_brings_back_what_a_kill_between_two_renames_left(live: Path) -> None:
    publish_folder(live, OLD, about=ABOUT)
    whole = content(live)
    work = live.parent / swapping.WORK
    live.rename(work / "qingyuan.old")
    (work / "qingyuan.new").mkdir()
    (work / "qingyuan.new" / "half.html").write_bytes(b"half")
    with swapping.locked_folder(live.parent):
        assert content(live) == whole
    assert beside(live) == set()


THEIRS = (".env.old", ".htaccess.new", ".qingyuan.new", ".qingyuan.old", ".index.html.new", "x.new")


def test_names_that_only_look_like_ours_are_left_alone(live: Path) -> None:
    for name in THEIRS:
        (live.parent / name).write_text("mine")
    (live.parent / ".git.new").mkdir()
    (live.parent / ".site.old").mkdir()
    before = everything(live.parent)
    with swapping.locked_folder(live.parent):
        publish_folder(live, OLD, about=ABOUT)
    assert {path: what for path, what in everything(live.parent).items() if "qingyuan/" not in path} == {
        **before,
        "qingyuan": True,
        swapping.LOCK: b"",
    }


def test_a_second_build_into_the_same_folder_is_told_so(tmp_path: Path) -> None:
    with (
        swapping.locked_folder(tmp_path),
        pytest.raises(Unreadable, match="另一个 gkdir"),
        swapping.locked_folder(tmp_path),
    ):
        pass


@pytest.mark.parametrize("number", [errno.EACCES, errno.EDEADLK, 0])
def test_on_windows_a_second_build_is_told_so_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    held: list[int] = []

    def locking(file: int, mode: int, size: int) -> None:
        assert (mode, size) == (2, 1)
        if held:
            raise OSError(number, "held")
        held.append(file)

    monkeypatch.setattr(swapping, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    with (
        swapping.locked_folder(tmp_path),
        pytest.raises(Unreadable, match="另一个 gkdir"),
        swapping.locked_folder(tmp_path),
    ):
        pass
    assert len(held) == 1


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_a_lock_that_is_no_file_is_left_alone(tmp_path: Path, kind: str) -> None:
    (tmp_path / "victim.txt").write_text("precious")
    lock = tmp_path / swapping.LOCK
    match kind:
        case "link":
            lock.symlink_to("victim.txt")
        case "folder":
            lock.mkdir()
        case _:
            os.mkfifo(lock)
    before = everything(tmp_path)
    with pytest.raises(Unreadable, match="锁文件"), swapping.locked_folder(tmp_path):
        pass
    assert everything(tmp_path) == before


def test_a_lock_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / swapping.LOCK).write_text("precious")
    with swapping.locked_folder(tmp_path):
        pass
    assert everything(tmp_path) == {swapping.LOCK: b"precious"}


@pytest.mark.parametrize("kind", ["link", "file"])
def test_our_own_name_taken_by_somebody_else_stops_the_build(tmp_path: Path, kind: str) -> None:
    work = tmp_path / swapping.WORK
    if kind == "file":
        work.write_text("mine")
    else:
        (tmp_path / "theirs").mkdir()
        (tmp_path / "theirs" / "x.new").mkdir()
        work.symlink_to("theirs")
    before = everything(tmp_path)
    with pytest.raises(Unreadable, match="临时"), swapping.locked_folder(tmp_path):
        pass
    assert everything(tmp_path) == {**before, swapping.LOCK: b""}


@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "folder"])
@pytest.mark.parametrize("name", ["file.tmp", "written.txt"])
def test_links_and_pipes_in_our_own_folder_are_not_written_to(tmp_path: Path, name: str, kind: str) -> None:
    out, victim = tmp_path / "out", tmp_path / "victim.txt"
    (out / swapping.WORK).mkdir(parents=True)
    victim.write_text("precious")
    match kind:
        case "link":
            (out / swapping.WORK / name).symlink_to(victim)
        case "hard link":
            (out / swapping.WORK / name).hardlink_to(victim)
        case "pipe":
            os.mkfifo(out / swapping.WORK / name)
        case _:
            (out / swapping.WORK / name).mkdir()
    with suppress(Unreadable, OSError):
        publish_files(Shared(out, {"kind": "index"}, "lost"), [("index.html", b"new")])
    assert victim.read_text() == "precious"
    assert not (out / "index.html").is_symlink()


def test_a_folder_taken_away_meanwhile_is_told_of_and_not_made_again(live: Path) -> None:
    out = live.parent

    def removed() -> None:
        with swapping.locked_folder(out):
            shutil.rmtree(out)
            publish_folder(live, OLD, about=ABOUT)

    with pytest.raises(Unreadable, match="移走或删去"):
        removed()
    assert not out.exists()


def shared(folder: Path, *, keep: bool = False) -> Shared:
    return Shared(folder, {"kind": "index"}, "没有更新", keep=keep)


def test_files_among_others_are_ours_by_their_manifest(tmp_path: Path) -> None:
    (tmp_path / "favicon.ico").write_bytes(b"theirs")
    with swapping.locked_folder(tmp_path):
        publish_files(shared(tmp_path), [("index.html", b"1"), ("assets/a.css", b"2")])
        publish_files(shared(tmp_path), [("index.html", b"3")])
    there = content(tmp_path)
    manifest = json.loads(there.pop("manifest.json"))
    assert there == {"favicon.ico": b"theirs", "index.html": b"3", swapping.LOCK: b""}
    assert manifest["files"] == {"index.html": hashlib.sha256(b"3").hexdigest()}
    assert not (tmp_path / "assets").exists()


def test_kept_files_go_on_being_listed(tmp_path: Path) -> None:
    publish_files(shared(tmp_path, keep=True), [("a.pdf", b"1"), ("b.pdf", b"2")])
    publish_files(shared(tmp_path, keep=True), [("a.pdf", b"3")])
    publish_files(shared(tmp_path, keep=True), [("b.pdf", b"4")])
    assert {path: data for path, data in content(tmp_path).items() if path.endswith("pdf")} == {
        "a.pdf": b"3",
        "b.pdf": b"4",
    }


@pytest.mark.parametrize(
    "theirs",
    [
        {"index.html": b"home"},
        {"assets/a.css": b"css"},
        {"assets": b"a file"},
        {"manifest.json": b'{"name": "an app"}'},
        {"manifest.json": b'{"generator": "gkdir", "about": {"kind": "print"}, "files": {}}'},
    ],
)
def test_a_file_of_somebody_else_keeps_all_from_being_written(tmp_path: Path, theirs: dict[str, bytes]) -> None:
    for path, data in theirs.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    with swapping.locked_folder(tmp_path), pytest.raises(Obstacle, match=next(iter(theirs))):
        publish_files(shared(tmp_path), [("index.html", b"1"), ("assets/a.css", b"2")])
    assert content(tmp_path) == {**theirs, swapping.LOCK: b""}


def test_an_edited_file_is_not_ours_any_more(tmp_path: Path) -> None:
    publish_files(shared(tmp_path), [("index.html", b"1")])
    (tmp_path / "index.html").write_bytes(b"edited")
    with pytest.raises(Obstacle, match="改过"):
        publish_files(shared(tmp_path), [("index.html", b"2")])
    assert (tmp_path / "index.html").read_bytes() == b"edited"


def test_an_edited_file_that_is_wanted_no_more_stays(tmp_path: Path) -> None:
    publish_files(shared(tmp_path), [("index.html", b"1"), ("old.js", b"2")])
    (tmp_path / "old.js").write_bytes(b"edited")
    publish_files(shared(tmp_path), [("index.html", b"2")])
    assert (tmp_path / "old.js").read_bytes() == b"edited"


@pytest.mark.parametrize("moment", range(9))
def test_files_among_others_heal_whenever_the_writing_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    files = [("index.html", b"1"), ("assets/a.css", b"2"), ("assets/b.css", b"3")]
    publish_files(shared(tmp_path), files)
    replace, left = Path.replace, moment

    def broken(path: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", broken)
    for turn in (b"x", b"y"):
        with suppress(KeyboardInterrupt):
            publish_files(shared(tmp_path), [(path, data + turn) for path, data in files])
    monkeypatch.undo()
    with swapping.locked_folder(tmp_path):
        publish_files(shared(tmp_path), [(path, data + b"z") for path, data in files])
    there = content(tmp_path)
    del there["manifest.json"], there[swapping.LOCK]
    assert there == {path: data + b"z" for path, data in files}


KILLED = """
import sys
from pathlib import Path
from gkdir.publish.write import publish_folder
live = Path(sys.argv[1])
def files(turn):
    for number in range(60):
        yield f"p{number}/index.html", turn * 2000
print("ready", flush=True)
for turn in range(1_000_000):
    publish_folder(live, files(b"%d" % (turn % 10)), about={"name": "x"})
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the atomic exchange is Linux's")
@law(10)
@given(delay=st.floats(0.0, 0.05))
def test_a_kill_at_any_moment_leaves_a_whole_site(tmp_path_factory: pytest.TempPathFactory, delay: float) -> None:
    live = tmp_path_factory.mktemp("out") / "x"
    publish_folder(live, [("p0/index.html", b"first")], about={"name": "x"})
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(live)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": SOURCE}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    there = content(live)
    manifest = json.loads(there.pop("manifest.json"))
    assert manifest["files"] == {path: hashlib.sha256(data).hexdigest() for path, data in there.items()}
    # The killed build's temporary folder is gone, and nothing of it is in the next one.
    with swapping.locked_folder(live.parent):
        publish_folder(live, [(f"p{number}/index.html", b"next") for number in range(60)], about={"name": "x"})
    assert beside(live) == set()
    assert {data for path, data in content(live).items() if path != "manifest.json"} == {b"next"}
    assert len(content(live)) == 61


def test_what_cannot_be_written_whole_is_not_left_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = tmp_path / "x"
    publish_folder(live, [("a.html", b"1")], about={"name": "x"})
    before = content(live)
    write = os.write

    def full(file: int, data: bytes) -> int:
        if data == b"full":
            raise OSError(errno.ENOSPC, "full")
        return write(file, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="full"):
        publish_folder(live, [("a.html", b"2"), ("b.html", b"2"), ("c.html", b"full")], about={"name": "x"})
    assert content(live) == before
    assert content(tmp_path / swapping.WORK) == {}


def test_a_file_whose_content_stays_is_not_written_again(tmp_path: Path) -> None:
    live = tmp_path / "site"
    publish_folder(live, [("a/index.html", b"1"), ("b/index.html", b"1"), ("c.css", b"1")], ABOUT)
    before = {path: (live / path).stat() for path in ("a/index.html", "b/index.html")}
    assert publish_folder(live, [("a/index.html", b"1"), ("b/index.html", b"2")], ABOUT)
    after = (live / "a" / "index.html").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_nlink) == (
        before["a/index.html"].st_ino,
        before["a/index.html"].st_mtime_ns,
        1,
    )
    assert (live / "b" / "index.html").stat().st_ino != before["b/index.html"].st_ino
    assert not (live / "c.css").exists()
