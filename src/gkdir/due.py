"""A Catalog and reference data → everything that is due, with the same periods as the rules: lines, data, calendar."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.harmless import json_text, shown_lines
from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.benefits import Amount
from gkdir.model.county import Catalog, County, Overlay
from gkdir.model.reference import Reference
from gkdir.rules.columns import FRESH, OLD_ANSWER
from gkdir.rules.currency import cites
from gkdir.rules.dates import DUE, LAPSED
from gkdir.rules.publication import due
from gkdir.rules.standards import OLD, amounts
from gkdir.rules.subjects import dated_information

KINDS = {
    "review": "目录审核",
    "guide": "指南核对",
    "article": "文章失效",
    "consultation": "意见征集截止",
    "result": "征集结果",
    "response": "回应关切复核",
    "column": "栏目更新",
    "urgent": "紧急通知",
    "allowance": "允许到期",
    "law": "依据失效",
    "amount": "待遇标准核对",
    "publication": "二十个工作日",
    "workdays": "放假安排",
}
"""Kind of deadline → its name."""


class Deadline(Struct, frozen=True):
    """``what`` is due on ``day``, the last day in time; ``todo``: what to do; ``county`` is empty for all counties."""

    day: date
    kind: str
    what: str
    todo: str
    place: Place
    county: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key: day, then place."""
        return self.day, self.county, self.place.order, self.what

    def days(self, today: date) -> int:
        """The days left until ``day``; negative if it is over."""
        return (self.day - today).days


_MAX_OCTETS = 73
"""The most octets of a line, with the space that begins a continuation; RFC 5545 allows 75."""


def as_text(found: Sequence[Deadline], today: date, within: int) -> str:
    """The overdue first, then the others; each with its day, what to do and where."""
    over = [each for each in found if each.day < today]
    soon = [each for each in found if each.day >= today]
    lines = []
    for title, some in ((f"已经过了 {len(over)} 件", over), (f"{today} 起 {within} 天以内 {len(soon)} 件", soon)):
        if some:
            lines += [title, *(line for each in some for line in _lines(each, today)), ""]
    if not found:
        return f"{today} 起 {within} 天以内没有到期的。\n"
    return shown_lines("\n".join(lines))


def _lines(one: Deadline, today: date) -> Iterator[str]:
    days = one.days(today)
    when = f"过了 {-days} 天" if days < 0 else f"还有 {days} 天" if days else "今天"
    yield f"  {one.day}（{when}） {KINDS[one.kind]}：{one.what}"
    yield f"    {one.todo}"
    yield f"    {one.place}"


def as_json(found: Sequence[Deadline], today: date, within: int) -> str:
    """``{"date", "within", "due": [{day, days, kind, county, message, hint, file, line, column}]}``."""
    due = [
        {
            "day": each.day.isoformat(),
            "days": each.days(today),
            "kind": each.kind,
            "county": each.county or None,
            "message": each.what,
            "hint": each.todo,
            "file": each.place.file,
            "line": each.place.line,
            "column": each.place.column,
        }
        for each in found
    ]
    return json_text({"date": today.isoformat(), "within": within, "due": due}) + "\n"


def as_calendar(found: Sequence[Deadline], today: date, within: int) -> str:
    """An iCalendar file (RFC 5545): an all-day event each, with a reminder a week before.

    The same deadline always has the same UID, so that importing the file again updates the event.
    """
    del today, within
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gkdir//due//ZH", "CALSCALE:GREGORIAN"]
    for each in found:
        lines += _event(each)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _event(one: Deadline) -> Iterator[str]:
    about = f"{one.todo}\n{one.place}"
    name = "\n".join((one.county, one.kind, one.place.file, one.what))
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:32]}@gkdir"
    yield f"DTSTAMP:{one.day:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{KINDS[one.kind]}：{one.what}')}"
    yield f"DESCRIPTION:{_escaped(about)}"
    yield f"CATEGORIES:{_escaped(KINDS[one.kind])}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P7D", f"DESCRIPTION:{_escaped(KINDS[one.kind])}")
    yield from ("END:VALARM", "END:VEVENT")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return shown_lines(text).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line folded by RFC 5545, no character split; each line after the first begins with a space."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > _MAX_OCTETS:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece


