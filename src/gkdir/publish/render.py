"""Page → bytes: the Jinja environment over the project's templates and ours, and the stylesheets of reading modes."""

from __future__ import annotations

import marshal
import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import cached_property
from os.path import realpath
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup
from msgspec import Struct

from gkdir import cache
from gkdir.calculators import yuan
from gkdir.finding import Place, Unreadable
from gkdir.publish.bounded import MAX_PAGE_BYTES, MAX_SECONDS, BoundedEnvironment, TooSlow, bounded
from gkdir.publish.filters import (
    english_date,
    english_outlink,
    file_size,
    outlink,
    phones,
    phrased,
    unbroken,
)
from gkdir.publish.links import Links, NoSuchPage
from gkdir.publish.markdown import MarkdownRenderer
from gkdir.publish.minify import CSS_COMMENT, joined, minified
from gkdir.publish.quick import QuickEnvironment, inlined
from gkdir.read.folder import Root, files_within
from gkdir.read.text import chinese_date
from gkdir.service.address import STYLESHEETS
from gkdir.service.phones import dialled
from gkdir.service.texts import TEXTS
from gkdir.site.county import CountyView
from gkdir.site.page import Page
from gkdir.stamps import contents, digest_of, program

MODES = ("elder", "contrast")
_BRACE = re.compile(r"/\*.*?\*/|[{}]", re.DOTALL)
_CHOSEN = re.compile(r':root\[data-(mode|size)~="(\w+)"\]')


def mode_stylesheet(css: str, mode: str) -> str:
    """The rules of ``mode``, in order and inside their ``@media``, without the selector that switches the mode on."""
    switch = f':root[data-mode~="{mode}"]'
    return "".join(f"{rule}\n" for rule in _of(css, lambda head: _freed(head, switch)))


def checkbox_stylesheet(css: str) -> str:
    """The rules of all modes and sizes, switched on by checkboxes instead of the attributes that a script sets."""
    return "".join(f"{rule}\n" for rule in _of(css, _by_box))


def _freed(head: str, switch: str) -> str:
    return head.replace(switch, ":root:root") if switch in head else ""


def _by_box(head: str) -> str:
    chosen = (one.strip() for one in head.split(",") if _CHOSEN.search(one))
    return ", ".join(_CHOSEN.sub(r":root:has(#\1-\2:checked)", one) for one in chosen)


def _of(css: str, made: Callable[[str], str]) -> Iterator[str]:
    """The rules with their heads changed by ``made``, without those whose new head is empty."""
    for head, body in _rules(css):
        if head.startswith("@"):
            if inner := "\n".join(_of(body, made)):
                yield f"{head} {{\n{inner}\n}}"
        elif new := made(head):
            yield f"{new} {{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule's head, and the text between its braces."""
    depth = start = opened = 0
    for match in _BRACE.finditer(css):
        if match[0] == "{":
            depth += 1
            opened = match.start() if depth == 1 else opened
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                yield CSS_COMMENT.sub("", css[start:opened]).strip(), css[opened + 1 : match.start()]
                start = match.end()


ASSETS = "_assets"
_KEPT_ASSETS = "assets"
_COMPARE = "请对照随 gkdir 附带的同名模板改正。"


