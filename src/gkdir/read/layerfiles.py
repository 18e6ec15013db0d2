"""A layer's folder → LayerFiles: guides, forms, articles, words.yaml and similar files, and all troubles.

Bad content never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from os.path import realpath
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from gkdir.finding import Gathered, Trouble, TroubleKind, Unreadable
from gkdir.model.article import ARTICLE_KINDS, ONLY_IN, Article
from gkdir.model.attached import FormFile
from gkdir.model.columns import EARLIEST
from gkdir.model.county import LayerFiles
from gkdir.model.guide import Form, Guide
from gkdir.read.attached import joined, unlinked
from gkdir.read.declaredfiles import HANT, WAYS, WORDS, read_county_navigation, read_county_words, read_traditional
from gkdir.read.folder import Contents, Root, bad_name, contents, is_file_name, is_slug, strays, without_clashes
from gkdir.read.reference import WORDING, read_wording
from gkdir.read.schema.validate import validate
from gkdir.yaml.front_matter import read_headed
from gkdir.yaml.nodes import Branch, Scalar
from gkdir.yaml.parse import read_yaml
from gkdir.yaml.textfile import read_text

_KINDS = "、".join(f"{kind}（{name}）" for kind, name in ARTICLE_KINDS.items())
_ARTICLES_BELONG = f"pages 里按栏目分文件夹：{_KINDS}，如 pages/faq/cash.md。"
_ARTICLE_LINKS = (
    "文章里链接到的文件和图片放在文章旁边，如 [岗位表](岗位表.xlsx)、![海报](海报.png)；没有链接到的不会发布。"
)
_NO_DATE = EARLIEST
_Page = TypeVar("_Page", bound=Article | Guide)
_ReadPage = Callable[[Root, Path, set[Path]], tuple[_Page | None, tuple[Trouble, ...]]]
"""A file → its page, or ``None`` if it cannot be shown, and troubles; files that it links to are added to the set."""


def read_articles(root: Root, folder: Path) -> tuple[tuple[Article, ...], tuple[Trouble, ...]]:
    """The articles in ``folder``, in the order of the kinds and of their file names.

    Articles without title or date are left out, because they cannot be shown.
    """
    found = contents(root, folder)
    troubles = Gathered(found.troubles)
    kinds = {path.name: path for path in found.folders if path.name in ARTICLE_KINDS}
    unused = (*found.files, *(path for path in found.folders if path.name not in kinds))
    troubles += strays(root, unused, _ARTICLES_BELONG)
    ordered = [kinds[kind] for kind in ARTICLE_KINDS if kind in kinds]
    return troubles.taken_from(_pages(root, ordered, _article, _ARTICLE_LINKS)), tuple(troubles)


def _pages(
    root: Root, folders: Iterable[Path], read: _ReadPage[_Page], links: str
) -> tuple[tuple[_Page, ...], tuple[Trouble, ...]]:
    """The pages that ``read`` makes of the Markdown files in ``folders``; ``links`` is a hint for unlinked files."""
    pages: list[_Page] = []
    troubles = Gathered()
    for folder in folders:
        inner = contents(root, folder)
        written = tuple(path for path in inner.files if path.suffix == ".md")
        beside = tuple(path for path in inner.all if path not in written)
        troubles += inner.troubles
        used: set[Path] = set()
        for path in troubles.taken_from(without_clashes(root, written)):
            page = troubles.taken_from(read(root, path, used))
            pages += [page] if page else []
        troubles += unlinked(root, beside, used, links)
    return tuple(pages), tuple(troubles)


def _article(root: Root, path: Path, used: set[Path]) -> tuple[Article | None, tuple[Trouble, ...]]:
    """The article in the file with the files beside it that it links to, which are added to ``used``."""
    kind = path.parent.name
    if not is_slug(path.stem):
        return None, (bad_name(root, path, "请改用小写英文字母、数字和连字符，如 cash.md。"),)
    try:
        page = read_headed(path, root.called(path), ARTICLE_KINDS[kind], "标题、日期")
    except Unreadable as error:
        return None, (error.trouble,)
    if page.troubles and page.head.blank:  # without front matter: do not report each missing key as well
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
    """The troubles of keys that have no meaning in this kind of article."""
    for key, kinds in ONLY_IN.items():
        if article.kind not in kinds and key in article.written:
            belongs = "、".join(ARTICLE_KINDS[other] for other in kinds)
            message = f"“{ARTICLE_KINDS[article.kind]}”里用不到“{key}”。"
            place = head.by_key[key][1].key
            yield Trouble(TroubleKind.UNKNOWN_KEY, place, message, f"“{key}”写在{belongs}里。请删去这一行。")


_PREFERRED = ("docx", "doc", "wps", "xlsx", "xls", "et", "pdf")
_FORMS_BELONG = "forms 里放“表格名.yaml”，或以表格名命名的文件夹，其中是 空白表.*、填写说明.md、示范文本.*。"
_NAME = '表格名里不要有空格和 / \\ : * ? " < > | # % & 这些符号，不以点结尾，不超过 50 个汉字。'


def read_forms(root: Root, folder: Path) -> tuple[Mapping[str, Form], tuple[Trouble, ...]]:
    """The forms in ``folder`` by name, and troubles."""
    found = contents(root, folder)
    troubles = Gathered(found.troubles)
    forms: dict[str, Form] = {}
    described = tuple(path for path in found.files if path.suffix == ".yaml")
    troubles += strays(root, tuple(path for path in found.files if path not in described), _FORMS_BELONG)
    good = troubles.taken_from(without_clashes(root, (*described, *found.folders)))
    for path in (path for path in described if path in good):
        if not is_file_name(path.stem):
            troubles.append(bad_name(root, path, _NAME))
            continue
        try:
            forms[path.stem] = troubles.taken_from(read_described(path, root.called(path)))
        except Unreadable as error:
            troubles.append(error.trouble)
            forms[path.stem] = Form(path.stem, error.trouble.place, path.stem)
    for path in (path for path in found.folders if path in good):
        if not is_file_name(path.name):
            troubles.append(bad_name(root, path, _NAME))
            continue
        form = forms.get(path.name) or Form(path.name, root.place(path), path.name)
        forms[path.name] = troubles.taken_from(_with_files(root, path, form))
    return forms, tuple(troubles)


def read_described(path: Path, name: str) -> tuple[Form, tuple[Trouble, ...]]:
    """The form that the YAML file at ``path``, called ``name`` in places, describes. Raises Unreadable."""
    document = read_yaml(path, name)
    form, troubles = validate(Form, document.root, {"名称": path.stem, "分节": ()}, {"name": path.stem})
    return form, document.troubles + troubles


def _with_files(root: Root, folder: Path, form: Form) -> tuple[Form, tuple[Trouble, ...]]:
    """``form`` with the ready files of ``folder``, which replace the ones that its description would make."""
    found = contents(root, folder)
    troubles = list(found.troubles)
    blank, sample = _file(root, found.files, "空白表"), _file(root, found.files, "示范文本")
    instructions = form.instructions
    used = {file.path for file in (blank, sample) if file}
    for path in found.files:
        if path.name == "填写说明.md":
            used.add(root.relative(path))
            try:
                instructions = read_text(path, root.called(path))
            except Unreadable as error:
                troubles.append(error.trouble)
    unused = tuple(path for path in found.all if root.relative(path) not in used)
    troubles += strays(root, unused, _FORMS_BELONG + "每样只取一份。")
    whole = replace(form, blank=blank or form.blank, sample=sample or form.sample, instructions=instructions)
    return whole, tuple(troubles)


def _file(root: Root, files: tuple[Path, ...], stem: str) -> FormFile | None:
    """The ready file with that stem; of several types, the one that is easiest to fill in."""
    of_name = [path for path in files if path.stem == stem and path.suffix and path.is_file()]
    if not of_name:
        return None

    def ease(path: Path) -> tuple[int, str]:
        suffix = path.suffix[1:].lower()
        return _PREFERRED.index(suffix) if suffix in _PREFERRED else len(_PREFERRED), path.name

    best = min(of_name, key=ease)
    return FormFile(root.relative(best), best.stat().st_size)


GUIDES, FORMS, PAGES = FOLDERS = ("guides", "forms", "pages")
LAYER_FILES = ("province", "city", "county")
"""Stems of the layer files that own the folder they are in; another one owns the folder of its name beside it."""

_FILES: Mapping[str, tuple[str, Callable[[Path, str], tuple[Any, tuple[Trouble, ...]]]]] = {
    WORDS: ("words", read_county_words),
    HANT: ("traditional", read_traditional),
    WAYS: ("navigation", read_county_navigation),
    WORDING: ("wording", read_wording),
}
"""File name → the field of LayerFiles, and its reader."""
NAMES = (*_FILES, *FOLDERS)

_BELONGS = "guides 里按领域分文件夹，如 guides/employment/4.1.md。"
_LINKED = "指南里链接到的文件和图片放在指南旁边，如 ![流程图](流程图.png)；没有链接到的不会发布。"
_BESIDE = f"上一级目录文件旁边放 {'、'.join(NAMES)}。"


def read_layer_files(root: Root, folder: Path, found: Contents) -> tuple[LayerFiles, tuple[Trouble, ...]]:
    """The files in ``folder``, whose contents are ``found``; the caller reports names that are not in ``NAMES``."""
    troubles = Gathered()
    files: dict[str, Any] = {
        "guides": troubles.taken_from(read_guides(root, folder / GUIDES)),
        "forms": troubles.taken_from(read_forms(root, folder / FORMS)),
        "articles": troubles.taken_from(read_articles(root, folder / PAGES)),
    }
    for name, (field, read) in _FILES.items():
        if folder / name in found.all:
            files[field] = troubles.taken_from(read(folder / name, root.called(folder / name)))
    return LayerFiles(**files), tuple(troubles)


def layer_folder(file: Path) -> Path:
    """The folder with the files of the layer in ``file``."""
    return file.parent if file.stem in LAYER_FILES else file.with_suffix("")


def read_files_above(root: Root, folder: Path) -> tuple[LayerFiles, tuple[Trouble, ...]]:
    """The files in ``folder`` of a layer above a county.

    Its cities and counties may be in the folder too; anything else is a stray.
    """
    if folder == root.path or not root.holds(folder):
        return LayerFiles(), ()
    found = contents(root, folder)
    files, troubles = read_layer_files(root, folder, found)
    unused = [path for path in found.folders if path.name not in NAMES and not any(path.rglob("*.yaml"))]
    unused += [path for path in found.files if path.name not in NAMES and path.suffix not in (".yaml", ".yml")]
    return files, (*found.troubles, *troubles, *strays(root, tuple(unused), _BESIDE))


def read_national_files(root: Root, packaged: Path) -> tuple[LayerFiles, tuple[Trouble, ...]]:
    """The national guides and forms: those that come with gkdir, replaced by the project's own of the same name."""
    own = root.path / "national"
    folders = [(root, own)]
    if realpath(own) != realpath(packaged):
        folders.insert(0, (Root(packaged, "gkdir/national", Path(realpath(packaged))), packaged))
    guides: dict[str, Guide] = {}
    forms: dict[str, Form] = {}
    troubles = Gathered()
    for holder, folder in folders:
        guides |= troubles.taken_from(read_guides(holder, folder / GUIDES))
        forms |= troubles.taken_from(read_forms(holder, folder / FORMS))
    return LayerFiles(guides=guides, forms=forms), tuple(troubles)


