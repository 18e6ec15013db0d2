"""Every command that writes, run among a user's files and on a full disk: the user's files are unchanged."""

from __future__ import annotations

import atexit
import importlib
import json
import os
import shutil
import sys
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from tests.places import COUNTY_TABLE, SMALL

from gkdir.cli import COMMANDS, group, main
from gkdir.due import FORMATS as DUE
from gkdir.finding import Finding, Place, Severity, Unreadable
from gkdir.output import change_files, write_file, write_files, write_folder, written_by_gkdir
from gkdir.report import FORMATS
from gkdir.report.reviews import FORMATS as REVIEWS
from gkdir.report.reviews import CountyReviews
from gkdir.service.review import FileReview
from gkdir.webcheck import LinkAnswer, LinkState, listing
from gkdir.webcheck import as_json as links_json
from gkdir.webcheck import text as links_text

resource = pytest.importorskip("resource", reason="limits of what a process may write are Unix's")

OURS = {".gkdir.lock"}
"""The only thing gkdir may leave in a user's folder: an empty lock file."""


def everything(folder: Path) -> dict[str, object]:
    """Everything in the folder by path: bytes of files, targets of links, and folders."""
    return {
        path.relative_to(folder).as_posix(): path.readlink()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else path.is_dir()
        for path in folder.rglob("*")
        if path.name not in OURS
    }


for _module, _ in COMMANDS.values():
    importlib.import_module(_module)  # once for all forked processes


def run(folder: Path, *arguments: str, most: int | None = None) -> tuple[int, str]:
    """Exit status and output; no file may become larger than ``most`` bytes.

    The limit applies to a whole process, so each command runs in its own; it is forked, which saves the start.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a warning about threads, which the child does not use
        child = os.fork()
    if not child:
        os.close(reading)
        _command(folder, arguments, most, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as said:
        text = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text


def _command(folder: Path, arguments: tuple[str, ...], most: int | None, said: int) -> NoReturn:
    """Run in the child: ``gkdir`` as from a shell in ``folder``."""
    try:
        atexit._clear()  # the parent's exit handlers
        os.chdir(folder)
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.argv = ["gkdir", *arguments]
        if most is not None:
            sys.dont_write_bytecode = True  # Python leaves a half-written .pyc for later tests
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        main()
    finally:
        os._exit(99)  # must not continue with the tests


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a project of one county."""
    laid_out(tmp_path)
    return tmp_path


def laid_out(folder: Path) -> None:
    """Copy the project there, and a table to import."""
    shutil.copytree(SMALL / "project", folder / "project")
    shutil.rmtree(folder / "project" / "counties" / "kuansong")
    shutil.copytree(SMALL / "national", folder / "project" / "national", dirs_exist_ok=True)
    shutil.copyfile(COUNTY_TABLE, folder / "table.xlsx")