FORMATS: Mapping[str, Callable[[Sequence[Deadline], date, int], str]] = {
    "text": as_text,
    "json": as_json,
    "ics": as_calendar,
}


class DueSubject(Struct, frozen=True):
    """A county to list the deadlines of, as of ``today``."""

    county: County
    catalog: Catalog
    reference: Reference
    today: date


def deadlines(subject: DueSubject, within: int) -> tuple[Deadline, ...]:
    """The overdue, and what is due in the next ``within`` days, sorted by day.

    Expiring articles and consultations are only listed until their day: afterwards there is nothing to do.
    """
    last = subject.today + timedelta(days=within)
    passing = ("article", "consultation")
    found = (
        replace(each, county=subject.county.slug)
        for each in _all(subject)
        if each.day <= last and (each.kind not in passing or each.day >= subject.today)
    )
    return tuple(sorted(found, key=lambda each: each.order))


def of_project(reference: Reference, today: date, within: int) -> tuple[Deadline, ...]:
    """The deadlines of the project: adding the days off of the next year."""
    if not reference.workdays.years:
        return ()
    year = max(reference.workdays.years)
    day = date(year, 12, 31)
    what = f"放假安排只写到 {year} 年，以后的工作日算不准"
    todo = f"国务院办公厅公布 {year + 1} 年的放假安排以后，请写进 national/workdays.yaml。"
    one = Deadline(day, "workdays", what, todo, Place("national/workdays.yaml"))
    return (one,) if one.days(today) <= within else ()


def _all(subject: DueSubject) -> Iterator[Deadline]:
    catalog = subject.catalog
    for place in (catalog, *catalog.towns):
        yield from _reviews(subject, place)
    yield from _guides(subject)
    for article in subject.county.articles:
        yield from _article(subject, article)
    yield from _columns(subject)
    for layer in (*subject.county.above, subject.county.overlay, *subject.county.towns):
        yield from _layer(layer)
    yield from _laws(subject)
    yield from _unpublished(subject)


def _reviews(subject: DueSubject, catalog: Catalog) -> Iterator[Deadline]:
    for domain, directory in catalog.directories.items():
        part = catalog.overlay.domains.get(domain)
        if part is not None and part.guides_checked is not None:
            yield Deadline(
                part.guides_checked + timedelta(days=DUE),
                "guide",
                f"{directory.label}领域从上一级来的办事指南上次核对是 {part.guides_checked}，满一年要再核对",
                "请核对材料、时限、地点、电话，再改“指南核对”。",
                part.guides_checked_place or part.place,
            )
        if part is None or part.reviewed is None:
            continue
        where = part.reviewed_place or part.place
        whose = f"{catalog.overlay.name}{directory.label}领域目录"
        lapsed = part.reviewed + timedelta(days=LAPSED)
        day = part.reviewed + timedelta(days=DUE)
        text = f"{whose}上次审核是 {part.reviewed}，满一年要再审核"
        if day < subject.today:
            text += f"；到 {lapsed} 还没有审核，就不能发布了"
        yield Deadline(
            day,
            "review",
            text,
            "请对照近一年的新政策逐项审核，再改审核日期；不要只改日期。",
            where,
        )


def _guides(subject: DueSubject) -> Iterator[Deadline]:
    for guide in subject.county.guides.values():
        if guide.checked is None:
            continue
        written = guide.written.get("核对.日期") or guide.written.get("核对")
        entry = subject.catalog.entry(guide.id)
        name = f"{guide.id} {entry.item.name}" if entry else guide.id
        yield Deadline(
            guide.checked + timedelta(days=DUE),
            "guide",
            f"办事指南 {name} 上次核对是 {guide.checked}，满一年要再核对",
            "请核对材料、时限、地点、电话，再改核对日期。",
            written.place if written else guide.place,
        )


