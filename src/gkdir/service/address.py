"""Names of items, forms and towns → paths inside a county's folder. Every path of the site is defined here."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

from gkdir.model.county import Entry
from gkdir.service.pinyin import OTHER, letter

HOME = "index.html"
LOST = "404.html"
"""The page, next to the counties' folders, that a server shows for unknown addresses."""
HANT = "hant/"
ENGLISH = "en/"
FRAGMENTS = "fragments/"
STYLESHEETS = tuple(f"assets/{name}.css" for name in ("site", "below", "directory", "more"))
"""In the order in which a page loads them: every page loads the first, none loads all."""
SCREENS = "screen/"
DATA = "data/index.html"
INDEX = "data/index.csv"
ITEM_DATA = "index.json"
PACKAGE = "data/datapackage.json"
SERVICES = "data/cpsv-ap.jsonld"
LLMS = "llms.txt"
SCHEMAS = "data/schema/"
ABOUT = "about/index.html"
PRINT = "print/index.html"
BOOKLET = "print/booklet.pdf"
BALLOT = "print/ballot.pdf"
MESSAGES = "print/messages.csv"
SCREEN = "screen/index.html"
KIOSK = "screen/kiosk/index.html"
SURVEY = "survey/index.html"
PHONES = "phones/index.html"
CHANGES = "changes/index.html"
CALCULATORS = "reckon/index.html"
AZ = "az/index.html"
WIZARD = "wizard/index.html"

_OUTSIDE = re.compile(r"(?:https?:[/\\]*|[/\\]{2,})([^/?#\\]*)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\t\r\n]")


def outside_host(address: str) -> str | None:
    """The host of an address as browsers parse it; ``None`` if it stays on the page's own host.

    ``//host``, ``/\\host`` and ``https:host`` lead to another host too, and the part before ``@`` is not a host.
    """
    found = _OUTSIDE.match(_UNSEEN.sub("", address).strip())
    if found is None:
        return None
    return found[1].rpartition("@")[2].partition(":")[0].lower().rstrip(".")


GOVERNMENTAL = frozenset(("gov.cn", "bszs.conac.cn"))
"""The second is the register of party and government websites, to which the mark in the footer links."""


def governmental(address: str) -> bool:
    """Whether an address is on a government website, or on this site."""
    host = outside_host(address)
    return host is None or host in GOVERNMENTAL or host.endswith(".gov.cn")


def has_twin(path: str) -> bool:
    """Whether the file at ``path`` has a copy in Traditional script: every page except the English ones."""
    return path.endswith(".html") and not path.startswith(ENGLISH)


def domain_path(domain: str) -> str:
    """The page of a directory, as a table."""
    return f"{domain}/index.html"


def item_folder(number: str) -> str:
    """``4.1`` → ``4-1``."""
    return number.replace(".", "-")


def item_anchor(domain: str, number: str) -> str:
    """The anchor of an item on the kiosk's page, which has all items."""
    return f"i-{domain}-{item_folder(number)}"


def item_path(domain: str, number: str) -> str:
    """One item's page."""
    return f"{domain}/{item_folder(number)}/index.html"


def entry_path(entry: Entry) -> str:
    """The page of an item of a laid directory."""
    return item_path(entry.item.domain, entry.item.number or "")


def item_data_path(domain: str, number: str) -> str:
    """The data of one item, beside its page."""
    return f"{domain}/{item_folder(number)}/{ITEM_DATA}"


def town_path(slug: str) -> str:
    """One township's or village's page."""
    return f"towns/{slug}/index.html"


def event_path(slug: str) -> str:
    """The page of one life event."""
    return f"events/{slug}/index.html"


def audience_path(slug: str) -> str:
    """The page of one audience."""
    return f"audience/{slug}/index.html"


def wizard_path(slug: str) -> str:
    """The page of a later question of 我能办什么, or of a result."""
    return f"wizard/{slug}/index.html"


