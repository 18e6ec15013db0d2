"""A county's folder pages/ → its articles, by kind, and all troubles. Bad content never raises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gkdir.finding import Trouble, TroubleKind, Unreadable
from gkdir.model.article import ARTICLE_KINDS, ONLY_IN, Article
from gkdir.model.columns import EARLIEST
from gkdir.read.attached import joined, unlinked
from gkdir.read.folder import Root, bad_name, contents, is_slug, strays, told_apart
from gkdir.read.schema.validate import validate
from gkdir.yaml.front_matter import read_headed
from gkdir.yaml.nodes import Branch, Scalar

_KINDS = "、".join(f"{kind}（{name}）" for kind, name in ARTICLE_KINDS.items())
_BELONGS = f"pages 里按栏目分文件夹：{_KINDS}，如 pages/faq/cash.md。"
_LINKED = "文章里链接到的文件和图片放在文章旁边，如 [岗位表](岗位表.xlsx)、![海报](海报.png)；没有链接到的不会发布。"
_NO_DATE = EARLIEST


def read_articles(root: Root, folder: Path) -> tuple[tuple[Article, ...], tuple[Trouble, ...]]:
    """The articles in ``folder``, in the order of the kinds and of their file names.

    An article without title or date is left out, because it cannot be shown.
    """
    found = contents(root, folder)
    troubles = list(found.troubles)
    kinds = {path.name: path for path in found.folders if path.name in ARTICLE_KINDS}
    unused = (*found.files, *(path for path in found.folders if path.name not in kinds))
    troubles += strays(root, unused, _BELONGS)
    articles: list[Article] = []
    for kind in (kind for kind in ARTICLE_KINDS if kind in kinds):
        inner = contents(root, kinds[kind])
        troubles += inner.troubles
        pages = tuple(path for path in inner.files if path.suffix == ".md")
        beside = tuple(path for path in (*inner.files, *inner.folders) if path not in pages)
        pages, more = told_apart(root, pages)
        troubles += more
        used: set[Path] = set()
        for path in pages:
            article, more = _read(root, path, kind, used)
            articles += [article] if article else []
            troubles += more
        troubles += unlinked(root, beside, used, _LINKED)
    return tuple(articles), tuple(troubles)


def _read(root: Root, path: Path, kind: str, used: set[Path]) -> tuple[Article | None, tuple[Trouble, ...]]:
    """The article in the file, with the files beside it that it links to, which are ``used`` then."""
    if not is_slug(path.stem):
        return None, (bad_name(root, path, "请改用小写英文字母、数字和连字符，如 cash.md。"),)
    try:
        page = read_headed(path, root.called(path), ARTICLE_KINDS[kind], "标题、日期")
    except Unreadable as error:
        return None, (error.trouble,)
    if page.troubles and page.head.blank:  # there is no head: do not report each missing key as well
        return None, page.troubles
    whole = joined(root, path.parent, page.sections)
    used |= whole.used
    given = {"kind": kind, "slug": path.stem, "place": page.place, "sections": whole.sections}
    article, more = validate(Article, page.head, {"标题": path.stem, "日期": _NO_DATE.isoformat()}, given)
    own = page.head if isinstance(page.head, Branch) else Branch((), page.place, page.place)
    day = own.get("日期")
    undated = article.published == _NO_DATE and not (
        isinstance(day, Scalar) and day.text.startswith(str(_NO_DATE.year))
    )
    troubles = (*page.troubles, *more, *_misplaced(article, own), *whole.troubles)
    return None if undated else article, troubles


def _misplaced(article: Article, head: Branch) -> Iterator[Trouble]:
    """The troubles of keys that have no meaning in this kind."""
    for key, kinds in ONLY_IN.items():
        if article.kind not in kinds and key in article.written:
            belongs = "、".join(ARTICLE_KINDS[other] for other in kinds)
            message = f"“{ARTICLE_KINDS[article.kind]}”里用不到“{key}”。"
            place = head.by_key[key][1].key
            yield Trouble(TroubleKind.UNKNOWN_KEY, place, message, f"“{key}”写在{belongs}里。请删去这一行。")