def _article(subject: DueSubject, article: Article) -> Iterator[Deadline]:
    kind, title = ARTICLE_KINDS[article.kind], article.title
    if article.until is not None:
        yield Deadline(
            article.until,
            "article",
            f"{kind}《{title}》有效至 {article.until}",
            "过了这一天注明已失效。要继续执行的，请等新文件；改了有效期的，改“有效至”。",
            article.place_of("有效至"),
        )
    if article.kind == "responses" and not article.expired(subject.today):
        yield Deadline(
            article.published + timedelta(days=OLD_ANSWER),
            "response",
            f"回应《{title}》发布于 {article.published}，满半年要看看还对不对",
            "有新情况的另写一篇，不再适用的写上“有效至”。",
            article.place_of("日期"),
        )
    if article.kind == "consultations" and not article.result:
        yield from _consultation(subject, article)


def _consultation(subject: DueSubject, article: Article) -> Iterator[Deadline]:
    if article.closed(subject.today):
        yield Deadline(
            min(article.closes or subject.today, subject.today),
            "result",
            f"意见征集《{article.title}》已经结束，还没有公布结果",
            "请写 结果: 收到多少意见，采纳了哪些，没有采纳的为什么。",
            article.place_of("状态" if "状态" in article.written else "截止"),
        )
    elif article.closes is not None:
        yield Deadline(
            article.closes,
            "consultation",
            f"意见征集《{article.title}》到 {article.closes} 截止",
            "截止以后请写上结果。",
            article.place_of("截止"),
        )


def _columns(subject: DueSubject) -> Iterator[Deadline]:
    for kind, days in FRESH.items():
        own = [article for article in subject.county.articles if article.kind == kind]
        newest = max(own, key=lambda article: article.published, default=None)
        if newest is not None:
            yield Deadline(
                newest.published + timedelta(days=days),
                "column",
                f"栏目“{ARTICLE_KINDS[kind]}”最新的一篇是 {newest.published} 的《{newest.title}》，半年要有更新",
                "有新的请放进来；确实没有新内容的不用凑，更不要改旧文章的日期。",
                newest.place_of("日期"),
            )


def _layer(layer: Overlay) -> Iterator[Deadline]:
    for allowance in layer.allowances:
        if allowance.until is not None:
            about = f"（{allowance.item}）" if allowance.item else ""
            yield Deadline(
                allowance.until,
                "allowance",
                f"允许 {allowance.rule}{about}到 {allowance.until} 为止",
                "过后它盖住的问题会重新报出来。请改正问题，再删去这一条。",
                allowance.place,
            )
    if layer.urgent is not None:
        todo = "过后网页上不再显示。事情还没有完的，请改截止日期；已经完的，请删去紧急通知。"
        what = f"紧急通知到 {layer.urgent.until} 截止"
        yield Deadline(layer.urgent.until, "urgent", what, todo, layer.urgent.place)
    for name, amount in amounts(layer.standards):
        yield from _amount(name, amount)


def _amount(name: str, amount: Amount) -> Iterator[Deadline]:
    known = max((day for day in (amount.since, amount.checked) if day), default=None)
    if known is not None:
        yield Deadline(
            known + timedelta(days=OLD),
            "amount",
            f"待遇标准“{name}”上次执行或核对是 {known}，要再核对",
            "调整了的换成新数和新文件；没有调整的写上核对的日期。",
            amount.place,
        )


def _laws(subject: DueSubject) -> Iterator[Deadline]:
    for law in subject.reference.laws:
        if law.until is None:
            continue
        for entry in subject.catalog.entries():
            if any(cites(basis, law) for basis in entry.item.basis):
                yield Deadline(
                    law.until,
                    "law",
                    f"{entry.item.id} {entry.item.name}引用的《{law.name}》有效期到 {law.until}",
                    law.action or "请查一查有没有新的文件，换成现行有效的。",
                    entry.item.place("basis") or subject.county.overlay.place,
                )


def _unpublished(subject: DueSubject) -> Iterator[Deadline]:
    """What was created but not yet published: the law allows twenty working days."""
    for each in dated_information(subject.county):
        if each.day > subject.today:
            last = due(each.formed, subject.reference.workdays)
            sure = "" if last.certain else "（放假安排还不知道，按最早的算）"
            what = f"{each.title}形成于 {each.formed}，最迟 {last.first} 公开{sure}"
            yield Deadline(last.first, "publication", what, "请按时公开，并核对写的日期。", each.day_place)
