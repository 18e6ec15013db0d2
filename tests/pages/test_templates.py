"""A project's own templates: they go before ours, and a mistake in one is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pages.sample import catalog, rendered

from gkdir.finding import Unreadable


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
        ("第一行\n{{ it.没有 }}", 2, "没有"),
        ("第一行\n\n{% if %}", 3, "模板写得不对"),
        ("<a href=\"{{ href('no/such.html') }}\">", 1, "no/such.html"),
        ('{% include "_parts/none.html" %}', None, "找不到"),
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


def test_names_are_escaped_everywhere() -> None:
    county = catalog()
    bad = replace(county, overlay=replace(county.overlay, name='<b onclick="x">县'))
    for path, text in rendered(bad).items():
        assert "<b onclick" not in text, path
