"""A project's folder → the folders of its counties, and troubles about other files beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from gkdir.finding import Gathered, Trouble, TroubleKind
from gkdir.harmless import shown
from gkdir.model.article import ARTICLE_KINDS
from gkdir.read.folder import Root, bad_name, contents, folded, is_slug, strays, without_clashes

RESERVED = frozenset(
    (
        "about",
        "assets",
        "audience",
        "az",
        "changes",
        "data",
        "en",
        "events",
        "files",
        "forms",
        "fragments",
        "hant",
        "print",
        "reckon",
        "screen",
        "sitemap",
        "survey",
        "towns",
        "wizard",
        *ARTICLE_KINDS,
    )
)
"""Names of the site's own folders, which no domain or county can have."""


_NAME, _HEAD = re.compile(r"名称[:：]\s*([^\s#]+)"), 60
"""The line with a county's name, and how many lines are looked at for it."""


def county_folders(root: Root) -> tuple[tuple[str, ...], tuple[Trouble, ...]]:
    """The names of the counties' folders, sorted, and a trouble for everything else."""
    folder = root.path / "counties"
    found = contents(root, folder)
    troubles = Gathered(strays(root, found.files, "counties 里每个县一个文件夹。"))
    troubles += [] if found.outside else found.troubles
    if not folder.exists():
        message = "项目里没有 counties 文件夹。"
        troubles.append(Trouble(TroubleKind.MISSING_FILE, root.place(folder), message, "请新建它，每个县一个文件夹。"))
    folders = tuple(sorted((*found.folders, *found.outside)))  # links out of the project have troubles of their own
    folders = troubles.taken_from(without_clashes(root, folders))
    good = tuple(path.name for path in folders if is_slug(path.name) and folded(path.name) not in RESERVED)
    hint = f"县的文件夹名就是它的网址，请改用小写英文字母、数字和连字符，并避开 {'、'.join(sorted(RESERVED))}。"
    troubles += (bad_name(root, path, hint) for path in folders if path.name not in good)
    return good, tuple(troubles)


def county_names(project: Path, slugs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The counties' folders and names. Their YAML is not parsed, only searched for the
    name: parsing a hundred counties is slow.
    """
    return tuple((slug, _name(project / "counties" / slug / "county.yaml") or slug) for slug in slugs)


def _name(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            found = (_NAME.match(line) for line in islice(file, _HEAD))
            return next((shown(match[1].strip("\"'")) for match in found if match), "")
    except OSError:
        return ""
