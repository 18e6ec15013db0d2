"""三审三校: a signature is for the present version, changes nothing else, and later changes are held back."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.places import SMALL

from gkdir.cli import group
from gkdir.model.county import County
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.read.reviewed import content_digest, digests
from gkdir.reviewing import Reader, reviews_of, sign, to_sign
from gkdir.rules import judge
from gkdir.rules.reviews import demanded
from gkdir.service.review import file_reviews

DAY = "2026-03-01"
STAGES = ("一审", "二审", "三审")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(SMALL / "project", tmp_path / "project")
    shutil.copytree(SMALL / "national", tmp_path / "project" / "national", dirs_exist_ok=True)
    return tmp_path / "project"


def file_of(project: Path) -> Path:
    return project / "counties" / "heping" / "county.yaml"


def run(*arguments: object) -> Result:
    done = CliRunner().invoke(group, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done


def signed(project: Path, stage: str, *more: str, by: str = "张某") -> Result:
    return run("review", "sign", project, "--county", "heping", "--stage", stage, "--by", by, "--date", DAY, *more)


def county(project: Path) -> County:
    return read_county(read_project(project), "heping")


def found(project: Path, stages: int) -> list[str]:
    """The rules about reviews that a build with ``--require-review`` would report."""
    whole = read_project(project)
    one = read_county(whole, "heping")
    judged = demanded(judge(whole, one, lay(whole, one), date(2026, 3, 2)), stages)
    return [each.rule for each in judged.with_files({}) if each.rule in ("GK124", "GK125", "GK126")]


SEAL = re.compile(r"(?:, |\n *)校验: [\"']?[a-p]{16}[\"']?")


def test_a_county_is_read_three_times_changed_and_read_again(project: Path) -> None:
    before = file_of(project).read_bytes()
    assert found(project, 0) == [], "who keeps no record is not asked for one"
    assert found(project, 1) == ["GK126"]
    with pytest.raises(Exception, match="还没有一审"):
        CliRunner().invoke(
            group, ["review", "sign", str(project), "--county", "heping", "--stage", "二审", "--by", "李某"],
            catch_exceptions=False,
        )  # fmt: skip
    assert file_of(project).read_bytes() == before
    for stage, by in zip(STAGES, ("张某", "李某", "王某"), strict=True):
        assert signed(project, stage, by=by).exit_code == 0
    after = file_of(project).read_bytes()
    assert after.startswith(before)
    assert after.count("内容:".encode()) == before.count("内容:".encode()) + 1, "the files stand once"
    assert [each.stage for each in county(project).overlay.signings] == [1, 2, 3]
    assert found(project, 3) == []
    assert run("review", "show", project, "--county", "heping").exit_code == 0
    assert "不用再签" in signed(project, "一审").stderr
    assert file_of(project).read_bytes() == after, "the same again changes nothing"

    file_of(project).write_bytes(after.replace(before, before + "# 一句注释\n".encode(), 1))
    assert found(project, 3) == [], "a remark is not published"
    guide = next((project / "counties" / "heping").rglob("*.md"))
    guide.write_text(guide.read_text(encoding="utf-8") + "\n多了一句。\n", encoding="utf-8")
    assert found(project, 0) == ["GK124"]
    assert found(project, 3) == ["GK124", "GK126"]
    held = run("build", project, "-o", project.parent / "site", "--county", "heping", "--require-review", 3)
    assert held.exit_code == 1
    assert guide.name in held.output
    assert not (project.parent / "site" / "heping").exists()
    path = guide.relative_to(project / "counties" / "heping").as_posix()
    for stage in STAGES:
        assert signed(project, stage, "--file", path).exit_code == 0
    assert found(project, 3) == []
    guide.unlink()
    assert found(project, 3) == ["GK124", "GK126"], "what was taken away was changed"


def test_what_the_layers_above_change_is_read_again(project: Path) -> None:
    province = project / "provinces" / "99" / "province.yaml"
    province.parent.mkdir(parents=True)
    province.write_text('名称: 示例省\n代码: "990000"\n', encoding="utf-8")
    file_of(project).write_bytes("上级: ../../provinces/99/province.yaml\n".encode() + file_of(project).read_bytes())
    for stage in STAGES:
        signed(project, stage)
    assert found(project, 3) == []
    assert "上级/示例省" in county(project).overlay.signings[0].files
    words = province.with_name("words.yaml")
    words.write_text("事项: {}\n", encoding="utf-8")
    assert found(project, 3) == ["GK124", "GK126"]
    for stage in STAGES:
        assert signed(project, stage, "--file", "上级/示例省").exit_code == 0
    assert found(project, 3) == []
    guide = project / "national" / "guides" / "employment" / "5.1.md"
    guide.parent.mkdir(parents=True, exist_ok=True)
    guide.write_text("---\n---\n## 这是什么\n\n改了。\n", encoding="utf-8")
    whole = read_project(project)
    assert [each.path for each in reviews_of(whole, county(project)) if each.reached < 3] == ["上级/national"]


RESTS = ("", "\n\n", "# 末尾的注释", "允许: []\n# 注释\n\n", "审核:\n", "审核: []\n", "网站:\n  名称: 甲\n", "{}")
NAME = '张: [三’"#'


@pytest.mark.parametrize(("ends", "mark"), [("\n", ""), ("\r\n", "\ufeff")])
def test_a_signature_is_not_part_of_what_it_signs(project: Path, ends: str, mark: str) -> None:
    whole = read_project(project)
    for rest in RESTS:
        text = '名称: 和平县  # 注释\n代码: "990102"\n' + rest if rest != "{}" else '{名称: 和平县, 代码: "990102"}'
        file_of(project).write_bytes((mark + text).replace("\n", ends).encode())
        was = digests(project, read_county(whole, "heping"))
        kept = [line for line in file_of(project).read_bytes().splitlines() if not line.startswith("审核".encode())]
        for stage in (1, 2, 3):
            one = read_county(whole, "heping")
            sign(whole, one, Reader(stage, NAME, date(2026, 3, stage)), to_sign(reviews_of(whole, one), stage, ()))
            assert digests(project, read_county(whole, "heping")) == was
        one = read_county(whole, "heping")
        assert [(each.by, each.on.day) for each in one.overlay.signings] == [(NAME, 1), (NAME, 2), (NAME, 3)]
        assert all(each.reached == 3 for each in file_reviews(one.overlay.signings, was))
        raw = file_of(project).read_bytes()
        if rest != "{}":
            assert [line for line in kept if line not in raw.splitlines()] == []
            assert b"\n" not in raw.replace(b"\r\n", b"") if ends == "\r\n" else b"\r" not in raw


def test_an_entry_that_was_changed_counts_for_nothing(project: Path) -> None:
    signed(project, "一审")
    path = file_of(project)
    name = next(iter(county(project).overlay.signings[0].files))
    digest = county(project).overlay.signings[0].files[name]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(digest, "a" * 16), encoding="utf-8")
    assert sorted(found(project, 1)) == ["GK125", "GK126"]
    signing = county(project).overlay.signings[0]
    for was, now in ((signing.by, "别人"), (signing.on.isoformat(), "2026-02-28"), ("一审", "三审")):
        path.write_text(text.replace(was, now), encoding="utf-8")
        assert sorted(found(project, 1)) == ["GK125", "GK126"]
    assert SEAL.search(text)
    path.write_text(SEAL.sub("", text), encoding="utf-8")
    assert found(project, 1) == [], "earlier versions wrote none"
    path.write_text(text, encoding="utf-8")
    signed(project, "二审", by="李某")
    first, _, last = path.read_text(encoding="utf-8").rpartition("二审")
    path.write_text(f"{first}二审{SEAL.sub('', last)}", encoding="utf-8")
    assert "GK125" in found(project, 1), "after one with a seal none goes without"


def test_a_digest_is_of_what_is_said() -> None:
    one = content_digest("a.yaml", '甲: "4.1"\n'.encode())
    assert one == content_digest("a.yaml", "\ufeff# 注\r\n甲:   '4.1'  # 注\r\n".encode())
    assert one != content_digest("a.yaml", "甲: 4.2".encode())
    assert content_digest("a.md", b"x\r\ny") == content_digest("a.md", b"x\ny") != content_digest("a.md", b"x y")
    assert content_digest("a.docx", b"x\r\ny") != content_digest("a.docx", b"x\ny")
    assert content_digest("a.yaml", b"[")
    assert not any(map(str.isdigit, content_digest("a.yaml", b"\xff: [")))


def test_the_record_is_shown_and_says_what_it_is(project: Path) -> None:
    signed(project, "一审", by="<b>张某")
    signed(project, "二审", by="<b>张某")
    text = run("review", "show", project, "--county", "heping")
    assert text.exit_code == 1
    assert "一个人签了" in text.output
    told = json.loads(run("review", "show", project, "--county", "heping", "--format", "json").output)["counties"][0]
    assert {each["reached"] for each in told["files"]} == {2}
    assert told["files"][0]["stages"][0] == {"by": "<b>张某", "on": DAY, "holds": True}
    assert told["files"][0]["stages"][2] is None
    out = project.parent / "record.html"
    for _ in range(2):  # the page it wrote is replaced
        assert run("review", "show", project, "--format", "html", "-o", out).exit_code == 1
    page = out.read_text(encoding="utf-8")
    assert "没有口令" in page
    assert "<b>" not in page
