"""The templates' filters: dates, file sizes, phone numbers and links to other websites."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from html import unescape

from markupsafe import Markup, escape

from gkdir.patterns import cached_pattern
from gkdir.resources import template_folder
from gkdir.service.address import governmental
from gkdir.service.phones import FURTHER_NUMBERS, PHONE, area, dialled

OUTWARD = Markup('rel="external noopener noreferrer"')
LEAVING = Markup('<small class="leaving">（将离开政府网站）</small>')
LEAVING_ENGLISH = Markup('<small class="leaving"> (leaves the government website)</small>')
"""Required by 网站发展指引 on a link to a website that is not a government's."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

PHRASE = 11
"""How many characters of the largest heading fit on a line of a phone."""
_LARGE = 5
"""The same in the type size for the elderly; longer phrases may break at ``<wbr class="fine">``, by the stylesheet."""

_LINK = re.compile(r"<a( [^>]*)>(.*?)</a>", re.DOTALL)
HREF = re.compile(r' href="([^"]*)"')
ANY_TAG = re.compile(r"<[^>]*>")
_PHRASE = re.compile("([，。、：；？（）《》“”])")
_DAY = re.compile(r"\d{4}年|\d{1,2}月(?:\d{1,2}日)?")
_TIME = re.compile(r"\d{1,4}(?:个工作日|个月|小时|年|月|日|天|周岁|项)(?:\d{1,2}月)?(?:\d{1,2}日)?(?:内|前|起)?")
_CLOSED = "法定节假日除外"
_HOURS = re.compile(
    r"(?:周[一二三四五六日天](?:[至到—-]周?[一二三四五六日天])?|每天|工作日|上午|下午)?"
    rf"\d{{1,2}}:\d{{2}}[—–－-]\d{{1,2}}:\d{{2}}|{_CLOSED}"
)
_TELLING = re.compile(r"[\d@]|www\.|https?://", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9@/.])(?:https?://|www\.)[A-Za-z0-9](?:[A-Za-z0-9._~:/?#\[\]@!$'()*+,;=%-]|&amp;)*", re.IGNORECASE
)
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_HELP = re.compile(
    f"(?P<address>{_ADDRESS.pattern})|(?P<mail>{_MAIL.pattern})|(?P<phone>{PHONE.pattern})(?P<others>(?:{FURTHER_NUMBERS.pattern})?)|(?P<hours>{_HOURS.pattern})",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\d+")
_HEADING = re.compile(r"<h([3-6])\b.*?</h\1>", re.DOTALL)
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")
_TAG = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.DOTALL)


@lru_cache(maxsize=1 << 11, typed=True)  # a Markup equals the plain text
def phrased(title: str, widest: int = PHRASE) -> Markup:
    """The heading with line breaks allowed only after phrases, and between words of phrases over ``widest`` characters.

    The stylesheet keeps hanzi together (``word-break: keep-all``): a line breaks at a comma or colon, or where a tag
    added here allows it. In large type it also allows breaks between words of the other phrases.
    """
    return Markup("".join(_between_words(one, widest) for one in _PHRASE.split(title)))


def with_phrases(html: str) -> str:
    """Clean HTML with ``phrased`` applied to the text of its headings."""
    return _HEADING.sub(lambda heading: _TEXT.sub(lambda text: str(phrased(unescape(text[0]))), heading[0]), html)


def _between_words(phrase: str, widest: int) -> str:
    if len(phrase) <= _LARGE:
        return str(escape(phrase))
    mark = "<wbr>" if len(phrase) > widest else '<wbr class="fine">'
    return mark.join(str(escape(word)) for word in _words().findall(phrase))


@cache
def _words() -> re.Pattern[str]:
    """Matches the longest word of the list that no line should cut, or else all text up to the next such word.

    That text is one match, because Traditional script converts the text between two tags at a time, and 批复 as a whole
    differs from 批 and 复. A span of time in it is not searched for words.
    """
    words = (template_folder() / "_sheets" / "words.txt").read_text(encoding="utf-8").split()
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    first = "".join(sorted({re.escape(word[0]) for word in words}))  # most characters begin none of the words
    return cached_pattern(f"(?=[{first}])(?:{listed})|(?:{_TIME.pattern}|[^{first}]|(?!{listed}).)+", re.DOTALL)


def english_date(day: date) -> str:
    """``1 March 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def file_size(size: int) -> str:
    """``12 KB``, ``1.4 MB``; never ``0``."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


@lru_cache(maxsize=512)
def outlink(address: str, words: str, leaving: Markup = LEAVING) -> Markup:
    """A link to another website, with a remark if it is not a government's."""
    # The stylesheet for print appends addresses, except to a link whose text is its address.
    bare = Markup(' class="address"') if address in (words, f"http://{words}") else ""
    if governmental(address):
        return Markup('<a href="{}"{}>{}</a>').format(address, bare, words)
    return Markup('<a href="{}" {}{}>{}</a>{}').format(address, OUTWARD, bare, words, leaving)


def english_outlink(address: str, words: str) -> Markup:
    """``outlink`` for the English pages."""
    return outlink(address, words, LEAVING_ENGLISH)


def with_outlinks(html: str) -> str:
    """Clean HTML with ``outlink`` applied to its links to other websites."""
    return _LINK.sub(_outlinked, html)


def _outlinked(match: re.Match[str]) -> str:
    address = HREF.search(match[1])
    if address is None or governmental(unescape(address[1])):
        return match[0]
    return f"<a{match[1]} {OUTWARD}>{match[2]}</a>{LEAVING}"


@lru_cache(maxsize=1 << 11, typed=True)  # a Markup equals the plain text
def phones(text: str) -> Markup:
    """The text with phone numbers and addresses as links, and with opening hours that do not break over lines."""
    escaped = str(escape(text))
    return Markup(_HELP.sub(_help, escaped) if _TELLING.search(escaped) or _CLOSED in escaped else escaped)


def unbroken(text: str) -> Markup:
    """The text with spans of time (20个工作日, 2026年3月1日) that do not break over lines."""
    return Markup(_TIME.sub(_whole, str(escape(text))))


def helped(html: str) -> str:
    """Clean HTML with ``phones`` applied to its text, and with dates that do not break before 年, 月 or 日."""
    parts = _TAG.split(html)
    for index in range(0, len(parts), 2):
        if _TELLING.search(parts[index]):
            parts[index] = _HELP.sub(_help, _DAY.sub(_whole, parts[index]))
    return "".join(parts)


def _help(match: re.Match[str]) -> str:
    if match["address"]:
        address = match[0].rstrip(".,;:!?'")
        if address.count(")") > address.count("("):
            address = address.removesuffix(")")
        words = unescape(address)
        link = outlink(words if "://" in words else f"http://{words}", words)
        return f"{link}{match[0][len(address) :]}"
    if match["mail"]:
        return f'<a href="mailto:{match[0]}">{match[0]}</a>'
    return str(_tel(match) if match["phone"] else _whole(match))


def _whole(match: re.Match[str]) -> str:
    return f'<span class="day">{match[0]}</span>'


def _tel(match: re.Match[str]) -> str:
    """The phone number as a link, followed by links for further numbers of the same area."""
    code = area(match["phone"])
    others = match["others"] if code else ""
    linked = _LOCAL.sub(lambda local: _call(f"{code}-{local[0]}", local[0]), others)
    return f"{_call(dialled(match['phone']), match['phone'])}{linked}{match['others'][len(others) :]}"


def _call(number: str, words: str) -> str:
    return f'<a class="tel" href="tel:{number}">{words}</a>'
