"""Web pages: struck-out text, hidden text and pictures in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from .books import BODY, HEADER

LIMIT = "20个工作日"


def read(tmp_path: Path, changed: dict[int, str], head: str = "", row: str = "<tr>", before: str = "") -> Directory:
    """The directory of two items in rows 3 and 4; some cells of the second are given as HTML."""
    second = dict(enumerate(("2", None, "1.2求职信息登记", *BODY[3:])))
    cells = ["".join(f"<td>{value or ''}</td>" for value in line) for line in (*HEADER, BODY)]
    values = [str(value or "") for value in (second | changed).values()]
    last = "".join(value if value.startswith("<td") else f"<td>{value}</td>" for value in values)
    body = "".join(f"<tr>{line}</tr>" for line in cells) + f"{row}{last}</tr>"
    path = tmp_path / "a.html"
    path.write_text(f"<html><head>{head}</head><body><table>{before}{body}</table></body></html>", encoding="utf-8")
    (found,) = read_directories(path, name="a.html")
    return found


@pytest.mark.parametrize(
    "limit",
    [
        "<s>20个工作日</s>10个工作日",
        "<del>20个工作日</del><ins>10个工作日</ins>",
        "<strike><b>20个工作日</b></strike>10个工作日",
        "<span style='text-decoration: line-through'>20个工作日</span>10个工作日",
        '<SPAN STYLE="TEXT-DECORATION:LINE-THROUGH">20个<b>工作日</b></SPAN><p>10个工作日</p>',
        "<font class='x font5'>20个工作日</font>10个工作日",
        "<p><del>20个工作日</p>10个工作日",
    ],
)
def test_struck_text_is_left_out_and_named(limit: str, tmp_path: Path) -> None:
    head = "<style><!-- .font5, .y {color:red; text-decoration:line-through;} .x {color:red} --></style>"
    found = read(tmp_path, {5: limit}, head)
    assert [item.time_limit.text for item in found.items] == [LIMIT, "10个工作日"]
    assert [(trouble.kind, trouble.message) for trouble in found.troubles] == [
        (TroubleKind.STRUCK, f"单元格 F4 里划掉的“{LIMIT}”没有读。")
    ]


WHOLE = "信息形成或变更之日起20个工作日内公开"


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        (f'<td title="{WHOLE}">信息形成或变更…</td>', WHOLE),
        (f"<td title='{WHOLE}'><span>信息形成 或变更...</span></td>", WHOLE),
        (f'<td><a title="{WHOLE}" href="#">信息形成或变更……</a></td>', WHOLE),
        (f'<td title="{WHOLE}">10个工作日…</td>', "10个工作日…"),
        (f'<td title="{WHOLE}">信息形成或变更之日起20个工作日</td>', "信息形成或变更之日起20个工作日"),
        (f'<td title="{WHOLE}">…</td>', "…"),
    ],
)
def test_a_cell_that_shows_a_beginning_is_read_whole(cell: str, read_as: str, tmp_path: Path) -> None:
    """Narrow pages show the beginning of a text with dots, and all of it when the mouse is over it."""
    assert read(tmp_path, {5: cell}).items[1].time_limit.text == read_as


def test_a_struck_cell_ends_with_the_cell(tmp_path: Path) -> None:
    found = read(
        tmp_path, {5: "<td class=gone><del>20个工作日"}, "<style>td.gone{text-decoration-line:line-through}</style>"
    )
    assert found.items[1].time_limit.text == ""
    assert found.items[1].publisher == ("清源县人力资源和社会保障局",)


def test_a_struck_row_is_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, {}, row="<tr style='text-decoration:line-through'>")
    assert len(found.items) == 1
    assert "第 4 行整行" in found.troubles[0].message


def test_pictures_and_hidden_columns(tmp_path: Path) -> None:
    before = "<col span=6><col width=0 style='display:none'>"
    found = read(tmp_path, {8: "<img src=gou.png>", 9: "<img src=x alt='√'>"}, before=before)
    assert found.items[1].audience == ("特定群体",)
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [
        (TroubleKind.BESIDE, "I4"),
        (TroubleKind.HIDDEN, "G1"),
    ]


def test_a_table_within_a_cell_is_text_of_the_cell(tmp_path: Path) -> None:
    found = read(tmp_path, {3: "<table><tr><td>1.招聘单位</td></tr><tr><td>2.岗位要求</td></tr></table>"})
    assert found.items[1].content == ("招聘单位", "岗位要求")


@pytest.mark.parametrize(
    "row", ['<tr class="x gone">', "<tr hidden>", "<tr style='display: none'>", "<tr style=visibility:hidden>"]
)
def test_a_row_that_the_page_hides_is_read_and_named(row: str, tmp_path: Path) -> None:
    head = "<style>@media screen { .gone { display : none } }</style>"
    found = read(tmp_path, {}, head, row)
    assert len(found.items) == 2
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [(TroubleKind.HIDDEN, "A4")]


@pytest.mark.parametrize("before", ["<style>.x{}</style>", "<p>目录</p>", "<!-- 导出 -->", "<h1>目录</h1>"])
def test_a_page_may_begin_with_anything_that_pages_have(before: str, tmp_path: Path) -> None:
    cells = ("".join(f"<td>{value or ''}</td>" for value in line) for line in (*HEADER, BODY))
    text = before + " " * 5_000 + "<table>" + "".join(f"<tr>{line}</tr>" for line in cells) + "</table>"
    (tmp_path / "a.xls").write_text(text, encoding="utf-8")
    (found,) = read_directories(tmp_path / "a.xls", name="a.xls")
    assert len(found.items) == 1


def test_a_cell_that_the_page_hides_takes_no_place(tmp_path: Path) -> None:
    found = read(tmp_path, {5: f"<td style='display:none'>30个工作日</td><td>{LIMIT}</td>"})
    assert found.items[1].time_limit.text == LIMIT
    assert found.items[1].publisher == ("清源县人力资源和社会保障局",)
    assert ["30个工作日" in trouble.message for trouble in found.troubles] == [True]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        (5, '<span style="display: none">20</span>10个工作日', ["20"]),
        (5, "<span style='mso-hide:all'>20</span>10个工作日", ["20"]),
        (5, "<select><option>20个工作日<option selected>10个工作日</select>", ["20个工作日"]),
        (
            5,
            "<select><option selected='selected'>10个工作日</option><option>20个工作日</option></select>",
            ["20个工作日"],
        ),
        (5, '<input value="10个工作日">', []),
        (5, '<input type="hidden" value="20"><input type="text" value="10个工作日">', []),
        (5, "<textarea>10个工作日</textarea>", []),
    ],
)
def test_what_a_page_shows_is_read_and_what_it_hides_is_named(
    column: int, cell: str, told: list[str], tmp_path: Path
) -> None:
    found = read(tmp_path, {column: cell})
    assert found.items[1].time_limit.text == "10个工作日"
    assert [(trouble.kind, trouble.message) for trouble in found.troubles] == [
        (TroubleKind.HIDDEN, f"单元格 F4 有隐藏的文字“{one}”，没有读。") for one in told
    ]


def test_the_words_of_a_picture_are_told_and_not_read(tmp_path: Path) -> None:
    found = read(tmp_path, {5: "20个工作日<img src=x alt='改为10个工作日'>"})
    assert found.items[1].time_limit.text == "20个工作日"
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [(TroubleKind.BESIDE, "F4")]
    assert "改为10个工作日" in found.troubles[0].message


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='opacity:0'>", "<div style='text-indent:-9999px'>", "<span style='position:absolute;left:-999em'>",
        "<div style='height:0;overflow:hidden'>", "<code style='display:none'>", "<h3 hidden>", "<span id=q>", "<em>",
    ],
)  # fmt: skip
def test_whatever_hides_a_text_it_is_not_read(hidden: str, tmp_path: Path) -> None:
    head = "<style type='text/css'>em{display:none} td #q{visibility:hidden}</style>"
    found = read(tmp_path, {3: f"<td>1.招聘单位{hidden}，不公开"}, head)
    assert found.items[1].content == ("招聘单位",)
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [(TroubleKind.HIDDEN, "D4")]


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("<span style='font-family:Wingdings'>l</span>", "<span style='font-family:Wingdings'>m</span>"),
        ("<font face='Wingdings 2'>P</font>", "<font face='Wingdings 2'>O</font>"),
        ("<i class='fa fa-check'></i>", "<i class='fa fa-times'></i>"),
    ],
)
def test_marks_that_a_font_draws(yes: str, no: str, tmp_path: Path) -> None:
    found = read(tmp_path, {8: f"<td>{no}", 9: f"<td>{yes}"})
    assert found.items[1].audience == ("特定群体",)
    assert found.troubles == ()


def test_a_picture_that_nobody_can_read_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, {8: "<td><i class='icon-x1'></i>"})
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [(TroubleKind.BESIDE, "I4")]


def test_how_a_word_is_read_is_no_part_of_it(tmp_path: Path) -> None:
    assert read(tmp_path, {5: "<td><ruby>20<rt>er shi</rt></ruby>个工作日"}).items[1].time_limit.text == LIMIT
