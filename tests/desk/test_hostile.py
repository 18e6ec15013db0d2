"""No request from another website or machine, and no random one, changes anything in the desk's folder."""

from __future__ import annotations

import random

import pytest
from tests.desk.opened import TOKEN, Open, everything
from tests.laws import TIMES

from gkdir.preview.serving import MAX_REQUEST_BYTES, OWN_PAGES_ONLY

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
PARTS = (
    "", "..", "%2e%2e", "%00", "c", "heping", "kuansong", "form", "undo", "write", "new", "site", "assets", "doubts",
    "desk.js", "publish", "print", "zip", "look", "findings", "county.yaml", "etc", "passwd", "\\..\\",
    "%ff",    "?id=1",
    "#", "//evil.example", TOKEN,
)  # fmt: skip
KINDS = ("multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "é")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:{port}"}, 403),
        ({"Host": "127.0.0.1.evil.example:{port}"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({}, 403),  # browsers always send the origin of a form
        ({"Origin": "http://127.0.0.1:{port}", "Content-Length": str(MAX_REQUEST_BYTES + 1)}, 413),
        ({"Origin": "http://127.0.0.1:{port}", "Transfer-Encoding": "chunked"}, 411),
    ],
)
def test_only_its_own_pages_may_ask_it_to_write(desk: Open, headers: dict[str, str], status: int) -> None:
    said = {name: value.format(port=desk.port) for name, value in headers.items()}
    answer = desk.ask("POST", f"/{TOKEN}/c/heping/undo", headers={"Content-Length": "0"} | said)
    assert answer.status == status
    assert {name: answer.headers[name.lower()] for name in OWN_PAGES_ONLY} == dict(OWN_PAGES_ONLY)


def test_without_the_token_there_is_nothing(desk: Open) -> None:
    for path in (
        "/",
        "/c/heping/",
        f"/{TOKEN[:-1]}/",
        f"/{TOKEN}x/c/heping/",
        f"//{TOKEN}/",
        f"/%2e/{TOKEN}/",
        "/site/heping/",
    ):
        assert desk.ask("GET", path).status == 403, path
    assert desk.get("c/heping/").status == 200


def test_random_requests_change_nothing(desk: Open) -> None:
    """Most have the token and the right origin, as from a broken page of the desk; ``make fuzz``: 20,000."""
    before, chance = everything(desk.project), random.Random(18)
    own = {"Origin": f"http://127.0.0.1:{desk.port}"}
    for _ in range(100 * TIMES):
        path = "/".join(chance.choices(PARTS, k=chance.randint(1, 5)))
        body = chance.randbytes(chance.randint(0, 200))
        kind = chance.choice(
            ("multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "é")
        )
        headers = {"Content-Type": kind, **(own if chance.random() < 0.9 else {})}
        answer = desk.ask(chance.choice(METHODS), f"/{TOKEN if chance.random() < 0.9 else ''}/{path}", body, headers)
        assert answer.status < 500 or answer.status == 501, (path, answer.text)
    assert everything(desk.project) == before
