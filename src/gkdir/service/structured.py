"""An item → schema.org's GovernmentService, a question → its FAQPage, as JSON-LD with nothing that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from msgspec import Struct

from gkdir.model.article import Article
from gkdir.model.county import Catalog, Organisation
from gkdir.model.item import TimeLimit
from gkdir.read.markdowntext import running, unmarked
from gkdir.service.guide import WayView
from gkdir.service.service import Service

Value = str | bool | dict[str, "Value"] | list["Value"]
Data = dict[str, Value]

PERIODS = {"day": "P{}D", "month": "P{}M", "hour": "PT{}H"}
"""Unit → ISO 8601 duration. There are none for working days, which are given in words."""


def structured_data(service: Service, catalog: Catalog, address: str | None) -> Data:
    """The data of one item; ``address`` is the full address of its page, ``None`` if unknown."""
    item = service.item
    place = catalog.overlay
    data: Data = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": service.title,
        "serviceType": item.level1,
        "identifier": item.id,
        "inLanguage": "zh-CN",
        "areaServed": {"@type": "AdministrativeArea", "name": place.name, "identifier": place.code},
        "provider": {"@type": "GovernmentOrganization", "name": place.website.organiser or place.name},
    }
    data |= _given(
        alternateName=item.name if service.entry.alias else None,
        description=service.summary,
        audience=_audience(service),
        serviceOperator=[_organisation(office) for office in service.offices],
        availableChannel=list(_channels(service)),
        hoursAvailable=_hours(service),
    )
    return data | _given(url=address) | ({"@id": address} if address else {})


def faq_data(article: Article) -> Data:
    """A question and its answer as schema.org's FAQPage."""
    parts = [
        article.summary or "",
        *(part for one in article.sections for part in (unmarked(one.title), running(one.markdown))),
    ]
    answer = "\n".join(line for part in parts if (line := part.strip()))
    question: Data = {"@type": "Question", "name": article.title}
    question["acceptedAnswer"] = {"@type": "Answer", "text": answer or article.title}
    whole: list[Value] = [question]
    return {"@context": "https://schema.org", "@type": "FAQPage", "inLanguage": "zh-CN", "mainEntity": whole}


def page_address(base: str | None, path: str) -> str | None:
    """The full address of a page; ``None`` if the county's address is unknown."""
    return base + quote(path) if base else None


def _audience(service: Service) -> Value:
    words = "；".join(service.served) or service.item.audience_detail
    return {"@type": "Audience", "audienceType": words} if words else ""


def _organisation(office: Organisation) -> Data:
    return {"@type": "GovernmentOrganization", "name": office.name} | _given(
        telephone=office.phone, address=office.address
    )


def _channels(service: Service) -> Iterator[Data]:
    """The counters and every web address to apply at; for an item without a guide, whom to ask."""
    takes = _given(processingTime=_period(service.limit))
    ways = service.guide.ways if service.guide else None
    counters = tuple(way.office for way in ways or () if way.office)
    for office in dict.fromkeys(counters or service.offices):
        yield _counter(office) | takes
    for way in service.online:
        yield _online(way) | takes


def _counter(office: Organisation) -> Data:
    where: Data = {"@type": "Place", "name": office.name}
    phone: Data = {"@type": "ContactPoint", "telephone": office.phone} if office.phone else {}
    counter: Data = {"@type": "ServiceChannel", "serviceLocation": where | _given(address=office.address)}
    return counter | _given(servicePhone=phone)


def _online(way: WayView) -> Data:
    return {"@type": "ServiceChannel", "name": f"{way.kind}办理", "serviceUrl": way.url or ""}


def _period(limit: TimeLimit | None) -> str | None:
    if limit is None:
        return None
    if limit.kind == "within" and limit.count is not None and limit.unit in PERIODS:
        return PERIODS[limit.unit].format(limit.count)
    return limit.text


def _hours(service: Service) -> Value:
    """The hours of the guide, else of the first office; none if the text has more than days and times."""
    first = service.offices[0].hours if service.offices else None
    words = (service.own.hours if service.own else None) or first or ""
    return [_opening(opening) for opening in (openings(words) if words else ())]


def _opening(opening: Opening) -> Data:
    days: list[Value] = list(opening.days)
    times: Data = {"dayOfWeek": days, "opens": opening.opens, "closes": opening.closes}
    return {"@type": "OpeningHoursSpecification", **times}


def _given(**values: Value | None) -> Data:
    return {name: value for name, value in values.items() if value}


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES = "一二三四五六日"
_DAY = r"(?:周|星期)([一二三四五六日天])"
_TIME = r"(\d{1,2})[:：](\d{2})"
_SPAN = rf"(?:上午|下午)?{_TIME}(?:[—–~～至到-]+){_TIME}"
_PART = re.compile(rf"(?:{_DAY}(?:[—–~～至到-]+{_DAY})?)?{_SPAN}")
_HOLIDAY_NOTE = re.compile(r"[，,；;。（(]*(?:法定)?节假日(?:除外|休息)[）)。]*\Z|[（(]法定节假日除外[）)]\Z")


class Opening(Struct, frozen=True):
    """Days, opening and closing time: names of days in English, times as ``09:00``."""

    days: tuple[str, ...]
    opens: str
    closes: str


@lru_cache(maxsize=128)
def openings(text: str) -> tuple[Opening, ...]:
    """``周一至周五9:00—12:00，13:30—17:30`` gives two; empty if any part is not understood."""
    found: list[Opening] = []
    days: tuple[str, ...] = ()
    for part in re.split(r"[，,；;、]", _HOLIDAY_NOTE.sub("", "".join(text.split()))):
        match = _PART.fullmatch(part)
        if match is None:
            return ()
        days = tuple(_days(match[1], match[2])) or days
        opens, closes = _time(match[3], match[4]), _time(match[5], match[6])
        if not days or opens is None or closes is None or opens >= closes:
            return ()
        found.append(Opening(days, opens, closes))
    return tuple(found)


def _days(first: str | None, last: str | None) -> Iterator[str]:
    if first:
        start = _NAMES.index(first.replace("天", "日"))
        end = _NAMES.index(last.replace("天", "日")) if last else start
        yield from DAYS[start : end + 1]


def _time(hour: str, minute: str) -> str | None:
    return f"{int(hour):02d}:{minute}" if int(hour) < 24 and int(minute) < 60 else None
