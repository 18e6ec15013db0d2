"""The name, code and folder of a new county → what is wrong with them, and what to write instead."""

from __future__ import annotations

import re

from msgspec import Struct

from gkdir.read.countyfolders import RESERVED
from gkdir.read.folder import folded, is_slug

NAME = re.compile(r"[^\s:#\"'{}\[\],&*!|>%@`\\/]{2,40}")


class WrongName(Struct, frozen=True):
    """Which of ``slug``, ``name`` and ``code`` is wrong, with message and remedy."""

    what: str
    message: str
    hint: str


class NewCounty(Struct, frozen=True):
    """A county to be created: its folder, its name, its six-digit code."""

    slug: str
    name: str
    code: str

    @property
    def wrong(self) -> WrongName | None:
        """The first mistake in these, ``None`` if there is none."""
        if not (NAME.fullmatch(self.name) and self.name.isprintable()):
            hint = "请写县名，两个以上汉字，不带空格和标点，例如 清源县。"
            return WrongName("name", f"县名“{self.name[:20]}”不对。", hint)
        if not re.fullmatch(r"[0-9]{6}", self.code):
            return WrongName("code", f"代码“{self.code[:20]}”不是六位数字。", "请写六位行政区划代码。")
        plain = re.fullmatch(r"[a-z0-9][a-z0-9-]*", self.slug)
        if not plain or not is_slug(self.slug) or folded(self.slug) in RESERVED:
            hint = "只用小写字母、数字和短横线，例如 qingyuan；不写就用六位代码。"
            return WrongName("slug", f"网址里的名字“{self.slug[:20]}”用不了。", hint)
        return None
