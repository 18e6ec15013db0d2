"""Which addresses are safe in pages, feeds and tables, and which could break out of their quotes."""

from __future__ import annotations

import pytest

from gkdir.read.webaddress import is_folder_address, is_web_address


@pytest.mark.parametrize(
    "text",
    [
        "https://www.qingyuan.gov.cn",
        *("http://www.qingyuan.gov.cn:8080/zwgk/", "https://www.qingyuan.gov.cn:65535/"),
        "HTTPS://WWW.GOV.CN/",
        "https://www.gov.cn/a(b)~c;d,e!f*g@h?x=1&y=%E4%B8%AD#top",
        "https://清源.政务.cn/公开/",
        "http://[2001:db8::1]/a",
        "http://127.0.0.1/",
    ],
)
def test_an_address(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "www.gov.cn",
        "//www.gov.cn/",
        "https://",
        "https:///a",
        "htp://www.gov.cn/",
        "ftp://www.gov.cn/",
        "javascript:alert(1)//https://www.gov.cn/",
        "https://www.gov.cn@example.com/",
        "https://www.gov.cn:pass@example.com/",
        *("https://www.gov.cn:99999999/", "https://www.gov.cn:65536/", "https://www.gov.cn:0/", "https://-www.gov.cn/"),
        "https://www.gov.cn\\@example.com/",
        'https://www.gov.cn/"><script>',
        "https://www.gov.cn/'x",
        "https://www.gov.cn/a b",
        "https://www.gov.cn/a\nb",
        "https://www.gov.cn/\x1b[31m",
        "https://www.gov.cn/{{x}}",
        "https://www.gov.cn/\u202egnp.exe",
        "https://www.gov.cn/" + "a" * 2_000,
        "https://www..gov.cn/",
        *("https://www.gov.cn/%zz", "https://www.gov.cn/a%", "https://www.gov.cn/%00", "https://www.gov.cn/?a=%0d%0a"),
        *("http://1.2.3.4.5/", "http://256.1.1.1/", "http://1.2.3/", "http://2130706433/", "http://a.0x7f/"),
        *("http://01.2.3.4/", "http://１.2.3.4/", "http://[:::]/", "http://[1::2::3]/"),
        "https://" + "a" * 64 + ".gov.cn/",
    ],
)
def test_no_address(text: str) -> None:
    assert not is_web_address(text)


def test_a_folder_has_neither_query_nor_anchor() -> None:
    assert is_folder_address("https://www.gov.cn/zwgk/")
    assert not is_folder_address("https://www.gov.cn/?a=1")
    assert not is_folder_address("https://www.gov.cn/#a")


@pytest.mark.parametrize("path", ["/../", "/a/..", "/./a", "/%2E%2e/a", "//", "/a//b", "/a//"])
def test_a_folder_is_named_without_steps(path: str) -> None:
    assert not is_folder_address(f"https://www.gov.cn{path}")
    assert is_web_address(f"https://www.gov.cn{path}")


def test_dots_in_a_name_are_no_steps() -> None:
    assert is_folder_address("https://www.gov.cn/a..b/...c/.well-known")
