"""The preview shows a project's present files, with findings above the pages of a county with errors."""

from __future__ import annotations

import http.client
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.places import SMALL

from gkdir.buildoptions import BuildOptions
from gkdir.faultlog import last_fault
from gkdir.preview.server import preview_app
from gkdir.preview.serving import OWN_PAGES_ONLY, LocalServer
from gkdir.preview.site import Preview
from gkdir.resources import template_folder

CHANGES, SCRIPT = "/__changes", "/__reload.js"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL / "project", tmp_path / "project"))


@pytest.fixture
def server(project: Path) -> Iterator[LocalServer]:
    served = LocalServer(0)
    app = preview_app(Preview(BuildOptions(project, Path(), national=SMALL / "national")))
    thread = threading.Thread(target=served.run, args=(app,))
    thread.start()
    yield served
    served.stop()
    thread.join()


def get(server: LocalServer, path: str) -> tuple[int, str, str]:
    """Status, type or address, and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.getheader("Location") or answer.getheader("Content-Type") or "", body


def test_pages_files_and_what_is_not_there(server: LocalServer) -> None:
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


def test_a_template_that_comes_with_gkdir_is_shown_as_soon_as_it_is_edited(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = Path(shutil.copytree(template_folder(), tmp_path / "templates"))
    for module in ("gkdir.build", "gkdir.preview.site"):
        monkeypatch.setattr(f"{module}.template_folder", lambda: templates)
    preview = Preview(BuildOptions(project, Path(), national=SMALL / "national"))
    assert b"new words" not in (preview.get("heping/index.html") or b"")
    (templates / "_parts" / "footer.html").write_text("<footer>new words</footer>\n", encoding="utf-8")
    assert b"new words" in (preview.get("heping/index.html") or b"")


def asked(server: LocalServer, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    """The complete response to a request with these headers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1.evil.example:{port}", ""]
)
def test_another_host_name_is_refused(server: LocalServer, host: str) -> None:
    assert asked(server, "/heping/index.html", Host=host.format(port=server.port)).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}"])
def test_its_own_host_names_are_answered(server: LocalServer, host: str) -> None:
    own = host.format(port=server.port)
    assert asked(server, "/heping/index.html", Host=own).status == 200
    assert asked(server, "/heping/index.html", Host=own, Origin=f"http://{own.lower()}").status == 200
    assert asked(server, "/heping/index.html", Host=own, Origin="https://evil.example").status == 403
    assert asked(server, CHANGES, Host=own, Origin="null").status == 403


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/heping/assets/search-index.js", 200),
        ("GET", "/heping/", 200),
        ("GET", "/nothing", 404),
        ("GET", "/heping/social_assistance", 302),
        ("GET", SCRIPT, 200),
        ("GET", "/%00%ff/..%2f..%2fetc/passwd", 404),
        ("POST", "/", 403),
    ],
)
def test_every_reply_keeps_other_websites_out(server: LocalServer, method: str, path: str, status: int) -> None:
    answer = asked(server, path, method)
    assert answer.status == status
    for name, value in OWN_PAGES_ONLY.items():
        assert answer.getheader(name) == value, name


def test_what_makes_no_sense_ends_in_a_reply_or_a_closed_connection(
    server: LocalServer, capfd: pytest.CaptureFixture[str]
) -> None:
    for nonsense in (
        b"\x00\xff\n\n",
        b"GET\n\n",
        b"GET http://[evil/ HTTP/1.0\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=600) as plain:
            plain.sendall(nonsense)
            plain.shutdown(socket.SHUT_WR)
            while plain.recv(4096):
                pass
    assert get(server, "/heping/")[0] == 200
    assert "Traceback" not in capfd.readouterr().err


def test_a_request_that_does_not_arrive_whole_is_not_waited_for(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = f"GET {SCRIPT} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode()
    assert get(server, SCRIPT)[0] == 200  # it runs
    monkeypatch.setattr("gkdir.preview.serving.REQUEST_SECONDS", 0.2)
    for begun in (b"", b"GET / HTTP/1.1\r\nHos", whole + whole[:9]):
        plain = socket.create_connection(("127.0.0.1", server.port), timeout=600)
        with plain, suppress(ConnectionError):  # the connection may be closed before everything is sent
            plain.sendall(begun)
            while plain.recv(4096):
                pass  # reads until it is closed


def test_a_fault_of_ours_is_told_in_a_line(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_preview: Preview, path: str) -> bytes:
        raise KeyError(path)

    monkeypatch.setattr(Preview, "get", fail)
    status, _, body = get(server, "/heping/")
    assert (status, "KeyError" in body, "Traceback" in body) == (500, True, False)
    log = last_fault()
    assert log is not None
    assert str(log) in body
    assert "in fail" in log.read_text(encoding="utf-8")


def test_a_change_shows_at_once(server: LocalServer, project: Path) -> None:
    county = project / "counties" / "heping" / "county.yaml"
    before = get(server, "/heping/social_assistance/1-1/")[2]
    county.write_text(
        county.read_text(encoding="utf-8").replace("起10个工作日内", "起7个工作日内", 1), encoding="utf-8"
    )
    after = get(server, "/heping/social_assistance/1-1/")[2]
    assert "起7个工作日内" not in before
    assert "起7个工作日内" in after


def test_a_county_with_errors_shows_its_findings(server: LocalServer) -> None:
    status, _, body = get(server, "/kuansong/index.html")
    assert status == 200
    assert "GK301" in body
    assert "未发布" in body
    assert "<h1" in body, "the page is there too, as a draft"
    assert "未发布" not in get(server, "/heping/")[2]


def test_a_project_that_makes_no_sense_is_told_on_the_page(server: LocalServer, project: Path) -> None:
    templates = project / "templates"
    templates.mkdir()
    (templates / "index.html").write_text("{% if %}", encoding="utf-8")
    assert "模板写得不对" in get(server, "/")[2]


def test_the_browser_hears_of_a_change(server: LocalServer, project: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    connection.request("GET", CHANGES)
    stream = connection.getresponse()
    assert (stream.getheader("Content-Type") or "").startswith("text/event-stream")
    assert stream.readline() == b": here\n"
    (project / "counties" / "heping" / "note.txt").write_text("新", encoding="utf-8")
    lines = iter(stream.readline, b"")
    assert b"data: changed\n" in lines
    connection.close()
