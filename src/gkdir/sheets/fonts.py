"""The fonts of PDFs: those from pip packages, verified by sha256, and an office's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from gkdir.finding import Place, Unreadable


class FontFile(Struct, frozen=True):
    """A font file of a package: its path and its sha256."""

    distribution: str
    package: str
    name: str
    sha256: str


FONTS: tuple[FontFile, ...] = (
    FontFile(
        "manimgx-fonts-cjk", "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc",
        "d3d8256cdec8dbcb3552284bc6b20c734dd60c2ee9df83b5758e34807c4bac32",
    ),
    FontFile(
        "pylopdf-fonts-zh-cn", "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf",
        "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3",
    ),
    FontFile(
        "pylopdf-fonts-zh-tw", "pylopdf_fonts_zh_tw", "NotoSerifTC-Regular.otf",
        "63515eb0622d589a2f4062e8757c598b3da3bffd053f69abd181c210158ef10c",
    ),
)  # fmt: skip

BODY = ("仿宋_gb2312", "fangsong_gb2312", "方正仿宋", "fzfangsong", "fzfs", "仿宋", "fangsong")
TITLE = ("方正小标宋", "fzxiaobiaosong", "fzxbs", "小标宋", "xiaobiaosong")
"""Parts of the names of suitable office fonts of any foundry, in order of preference."""


def font_folders() -> tuple[Path, ...]:
    """The folders of the fonts from pip packages. Raises ``Unreadable`` for a file with another digest."""
    folders: dict[Path, None] = {}
    for font in FONTS:
        folder = _folder(font)
        if folder is None or not (folder / font.name).is_file():
            continue
        if hashlib.sha256((folder / font.name).read_bytes()).hexdigest() != font.sha256:
            raise Unreadable(
                Place(font.name),
                "字体文件与发布时核对过的不一样。",
                f"请重新安装：pip install --force-reinstall {font.distribution}。",
            )
        folders[folder] = None
    return tuple(folders)


def missing_fonts() -> tuple[str, ...]:
    """The packages that are not installed."""
    return tuple(font.distribution for font in FONTS if _folder(font) is None)


def chosen(families: Iterable[str], *, traditional: bool = False) -> Mapping[str, Sequence[str]]:
    """The templates' names 正文, 标题 and 黑体 → font families, the best first.

    ``own_body`` and ``own_title`` are an office's own, if any.
    """
    there = sorted(families)
    region = "TC" if traditional else "SC"
    sans, serif = f"Noto Sans CJK {region}", f"Noto Serif {region}"
    body, title = _first(there, BODY), _first(there, TITLE)
    return {
        "body": [*body, serif, sans],
        "title": [*title, sans, serif],
        "sans": [sans, serif],
        "own_body": body,
        "own_title": title,
    }


def _first(families: Sequence[str], names: Sequence[str]) -> list[str]:
    found = (family for name in names for family in families if name in family.lower())
    return list(found)[:1]


def _folder(font: FontFile) -> Path | None:
    spec = find_spec(font.package)
    return Path(spec.origin).parent if spec and spec.origin else None
