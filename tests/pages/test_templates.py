"""A project's own templates override ours, and an error in one is reported with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pages.sample import catalog, rendered, site_of
from tests.places import DIRECTORIES

from gkdir.build import BuildContext, make_county
from gkdir.buildoptions import BuildOptions
from gkdir.finding import Place, TroubleKind, Unreadable
from gkdir.outputs import PageSet
from gkdir.publish import bounded as bounds
from gkdir.publish.render import Renderer
from gkdir.read.project import read_project
from gkdir.resources import template_folder


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_projects_template_goes_before_ours(tmp_path: Path) -> None:
    write(tmp_path, "_parts/footer.html", "<footer>本县的页脚</footer>\n")
    write(tmp_path, "_assets/site.css", "body{}")
    files = rendered(None, tmp_path)
    assert "本县的页脚" in files["employment/4-1/index.html"]
    assert files["assets/site.css"] == "body{}"
    assert "gkdir-" in files["assets/site.js"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("第一行\n{{ view.没有 }}", 2, "没有"),
        ("第一行\n\n{% if %}", 3, "模板写得不对"),
        ("<a href=\"{{ href('no/such.html') }}\">", 1, "no/such.html"),
        ('{% include "_parts/none.html" %}', None, "找不到"),
        ("第一行\n{{ none | day }}", 2, "没有值"),
        ("\n\n{{ 1 / 0 }}", 3, "没有值"),
        ("{% for one in range(1000000) %}{% endfor %}", 1, "算不出来"),
        ("{{ 'x' + 1 }}", 1, "算不出来"),
        ("{{ page }}", 1, "整个 Page"),
        ("\n{{ county }}{{ href }}", 2, "整个 CountyView"),
        ("{{ county.domains }}", 1, "整个"),
        ("\n{{ 10 ** 9999 }}", 2, "算不出来"),
        ("{{ 10 ** 999 * 10 ** 999 }}", 1, "算不出来"),
        ("{{ 'x' * 10 ** 9 }}{{ 1 }}", 1, "算不出来"),
        ("{{ 9999999 * [1, 2] }}", 1, "算不出来"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    write(tmp_path, "_parts/card.html", text)
    with pytest.raises(Unreadable) as caught:
        rendered(None, tmp_path)
    trouble = caught.value.trouble
    assert says in trouble.message
    assert trouble.hint
    assert trouble.place.line == line
    assert trouble.place.file == ("templates/_parts/none.html" if line is None else "templates/_parts/card.html")


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ view.__class__.__init__.__globals__ }}",
        "{{ href.__globals__ }}",
        "{{ self._TemplateReference__context }}{{ lipsum.__globals__['os'] }}",
        "{{ '{0.__class__.__init__.__globals__}'.format(county) }}",
        "{{ ('%s' | attr('__class__')) }}{{ county | attr('__init__') | attr('__globals__') }}",
        "{% set x = county.domains | map(attribute='__class__.__mro__') | list %}{{ x[0][0].__subclasses__() }}",
        "{{ county.__setattr__('name', 'x') }}",
        "{{ texts.update({'column': 'x'}) }}",
    ],
)
def test_a_template_reads_values_and_nothing_more(tmp_path: Path, text: str) -> None:
    write(tmp_path, "_parts/footer.html", text)
    with pytest.raises(Unreadable) as caught:
        rendered(None, tmp_path)
    assert caught.value.trouble.place.file == "templates/_parts/footer.html"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", 2, "还没有完"),
        ("{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}\n{{ a(60) }}", 1, "还没有完"),
        ("{{ ([range(99999)] * 999) | map('map', 'string') | map('list') | map('length') | sum }}", 1, "还没有完"),
        ("\n{% set n = namespace(x='x') %}{% for _ in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}", 2, "内存"),
        ("{{ 'x' | center(2 * 10 ** 9) }}", 1, "内存"),
        ("{{ '%2000000000s' | format('x') }}", 1, "内存"),
    ],
)
def test_a_template_that_never_ends_or_grows_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, says: str
) -> None:
    if says == "还没有完":  # no limit of time for what grows: a busy machine is slow
        monkeypatch.setattr(bounds, "MAX_SECONDS", 0.3)
    monkeypatch.setattr(bounds, "MAX_MEMORY", 200 << 20)
    write(tmp_path, "_parts/card.html", text)
    with pytest.raises(Unreadable) as caught:
        rendered(None, tmp_path)
    assert says in caught.value.trouble.message
    assert caught.value.trouble.place == Place("templates/_parts/card.html", line)


def test_a_page_that_is_far_too_large_is_told_with_its_template(tmp_path: Path) -> None:
    write(tmp_path, "_parts/card.html", "{{ 'x' * 5 * 10 ** 6 }}")
    with pytest.raises(Unreadable, match="超过 4 兆"):
        rendered(None, tmp_path)


def test_what_was_compiled_without_the_guard_is_not_run_with_it(tmp_path: Path) -> None:
    text = "{{ ().__class__.__name__ }}"
    folder = write(tmp_path, "_parts/footer.html", text)
    plain = Renderer((folder,))
    plain._careful.get_template("_parts/footer.html")  # puts it into the cache of compiled templates
    with pytest.raises(Unreadable):
        rendered(None, tmp_path)


def test_ours_are_made_the_quick_way_and_are_what_jinja_makes_of_them() -> None:
    project = read_project(DIRECTORIES)
    made = []
    for way in ("_careful", "_quick"):
        context = BuildContext(
            project, BuildOptions(DIRECTORIES, Path(), base_url="https://www.example.cn/", hant=False)
        )
        setattr(context.renderer, way, None)  # whatever calls it fails
        made.append(make_county(context, "qingyuan").files)
    quick, careful = made
    assert quick is not None
    assert quick == careful


def test_a_mistake_in_ours_is_told_as_jinja_tells_it(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    shutil.copytree(template_folder(), ours)
    write(ours, "_parts/footer.html", "第一行\n{{ county.name.没有 }}")
    with pytest.raises(Unreadable) as caught:
        dict(PageSet.of(site_of(catalog()), Renderer((ours,))).all())
    assert str(caught.value.trouble.place) == "templates/_parts/footer.html:2"


def test_nothing_from_outside_the_project_is_published(tmp_path: Path) -> None:
    project, secret = tmp_path / "project", write(tmp_path / "elsewhere", "secret.html", "<p>机密</p>")
    templates = write(project / "templates", "_assets/own.txt", "本单位的")
    (templates / "_parts").mkdir()
    (templates / "_parts" / "footer.html").symlink_to(secret / "secret.html")
    (templates / "_assets" / "leak.txt").symlink_to(secret / "secret.html")
    (templates / "_assets" / "folder").symlink_to(secret)
    with pytest.raises(Unreadable, match=r"_parts/footer\.html"):
        rendered(None, templates)
    (templates / "_parts" / "footer.html").unlink()
    files = rendered(None, templates)
    assert files["assets/own.txt"] == "本单位的"
    assert "机密" not in "".join(files.values())
    assert {path for path in files if "leak" in path or "folder" in path} == set()
    shutil.copytree(Path(__file__).parent.parent / "samples" / "small" / "project" / "counties", project / "counties")
    (templates / "_parts" / "footer.html").symlink_to(secret / "secret.html")
    led = [one.place.file for one in read_project(project).troubles if one.kind is TroubleKind.OUTSIDE]
    assert led == [
        f"{project.as_posix()}/templates/_{name}" for name in ("assets/folder", "assets/leak.txt", "parts/footer.html")
    ]


def test_names_are_escaped_everywhere() -> None:
    county = catalog()
    bad = replace(county, overlay=replace(county.overlay, name='<b onclick="x">县'))
    for path, text in rendered(bad).items():
        assert "<b onclick" not in text, path
