"""An unexpected error → a log file for the maintainers, with traceback and versions."""

from __future__ import annotations

import sys
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from gkdir import __version__
from gkdir.cache import user_folder

DEPENDENCIES = ("click", "deflate", "jinja2", "openpyxl", "pyyaml", "markdown", "msgspec", "nh3", "pypdf", "zxing-cpp")
"""The packages that gkdir depends on."""
NAME = "fault.log"


def note_fault(error: BaseException) -> Path | None:
    """Write the error to the log in the user's cache folder, replacing the last; its path, ``None`` if that fails."""
    path = _path()
    if path is None:
        return None
    text = "\n".join((*_versions(), "", *traceback.format_exception(error)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return path


def noted(error: BaseException) -> str:
    """Write down the error as ``note_fault`` does; what to do with it, in words."""
    path = note_fault(error)
    return f"来龙去脉写在 {path}，请把它发给维护者。" if path else "请告诉维护者。"


def last_fault() -> Path | None:
    """The log of the last error, if there is one."""
    path = _path()
    return path if path is not None and path.is_file() else None


def installed(name: str) -> str | None:
    """The version of an installed package; ``None`` where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _path() -> Path | None:
    folder = user_folder()
    return folder / NAME if folder else None


def _versions() -> list[str]:
    return [
        f"gkdir {__version__}, Python {sys.version}, {sys.platform}",
        *(f"{name} {installed(name) or '-'}" for name in DEPENDENCIES),
    ]
