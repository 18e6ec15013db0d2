"""QR codes: every size can be read, also when scratched, and the drawn path has exactly the dark squares."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from gkdir.service.qr import MARGIN, qr_code

ADDRESS = "https://www.example.gov.cn/zwgk/qingyuan/social_insurance/5-10/index.html"


def read(dark: str, size: int) -> list[str]:
    """What a QR reader sees."""
    from PIL import Image  # comes with pdfua

    picture = Image.new("L", (size + 2 * MARGIN,) * 2, 255)
    for at, square in enumerate(dark):
        picture.putpixel((at % size + MARGIN, at // size + MARGIN), 255 * (square == "0"))
    enlarged = picture.resize((4 * picture.width, 4 * picture.height), Image.Resampling.NEAREST)
    return [code.text for code in zxingcpp.read_barcodes(enlarged)]


@given(st.integers(1, 400))
def test_an_address_of_any_length_can_be_read(length: int) -> None:
    address = (ADDRESS * 6)[:length]
    code = qr_code(address)
    assert code is not None
    assert read(code.dark, code.size) == [address]


@given(st.lists(st.integers(18 * 37, 19 * 37), min_size=1, max_size=8))
def test_a_scratch_does_not_hinder(places: list[int]) -> None:
    code = qr_code(ADDRESS)
    assert code is not None
    scratched = list(code.dark)
    for place in places:
        scratched[place] = "1"
    assert read("".join(scratched), code.size) == [ADDRESS]


def test_what_is_too_long_for_any_symbol_has_none() -> None:
    code = qr_code("a" * 2331)
    assert code is not None
    assert code.size == 177
    assert qr_code("a" * 2332) is None


def test_the_line_of_a_code_darkens_its_squares() -> None:
    code = qr_code(ADDRESS)
    assert code is not None
    dark, x, y = set(), 0, 0
    start = re.match(r"M(\d+) (\d+)\.5", code.path)
    assert start
    x, y = int(start[1]) - MARGIN, int(start[2]) - MARGIN
    for kind, across, down in re.findall(r"([hm])(-?\d+)(?: (\d+))?", code.path[start.end() :]):
        if kind == "h":
            dark |= {(x + step, y) for step in range(int(across))}
        x, y = x + int(across), y + int(down or 0)
    assert dark == {(n % code.size, n // code.size) for n, square in enumerate(code.dark) if square == "1"}


def test_a_code_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    code = qr_code(ADDRESS)
    monkeypatch.setattr(zxingcpp, "create_barcode", lambda *_, **__: pytest.fail("drawn again"))
    assert qr_code(ADDRESS) == code
