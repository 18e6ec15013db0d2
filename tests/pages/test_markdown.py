"""Guides are written by hand, and by anybody: their Markdown becomes clean HTML or one clear trouble."""

from __future__ import annotations

import pytest

from gkdir.finding import Place, Unreadable
from gkdir.model.guide import Section
from gkdir.publish.markdown import MarkdownRenderer
from gkdir.read.prose import LENGTH

HERE = Place("guides/employment/4.1.md", 12, 1)


def html(text: str, prefix: str = "s1-") -> str:
    return str(MarkdownRenderer().render(Section("常见问题", text, HERE), prefix))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>好",
        "[好](javascript:alert(1))",
        "[好](https://a.gov.cn){: onclick=alert(1) style=color:red }",
        '<p style="position:fixed" onmouseover="x()">好</p>',
        '<iframe src="https://a.example"></iframe>好',
        '<img src="https://a.example/x.png" onerror="x()">好',
        '<form action="https://a.example"><input name="q"></form>好',
        "![好](data:text/html;base64,PHNjcmlwdD4=)好",
    ],
)
def test_nothing_that_runs_or_loads_gets_through(text: str) -> None:
    made = html(text)
    assert "好" in made
    for bad in (
        "<script",
        "javascript:",
        "onclick",
        "onerror",
        "onmouseover",
        "style",
        "<iframe",
        "<img",
        "<form",
        "<input",
    ):
        assert bad not in made


def test_ids_keep_to_themselves() -> None:
    made = html("### 办理材料\n\n[去](#办理材料)看[^1]\n\n[^1]: 注\n")
    assert '<h3 id="s1-办理材料">' in made
    assert 'href="#s1-%E5%8A%9E' in made or 'href="#s1-办理材料"' in made
    assert 'id="s1-fn:1"' in made
    assert 'href="#s1-fn:1"' in made
    assert 'id="q"' not in html("# 题 {: #q }")


def test_what_clerks_write_comes_out_as_they_mean_it() -> None:
    assert "<h3" in html("# 一级标题")
    assert "<h1" not in html("# 一级标题")
    assert html("- 一\n  - 二\n").count("<ul>") == 2
    assert 'align="right"' in html("| 档次 | 金额 |\n|---|---:|\n| 一 | 100 |")
    assert 'class="admonition note"' in html('!!! note "注意"\n    带好证件')


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("长" * (LENGTH + 1), "超过"),
        ("[" * 5000, "同一段"),
        ("<a " * 3000, "同一段"),
        ("=\n" * 5000, "超过"),
        ("1. " * 2000, "套得太深"),
        ("a\n: b\n" * 190, ""),
        ("> " * 5000, ""),
    ],
)
def test_hostile_text_is_one_clear_trouble(text: str, says: str) -> None:
    renderer = MarkdownRenderer()
    if not says:
        renderer.render(Section("一节", text, HERE), "s1-")
        return
    with pytest.raises(Unreadable) as caught:
        renderer.render(Section("一节", text, HERE), "s1-")
    assert caught.value.trouble.place == HERE
    assert says in caught.value.trouble.message
    assert caught.value.trouble.hint
    assert "<p>好</p>" in renderer.render(Section("下一节", "好", HERE), "s2-")


def test_phones_can_be_tapped_and_days_stay_whole() -> None:
    made = html("请打0600-5550101，2026年3月1日起。[看12333](https://www.gov.cn/)，1965年8月出生，12个月。")
    assert '<a class="tel" href="tel:0600-5550101">0600-5550101</a>' in made
    assert '<span class="day">2026年</span><span class="day">3月1日</span>起' in made
    assert '<span class="day">8月</span>出生，12个月' in made
    assert '<a href="https://www.gov.cn/">看12333</a>' in made.replace(' rel="external noopener noreferrer"', "")