class Renderer:
    """Renders pages with the templates of ``folders``; earlier folders take precedence.

    Compiled templates are kept in the user's cache folder, which saves the next start 0.16 s.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folder for folder in folders if folder.is_dir())
        # A project may have been sent by somebody else, so its templates run sandboxed.
        own = len(self._folders) == 1
        self._careful = self._environment(jinja2.Environment if own else BoundedEnvironment)
        self._quick = self._environment(QuickEnvironment) if own else None

    def _environment(self, kind: type[jinja2.Environment]) -> jinja2.Environment:
        environment = kind(
            loader=_Loader([str(folder) for folder in self._folders]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_Compiled(kind.__name__),
            finalize=_shown if kind is BoundedEnvironment else None,
        )
        environment.globals |= {"texts": TEXTS, "outlink": outlink, "english_outlink": english_outlink}
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        environment.filters |= {
            "day": chinese_date,
            "english_day": english_date,
            "size": file_size,
            "phones": phones,
            "dialled": dialled,
            "unbroken": unbroken,
            "phrased": phrased,
            "yuan": yuan,
            "markdown": MarkdownRenderer(phrases=True).render,
        }
        return environment

    def render(self, page: Page, county: CountyView, links: Links) -> bytes:
        """The page's bytes.

        :raises Unreadable: a mistake in a template, with its file and line
        """
        if self._quick is not None:
            with suppress(Exception):  # any error is raised again below, with its file and line
                return _made(self._quick, page, county, links)
        try:
            with nullcontext() if self._quick else bounded():
                made = _made(self._careful, page, county, links)
        except TooSlow as error:
            message = f"模板里的这一处算了 {MAX_SECONDS:.0f} 秒还没有完，不再等了。"
            raise self._trouble(error, message, f"请看看是不是循环里套着循环。{_COMPARE}") from error
        except MemoryError as error:
            message = "模板里的这一处要的内存太多，不再算了。"
            raise self._trouble(error, message, f"请看看是不是把很长的文字一再重复。{_COMPARE}") from error
        except NoSuchPage as error:
            raise self._trouble(
                error, f"模板里的链接指向不存在的页面：{error}。", "请检查 href() 里的路径。"
            ) from error
        except jinja2.TemplateNotFound as error:
            raise Unreadable(
                Place(f"templates/{error.name}"), "找不到这个模板。", "请检查模板的文件名和 include、extends。"
            ) from error
        except jinja2.TemplateError as error:
            raise self._trouble(error, f"模板写得不对：{(error.message or '').rstrip('.')}。", _COMPARE) from error
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            if not self._in_project(error):
                raise
            message = f"模板里有一处算不出来（{type(error).__name__}），多半是那里没有值。"
            raise self._trouble(error, message, f"请先用 if 看看有没有值。{_COMPARE}") from error
        if self._quick is None and len(made) > MAX_PAGE_BYTES:
            message = f"这样做出来的一页有 {len(made) >> 20} 兆，超过 {MAX_PAGE_BYTES >> 20} 兆。"
            raise Unreadable(Place(f"templates/{page.template}"), message, f"请看看这个模板和它用到的部件。{_COMPARE}")
        return made

    @cached_property
    def assets(self) -> Mapping[str, bytes]:
        """The assets that pages load, and the stylesheets derived from them, by path in the county's folder."""
        made_of = digest_of(line for folder in self._folders for line in _listed(folder))
        kept = cache.kept_value(_KEPT_ASSETS, _KeptAssets)
        if kept is not None and kept.made_of == made_of:
            return kept.assets
        made = self._assets()
        if made_of is not None:
            cache.keep_value(_KEPT_ASSETS, _KeptAssets(made_of, made))
        return made

    def _assets(self) -> dict[str, bytes]:
        files: dict[str, Path] = {}
        for folder in reversed(self._folders):
            root = folder / ASSETS
            found = files_within(Root.of(folder.parent), root)
            files |= {f"assets/{file.relative_to(root).as_posix()}": file for file in found}
        ours = self._folders[-1]
        made = {
            path: minified(files[path]) if files[path].is_relative_to(ours) else files[path].read_bytes()
            for path in sorted(files)
        }
        css = "".join(made[sheet].decode() for sheet in STYLESHEETS)
        modes = {f"assets/{mode}.css": mode_stylesheet(css, mode).encode() for mode in MODES}
        return joined(made) | {"assets/modes.css": checkbox_stylesheet(css).encode()} | modes

    def _trouble(self, error: Exception, message: str, hint: str) -> Unreadable:
        return Unreadable(self._place(error), message, hint)

    def _place(self, error: Exception) -> Place:
        """The line of the template in which an error arose; Jinja maps stack frames back to templates."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            return Place(self._name(error.filename or error.name or ""), error.lineno)
        frames = traceback.extract_tb(error.__traceback__)
        for frame in reversed(frames):
            if any(Path(frame.filename).is_relative_to(folder) for folder in self._folders):
                return Place(self._name(frame.filename), frame.lineno)
        return Place("templates")

    def _in_project(self, error: Exception) -> bool:
        """Whether the innermost template in which an error arose is one of the project's own."""
        frames = reversed(traceback.extract_tb(error.__traceback__))
        files = (Path(frame.filename) for frame in frames)
        owners = (folder for file in files for folder in self._folders if file.is_relative_to(folder))
        return next(owners, self._folders[-1]) != self._folders[-1]

    def _name(self, file: str) -> str:
        for folder in self._folders:
            if Path(file).is_relative_to(folder):
                return f"templates/{Path(file).relative_to(folder).as_posix()}"
        return file