def column_path(kind: str) -> str:
    """The list of the articles of one column."""
    return f"{kind}/index.html"


def article_path(kind: str, slug: str) -> str:
    """One article's page."""
    return f"{kind}/{slug}/index.html"


@lru_cache(maxsize=512)
def form_folder(name: str) -> str:
    """The folder of a form, 失业登记表 → ``sydjb-1c9e33``: its initials in pinyin, and a digest that keeps it apart.

    In ASCII, because file names in Chinese are lost where a zip file goes from Windows to the website's server.
    """
    return _ascii(name, name)


def _ascii(name: str, known: str) -> str:
    """The initials of ``name`` in pinyin, and a digest of ``known``, which identifies the file."""
    initials = "".join(one if one.isascii() and one.isalnum() else letter(one) for one in name)
    return f"{initials.replace(OTHER, '').lower()[:60]}-{sha256(known.encode()).hexdigest()[:6]}".lstrip("-")


def form_path(name: str) -> str:
    """One form's page."""
    return f"forms/{form_folder(name)}/index.html"


def form_blank_path(name: str) -> str:
    """The blank of a described form, to print."""
    return f"forms/{form_folder(name)}/blank/index.html"


def form_sample_path(name: str) -> str:
    """The filled sample of a described form."""
    return f"forms/{form_folder(name)}/sample/index.html"


def form_file_path(name: str, kind: str, suffix: str) -> str:
    """A form's ready file, or the Word file of a described form; ``kind`` is ``blank`` or ``sample``."""
    return f"forms/{form_folder(name)}/{kind}.{suffix}"


@lru_cache(maxsize=512)
def attached_path(path: str) -> str:
    """A file that a text links to, by its path in the project: 岗位表.xlsx → ``files/gwb-1c9e33.xlsx``."""
    stem, _, suffix = path.rpartition("/")[2].rpartition(".")
    kind = "".join(one for one in suffix.lower() if one.isascii() and one.isalnum())
    return f"files/{_ascii(stem, path)}.{kind}"


def data_path(domain: str, suffix: str) -> str:
    """A directory to download; ``suffix`` is ``xlsx``, ``csv`` or ``json``."""
    return f"data/{domain}.{suffix}"


def directory_sheet_path(domain: str) -> str:
    """A directory as PDF."""
    return f"print/{domain}.pdf"


def notice_path(domain: str, number: str) -> str:
    """The one-sheet notice of an item, to take home."""
    return f"print/{domain}/{item_folder(number)}.pdf"


def town_directory_path(town: str, domain: str) -> str:
    """A township's or village's own directory as PDF."""
    return f"print/towns/{town}-{domain}.pdf"


def poster_path(town: str, paper: str) -> str:
    """The poster for a township's or village's notice board; ``paper`` is ``a2`` or ``a3``."""
    return f"print/towns/{town}-{paper}.pdf"


def record_path(place: str) -> str:
    """The slip that records when the poster was put up and taken down."""
    return f"print/towns/{place}-record.pdf"


def form_sheet_path(name: str, kind: str) -> str:
    """A described form as PDF; ``kind`` is ``blank`` or ``sample``."""
    return f"print/forms/{form_folder(name)}-{kind}.pdf"


def preview_path(sheet: str) -> str:
    """The picture of a PDF's first page."""
    return f"{sheet.removesuffix('.pdf')}.png"


def voice_path(domain: str, number: str) -> str:
    """The text of an item to be read out by loudspeaker."""
    return f"print/{domain}/{item_folder(number)}.txt"


def screen_path(town: str) -> str:
    """The slides of a township or village."""
    return f"screen/{town}/index.html"


def calculator_path(slug: str) -> str:
    """One calculator's page."""
    return f"reckon/{slug}/index.html"


def turn_path(count: int) -> str:
    """The stylesheet that turns ``count`` slides."""
    return f"screen/turn-{count}.css"
