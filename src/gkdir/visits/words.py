"""Visits → a text to read: the pages opened most and never, dead links, searches without results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from gkdir.visits.count import PublishedCounty, Visits

NOBODY = "只数网页和问题，不看是谁：日志里的来源地址、设备不读、不存，问题里的长号码不显示。"


def text_report(visits: Visits, county: PublishedCounty, title: Callable[[str], str], most: int) -> str:
    """The report; ``title`` names a page, ``most`` is how many lines a list has."""
    if visits.first is None:
        return (
            f"日志里没有这个县的记录，读不懂的有{visits.unread}行。\n"
            "县的文件夹在网址里不叫这个名字的，请用 --at 写它的路径，如 --at /zwgk/；"
            "日志要是服务器的访问日志：Apache、nginx、IIS 的格式，或者一行一个 JSON。\n"
        )
    named = {page: f"{title(page)}　{page}" for page, _ in visits.pages.most_common(most)}
    unvisited = [name for page, name in county.items.items() if not visits.pages[page]]
    lines = [
        f"{visits.first} 到 {visits.last}，打开网页 {visits.pages.total()} 次，下载文件 {visits.files.total()} 次。",
        f"程序（爬虫、监测）来的 {visits.robots} 次不算，读不懂的 {visits.unread} 行。",
        NOBODY,
        *_list("看得最多的网页", visits.pages, most, named.__getitem__),
        *_list("下载得最多的文件", visits.files, most),
        *_unvisited(unvisited, most),
        *_list("打不开的地址（404）：哪里还链接着它，就改那里", visits.missing, most),
        *_list("网址里带来的搜索", visits.asked, most),
        *_list("多半没有答上的：大半的字词目录和说法里都没有，可以补进 words.yaml", visits.unanswered, most),
    ]
    return "\n".join(lines) + "\n"


def _list(heading: str, counts: Counter[str], most: int, name: Callable[[str], str] = str) -> Iterator[str]:
    if counts:
        yield f"\n{heading}，共{len(counts)}个"
        ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        yield from (f"{times:>8}  {name(one)}" for one, times in ranked[:most])


def _unvisited(unvisited: list[str], most: int) -> Iterator[str]:
    if unvisited:
        yield f"\n一次也没有打开的事项，共{len(unvisited)}个"
        yield from (f"{'':>8}  {name}" for name in unvisited[:most])