class _KeptAssets(Struct, frozen=True):
    """The cached assets, and a digest of gkdir's version and the files that they were made from."""

    made_of: str
    assets: dict[str, bytes]


def _listed(folder: Path) -> Iterator[bytes]:
    """Lines that change whenever gkdir or any file of the assets in ``folder`` changes."""
    yield f"{program()} {folder}".encode(errors="surrogateescape")
    if (folder / ASSETS).is_dir():
        yield from contents(folder / ASSETS, Path(realpath(folder.parent)))


def _made(environment: jinja2.Environment, page: Page, county: CountyView, links: Links) -> bytes:
    href, depth = links.at(page.inner), page.inner.count("/")

    def once(part: str) -> Markup:
        key = part, depth
        if key not in links.parts:
            links.parts[key] = Markup(environment.get_template(part).render(county=county, href=href))
        return links.parts[key]

    return environment.get_template(page.template).render(
        page=page,
        view=page.view,
        county=county,
        href=href,
        once=once,
        absolute=links.absolute(county.base),
    ).encode()  # fmt: skip


class _Loader(jinja2.FileSystemLoader):
    """Loads templates, following no link out of the folder."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The template's text and file.

        :raises TemplateNotFound: there is none
        """
        source = super().get_source(environment, template)
        if not any(Root.of(Path(folder).parent).holds(Path(source[1])) for folder in self.searchpath):
            raise jinja2.TemplateNotFound(template)
        if isinstance(environment, QuickEnvironment):
            text = inlined(source[0], lambda part: super(_Loader, self).get_source(environment, part)[0])
            return text, *source[1:]
        return source


def _shown(value: object) -> object:
    """The value, if a page can show it: a struct printed with all its fields is a mistake."""
    whole = isinstance(value, Struct | tuple | list | Mapping) or callable(value)
    if whole and not isinstance(value, jinja2.Undefined):  # undefined values raise an error of their own
        raise jinja2.TemplateRuntimeError(f"这里写的是整个 {type(value).__name__}，不是其中的一段文字")
    return value


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, cached for the next start.

    Code compiled for one ``kind`` of environment is not run in another: without the sandbox it has no checks in it.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code from the cache, if it was made from the same text by the same gkdir, Jinja and Python."""
        content, made_of = cache.kept(self._name(bucket)), _made_of(bucket)
        if content is not None and content.startswith(made_of):
            bucket.code = marshal.loads(content.removeprefix(made_of))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code to the cache."""
        cache.keep(self._name(bucket), _made_of(bucket) + marshal.dumps(bucket.code))

    def _name(self, bucket: Bucket) -> str:
        return f"template-{self._kind}-{bucket.key}"


def _made_of(bucket: Bucket) -> bytes:
    return f"{program()} {bucket.checksum}\n".encode()
