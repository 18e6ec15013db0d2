"""``gkdir build`` and Traditional pages: made by default, turned off by option, and reported if not available."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.nation import only, seen_as

import gkdir.build
import gkdir.publish.converter
from gkdir.cli.build import command


@pytest.fixture(autouse=True)
def _few_items() -> Iterator[None]:
    with seen_as(only({"employment": ("1.1", "4.1")})):
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    county = tmp_path / "project" / "counties" / "heping"
    county.mkdir(parents=True)
    (county / "county.yaml").write_text('名称: 和平县\n代码: "990201"\n示例: true\n', encoding="utf-8")
    return tmp_path / "project"


def build(project: Path, *arguments: str) -> tuple[Result, set[str]]:
    out = project.parent / "site"
    result = CliRunner().invoke(command, [str(project), "-o", str(out), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result, {
        path.relative_to(out / "heping").as_posix() for path in out.rglob("*.html") if "heping" in path.parts
    }


@pytest.mark.skipif(find_spec("opencc") is None, reason="没有装 gkdir[hant]")
def test_they_are_there_unless_somebody_says_no(project: Path) -> None:
    result, pages = build(project)
    assert "hant/index.html" in pages
    assert "繁体" not in result.stderr
    assert "hant/index.html" not in build(project, "--no-hant")[1]
    (project / "counties" / "heping" / "hant.yaml").write_text("生成: 否\n", encoding="utf-8")
    assert "hant/index.html" not in build(project)[1]


def test_without_the_extra_it_is_said_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (gkdir.build, gkdir.publish.converter):
        monkeypatch.setattr(module, "available", lambda: False)
    result, pages = build(project)
    assert result.stderr.count("gkdir[hant]") == 1
    assert pages
    assert not [page for page in pages if page.startswith("hant/")]
    assert "繁體" not in (project.parent / "site" / "heping" / "index.html").read_text(encoding="utf-8")
    assert "gkdir[hant]" not in build(project, "--no-hant")[0].stderr
