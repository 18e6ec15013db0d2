"""A new element of the guide is declared once: the example in CONTRIBUTING.md, applied to a copy of the program."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from tests.pages.sample import catalog, site_of
from tests.places import ROOT, SMALL

from gkdir.sheets import notice

GUIDE = Path("counties", "heping", "guides", "social_assistance", "2.1.md")
SAID = "跑一趟就行"

COMMANDS = """
import sys
from click.testing import CliRunner
from gkdir.cli import group
for line in sys.stdin.read().splitlines():
    done = CliRunner().invoke(group, line.split())
    print(f"=== {done.exit_code}", done.output, sep="\\n")
"""


def changed(text: str, diff: str) -> str:
    """The text after applying the diff."""
    lines = [line for line in diff.splitlines() if not line.startswith("---")]
    old, new = ("".join(f"{line[1:]}\n" for line in lines if line[0] != sign) for sign in "+-")
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Command → the changed program's output about a guide with the new element; the last one has a mistake in it."""
    folder = tmp_path_factory.mktemp("element")
    program = folder / "program"
    shutil.copytree(ROOT / "src", program / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", program / "templates")
    # All 103 items take long.
    less = shutil.ignore_patterns("guides", "forms", "employment.xlsx", "social_insurance.xlsx")
    shutil.copytree(ROOT / "directories" / "national", program / "directories" / "national", ignore=less)
    (diff,) = re.findall(r"```diff\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    declaration = program / diff.split("\n")[0].removeprefix("--- ")
    declaration.write_text(changed(declaration.read_text(encoding="utf-8"), diff), encoding="utf-8")
    for name, text in {"before": "", "after": f"到现场次数: {SAID}\n", "wrong": "到现场次数: [甲]\n"}.items():
        shutil.copytree(SMALL / "project", folder / name)
        shutil.copytree(SMALL / "national", folder / name / "national")
        file = folder / name / GUIDE
        file.write_text(file.read_text(encoding="utf-8").replace("收费: ", f"{text}收费: "), encoding="utf-8")
    commands = {
        "schema": "schema guide",
        "build": "build after --out site --date 2026-03-02 --no-hant",
        "form": "form export after --county heping --out form.xlsx",
        "diff": "diff before after",
        "check": "check wrong --date 2026-03-02",
    }
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS],
        input="\n".join(commands.values()),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(program / "src"), "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    told = dict(zip(commands, done.stdout.split("=== ")[1:], strict=True))
    site = folder / "site" / "heping"
    told["page"] = (site / "social_assistance" / "2-1" / "index.html").read_text(encoding="utf-8")
    told["data"] = (site / "data" / "social_assistance.json").read_text(encoding="utf-8")
    sheets = openpyxl.load_workbook(folder / "form.xlsx").worksheets
    cells = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    return {**told, "sheets": "\n".join(cells)}


def test_it_is_read_and_its_mistakes_are_told(said: Mapping[str, str]) -> None:
    assert "2.1.md:16:8" in said["check"]
    assert "到现场次数：这里要写一段文字" in said["check"]


def test_editors_know_it(said: Mapping[str, str]) -> None:
    schema = json.loads(said["schema"].partition("\n")[2])
    assert schema["properties"]["到现场次数"]["description"] == "要跑几趟。"


def test_it_is_on_the_page_in_the_data_in_the_form_and_in_the_differences(said: Mapping[str, str]) -> None:
    assert re.search(rf'data-element="到现场次数"><h3>到现场次数</h3>\s*<p>{SAID}</p>', said["page"])
    before, after = said["page"].split("到现场次数</h3>")
    assert "结果送达</h3>" in before
    assert "收费依据及标准</h3>" in after
    (guide,) = [item["guide"] for item in json.loads(said["data"])["items"] if item["guide"]]
    assert guide["visits"] == SAID
    assert {"到现场次数", SAID} <= set(said["sheets"].split("\n"))
    assert SAID in said["diff"]


def test_an_element_without_a_row_of_its_own_is_on_the_printed_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_of(catalog())
    service = site.services["employment/4.1"]
    assert ("结果送达", "当场告知") not in notice.notice_value(service, site).further
    monkeypatch.setattr(notice, "IN_ROWS", notice.IN_ROWS - {"delivery"})
    assert ("结果送达", "当场告知") in notice.notice_value(service, site).further


def test_few_files_name_an_element() -> None:
    """结果送达 has its own row on the printed notice and a default for all items, and is named in few files.

    An element without such a default needs four files.
    """
    files = [
        path
        for folder in ("src", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    naming = [path.name for path in files if re.search(rb"\bdelivery\b", path.read_bytes())]
    assert len(set(naming) - {"guidedefaults.py"}) <= 4, naming
