"""The commands in both READMEs and in the walk-throughs work as written."""

from __future__ import annotations

import gzip
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.nation import only, seen_as
from tests.places import ROOT
from tests.test_house import FLOORS, floor

from gkdir.cli import group
from gkdir.sheets.renderer import missing

TABLE = Path(__file__).parent / "importing" / "fixture" / "清源县目录.xlsx"
"""A workbook of the corpus: two domains, as counties lay them out."""
WALKS = (
    ("README.md", "已有目录的县怎么开始"),
    ("README.en.md", "A county that already has a directory"),
    ("docs/import.md", None),
)
PLATFORM = """\
事项名称,实施编码,行使层级,承诺办结时限,办理时间
失业登记,X0001,县级,2个工作日,周一至周五9:00—12:00
"""
"""An export of the service platform: one item a row."""
PAGES = tuple(
    f"docs/{name}.md" for name in ("quickstart", "desk", "clerk", "province", "templates", "ci", "windows", "faq")
)
"""A page for each kind of reader; commands on several pages are run once."""
SENT = ("scale", "outward", "workflow", "print")
"""Pages about reviewing, sending out, printing and building for many counties, in one project."""
REFUSED = ("check", "build", "release")
"""Commands that fail in a county with errors, which the projects of this test have."""
LEFT_TO_DO = "check"
"""The command that may fail after an import: only the county knows what is missing, such as why an item is omitted."""


def commands(document: str, heading: str | None) -> list[list[str]]:
    """The gkdir commands in the document, or in its part under ``heading``."""
    text = (ROOT / document).read_text(encoding="utf-8")
    if heading:
        text = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"^( *)```(\w*)\n(.*?)^\1```$", text, re.M | re.S)
    lines = [line.strip() for _, kind, block in blocks if kind in ("", "sh") for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.startswith("gkdir ")]


def test_the_walk_throughs_work_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Common commands are run once; each walk-through leads from a table to a file."""
    shutil.copy(TABLE, tmp_path / "我县目录.xlsx")
    shutil.copy(TABLE, tmp_path / "白石镇目录.xlsx")
    (tmp_path / "平台办事指南.csv").write_text(PLATFORM, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    walks = [commands(document, heading) for document, heading in WALKS]
    longest = max(walks, key=len)
    assert all(walk == longest[: len(walk)] for walk in walks), "one of them goes another way: walk it too"
    assert all({"read", "import", "check", "export"} <= {command[1] for command in walk} for walk in walks)
    for _, *arguments in longest:
        done = CliRunner().invoke(group, arguments, catch_exceptions=False)
        assert done.exit_code in ((0, 1) if arguments[0] == LEFT_TO_DO else (0,)), (arguments, done.output)
    assert (tmp_path / "备案.xlsx").stat().st_size > 0


def test_every_command_of_the_pages_for_each_reader_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order: later pages use what earlier ones make."""
    shutil.copy(TABLE, tmp_path / "我县目录.xlsx")
    for name in ("项目", "上一版", "全省", "去年"):
        shutil.copytree(ROOT / "tests" / "samples" / "small" / "project", tmp_path / name)
    (tmp_path / "项目" / "counties" / "heping").rename(tmp_path / "项目" / "counties" / "qingyuan")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)  # runs until interrupted
    monkeypatch.setattr("webbrowser.open", lambda *_: None)
    typed = {shlex.join(command): command for page in PAGES for command in commands(page, None)}
    assert {command[1] for command in typed.values()} >= {"init", "desk", "form", "serve", "report", "build"}
    for _, name, *rest in typed.values():
        arguments = [part.replace("$(date +%F)", "2026-03-01") for part in rest]
        done = CliRunner().invoke(group, [name, *arguments], catch_exceptions=False)
        assert done.exit_code in ((0, 1) if name in REFUSED else (0,)), (name, rest, done.output)


