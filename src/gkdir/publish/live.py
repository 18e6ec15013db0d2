"""An output folder → the counties published in it, by their manifests, and folders that only look like a county."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable
from gkdir.harmless import shown
from gkdir.model.county import Catalog
from gkdir.outcome import KnownManifest
from gkdir.publish.manifest import KIND, MANIFEST, is_closed, read_manifest
from gkdir.publish.obstacles import Obstacle
from gkdir.publish.shared import Shared
from gkdir.publish.write import published
from gkdir.read.folder import is_slug
from gkdir.site.root import Published

ROOT = "index"
"""The ``kind`` in the manifest of the folder that holds the counties' folders."""

_CODE = re.compile("[0-9]{6,12}")
_LONGEST = 100


class _About(Struct, frozen=True):
    """What a county's manifest says about it."""

    name: str
    code: str
    updated: date
    example: str = ""
    omitted: str = ""


class Live(Struct, frozen=True):
    """The counties that are live in ``out``, with the digests of their manifests by slug, and troubles with folders
    that only look like one."""

    out: Path
    counties: tuple[Published, ...]
    sums: Mapping[str, str]
    troubles: tuple[Trouble, ...]

    def unknown_counties(self, known: Collection[str]) -> Iterator[Trouble]:
        """A trouble for each live county that is not in ``known``."""
        for county in self.counties:
            if county.slug not in known:
                message = f"{county.name}（{county.slug}）不在项目里，已经发布的页面没有动，首页照样列出它。"
                hint = (
                    "文件夹改了名、没有放进来、读不到的，请改好再生成一次；"
                    f"确实要撤下的，请自己删去 {self.out / county.slug} 这个文件夹，再生成一次。"
                )
                yield Trouble(TroubleKind.STILL_LIVE, Place((self.out / county.slug).as_posix()), message, hint)


def live_counties(out: Path, known: Mapping[str, KnownManifest]) -> Live:
    """What is live in ``out``; the manifests of those ``known`` are not read again."""
    counties: list[Published] = []
    sums: dict[str, str] = {}
    unreadable: list[str] = []
    for slug, listed in published(out, known):
        county = county_of(slug, listed.about) if listed else None
        if listed is None or county is None:
            unreadable.append(slug)
        else:
            counties.append(county)
            sums[slug] = listed.digest
    return Live(out, tuple(counties), sums, tuple(_unreadable(out / slug) for slug in sorted(unreadable)))


def root_of(out: Path, live: Live) -> Shared:
    """``out`` as the folder that holds the page of all counties.

    :raises Obstacle: a county that it lists exists but cannot be read, so the page would be without it
    """
    before = read_manifest(out)
    listed = [slug for slug in (before.counties if before else ()) if is_slug(slug)]
    if shut := "、".join(slug for slug in listed if is_closed(out / slug)):
        hint = "请让运行 gkdir 的用户能读这些文件夹，再运行一次。"
        raise Obstacle(out, f"里面有打不开的县的文件夹：{shut}。所有县的首页没有更新。", hint)
    unseen = (slug for slug in listed if slug not in live.sums and (out / slug).is_dir())
    if unreadable := "、".join(slug for slug in unseen if read_manifest(out / slug) is None):
        hint = f"请看看是谁动的；要留这个县，请把 {MANIFEST} 放回去，不要的请把文件夹移走，再运行一次。"
        raise Obstacle(
            out, f"这些县的文件夹里没有 gkdir 写的 {MANIFEST} 了：{unreadable}。所有县的首页没有更新。", hint
        )
    return Shared(out, {KIND: ROOT}, "所有县的首页没有更新", live.sums)


def refuse_county(out: Path) -> None:
    """Check that ``out`` is not itself the published folder of a county, or of printed sheets.

    :raises Unreadable: it is
    """
    manifest = read_manifest(out)
    if manifest is not None and manifest.about.get(KIND) != ROOT:
        message = "这是一个县已经发布的文件夹，或者打印好的一套，不是放各县的文件夹，什么也没有写。"
        raise Unreadable(Place(out.as_posix()), message, "请用 -o 写它的上一级，或者换一个文件夹。")


def about_of(catalog: Catalog, today: date) -> Mapping[str, str]:
    """What the manifest says about a county."""
    omitted = [omitted.item.id for directory in catalog.directories.values() for omitted in directory.omitted]
    return {
        "name": catalog.overlay.name,
        "code": catalog.overlay.code,
        "example": "yes" if catalog.overlay.example else "",
        "updated": today.isoformat(),
        "omitted": " ".join(omitted),
    }


def county_of(slug: str, about: Mapping[str, str]) -> Published | None:
    """The inverse of ``about_of``; ``None`` if a value is missing."""
    try:
        stated = msgspec.convert(about, _About)
    except msgspec.ValidationError:
        return None
    if not (0 < len(stated.name) <= _LONGEST and shown(stated.name) == stated.name and _CODE.fullmatch(stated.code)):
        return None
    return Published(
        slug, stated.name, stated.code, bool(stated.example), stated.updated, tuple(stated.omitted.split())
    )


def _unreadable(folder: Path) -> Trouble:
    message = f"里面的 {MANIFEST} 说是 gkdir 写的，却不是 gkdir 的写法，没有动这个文件夹，首页也没有列它。"
    hint = "请看看是谁放的；不是已发布的县，请把它移走。"
    return Trouble(TroubleKind.STILL_LIVE, Place(folder.as_posix()), message, hint)
