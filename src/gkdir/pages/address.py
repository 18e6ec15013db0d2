"""Names of items, forms and towns → paths inside a county's folder. Every path of the site is made here."""

from __future__ import annotations

import re

HOME = "index.html"
DATA = "data/index.html"
ABOUT = "about/index.html"
SITEMAP = "sitemap/index.html"

_UNSAFE = re.compile(r'[\\/:*?"<>|#%&\s.]+')


def domain_path(domain: str) -> str:
    """The directory's table."""
    return f"{domain}/index.html"


def item_folder(number: str) -> str:
    """``4.1`` → ``4-1``."""
    return number.replace(".", "-")


def item_path(domain: str, number: str) -> str:
    """One item's page."""
    return f"{domain}/{item_folder(number)}/index.html"


def town_path(slug: str) -> str:
    """One township's or village's page."""
    return f"towns/{slug}/index.html"


def form_folder(name: str) -> str:
    """The folder of a form: its name, without what a file system or an address could not bear."""
    return _UNSAFE.sub("-", name).strip("-") or "form"


def form_path(name: str) -> str:
    """One form's page."""
    return f"forms/{form_folder(name)}/index.html"


def form_blank_path(name: str) -> str:
    """The blank form of a described one, to print."""
    return f"forms/{form_folder(name)}/blank/index.html"


def form_sample_path(name: str) -> str:
    """The filled sample of a described form."""
    return f"forms/{form_folder(name)}/sample/index.html"


def form_file_path(name: str, file: str) -> str:
    """Where a ready file of a form is published; ``file`` is its path in the project."""
    return f"forms/{form_folder(name)}/{file.rpartition('/')[2]}"


def data_path(domain: str, suffix: str) -> str:
    """A directory to download; ``suffix`` is ``xlsx``, ``csv`` or ``json``."""
    return f"data/{domain}.{suffix}"
