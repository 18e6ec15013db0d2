"""``gkdir stats``: what a log says about pages and questions, and nothing about persons."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gkdir.cli.stats import command
from gkdir.visits.log import requests

ADDRESS, AGENT = "203.0.113.77", "Mozilla/5.0 (SecretPhone)"


def line(target: str, status: int = 200, agent: str = AGENT, day: str = "02/Mar/2026") -> str:
    return f'{ADDRESS} - - [{day}:10:00:01 +0800] "GET {target} HTTP/1.1" {status} 512 "-" "{agent}"\n'


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "qingyuan"
    page = "social_insurance/9-6/index.html"
    files = ["index.html", page, "employment/4-1/index.html", "data/employment.xlsx", "assets/site.css"]
    items = [
        {"url": page, "title": "社保卡丢了先挂失", "words": ["社保卡丢了"], "omitted": None},
        {"url": "employment/4-1/index.html", "title": "失业登记", "words": ["失业了"], "omitted": None},
    ]
    for name, content in (
        ("manifest.json", json.dumps({"files": dict.fromkeys(files, "")})),
        ("data/search.json", json.dumps({"items": items}, ensure_ascii=False)),
        (page, "<!doctype html><title>社保卡丢了先挂失 - 清源县</title>"),
        ("index.html", "<!doctype html><title>清源县</title>"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_pages_files_errors_and_questions_are_counted(county: Path, tmp_path: Path) -> None:
    log, old = tmp_path / "access.log", tmp_path / "access.log.1.gz"
    log.write_text(
        line("/zwgk/qingyuan/") * 3
        + line("/zwgk/qingyuan/social_insurance/9-6/") * 5
        + line("/zwgk/qingyuan/index.html?q=%E7%A4%BE%E4%BF%9D%E5%8D%A1%E4%B8%A2%E4%BA%86") * 2
        + line("/zwgk/qingyuan/?q=%E5%85%BB%E7%8C%AA%E8%A1%A5%E8%B4%B4139001380001380013")
        + line("/zwgk/qingyuan/old/page.html", 404) * 4
        + line("/zwgk/qingyuan/data/employment.xlsx")
        + line("/zwgk/qingyuan/assets/site.css") * 9
        + line("/zwgk/qingyuan/", agent="Baiduspider/2.0") * 7
        + line("/other/index.html") * 6
        + "nonsense\n",
        "utf-8",
    )
    old.write_bytes(gzip.compress(line("/zwgk/qingyuan/", day="27/Feb/2026").encode()))
    said = run(str(log), str(old), "--site", str(county))
    assert said.startswith("2026-02-27 到 2026-03-02，打开网页 12 次，下载文件 1 次。\n")
    for wanted in (
        "来的 7 次不算，读不懂的 1 行", "5  社保卡丢了先挂失　social_insurance/9-6/index.html", "7  清源县　index.html",
        "4  old/page.html", "一次也没有打开的事项，共1个\n          失业登记", "2  社保卡丢了",
    ):  # fmt: skip
        assert wanted in said, wanted
    vain = said.partition("多半没有答上的")[2]
    assert "养猪补贴……" in vain
    assert "社保卡" not in vain
    for secret in (ADDRESS, "SecretPhone", "1380013"):
        assert secret not in said


def test_the_log_of_iis_is_read(county: Path, tmp_path: Path) -> None:
    log = tmp_path / "u_ex260302.log"
    fields = "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status cs(User-Agent)\n"
    row = f"2026-03-02 01:02:03 {ADDRESS} GET /qingyuan/index.html - 200 Mozilla\n"
    log.write_text("#Software: IIS\n" + fields + row * 2, "utf-8")
    assert "打开网页 2 次" in run(str(log), "--site", str(county))


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ({"time_iso8601": "2026-03-02T10:00:00+08:00", "request": "GET /a?q=x HTTP/1.1", "status": "200"}, True),
        ({"time": "02/Mar/2026:10:00:00 +0800", "uri": "/a?q=x", "status": 200}, True),
        ({"ts": 1772384400.12, "request": {"uri": "/a?q=x", "headers": {"User-Agent": ["M"]}}, "status": 200}, True),
        ({"StartUTC": "2026-03-02T01:00:00Z", "RequestPath": "/a?q=x", "DownstreamStatus": 200}, True),
        ({"time": "2026-13-45", "uri": "/a", "status": 200}, False),
        ({"time": "2026-03-02", "uri": ["/a"], "status": 200}, False),
        ({"time": "2026-03-02", "uri": "/a", "status": "ok"}, False),
        ({"ts": 1772384400, "request": {"headers": []}, "status": 200}, False),
        ({"ts": 1e300, "uri": "/a", "status": 200}, False),
        ({}, False),
    ],
)
def test_a_log_of_json_is_read(row: object, read: bool) -> None:
    (found,) = requests([json.dumps(row)])
    assert (found is not None and (found.path, found.asked, str(found.day)) == ("/a", "x", "2026-03-02")) == read


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_log_saved_by_windows_is_read(county: Path, tmp_path: Path, encoding: str) -> None:
    log = tmp_path / "a.log"
    log.write_text(line("/qingyuan/index.html") * 2, encoding, newline="\r\n")
    assert "打开网页 2 次" in run(str(log), "--site", str(county))


def test_what_is_no_county_or_no_log_is_said(county: Path, tmp_path: Path) -> None:
    log, torn = tmp_path / "a.log", tmp_path / "a.gz"
    log.write_text("x\n" * 3, "utf-8")
    assert run(str(log), "--site", str(county)).startswith("日志里没有这个县的记录，读不懂的有3行。\n")
    torn.write_bytes(gzip.compress(b"x" * 10_000)[:20])
    with pytest.raises(Exception, match="坏了"):
        run(str(torn), "--site", str(county))
    with pytest.raises(Exception, match="不是一个县"):
        run(str(log), "--site", str(tmp_path))


@given(st.lists(st.text(max_size=200), max_size=5))
def test_no_line_is_too_strange(lines: list[str]) -> None:
    every = "".join(f"{one}\n" for one in lines).splitlines()
    assert len(list(requests(every))) <= len(every)
    mixed = [line(one.replace('"', "").replace("\n", "")) for one in lines]
    assert len(list(requests(mixed))) == len(lines)


def test_what_was_asked_is_read_however_it_was_sent(county: Path, tmp_path: Path) -> None:
    card = "社保卡丢了"
    gbk = "".join(f"%{byte:02X}" for byte in card.encode("gbk"))
    iis = "#Fields: date cs-uri-stem cs-uri-query sc-status cs(User-Agent)\n"
    common = tmp_path / "packed"  # without the suffix .gz
    common.write_bytes(
        gzip.compress(
            (
                line(f"/qingyuan/?q={gbk}")
                + line("/qingyuan/?from=weixin&q=%u793E%u4FDD%u5361%u4E22%u4E86")
                + line("//qingyuan//social_insurance/9-6/?q=" + card)
                + line("/qingyuan/?q=%ud83d")
            ).encode()
        )
    )
    windows = tmp_path / "u_ex260302.log"
    windows.write_bytes(f"{iis}2026-03-02 /qingyuan/index.html q={card} 200 Mozilla\n".encode("gbk"))
    told = run(str(common), str(windows), "--site", str(county))
    assert f"       4  {card}" in told
    assert "社保卡丢了先挂失　social_insurance/9-6/index.html" in told
    assert "�" not in told
