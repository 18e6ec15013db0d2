"""The preview shows a project as its files are now, findings in place of a county that has errors, and only pages."""

from __future__ import annotations

import http.client
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gkdir.preview.server import CHANGES, SCRIPT, PreviewServer
from gkdir.preview.site import Preview
from gkdir.request import Request

SAMPLE = Path(__file__).parent / "samples" / "small"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE / "project", tmp_path / "project"))


@pytest.fixture
def server(project: Path) -> Iterator[PreviewServer]:
    served = PreviewServer(Preview(Request(project, Path(), national=SAMPLE / "national")), 0)
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join()


def get(server: PreviewServer, path: str) -> tuple[int, str, str]:
    """Status, type or address, and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.getheader("Location") or answer.getheader("Content-Type") or "", body


def test_pages_files_and_what_is_not_there(server: PreviewServer) -> None:
    status, kind, body = get(server, "/heping/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "和平县" in body
    assert SCRIPT in body
    assert "和平县" in get(server, "/")[2]
    assert get(server, "/heping/assets/site.css")[1].startswith("text/css")
    assert get(server, "/heping/social_assistance")[:2] == (302, "/heping/social_assistance/")
    assert get(server, "/heping/nothing.html")[0] == 404
    assert get(server, "/../../etc/passwd")[0] == 404
    assert get(server, SCRIPT)[0] == 200


def test_a_change_shows_at_once(server: PreviewServer, project: Path) -> None:
    county = project / "counties" / "heping" / "county.yaml"
    before = get(server, "/heping/social_assistance/1-1/")[2]
    county.write_text(
        county.read_text(encoding="utf-8").replace("起10个工作日内", "起7个工作日内", 1), encoding="utf-8"
    )
    after = get(server, "/heping/social_assistance/1-1/")[2]
    assert "起7个工作日内" not in before
    assert "起7个工作日内" in after


def test_a_county_with_errors_shows_its_findings(server: PreviewServer) -> None:
    status, _, body = get(server, "/kuansong/index.html")
    assert status == 200
    assert "GK301" in body
    assert "未发布" in body


def test_a_project_that_makes_no_sense_is_told_on_the_page(server: PreviewServer, project: Path) -> None:
    templates = project / "templates"
    templates.mkdir()
    (templates / "index.html").write_text("{% if %}", encoding="utf-8")
    assert "模板写得不对" in get(server, "/")[2]


def test_the_browser_hears_of_a_change(server: PreviewServer, project: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.request("GET", CHANGES)
    stream = connection.getresponse()
    assert stream.getheader("Content-Type") == "text/event-stream"
    assert stream.readline() == b": here\n"
    (project / "counties" / "heping" / "note.txt").write_text("新", encoding="utf-8")
    lines = iter(stream.readline, b"")
    assert b"data: changed\n" in lines
    connection.close()