@pytest.fixture(scope="module", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load and compile beforehand what each forked command would otherwise load for itself."""
    folder = tmp_path_factory.mktemp("warm")
    laid_out(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("gkdir.read.known.national_folder", lambda: SMALL / "national")
        for words in (
            FILES["check-text"],
            FILES["export"],
            FILES["form-export"],
            ("build", *COUNTY, "--no-hant", "-o"),
        ):
            CliRunner().invoke(group, [*words, "own"])


@pytest.fixture(autouse=True)
def _few_items(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Only the sample's own domain: it takes the same path as many domains. A table to import has others."""
    if "[import" not in request.node.name:
        monkeypatch.setattr("gkdir.read.known.national_folder", lambda: SMALL / "national")


def changed(folder: Path) -> None:
    """Change the county, so that every output differs."""
    county = folder / "project" / "counties" / "heping" / "county.yaml"
    text = county.read_text(encoding="utf-8")
    assert "起10个工作日内" in text
    county.write_text(text.replace("起10个工作日内", "起9个工作日内").replace("和平县", "安平县", 1), encoding="utf-8")


IMPORT = ("import", "table.xlsx", "--name", "清源县", "--code", "990101", "--into")
COUNTY = ("project", "--county", "heping")
FILES = {
    "check-text": ("check", "project", "-o"),
    "check-json": ("check", "project", "--format", "json", "-o"),
    "check-sarif": ("check", "project", "--format", "sarif", "-o"),
    "check-junit": ("check", "project", "--format", "junit", "-o"),
    "check-gitlab": ("check", "project", "--format", "gitlab", "-o"),
    "check-github": ("check", "project", "--format", "github", "-o"),
    "check-xlsx": ("check", "project", "--format", "xlsx", "-o"),
    "check-html": ("check", "project", "--format", "html", "-o"),
    "due-text": ("due", "project", "-o"),
    "due-json": ("due", "project", "--format", "json", "-o"),
    "due-ics": ("due", "project", "--format", "ics", "-o"),
    "export": ("export", *COUNTY, "-o"),
    "form-export": ("form", "export", *COUNTY, "-o"),
}
"""Commands that write one file, given as the last argument."""


def things(folder: Path) -> None:
    """Fill the folder with a user's files, under every name that a command may write to."""
    (folder / "mine.xlsx").write_bytes(b"PK\x03\x04 mine")
    (folder / "mine.zip").write_bytes(b"PK\x03\x04 mine")
    (folder / "link.xlsx").symlink_to("mine.xlsx")
    (folder / "dangling.xlsx").symlink_to("nowhere.xlsx")
    (folder / "folder.xlsx").mkdir()
    (folder / "folder.xlsx" / "notes.txt").write_text("mine")
    for name in (".mine.xlsx.new", ".county.yaml.new", ".heping-2026-03-01.new", ".gkdir-mine"):
        (folder / name).write_text("mine")
    for name in ("out/heping", "out/assets", "out/heping-2026-03-01", "out/employment"):
        (folder / name).mkdir(parents=True)
        (folder / name / "notes.txt").write_text("mine")
    (folder / "out" / "index.html").write_text("home")
    (folder / "out" / "booklet.pdf").write_bytes(b"%PDF-1.7 mine")
    (folder / "out" / ".heping.new").mkdir()
    (folder / "out" / ".heping-2026-03-01.new").mkdir()
    for name in ("project/counties/other", "project/counties/linked", "new"):
        (folder / name).mkdir(parents=True)
    (folder / "project" / "counties" / "other" / "county.yaml").write_text("# mine\n名称: 他县\n代码: '990199'\n")
    (folder / "project" / "counties" / "linked" / "county.yaml").symlink_to(folder / "precious.yaml")
    (folder / "new" / "notes.txt").write_text("mine")


CASES = {
    **{f"{name}-mine": (*words, "mine.xlsx") for name, words in FILES.items()},
    "check-link": (*FILES["check-json"], "link.xlsx"),
    "export-link": (*FILES["export"], "link.xlsx"),
    "check-dangling": (*FILES["check-json"], "dangling.xlsx"),
    "check-folder": (*FILES["check-json"], "folder.xlsx"),
    "check-under-a-file": (*FILES["check-json"], "mine.xlsx/report.json"),
    "export-dangling": (*FILES["export"], "dangling.xlsx"),
    "build": ("build", *COUNTY, "-o", "out", "--no-hant"),
    "build-file": ("build", *COUNTY, "-o", "mine.xlsx/out", "--no-hant"),
    "build-counties": ("build", *COUNTY, "-o", "project/counties"),
    "build-project": ("build", *COUNTY, "-o", "project"),
    "build-above": ("build", *COUNTY, "-o", "."),
    "build-git": ("build", *COUNTY, "-o", ".git/site"),
    "build-templates": ("build", *COUNTY, "-o", "project/templates/site"),
    "release": ("release", *COUNTY, "-o", "out", "--date", "2026-03-01"),
    "release-sources": ("release", *COUNTY, "-o", "project/counties"),
    "print": ("print", *COUNTY, "-o", "out"),
    "print-sources": ("print", *COUNTY, "-o", "project/counties/heping/forms"),
    "init": ("init", "new", "--name", "清源县", "--code", "990101"),
    "init-file": ("init", "mine.xlsx/new", "--name", "清源县", "--code", "990101"),
    "import": (*IMPORT, "project/counties/other"),
    "links": ("links", "project", "--list", "-o", "mine.xlsx"),
    "review": ("review", "show", "project", "-o", "mine.xlsx"),
    "share": ("share", *COUNTY, "--to", "12345", "-o", "mine.xlsx"),
    "share-link": ("share", *COUNTY, "--to", "12345", "-o", "link.xlsx"),
    "pack": ("pack", *COUNTY, "-o", "mine.zip"),
    "report": ("report", "project", "-o", "out", "--date", "2026-03-01"),
    "report-sources": ("report", "project", "-o", "project/counties/heping"),
    "import-link": (*IMPORT, "project/counties/linked", "--force"),
}


@pytest.mark.parametrize("arguments", CASES.values(), ids=CASES)
def test_what_the_user_has_stays(folder: Path, arguments: tuple[str, ...]) -> None:
    if arguments[0] == "print":
        pytest.importorskip("typst", reason="nothing is printed without it")
    things(folder)
    before = everything(folder)
    status, said = run(folder, *arguments)
    assert status in (1, 2), said
    assert "Traceback" not in said
    after = everything(folder)
    assert {path: after.get(path) for path in before} == before, said
    assert not [path for path in after if Path(path).name.startswith(".gkdir") and path not in before]
    if arguments[0] not in ("build", "print", "report"):
        assert after == before


def command_of(name: str) -> click.Command:
    command = importlib.import_module(COMMANDS[name][0]).command
    assert isinstance(command, click.Command)
    return command


def written_to(command: click.Command) -> list[click.Parameter]:
    """The parameters that say where a command, or a subcommand, writes."""
    own = [option for option in command.params if {"-o", "--out", "--into"} & set(option.opts)]
    return own + [option for one in getattr(command, "commands", {}).values() for option in written_to(one)]


def test_no_option_is_a_name_to_write_to() -> None:
    options = [option for name in COMMANDS for option in written_to(command_of(name))]
    assert len(options) > 15
    for option in options:
        for slip in ("-", "--format"):
            with pytest.raises(click.BadParameter, match=r"写成 \./-"):
                option.type.convert(slip, option, None)


def test_nothing_is_written_where_the_project_is_read(folder: Path) -> None:
    before = everything(folder)
    others = [CASES[name][:-1] for name in ("links", "review", "share", "pack")]
    others += [("explain", "1.1", *COUNTY, "-o"), ("diff", "project", "project", "-o")]
    for words in (*(FILES[name] for name in ("check-text", "due-ics", "export", "form-export")), *others):
        ending = {"pack": "zip", "export": "xlsx", "form": "xlsx", "share": "xlsx"}.get(words[0], "yaml")
        for place in ("counties/new/county", "NATIONAL/laws", "templates/home", ".git/config"):
            status, said = run(folder, *words, f"project/{place}.{ending}")
            assert (status, "什么也没有写" in said) == (1, True), (words, place, said)
    assert everything(folder) == before


def test_nothing_is_written_among_published_pages(folder: Path) -> None:
    """A report there would be published with the pages, and stop the next build."""
    assert run(folder, "build", *COUNTY, "-o", "site", "--no-hant")[0] == 0
    before = everything(folder)
    commands = (
        ("audit", "site"),
        ("diff", "table.xlsx", "table.xlsx"),
        ("read", "table.xlsx"),
        ("schema", "county"),
        ("explain", "1.1", *COUNTY),
        *(FILES[name][:-1] for name in ("check-text", "export", "form-export")),
        CASES["pack"][:-2],
    )
    for words in commands:
        ending = {"export": "xlsx", "form": "xlsx", "pack": "zip"}.get(words[0], "txt")
        for place in ("site", "site/heping", "site/heping/data/new"):
            status, said = run(folder, *words, "-o", f"{place}/mine.{ending}")
            assert (status, "什么也没有写" in said) == (1, True), (words, place, said)
    assert everything(folder) == before


@pytest.mark.parametrize("words", FILES.values(), ids=FILES)
def test_what_gkdir_wrote_is_written_anew(folder: Path, words: tuple[str, ...]) -> None:
    status, said = run(folder, *words, "own.xlsx")
    assert status in (0, 1), said
    first = (folder / "own.xlsx").read_bytes()
    (folder / "own.xlsx").chmod(0o640)
    changed(folder)
    if words[0] == "due":
        words = (*words[:-1], "--within", "3000", "-o")
    status, said = run(folder, *words, "own.xlsx")
    assert status in (0, 1), said
    assert (folder / "own.xlsx").read_bytes() != first or words[0] == "check"
    assert (folder / "own.xlsx").stat().st_mode & 0o777 == 0o640


WRITES = {
    **{name: ((*words, "own.xlsx"),) * 2 for name, words in FILES.items()},
    "build": (("build", "project", "-o", "site", "--no-hant"),) * 2,
    "release": (
        ("release", *COUNTY, "-o", "filed", "--date", "2026-03-01"),
        ("release", *COUNTY, "-o", "filed", "--date", "2026-03-02"),
    ),
    "print": (("print", *COUNTY, "-o", "sheets"),) * 2,
    "init": (
        ("init", "one", "--name", "清源县", "--code", "990101"),
        ("init", "two", "--name", "甲县", "--code", "990102"),
    ),
    "init-empty": (("--version",), ("init", "empty", "--name", "甲县", "--code", "990102")),
    "import": ((*IMPORT, "project/counties/new"), (*IMPORT, "project/counties/newer")),
    "import-force": ((*IMPORT, "project/counties/new"), (*IMPORT, "project/counties/new", "--name", "乙县", "--force")),
    "record": (("--version",), ("diff", "before", "project", "--record", "--date", "2026-03-05")),
}
"""A command that is run first, and the one that is run on a full disk."""


@pytest.mark.parametrize(
    ("name", "most"),
    [*((name, 0) for name in WRITES), *((name, 300) for name in ("build", "release", "print", "init"))],
)
def test_a_full_disk_leaves_everything_as_it_was(folder: Path, name: str, most: int) -> None:
    first, second = WRITES[name]
    if first[0] == "print":
        pytest.importorskip("typst", reason="nothing is printed without it")
    (folder / "empty").mkdir()
    shutil.copytree(folder / "project", folder / "before")
    assert run(folder, *first)[0] in (0, 1)
    changed(folder)
    before = everything(folder)
    status, said = run(folder, *second, most=most)
    after = everything(folder)
    assert "Traceback" not in said
    assert status == 1 or second[0] == "due", said  # if nothing was due and is due, nothing is written
    assert after == before, said


def test_the_form_is_written_back_whole_or_not_at_all(folder: Path) -> None:
    run(folder, "form", "export", *COUNTY, "-o", "form.xlsx")
    book = load_workbook(folder / "form.xlsx")
    for sheet in book:
        for row in sheet.iter_rows(min_row=5, max_row=8):
            for cell in row:
                if isinstance(cell.value, str) and cell.protection.locked is False and "个工作日" in cell.value:
                    cell.value = "信息形成或变更之日起5个工作日内公开"
    book.save(folder / "form.xlsx")
    before = everything(folder)
    status, said = run(folder, "form", "import", "form.xlsx", *COUNTY, "--write", most=100)
    assert (status, everything(folder)) == (1, before), said
    status, said = run(folder, "form", "import", "form.xlsx", *COUNTY, "--write")
    assert everything(folder) != before, said


FINDING = Finding("GK301", "late", Severity.ERROR, "超过二十个工作日", "改", "通知", None, Place("a.yaml", 3))


@pytest.mark.parametrize("found", [(), (FINDING,)], ids=["none", "one"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_known_as_ours(form: str, found: tuple[Finding, ...]) -> None:
    own = FORMATS[form](found).encode()
    assert written_by_gkdir(own)
    assert not written_by_gkdir(own + b"my notes\n")
    assert not written_by_gkdir(b"my notes\n" + own)


@pytest.mark.parametrize("form", DUE)
def test_what_is_due_is_known_as_ours(form: str) -> None:
    own = DUE[form]([], date(2026, 3, 1), 30).encode()
    assert written_by_gkdir(own)
    assert not written_by_gkdir(b"my notes\n" + own)


LINK, GOOD = "https://www.gov.cn/a", "https://www.gov.cn/b"
ASKED = [LinkAnswer(LINK, LinkState.DEAD, "404"), LinkAnswer(GOOD, LinkState.GOOD)]
PLACES = {LINK: [Place("a.md", 3)], GOOD: [Place("a.md", 4)]}
REVIEWED = [CountyReviews("heping", "和平县", (FileReview("county.yaml", "0" * 64, (None, None, None)),), ())]


@pytest.mark.parametrize(
    "own",
    [
        *(each(asked, PLACES) for each in (links_text, links_json) for asked in (ASKED, ASKED[1:], [])),
        listing(PLACES),
        listing({}),
        *(each(REVIEWED) for each in REVIEWS.values()),
        REVIEWS["text"](REVIEWED * 2),
    ],
)
def test_what_was_asked_and_reviewed_is_known_as_ours(own: str) -> None:
    assert written_by_gkdir(own.encode())
    assert not written_by_gkdir(own.encode() + b"my notes\n")
    assert not written_by_gkdir(b"my notes\n" + own.encode())


@pytest.mark.parametrize(
    "words",
    [
        ("read", "--json", str(COUNTY_TABLE)),
        ("diff", "project", str(SMALL / "project"), "--format", "json"),
        ("explain", "1.1", *COUNTY, "--format", "json"),
        ("audit", "site/heping", "--format", "json"),
        ("schema", "county"),
        ("schema", "words"),
    ],
    ids=lambda words: words[0],
)
def test_data_is_written_in_utf_8_and_known_as_ours(folder: Path, words: tuple[str, ...]) -> None:
    """The shell's ``>`` would write it in another encoding."""
    if words[0] == "audit":
        run(folder, "build", *COUNTY, "-o", "site", "--no-hant")
        (folder / "site" / "heping" / "index.html").write_bytes(b"")
    status, said = run(folder, *words)
    assert run(folder, *words, "-o", "data.json")[0] == status in (0, 1)
    written = (folder / "data.json").read_bytes()
    assert written.decode() in said
    assert isinstance(json.loads(written), dict)
    assert written_by_gkdir(written)
    assert not written_by_gkdir(written + b"my notes\n")


def test_a_workbook_that_somebody_saved_is_not_ours_any_more(folder: Path) -> None:
    run(folder, "export", *COUNTY, "-o", "own.xlsx")
    assert written_by_gkdir((folder / "own.xlsx").read_bytes())
    load_workbook(folder / "own.xlsx").save(folder / "own.xlsx")
    assert not written_by_gkdir((folder / "own.xlsx").read_bytes())
    before = everything(folder)
    status, said = run(folder, "export", *COUNTY, "-o", "own.xlsx")
    assert (status, everything(folder)) == (1, before)
    assert "改过" in said


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"{\n", b"# notes\n", json.dumps({"findings": []}).encode()])
def test_other_files_are_not_ours(content: bytes) -> None:
    assert not written_by_gkdir(content)


def test_a_pipe_and_an_empty_file_take_what_comes(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    write_file(tmp_path / "empty", b"new")
    assert (tmp_path / "empty").read_bytes() == b"new"
    write_file(Path("/dev/null"), b"new")
    assert Path("/dev/null").is_char_device()
    (tmp_path / "null").symlink_to("/dev/null")
    write_file(tmp_path / "null", b"new")
    assert (tmp_path / "null").is_symlink()


def test_several_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    two.write_bytes(b"mine")
    with pytest.raises(Unreadable, match="没有动它"):
        write_files({one: b"1", two: b"2"})
    assert everything(tmp_path) == {"two": b"mine"}


Broken = Callable[[Path, Path], Path]


def test_files_change_together_or_not_at_all(tmp_path: Path) -> None:
    one, two, gone = tmp_path / "one", tmp_path / "two", tmp_path / "gone"
    one.write_bytes(b"1")
    gone.write_bytes(b"3")
    before = everything(tmp_path)
    with pytest.raises(Unreadable, match="又被改过"):
        change_files({one: (b"1", b"x"), two: (b"2", b"y")})
    assert everything(tmp_path) == before
    change_files({one: (b"1", b"x"), two: (None, b"y"), gone: (b"3", None)})
    assert everything(tmp_path) == {"one": b"x", "two": b"y"}


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_is_made_whole_or_not_at_all(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "new"
    if there:
        folder.mkdir()
    before = everything(tmp_path)
    with pytest.raises(FileExistsError):
        write_folder(folder, {"a": b"1", "b/c": b"2", "a/": b"3"})
    assert everything(tmp_path) == before
    write_folder(folder, {"a": b"1", "b/c": b"2"}, ("d/e",))
    assert everything(folder) == {"a": b"1", "b": True, "b/c": b"2", "d": True, "d/e": True}
    with pytest.raises(Unreadable):
        write_folder(folder, {"x": b"1"})
