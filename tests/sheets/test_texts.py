"""Announcements and messages: short messages are short, nothing required is missing, numbers can be read aloud."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.places import ROOT
from tests.sheets.conftest import DAY, site_of

from gkdir.export.texts import MESSAGE, message, messages, post, voice
from gkdir.model.columns import BOARD
from gkdir.model.county import Catalog
from gkdir.model.item import Item
from gkdir.publish.documents import papers
from gkdir.service.address import MESSAGES, voice_path
from gkdir.service.service import service_of
from gkdir.service.site import Site
from gkdir.service.summary import Summary, summary_of
from gkdir.service.town import own_entries
from gkdir.sheets.notice import NoticeValue
from gkdir.sheets.sheet import PrintedSheet
from gkdir.site.screen import ScreenView, screen_pages

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def summary_for(catalog: Catalog, item: str) -> Summary:
    entry = catalog.entry(item)
    assert entry is not None
    return summary_of(service_of(entry, catalog), catalog)


def test_every_item_has_a_short_message_with_its_name_and_number(catalog: Catalog) -> None:
    for entry in catalog.entries():
        one = summary_of(service_of(entry, catalog), catalog)
        short = message(one)
        assert units(short) <= MESSAGE
        assert one.title in short or one.official in short
        assert short.endswith(f"。咨询{one.number}")


@given(place=WORDS, title=WORDS, official=WORDS, materials=st.lists(WORDS, max_size=5), limit=WORDS, fee=WORDS)
def test_no_message_is_ever_longer(
    place: str, title: str, official: str, materials: list[str], limit: str, fee: str
) -> None:
    one = Summary(
        id="employment/1.1", place=place, title=title, official=official, guided=True, summary="", served=(),
        materials=tuple(materials), steps=(), office=None, limit=limit, fee=fee, consult="0600-5550101",
        complaint="12345",
    )  # fmt: skip
    short = message(one)
    assert units(short) <= MESSAGE
    assert short.endswith("0600-5550101")


def test_a_long_name_gives_way_to_the_number(catalog: Catalog) -> None:
    one = replace(summary_for(catalog, "employment/4.1"), title="很长的名称" * 20, official="也很长的名称" * 20)
    assert units(message(one)) == MESSAGE
    assert "…。咨询0600-5550111" in message(one)


def test_what_is_read_out_has_all_materials_steps_and_spoken_numbers(catalog: Catalog) -> None:
    for guide in catalog.guides.values():
        one = summary_for(catalog, guide.id)
        said = voice(one).decode("utf-8-sig")
        for words in (*(one.materials or ()), *(step.name for step in guide.steps or ()), *one.served):
            assert words.rstrip("。") in said
    assert "0600-5550111（零六零零 五五五零幺幺幺）" in voice(summary_for(catalog, "employment/4.1")).decode()
    assert all(line.endswith(("。", "：", "；", "？")) for line in said.splitlines())


def test_what_the_county_has_not_checked_says_so(catalog: Catalog) -> None:
    """In announcements and posts, as on the page; nothing else says it."""
    for guide in catalog.guides.values():
        one = summary_for(catalog, guide.id)
        unchecked = bool(guide.inherited) and guide.checked is None
        for text in (voice(one).decode(), post(one, "")):
            assert ("请先电话核实" in text) is unchecked, guide.id


def test_a_post_leads_to_the_page_only_where_that_is_known(catalog: Catalog) -> None:
    one = summary_for(catalog, "employment/4.1")
    assert post(one, "https://www.example.gov.cn/").endswith("看全文：https://www.example.gov.cn/\n")
    assert "看全文" not in post(one, "")


def test_the_table_of_messages_is_read_back_as_written(catalog: Catalog) -> None:
    every = [summary_of(service_of(entry, catalog), catalog) for entry in catalog.entries()]
    rows = list(csv.reader(StringIO(messages((one, "") for one in every).decode("utf-8-sig"), newline="")))
    assert rows[0] == ["事项", "编号", "短信", "短信字数", "微信"]
    assert [row[1] for row in rows[1:]] == [one.id for one in every]
    assert [row[2] for row in rows[1:]] == [message(one) for one in every]
    assert all(int(row[3]) == units(row[2]) <= MESSAGE for row in rows[1:])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", " =", "\t", "\r"])
def test_no_cell_of_the_table_is_a_formula(catalog: Catalog, start: str) -> None:
    hostile = replace(summary_for(catalog, "employment/4.1"), official=f"{start}cmd|'/c calc'!A1")
    rows = list(csv.reader(StringIO(messages([(hostile, "")]).decode("utf-8-sig"), newline="")))
    assert rows[1][0].startswith("'")


def test_who_claims_a_channel_has_what_belongs_to_it(catalog: Catalog) -> None:
    """For each item: board and screen, announcement, short message."""
    made = dict(papers(ROOT / "directories", Site(catalog, DAY)))
    sent = {row[1]: row[2] for row in csv.reader(StringIO(made[MESSAGES].decode("utf-8-sig"), newline=""))}
    boards = {one.name for town in catalog.towns for one in posted(town)}
    slides = next(page.view for page in screen_pages(site_of(catalog)))
    assert isinstance(slides, ScreenView)
    shown = {slide.brief.id for slide in slides.slides}
    claims = dict.fromkeys((BOARD, "12333咨询电话", "手机短信"), 0)
    for entry in catalog.entries():
        item = entry.item
        for channel in claims.keys() & set(item.channels):
            claims[channel] += 1
            if channel == BOARD:
                assert item.id in shown
                assert item.name in boards
            elif channel == "手机短信":
                assert 0 < units(sent[item.id]) <= MESSAGE
            else:
                assert item.name in made[voice_path(item.domain, item.number or "")].decode() or entry.alias
    assert all(claims.values())


def posted(town: Catalog) -> Iterator[Item]:
    return (entry.item for entry in own_entries(tuple(town.entries()), town.overlay.kind))


def test_a_notice_says_first_what_cannot_wait_and_sends_to_the_window_alone(sheets: dict[str, PrintedSheet]) -> None:
    notice = sheets["print/social_insurance/6-4.pdf"].value
    assert isinstance(notice, NoticeValue)
    assert "先治伤" in notice.now
    assert any("30日" in line for line in notice.due)
    assert [spot.address for spot in notice.spots] == ["清源县城关镇清源路20号二楼12号窗口"]
    assert not any(way.startswith("窗口") for way in notice.ways)
    for sheet in sheets.values():
        if isinstance(sheet.value, NoticeValue):
            assert not {"马上做", "别错过"} & {name for name, _ in sheet.value.further}, sheet.path
            none = {name for name, content in sheet.value.further if content.startswith("无。")}
            here = {"办理材料": sheet.value.papers, "办理流程": sheet.value.stages, "办理条件": sheet.value.conditions}
            assert not none & {name for name, held in here.items() if held}, sheet.path
            assert "办理时限" not in none, (sheet.path, "the row 多久 says it")
    notice = sheets["print/social_insurance/9-6.pdf"].value
    assert isinstance(notice, NoticeValue)
    assert (notice.limit, notice.legal_limit) == ("当场办结", "国家没有统一规定期限")
