"""Where the templates and the national data that come with gkdir are: in the wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def template_folder() -> Path:
    """The folder of the templates that come with gkdir."""
    return _either(_PACKAGE / "_templates", _CHECKOUT / "templates")


def national_folder() -> Path:
    """The folder of the national workbooks, laws and word lists that come with gkdir."""
    return _either(_PACKAGE / "_national", _CHECKOUT / "directories" / "national")


def _either(packaged: Path, checkout: Path) -> Path:
    # A wheel has its own copy; an editable install uses the checkout's, so that edits take effect at once.
    return packaged if packaged.is_dir() else checkout
