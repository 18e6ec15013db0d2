"""``gkdir build --fragments`` makes fragments beside the pages; without the option there are none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.nation import only, seen_as

from gkdir.cli.build import command


@pytest.fixture(autouse=True)
def _few_items() -> Iterator[None]:
    with seen_as(only({"employment": ("1.1", "4.1")})):
        yield


def test_fragments_are_made_when_asked_for_and_are_at_home_where_they_will_stand(tmp_path: Path) -> None:
    county = tmp_path / "project" / "counties" / "heping"
    county.mkdir(parents=True)
    (county / "county.yaml").write_text('名称: 和平县\n代码: "990201"\n示例: true\n', encoding="utf-8")
    out = tmp_path / "site"

    def build(*arguments: str) -> None:
        result = CliRunner().invoke(command, [str(tmp_path / "project"), "-o", str(out), "--no-hant", *arguments])
        assert result.exit_code == 0, result.output

    build("--base-url", "https://www.example.gov.cn/zwgk", "--fragments")
    listed = json.loads((out / "heping" / "fragments" / "list.json").read_text(encoding="utf-8"))
    assert listed["style"] == "https://www.example.gov.cn/zwgk/heping/fragments/gkdir.css"
    assert all((out / "heping" / page["fragment"]).is_file() for page in listed["pages"])
    manifest = json.loads((out / "heping" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert all(manifest[page["fragment"]] == page["sha256"] for page in listed["pages"])
    build("--fragments")
    home = (out / "heping" / "fragments" / "pages" / "index.html").read_text(encoding="utf-8")
    assert 'href="fragments/gkdir.css"' in home
    assert 'href="employment/index.html"' in home
    build()
    assert not (out / "heping" / "fragments").exists()
