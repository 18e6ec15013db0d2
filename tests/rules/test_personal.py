"""Personal numbers are found in any notation, and other numbers are not taken for one."""

from __future__ import annotations

import pytest

from gkdir.finding import Place
from gkdir.read.passages import shown_text
from gkdir.rules.personal import mobiles, numbers

IDENTITY = "990101199003078893"
MOBILE = "13800138000"


def found(text: str) -> list[str]:
    return [number.figures for number in numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Tel.13800138000",
            "TEL13800138000",
            "手机_13800138000",
            "wx13800138000",
            "1.13800138000",
            "张三13800138000号",
        ),
        *("1795113800138000", "17951-138-0013-8000", "12593 13800138000", "0138 0013 8000"),
        "ABCDEFGH\n13800138000AB",  # letters on the line above are not part of a code
        *("138-0013-8000", "138 0013 8000", "138  0013  8000", "138.0013.8000", "138·0013·8000", "138/0013/8000"),
        *("138 001 38000", "138 00138000", "1380013 8000", "(138)0013-8000", "138–0013–8000", "138_0013_8000"),
        *("+86 138 0013 8000", "+8613800138000", "0086-138-0013-8000", "013800138000", "86 13800138000"),
        *("138\u200e0013\u200e8000", "138\u00ad0013\u00ad8000", "138\u20600013\u20608000", "138\ufeff00138000"),
        *("１３８００１３８０００", "①③⑧⓪⓪①③⑧⓪⓪⓪", "一三八〇〇一三八〇〇〇", "一三八零零幺三八零零零", "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎"),
        *("138 0 0 1 3 8 0 0 0", "138,001,380,00", "1380-01-38-000", "13.80.01.38.00.0", "1 3 8 0013 8000"),
        *("00861 3800138000", "+861 3800138000", "00 86 138 0 0 1 3 8 0 0 0", "电话13 800 138 000"),
        *("一 三 八 零 零 一 三 八 零 零 零", "一三八 零零一三 八零零零", "一三八零 零一三八 零零零"),
        *("壹叁捌零零壹叁捌零零零", "壹參捌零零壹叁捌零零零"),
        *("1 3 8 0 0 1 3 8 0 0 0", "1  3  8  0  0  1  3  8  0  0  0", "[1][3][8][0][0][1][3][8][0][0][0]"),
        *("1|3|8|0|0|1|3|8|0|0|0", "| 1 | 3 | 8 | 0 | 0 | 1 | 3 | 8 | 0 | 0 | 0 |", "1口3口8口0口0口1口3口8口0口0口0"),
        *("1\n3\n8\n0\n0\n1\n3\n8\n0\n0\n0", "138\n00138000", "13800138000@139.com", "sms:13800138000"),
        *("电话：138，0013，8000", "138,0013,8000", "https://a.example.cn/?phone=13800138000", "13800138000元旦值班"),
        *("1\u20e33\u20e38\u20e30\u20e30\u20e31\u20e33\u20e38\u20e30\u20e30\u20e30\u20e3", "13800138000人社局"),
    ],
)
def test_a_mobile_is_found(text: str) -> None:
    assert found(text) == [MOBILE]


@pytest.mark.parametrize(
    "text",
    [
        *("ID990101199003078893", "档案号990101199003078893号", "身份证号:990101199003078893", "_990101199003078893_"),
        *("990101 19900307 8893", "990101  19900307  8893", "990101.19900307.8893", "990101-19900307-8893"),
        *("990101，19900307，8893", "9901 0119 9003 0788 93", "990101/1990/0307/8893", "99 01 01 1990 03 07 88 93"),
        *(
            "990101\u200e19900307\u200e8893",
            "９９０１０１１９９００３０７８８９３",
            "9 9 0 1 0 1 1 9 9 0 0 3 0 7 8 8 9 3",
        ),
        *("990101\t19900307\t8893", "9\t9\t0\t1\t0\t1\t1\t9\t9\t0\t0\t3\t0\t7\t8\t8\t9\t3", "990101\n199003078893"),
        *("残疾人证号99010119900307889343", "99010119900307889311", "编号：990101199003078893"),
        *("玖玖零壹零壹壹玖玖零零叁零柒捌捌玖叁", "残疾人证第990101199003078893号"),
        "https://www.example.gov.cn/a/990101199003078893.html",
        *("99OlOll99OO3O78893", "99o1o1199oo3o78893", "身份证99OIOII99OO3O78893"),
    ],
)
def test_an_identity_number_is_found(text: str) -> None:
    assert found(text) == [IDENTITY]


