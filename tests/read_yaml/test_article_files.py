"""pages/<kind>/<name>.md and 紧急通知: every key, and each mistake reported once, at its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.county import County

ReadFiles = Callable[..., County]
TroublesOf = Callable[[County], list[tuple[str, str, str]]]

WHOLE = """\
---
标题: 调整办公时间
日期: 2026年2月1日
摘要: 窗口改时间
发布机构: 人社局
文号: 清人社〔2026〕1号
原文: "https://www.qingyuan.gov.cn/1.html"
有效至: 2026-12-31
事项: [employment/4.1, employment/4.2]
示例说明: 都是示例
责任人: 丙丁
---
开头的话

## 为什么
因为。
"""
CONSULTATION = "---\n标题: 征求意见\n日期: 2026-01-01\n截止: 2026-02-01\n状态: 已结束\n结果: 收到3条\n---\n"


def article(county: County) -> Article:
    assert county.troubles == ()
    (only,) = county.articles
    return only


def test_a_whole_article(read: ReadFiles) -> None:
    found = article(read(files={"pages/notices/hours.md": WHOLE}))
    assert (found.kind, found.slug, found.title, found.published) == (
        "notices",
        "hours",
        "调整办公时间",
        date(2026, 2, 1),
    )
    assert (found.summary, found.source, found.number) == ("窗口改时间", "人社局", "清人社〔2026〕1号")
    assert found.link == "https://www.qingyuan.gov.cn/1.html"
    assert found.until == date(2026, 12, 31)
    assert found.items == ("employment/4.1", "employment/4.2")
    assert found.example_note == "都是示例"
    assert [(section.title, section.markdown) for section in found.sections] == [("", "开头的话"), ("为什么", "因为。")]
    assert (found.written["标题"].place.line, found.written["事项.1"].place.column) == (2, 22)
    assert "责任人" not in found.written


def test_a_consultation_and_when_it_is_closed(read: ReadFiles) -> None:
    found = article(read(files={"pages/consultations/a.md": CONSULTATION}))
    assert found.closes == date(2026, 2, 1)
    assert (found.state, found.result) == ("已结束", "收到3条")
    assert found.closed(date(2026, 1, 15)), "it says so itself"
    open_till = article(read(files={"pages/consultations/a.md": CONSULTATION.replace("状态: 已结束\n", "")}))
    assert [open_till.closed(date(2026, 2, day)) for day in (1, 2)] == [False, True]


def test_articles_come_by_kind_and_by_name(read: ReadFiles) -> None:
    text = "---\n标题: 甲\n日期: 2026-01-01\n---\n"
    county = read(files={f"pages/{kind}/{name}.md": text for kind in sorted(ARTICLE_KINDS) for name in ("b", "a")})
    assert county.troubles == ()
    assert [(each.kind, each.slug) for each in county.articles] == [
        (kind, name) for kind in ARTICLE_KINDS for name in ("a", "b")
    ]


OPEN = "---\n标题: 甲\n日期: 2026-01-01\n"


@pytest.mark.parametrize(
    ("path", "text", "kind", "place", "says", "kept"),
    [
        ("faq/a.md", "没有开头", "missing-key", "a.md:1:1", "两行“---”", False),
        ("faq/a.md", "---\n日期: 2026-01-01\n---\n", "missing-key", "a.md:2:1", "“标题”", True),
        ("faq/a.md", "---\n标题: 甲\n---\n", "missing-key", "a.md:2:1", "“日期”", False),
        ("faq/a.md", "---\n标题: 甲\n日期: 2026-02-30\n---\n", "wrong-value", "a.md:3:5", "没有“2026-02-30”", False),
        ("faq/a.md", f"{OPEN}答复部门: 甲\n---\n", "unknown-key", "a.md:4:1", "答复部门", True),
        ("notices/a.md", f"{OPEN}结果: 乙\n---\n", "unknown-key", "a.md:4:1", "用不到“结果”", True),
        ("consultations/a.md", f"{OPEN}状态: 完\n---\n", "wrong-value", "a.md:4:5", "“完”", True),
        ("faq/a.md", "---\n标题: [甲\n日期: 2026-01-01\n---\n", "unreadable", "a.md:", "", False),
        ("faq/a.md", f"{OPEN}---\n".encode("gbk"), "unreadable", "a.md", "UTF-8", False),
        ("faq/甲 乙.md", "", "wrong-value", "甲 乙.md", "网址", False),
        ("faq/a.txt", "", "stray-file", "a.txt", "没有用到文件", False),
        ("news/a.md", "", "stray-file", "news", "没有用到文件夹", False),
        ("a.md", "", "stray-file", "a.md", "没有用到文件", False),
    ],
)  # fmt: skip
def test_each_mistake_is_told_once(
    read: ReadFiles, troubles_of: TroublesOf, path: str, text: str | bytes, kind: str, place: str, says: str, kept: bool
) -> None:
    county = read(files={f"pages/{path}": text})
    ((found, where, message),) = troubles_of(county)
    assert found == kind
    assert where.rpartition("/")[2].startswith(place)
    assert says in message
    assert bool(county.articles) is kept


WHO = '名称: 清源县\n代码: "990101"\n'


def test_an_urgent_notice_and_where_to_send_an_opinion(read: ReadFiles) -> None:
    county = read(
        f"{WHO}紧急通知: {{内容: 暴雨停办, 截止: 2026-07-03, 链接: 'https://www.qingyuan.gov.cn/'}}\n"
        "网站: {意见征集: yijian@qingyuan.gov.cn}\n"
    )
    assert county.troubles == ()
    urgent = county.overlay.urgent
    assert urgent is not None
    assert urgent.until == date(2026, 7, 3)
    assert (urgent.text, urgent.link) == ("暴雨停办", "https://www.qingyuan.gov.cn/")
    assert county.overlay.website.survey == "yijian@qingyuan.gov.cn"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("紧急通知: {内容: 暴雨停办}\n", "“截止”"),
        ("紧急通知: 暴雨停办\n", "紧急通知"),
        ("紧急通知: {内容: 停办, 截止: 明天}\n", "不是日期"),
        ("网站: {意见征集: 打电话}\n", "“打电话”"),
    ],
)
def test_a_mistake_in_these_is_told_once(read: ReadFiles, troubles_of: TroublesOf, text: str, says: str) -> None:
    county = read(WHO + text)
    ((_, _, message),) = troubles_of(county)
    assert says in message
    assert county.overlay.urgent is None