def read_guides(root: Root, folder: Path) -> tuple[Mapping[str, Guide], tuple[Trouble, ...]]:
    """The guides in ``folder`` by the ids of their items."""
    found = contents(root, folder)
    troubles = Gathered(found.troubles)
    troubles += strays(root, found.files, _BELONGS)
    domains = troubles.taken_from(without_clashes(root, found.folders))
    guides = troubles.taken_from(_pages(root, domains, _guide, _LINKED))
    return {guide.id: guide for guide in guides}, tuple(troubles)


def _guide(root: Root, path: Path, used: set[Path]) -> tuple[Guide | None, tuple[Trouble, ...]]:
    """The guide in the file with the files beside it that it links to, which are added to ``used``."""
    if not is_file_name(path.stem):
        return None, (bad_name(root, path, "文件名是事项的编号，如 4.1.md。"),)
    try:
        guide, troubles = read_guide(path, root.called(path), path.parent.name, path.stem)
    except Unreadable as error:
        return None, (error.trouble,)
    whole = joined(root, path.parent, guide.sections)
    used |= whole.used
    return (replace(guide, sections=whole.sections) if whole.used else guide), troubles + whole.troubles


def read_guide(path: Path, name: str, domain: str, number: str) -> tuple[Guide, tuple[Trouble, ...]]:
    """The guide at ``path``, called ``name`` in places, and troubles. Raises Unreadable."""
    page = read_headed(path, name, "办事指南", "简述、办理材料")
    given = {"domain": domain, "number": number, "place": page.place, "sections": page.sections}
    guide, more = validate(Guide, page.head, {}, given)
    return guide, page.troubles + more