@pytest.mark.parametrize(
    "text",
    [
        "99010119900307012X",
        "99010119900307012x",
        "990101 19900307 012 X",
        "ID99010119900307012X号",
        "99010119900307012Х",
        "99010119900307012χ",
    ],
)
def test_an_identity_number_may_end_in_a_letter(text: str) -> None:
    assert found(text) == ["99010119900307012X"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("99010119900307889313800138000", [IDENTITY, MOBILE]),
        ("13800138000990101199003078893", [MOBILE, IDENTITY]),
        ("1380013800013900139000", [MOBILE, "13900139000"]),
        ("99010119900307012X13800138000", ["99010119900307012X", MOBILE]),
        ("138 0013 8000 990101 19900307 8893", [MOBILE, IDENTITY]),
        ("9 9 0 1 0 1 1 9 9 0 0 3 0 7 8 8 9 3\n1 3 8 0 0 1 3 8 0 0 0", [IDENTITY, MOBILE]),
        ("张三 13800138000、李四 139-0013-9000", [MOBILE, "13900139000"]),
        *((text, ["110101900307889"]) for text in ("110101900307889", "110101 900307 889", "110101-900307889")),
        ("卡号6222020000000000000", ["6222020000000000000"]),
        ("6222 0200 0000 0000 000", ["6222020000000000000"]),
        ("账号6222.0200.0000.0000.000", ["6222020000000000000"]),
        ("卡号\t6222\t0200\t0000\t0000\t000", ["6222020000000000000"]),
        ("卡号：\n6222\n0200\n0000\n0000\n000", ["6222020000000000000"]),
        *((f"{word}E12345678", ["E12345678"]) for word in ("护照号码：", "护照 ", "（护照）", "passport No.")),
        ("护照号EA1234567", ["EA1234567"]),
        ("港澳居民来往内地通行证H1234567801", ["H1234567801"]),
        ("台胞证号：01234567", ["01234567"]),
    ],
)
def test_several_numbers_are_told_apart(text: str, figures: list[str]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        # amounts
        *(
            "资金13800138000元",
            "13800138000 元",
            "13800138000.00元",
            "13,800,138,000元",
            "￥13800138000",
            "13800138000万元",
        ),
        *(
            "共计13800138000",
            "金额（元）：13800138000",
            "耗电13800138000千瓦时",
            "受益13800138000人次",
            "0.13800138000",
        ),
        *("150 3200 1800元", "150、3200、1800", "150，3200，1800", "1500 3200 180", "4500 3200 6100 5800"),
        *("13,800,138,000", "13 800 138 000", "1 3 5 7 9 11 13 15", "15 0 0 12 0 0 100", "1998-03-01-001"),
        *("86150 3200 1800 人", "15-03-2026-001", "320000 500101 300", "1 4008001234", "1500 3200 180"),
        *("比例尺1:13800138000", "13800138000:1", "配比 1:3:8:0:0:1:3:8:0:0:0"),
        # codes and accounts of organisations
        *(
            "实施编码 330114001000000003",
            "统一社会信用代码 91990101MA00000000",
            "项目编号：13800138000",
            "合同编号：HT-13800138000",
            "流水号13800138000",
        ),
        *(
            "受理编号 990101202603010012",
            "第13800138000号",
            "202603150101001",
            "公网安备13800138000号",
            "工商注册号 330106000012345",
            "订单号：6222020000000000000",
        ),
        *(
            "缴费专户账号 6222020000000000000",
            "户名：清源县财政局 账号：6222020000000000000",
            "统一社会信用代码（税号）：13800138000",
        ),
        *("a13800138000bcdef1234567890", "〔2024〕5号", "ISBN 13800138000"),
        # ids of a feed's entries
        f"<id>urn:uuid:8833d8dc-7871-59b6-87f1-{MOBILE}d</id>",
        # digests with runs of digits in any position
        *(
            f'"sha256": "{MOBILE}{"ab1c" * 13}d",',
            f'"sha256": "{"ab1c" * 13}d{MOBILE}",',
            f"{'ab1c' * 7}d{MOBILE}  甲.pdf",
        ),
        *(f"{'ab1c' * 6}d110101900307889{'c3d4' * 6}", f"{'ab1c' * 3}6222020000000000000d"),
        *("浙ICP备13800138000号", "清人社函〔2023〕13800138000号", "东经120.13800138000", "坐标：120.13800138000,30.1"),
        "账户名称：清源县社会保险中心 账号 622848990112345",
        # numbers near the word passport
        *("护照有效期至20300101", "护照办理咨询电话85212345"),
        *("E12345678", "产品型号G12345678", "护照，E12345678", "护照办理须知\nE12345678"),
        # addresses of pages
        "https://www.example.gov.cn/art/2026/3/1/art_13800138000123_1.html",
        "https://www.example.gov.cn/art/13800138000.html",
        "www.example.gov.cn/188/64476741.html",
        "example.com/a/13800138000.html",
        *("./t20260301_13800138000.html", "../t20260301_13800138000_2.shtml", "/art/content_13800138000.htm"),
        # landline phones, dates, rows of digits
        *(
            "0600-5550101",
            "0600-5550101、5550102、5550103",
            "12333",
            "400-138-0013",
            "1999-5550101",
            "2026-03-01 13:00:00",
        ),
        *("1 2 3 4 5 6 7 8 9 10 11", "12,13,14,15,16,17,18,19,20", "2021 2022 2023 2024", "1949-2026 600"),
        *(
            "1\t3\t5\t7\t9\t1\t3\t5\t7\t9\t1\t3",
            "150\t3200\t1800",
            "1380 | 0.5 | 1380000",
            "周一至周五9:00—12:00，13:30—17:30",
        ),
        # invalid or masked numbers
        *("990101199003078894", "990101199013078893", "6222020000000000001", "138****8000", "990*************93"),
    ],
)
def test_what_is_no_number_of_a_person_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{'ab1c' * 13}{MOBILE}",  # too short
        f"{MOBILE}abcdefa{'0' * 14}",  # hardly any letter
        f"{'AB1C' * 13}D{MOBILE}",
        f"{'电话' * 20}{MOBILE}{'号' * 13}",
        f"{'ab1c' * 16} {MOBILE}",
        f"{MOBILE} {'ab1c' * 16}",
    ],
)
def test_what_only_resembles_a_digest_hides_nothing(text: str) -> None:
    assert found(text) == [MOBILE]


