"""Scripts and stylesheets lose what browsers do not need, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gkdir.publish.minify import minified
from gkdir.publish.render import Renderer
from gkdir.resources import template_folder

NODE = shutil.which("node")
SCRIPTS = sorted(template_folder().glob("_*/*.js"))


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ("var a = 1; // one\n// none\n\n  var b = a / 2 / a; // half\n", "var a=1;\nvar b=a/2/a;\n"),
        ("var at = 'http://a  b'; // it's one\n", "var at='http://a  b';\n"),
        ('var said = "don\'t  // go"; f( said );\n', 'var said="don\'t  // go";f(said);\n'),
        ("var it = /[/ ]+ 'a' {2}/g; f(/ x \\/ y/, 1);\n", "var it=/[/ ]+ 'a' {2}/g;f(/ x \\/ y/,1);\n"),
        ("{\n  return / a /.test(b) ? 'x  y' : typeof c;\n}\n", "{\nreturn/ a /.test(b)?'x  y':typeof c;\n}\n"),
        ("f(`${a}  b`, '\\'  \\'');\n", "f(`${a}  b`,'\\'  \\'');\n"),
    ],
)  # fmt: skip
def test_texts_and_patterns_stay_and_remarks_go(tmp_path: Path, script: str, left: str) -> None:
    file = tmp_path / "a.js"
    file.write_text(script, "utf-8")
    assert minified(file).decode() == left


def test_a_stylesheet_means_the_same_in_fewer_letters(tmp_path: Path) -> None:
    file = tmp_path / "a.css"
    file.write_text(
        "/* one */\n@media (max-width: 30em) {\n"
        '  .a > b, c :hover::before { content: "x, y: z; > } "; margin: 0 1px; }\n}\n'
        "d { width: calc(1px + (2em - 3px) * 2); }\n",
        "utf-8",
    )
    assert minified(file).decode() == (
        '@media (max-width:30em){.a>b,c :hover::before{content:"x, y: z; > } ";margin:0 1px}}'
        "d{width:calc(1px + (2em - 3px) * 2)}"
    )


@pytest.mark.skipif(NODE is None, reason="没有 node：请安装 Node 18 以上")
def test_each_of_our_scripts_can_still_be_read(tmp_path: Path) -> None:
    for number, script in enumerate(SCRIPTS):
        (tmp_path / f"{number}.js").write_bytes(minified(script))
    read = (
        "require('fs').readdirSync('.').forEach((one) => new (require('vm').Script)(require('fs').readFileSync(one)))"
    )
    done = subprocess.run([str(NODE), "-e", read], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(SCRIPTS) > 12


def test_what_was_made_of_assets_is_kept_until_one_changes(tmp_path: Path) -> None:
    ours, own = template_folder(), tmp_path / "project" / "templates"
    (own / "_assets").mkdir(parents=True)
    folders = (own, ours)
    plain = Renderer(folders).assets
    assert Renderer(folders).assets == plain
    (own / "_assets" / "more.css").write_text(".own { color: red }")
    changed = Renderer(folders).assets
    assert changed["assets/more.css"] == b".own { color: red }"
    (own / "_assets" / "more.css").unlink()
    assert Renderer(folders).assets == plain == Renderer((ours,)).assets