def test_every_command_about_reviewing_sending_out_and_printing_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a project with git, with the article and the item named there; commands that need a network are not run.

    The pages use the built "site", so the page about building goes first.
    """
    monkeypatch.chdir(tmp_path)
    for name in ("去年的目录.xlsx", "今年的目录.xlsx"):
        shutil.copy(TABLE, name)
    new = ["init", "项目", "--name", "清源县", "--code", "990101", "--slug", "qingyuan"]
    assert CliRunner().invoke(group, new).exit_code == 0
    asked = Path("项目/counties/qingyuan/pages/faq/lost-card-pension.md")
    asked.parent.mkdir(parents=True)
    asked.write_text("---\n标题: 卡丢了，养老金会停发吗？\n日期: 2026-02-01\n---\n不会。\n", encoding="utf-8")
    shutil.copytree("项目", "directories")
    for words in ("init", "add 项目", "commit -m first", "commit --allow-empty -m second"):
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", *words.split()]
        subprocess.run(git, check=True, capture_output=True)
    line = '10.0.0.1 - - [01/Mar/2026:10:00:00 +0800] "GET /qingyuan/ HTTP/1.1" 200 9 "-" "M"\n'
    Path("access.log").write_text(line, encoding="utf-8")
    Path("access.log.1.gz").write_bytes(gzip.compress(line.encode()))
    told = [command for page in SENT for command in commands(f"docs/{page}.md", None)]
    assert {command[1] for command in told} >= {"share", "pack", "stats", "review", "diff", "due", "audit", "print"}
    with seen_as(only({"employment": ("1.1",), "social_insurance": ("9.6",)})):
        for _, name, *rest in told:
            if any("://" in part for part in rest) or (missing() and (name == "print" or "--print" in rest)):
                continue
            if name == "audit":  # a copy fetched from the web, and the manifest that was kept
                shutil.copytree("site/qingyuan", "取回的文件夹")
                shutil.copy("site/qingyuan/manifest.json", "另存的manifest.json")
            arguments = [part.replace("$(date +%F)", "2026-03-01") for part in rest]
            done = CliRunner().invoke(group, [name, *arguments], catch_exceptions=False)
            assert done.exit_code == 0, (name, rest, done.output)
    written = ("挂失.html", "问答.html", "知识库.xlsx", "qingyuan.zip", "审核记录.html", "整改清单.html", "到期.ics")
    assert [path for path in written if not Path(path).is_file()] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_reached_and_leads_on(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    for target, heading in links:
        text = (ROOT / page).parent.joinpath(target or Path(page).name).read_text(encoding="utf-8")
        headings = {re.sub(r"[^\w -]", "", line).replace(" ", "-") for line in re.findall(r"^#+ (.+)$", text, re.M)}
        assert heading in headings, (target, heading)


def test_twelve_cells_make_a_useful_page_of_every_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who, what to bring, where, how long, cost, whom to ask: for all 103 items, with one command after filling in the
    cells.
    """
    heading = "十二格，103 页"
    init, build = commands("README.md", heading)
    part = (ROOT / "README.md").read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = re.findall(r"^```yaml\n(.*?)^```$", part, re.M | re.S)[0]
    within = cells.split("目录:\n")[0]
    assert len(re.findall(r"^  \S+:$|^    \S+: \S", within, re.M)) == 12
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(group, init[1:]).exit_code == 0
    file = tmp_path / "新县" / "counties" / "qingyuan" / "county.yaml"
    file.write_text(file.read_text(encoding="utf-8") + cells, encoding="utf-8")
    done = CliRunner().invoke(group, [*build[1:], "--no-hant"])
    assert done.exit_code == 0, done.output
    items = [
        path for path in Path("site/qingyuan").glob("*/*/index.html") if re.fullmatch(r"\d+-\d+", path.parent.name)
    ]
    assert len(items) == 103
    for path in items:
        text = path.read_text(encoding="utf-8")
        assert re.search("清源路(18|20)号", text), path
        assert re.search(r"0600-55501[02]1", text), path
        assert "还没有办事指南" not in text, path
        assert 'href="tel:' in text, path
        assert "我要做什么" in text, path
        card = text.split('class="card"', 1)[1].split("</section>", 1)[0]
        told = dict(re.findall(r"<dt>(谁能办|带什么|去哪办|多久|多少钱)</dt><dd>(.*?)</dd>", card, re.S))
        assert len(told) == 5, path
        assert not [what for what, words in told.items() if not re.sub("<[^>]+>", "", words).strip()], path
        assert "还没有写明" not in card, path


def test_the_two_readmes_open_with_the_same_two_commands() -> None:
    opening = "```\nmake site\nmake test\n```"
    for name in ("README.md", "README.en.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert text.split("\n\n")[1] == opening
    assert len(commands("README.md", WALKS[0][1])) == len(commands("README.en.md", WALKS[1][1]))


def test_each_readme_begins_with_a_link_to_the_other() -> None:
    for name, other in (("README.md", "README.en.md"), ("README.en.md", "README.md")):
        assert f"]({other})" in (ROOT / name).read_text(encoding="utf-8").splitlines()[0]


DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_of_the_documents_lead_somewhere(name: str) -> None:
    text = re.sub(r"^ *(```|~~~).*?^ *\1", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", re.sub(r"`[^`\n]*`", "", text)):
        assert (ROOT / name).parent.joinpath(target).exists(), target


def test_every_document_can_be_reached_from_the_readme() -> None:
    for name in ("README.md", "README.en.md"):
        linked = set(re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / name).read_text(encoding="utf-8")))
        assert [document for document in DOCUMENTS if document not in linked | {name}] == []


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_the_files_that_developers_are_sent_to_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = [path for path in re.findall(r"`([\w./{}-]+/[\w./{}-]*\.(?:py|html|typ|md))`", text) if "NAME" not in path]
    assert paths
    made_in_the_recipes = {"templates/{county}/offices/index.html"}
    places = (ROOT, ROOT / "src" / "gkdir")
    missing = [path for path in paths if not any((place / path).exists() for place in places)]
    assert set(missing) <= made_in_the_recipes


def test_the_architecture_lists_the_packages_from_the_ground_up() -> None:
    section = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("## The packages\n", 1)[1]
    rows = [line.split("|")[1] for line in section.split("\n## ", 1)[0].splitlines() if line.startswith("| `")]
    listed = [name.rstrip("/") for row in rows for name in re.findall("`([^`]+)`", row)]
    packages = set().union(*FLOORS) - {"__init__", "__main__"}
    assert sorted(listed) == sorted(packages)
    assert [floor(name) for name in listed] == sorted(floor(name) for name in listed)