@pytest.mark.parametrize(
    ("table", "suffix", "figures"),
    [
        ("| 项目 | 金额（元） |\n|---|---|\n| 甲 | 13800138000 |\n", ".md", []),
        ("项目\t预算金额\n甲\t13800138000\n", ".tsv", []),
        ("项目,金额（元）,电话\n甲,13800138000,13900139000\n", ".csv", ["13900139000"]),
        ("姓名,电话\n金额（元）见附件\n甲,13800138000\n", ".csv", [MOBILE]),
        (f"项目,金额（元）\n甲,{IDENTITY}\n", ".csv", [IDENTITY]),
    ],
)
def test_an_amount_stands_below_its_heading(table: str, suffix: str, figures: list[str]) -> None:
    assert [one for passage in shown_text(table, Place("a"), suffix) for one in found(passage.text)] == figures


def test_numbers_begin_where_they_stand() -> None:
    assert [number.start for number in numbers("张某 13800138000、李某 +86 139-0013-9000")] == [3, 22]


def test_a_long_row_of_figures_is_looked_through_at_once() -> None:
    assert numbers("1 23 456 7890 " * 2_000) == ()
    assert numbers("13 " * 6_000) == ()
    assert numbers("9" * 20_000) == ()


def test_phones_on_one_line_stay_apart() -> None:
    one, other = "13800138000", "13900139000"
    for between in (" ", "、", ",", "，", "/", ";", "\t", "", " 或 ", "，手机"):
        assert [number.figures for number in mobiles(f"电话{one}{between}{other}")] == [one, other], between
    for row in (f"12,{one},张三", f"0600-5550101 {one}", f"4008001234 {one}", f"5550101、{one}", f"2026-03-01 {one}"):
        assert [number.figures for number in mobiles(row)] == [one], row
    for row in ("0600-5550101 5550102", "0600 5550101 0600 5550102", "010-12345678 010-87654321", "12333 12345 110"):
        assert not mobiles(row), row


@pytest.mark.parametrize("area", ["0600", "0316", "010"])
@pytest.mark.parametrize("between", [" ", "、", "，", "\n"])
def test_an_office_phone_that_is_said_twice_is_nobodys(area: str, between: str) -> None:
    digits = "2" if len(area) == 4 else "26"
    for line in range(200_101, 201_301, 3):  # a check digit is right by chance once in eleven
        phone = f"{area}-{digits}{line}"
        assert found(f"电话：{phone}{between}{phone}") == []
