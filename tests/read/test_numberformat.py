"""Numbers are read as Excel shows them, with the words, zeros and dates of their number formats."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gkdir.finding import TroubleKind
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories
from gkdir.read.formatcode import LONGEST, parse
from gkdir.read.numberformat import BUILT_IN, shown_number, shown_text

from .books import BODY, HEADER, save

SHOWN = [
    (20, '0"个工作日内公开"', "20个工作日内公开"),
    (20, '"自信息形成之日起"0"个工作日内"', "自信息形成之日起20个工作日内"),
    (20, '"自信息形成之日起"General"个工作日"', "自信息形成之日起20个工作日"),
    (20, 'G/通用格式"个工作日"', "20个工作日"),
    (20, "0\\个\\工\\作\\日", "20个工作日"),
    (20, "0!个!工!作!日", "20个工作日"),
    (20, "0个工作日", "20个工作日"),
    (20, '#"个工作日"', "20个工作日"),
    (20, '@"个工作日"', "20个工作日"),
    (20, '[红色]0_ "天"* ', "20天"),
    (20, '0"天', "20天"),
    (20, '[DBNum1][$-804]General"个工作日"', "二十个工作日"),
    (105, "[DBNum1]0", "一百〇五"),
    (10_020, "[DBNum1]0", "一万〇二十"),
    (20, '[DBNum2]0"天"', "贰拾天"),
    (20, "[DBNum3]0", "２０"),
    (1, "000", "001"),
    (1.1, "0.00", "1.10"),
    (5550101, '"0600-"0000000', "0600-5550101"),
    (6005550101, "0000-0000000", "0600-5550101"),
    (1234567.5, "#,##0.00", "1,234,567.50"),
    (1234567, '#,##0,"千元"', "1,235千元"),
    (0.5, "0%", "50%"),
    (0.12345, "0.00%", "12.35%"),
    (2.5, "0", "3"),
    (5, "0.##", "5"),
    (5.5, "0.##", "5.5"),
    (-5, "0", "-5"),
    (-5, "0;(0)", "(5)"),
    (-5, '[<0]0"天前";0"天后"', "5天前"),
    (0, '0;-0;"即时"', "即时"),
    (0, "0;-0;;@", ""),
    (1, '[=1]"√";[=0]"×";General', "√"),
    (0, '[=1]"√";[=0]"×";General', "×"),
    (3, '[=1]"√";[=0]"×";General', "3"),
    (150, '[>=100]0"以上";[<100]0"以下"', "150以上"),
    (50, '[>=100]0"以上";[<100]0"以下"', "50以下"),
    (-2, '[>=100]0"多";0"负";0"少"', "-2负"),
    (2, '[>=100]0"多";0"负";0"少"', "2少"),
    (20, "[$¥-804]#,##0.00", "¥20.00"),
    (1.5, '"约"# ?/?"天"', "约1 1/2天"),
    (0.25, "?/8", "2/8"),
    (2.999, "# ?/?", "3"),
    (12345, "0.00E+00", "1.23E+04"),
    (46082, "yyyy/m/d", "2026-03-01"),
    (46082, "m/d/yy", "2026-03-01"),
    (46082, "yyyy.m.d;@", "2026-03-01"),
    (46082.604166667, "yyyy/m/d h:mm", "2026-03-01 14:30"),
    (46082, 'yyyy"年"m"月"d"日";@', "2026年3月1日"),
    (46082, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二六年三月一日"),
    (46082, 'm"月"d"日"', "3月1日"),
    (46082, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年3月1日"),
    (46082, "aaaa", "星期日"),
    (46082, "[$-804]ddd", "周日"),
    (46082, "dd\\-mmm\\-yy", "01-Mar-26"),
    (60, "yyyy-m-d", "1900-02-29"),
    (59, "yyyy-m-d", "1900-02-28"),
    (0.395833333333333, "h:mm", "9:30"),
    (0.395833333333333, 'h"时"mm"分"', "9时30分"),
    (0.604166667, '上午/下午h"时"mm"分"', "下午2时30分"),
    (0.604166667, "h:mm AM/PM", "2:30 PM"),
    (1.5, "[h]:mm:ss", "36:00:00"),
    (1.5, '[h]"小时"', "36小时"),
    (0.5, '[mm]"分钟"', "720分钟"),
    (0.00001, "mm:ss.0", "00:00.8"),
    (0.99999999, "h:mm:ss", "0:00:00"),
    (-1, "yyyy-m-d", "-1"),
    (2_958_465.9999999999, "yyyy-m-d", "2958466"),
]


@pytest.mark.parametrize(("value", "code", "text"), SHOWN)
def test_a_number_shows_as_its_format_has_it(value: float, code: str, text: str) -> None:
    format_ = parse(code)
    assert format_ is not None
    assert shown_number(value, format_).text == text
    assert format_.understood


@pytest.mark.parametrize("code", ["General", "@", "General;General", "", "G/通用格式", "General;@"])
def test_formats_that_show_a_number_as_it_is(code: str) -> None:
    format_ = parse(code)
    assert format_ is None or shown_number(20, format_).text in ("20", "")


@pytest.mark.parametrize("code", ["[$-130000]yyyy-m-d", "[HIJRI]0", "[DarkRed]0", "0" * (LONGEST + 1), "0-" * 100])
def test_what_is_not_understood_says_so(code: str) -> None:
    format_ = parse(code)
    assert format_ is not None
    assert not format_.understood


def test_a_text_has_a_section_of_its_own() -> None:
    for code, text in (('@"个工作日"', "20个工作日"), ('0;0;0;"第"@"号"', "第20号"), ('0"天"', "20"), (";;;", "")):
        format_ = parse(code)
        assert format_ is not None
        assert shown_text("20", format_) == text


def test_every_built_in_format_shows_something_of_every_number() -> None:
    for code in BUILT_IN.values():
        format_ = parse(code)
        assert format_ is not None
        assert format_.understood
        for value in (-1, 0, 0.5, 20, 46082.25, 1e12, 1e300):
            assert shown_number(value, format_).text


def test_1904() -> None:
    format_ = parse("yyyy-mm-dd")
    assert format_ is not None
    assert shown_number(0, format_, date1904=True).text == "1904-01-01"
    assert shown_number(2_957_003, format_, date1904=True).text == "9999-12-31"
    assert shown_number(2_957_004, format_, date1904=True).text == "2957004"


def opened(path: Path) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(save(path, (*HEADER, BODY, ("2", None, "1.2求职信息登记", *BODY[3:]))))
    page = book.active
    assert isinstance(page, Worksheet)
    return book, page


def read(book: openpyxl.Workbook, path: Path) -> Directory:
    book.save(path)
    (directory,) = read_directories(path, name="a.xlsx")
    return directory


def test_limits_read_as_they_show(tmp_path: Path) -> None:
    book, page = opened(tmp_path / "a.xlsx")
    for cell, value, code in (("F3", 20, '0"个工作日内"'), ("F4", "20", '@"个工作日内"')):
        page[cell].value, page[cell].number_format = value, code
    found = read(book, tmp_path / "a.xlsx")
    assert [item.time_limit.text for item in found.items] == ["20个工作日内"] * 2
    assert found.troubles == ()


@pytest.mark.parametrize("value", [20, "20个工作日"])
def test_what_a_format_hides_is_read_and_named(value: object, tmp_path: Path) -> None:
    book, page = opened(tmp_path / "a.xlsx")
    page["F3"].value, page["F3"].number_format = value, ";;;"
    found = read(book, tmp_path / "a.xlsx")
    assert found.items[0].time_limit.text == str(value)
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [(TroubleKind.HIDDEN, "F3")]


def test_a_zero_that_does_not_show_is_blank(tmp_path: Path) -> None:
    book, page = opened(tmp_path / "a.xlsx")
    page["F3"].value, page["F3"].number_format = 0, "0;-0;;@"
    page["F4"].value = 0
    page.sheet_view.showZeros = False
    found = read(book, tmp_path / "a.xlsx")
    assert [item.time_limit.text for item in found.items] == ["", ""]
    assert found.troubles == ()


def test_a_format_that_is_not_understood_is_named(tmp_path: Path) -> None:
    book, page = opened(tmp_path / "a.xlsx")
    page["F3"].value, page["F3"].number_format = 46082, "[$-130000]yyyy-m-d"
    found = read(book, tmp_path / "a.xlsx")
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [(TroubleKind.WRONG_VALUE, "F3")]
