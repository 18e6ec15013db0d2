"""A county's folder pages/ → its articles, by kind, and all troubles. Bad content never raises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from gkdir.finding import Trouble, TroubleKind, Unreadable
from gkdir.model.article import ARTICLE_KINDS, Article, Revision
from gkdir.model.columns import EARLIEST
from gkdir.model.item import Written
from gkdir.read.attached import joined, unlinked
from gkdir.read.folder import Root, bad_name, contents, is_slug, strays, told_apart
from gkdir.read.schema.article import ONLY_IN, ArticleHead
from gkdir.read.schema.validate import validate
from gkdir.yaml.front_matter import Headed, read_headed
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
        pages, met = told_apart(root, pages)
        troubles += met
        used: set[Path] = set()
        for path in pages:
            article, met = _read(root, path, kind, used)
            articles += [article] if article else []
            troubles += met
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
    head, met = validate(ArticleHead, page.head, {"标题": path.stem, "日期": _NO_DATE.isoformat()})
    troubles = (*page.troubles, *met, *_misplaced(head, kind), *whole.troubles)
    own = page.head.get("日期") if isinstance(page.head, Branch) else None
    undated = head.date == _NO_DATE and not (isinstance(own, Scalar) and own.text.startswith(str(_NO_DATE.year)))
    return (None if undated else _article(head, replace(page, sections=whole.sections), kind, path.stem)), troubles


def _misplaced(head: ArticleHead, kind: str) -> Iterator[Trouble]:
    """The troubles of keys that have no meaning in this kind."""
    for key, kinds in ONLY_IN.items():
        if kind not in kinds and head.node(key) is not None:
            belongs = "、".join(ARTICLE_KINDS[other] for other in kinds)
            message = f"“{ARTICLE_KINDS[kind]}”里用不到“{key}”。"
            yield Trouble(
                TroubleKind.UNKNOWN_KEY, head.key_place(key), message, f"“{key}”写在{belongs}里。请删去这一行。"
            )


def _article(head: ArticleHead, page: Headed, kind: str, slug: str) -> Article:
    return Article(
        kind=kind,
        slug=slug,
        place=page.place,
        title=head.title.text,
        published=head.date,
        summary=_text(head.summary),
        source=_text(head.source),
        number=_text(head.number),
        link=_text(head.link),
        until=head.until,
        items=tuple(each.text for each in head.items or ()),
        policies=tuple(each.text.removesuffix(".md") for each in head.policies or ()),
        interpretations=tuple(each.text.removesuffix(".md") for each in head.interpretations or ()),
        replaces=tuple(each.text.removesuffix(".md") for each in head.replaces or ()),
        replaced_by=head.replaced_by.text.removesuffix(".md") if head.replaced_by else None,
        withdrawn=head.withdrawn,
        revisions=tuple(Revision(each.day, each.what.text, each.place) for each in head.revisions),
        index=_text(head.index),
        answered_by=_text(head.answered_by),
        closes=head.closes,
        state=_text(head.state),
        result=_text(head.result),
        formed=head.formed,
        example_note=_text(head.example_note),
        sections=page.sections,
        written=_written(head),
    )


def _text(written: Written | None) -> str | None:
    return written.text if written else None


def _written(head: ArticleHead) -> dict[str, Written]:
    """Where each key was written: ``事项.0`` for the first of the items."""
    return {
        **head.written(),
        **head.left_blank(),
        **{f"事项.{index}": each for index, each in enumerate(head.items or ())},
        **{f"对应文件.{index}": each for index, each in enumerate(head.policies or ())},
        **{f"代替.{index}": each for index, each in enumerate(head.replaces or ())},
        **{f"解读.{index}": each for index, each in enumerate(head.interpretations or ())},
    }
