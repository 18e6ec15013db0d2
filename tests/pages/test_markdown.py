"""Guides are typed by people: their Markdown becomes clean HTML or one clear trouble."""

from __future__ import annotations

import re

import pytest

from gkdir.finding import Place, Unreadable
from gkdir.model.attached import AttachedFile
from gkdir.model.guide import Section
from gkdir.publish.filters import phones, phrased
from gkdir.publish.markdown import MarkdownRenderer, with_cards
from gkdir.read.markdowntext import LENGTH, retargeted
from gkdir.service.phones import dialled
from gkdir.sheets.booklet import Node, prose

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


def with_files(text: str) -> str:
    """The text as shown by a page whose folder has a poster and a table."""
    poster = AttachedFile("c/海报.png", 34_000, target="海报.png", place=HERE, width=8, height=9, words="<一>\n\n12333")
    table = AttachedFile("c/岗位 表.xlsx", 5_000, target="岗位 表.xlsx", place=HERE)
    zipped = AttachedFile("c/表.zip", 5_000, target="表.zip", place=HERE, members=("表/<一>.docx", "二.docx"))
    section = Section("附件", text, HERE, files=(poster, table, zipped))
    return str(MarkdownRenderer().render(section, "s1-", lambda path: f"../../{path}"))


def test_pictures_and_files_beside_a_text_are_shown_with_size_and_words() -> None:
    made = with_files("![海报：3月8日](海报.png)\n\n- 见[岗位表](<岗位 表.xlsx>)、[表](表.zip)和![小图](./海报.png)")
    assert re.search(
        r'<figure><img class="picture" src="../../files/hb-\w{6}.png" alt="海报：3月8日" width="8" height="9"', made
    )
    assert "<summary>图里写的字</summary><p>&lt;一&gt;</p>" in made
    assert '<a class="tel" href="tel:12333">12333</a>' in made
    assert re.search(r'<a href="../../files/gwb-\w{6}.xlsx" download="岗位 表.xlsx">岗位表</a><small', made)
    assert "（xlsx，5 KB）" in made
    assert "内有2个文件：&lt;一&gt;.docx、二.docx" in made
    assert made.count("<figure") == 1
    assert made.count("<img") == 2
    assert html("![招聘会海报](海报.png)") == "<p>（图：招聘会海报）</p>"


@pytest.mark.parametrize(
    "text",
    [
        '<img src="https://a.example/x.png" onerror="x()">好',
        "![好](//a.example/x.png)",
        "<im<img>g src=x onerror=x()>好",
        '<a title="<img src=\'海报.png\' onerror=x()>" href="海报.png" onclick="x()">好</a>',
        '![好"onerror="x()](海报.png)',
        "![好>0600-5550101<b onclick=x>](海报.png)",
        '<img alt="好" src="海报.png" onerror="x()" style="x">',
    ],
)
def test_nothing_but_the_files_beside_a_text_is_loaded(text: str) -> None:
    made = with_files(text)
    assert "好" in made
    for source in re.findall(r"<img[^>]*?\bsrc=[\"']?([^\"' >]*)", made):
        assert source.startswith("../../files/")
    assert not re.search(r"<[a-z]+(?:\s[\w-]+(?:=\"[^\"]*\")?)*\s(?:on\w+|style)=", made)


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
    ("text", "meant"),
    [
        ("步骤：\n1、到窗口\n2、填表", "<p>步骤：</p><ol><li>到窗口</li><li>填表</li></ol>"),
        ("1.到窗口\n2.填表\n3）签字", "<ol><li>到窗口</li><li>填表</li><li>签字</li></ol>"),
        ("3、甲\n接着说\n（1）先\n4、乙", '<ol start="3"><li>甲接着说<br>（1）先</li><li>乙</li></ol>'),
        ("３．甲\n４．乙", '<ol start="3"><li>甲</li><li>乙</li></ol>'),
        ("1、证件：\n- 身份证\n2、填表", "<ol><li>证件：<ul><li>身份证</li></ul></li><li>填表</li></ol>"),
        ("1. 甲\n\n    又一段\n\n2. 乙", "<ol><li><p>甲</p><p>又一段</p></li><li><p>乙</p></li></ol>"),
        ("1. 甲\n1. 乙", "<ol><li>甲</li><li>乙</li></ol>"),
        ("需要：\n- 身份证\n- 照片", "<p>需要：</p><ul><li>身份证</li><li>照片</li></ul>"),
        ("需要：\n•身份证\n-照片\n-户口簿", "<p>需要：</p><ul><li>身份证</li><li>照片</li><li>户口簿</li></ul>"),
        ("分两种：\n（1）甲\n（2）乙", "<p>分两种：<br>（1）甲<br>（2）乙</p>"),
        ("一、甲\n①乙\n**电话：**丙", "<p>一、甲<br>①乙<br><strong>电话：</strong>丙</p>"),
        ("> 引\n> 1、甲\n> 2、乙", "<blockquote><p>引</p><ol><li>甲</li><li>乙</li></ol></blockquote>"),
        ("　　甲。\n　　乙。", "<p>甲。</p><p>乙。</p>"),
        ("  甲", "<p>甲</p>"),
        ("甲\n|a|b|\n|-|-|\n|1|2|\n乙", "<tr><td>1</td><td>2</td></tr></tbody></table><p>乙</p>"),
        ("第一行\n第二行**粗**\n三。\n4 five\nsix", "<p>第一行第二行<strong>粗</strong>三。4 five six</p>"),
        ("1.5倍\n工资", "<p>1.5倍工资</p>"),
        ("~~旧~~ 6~8个月", "<p><del>旧</del> 6~8个月</p>"),
        ("5*3*2 基数*比例*月数，2*（3+4）*5", "<p>5*3*2 基数*比例*月数，2*（3+4）*5</p>"),
        (
            "`5*3`，这是*提示*。**重**要 a_b_c",
            "<p><code>5*3</code>，这是<em>提示</em>。<strong>重</strong>要 a_b_c</p>",
        ),
        ("甲[^1]\n\n[^1]: 注", 'title="回到正文第1处"'),
        ("甲[^注]乙[^2]\n\n[^注]：丙\n[^2]：丁", '<li id="s1-fn:注"><p>丙&nbsp;'),
        ("1. 甲\n\n2、乙\n\n3．丙", "<ol><li><p>甲</p></li><li><p>乙</p></li><li><p>丙</p></li></ol>"),
        ("1、甲\n2、乙\n\n3、丙", "<ol><li>甲</li><li><p>乙</p></li><li><p>丙</p></li></ol>"),
        ("1. 甲\n\n1、乙", "<ol><li>甲</li></ol><p>1、乙</p>"),
        ("1、甲\n\n说明\n\n2、乙", "<p>1、甲</p><p>说明</p><p>2、乙</p>"),
        ("1、甲", "<p>1、甲</p>"),
        ("－ 甲\n– 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("A. 甲\nB、乙", "<p>A. 甲<br>B、乙</p>"),
        ("甲\\\n乙", "<p>甲<br>乙</p>"),
        ("＃＃ 题\n甲", '<h3 id="s1-题">题</h3><p>甲</p>'),
        ('<p class="MsoNormal" style="x"><span>甲<o:p></o:p></span></p>', "<p>甲</p>"),
    ],
)
def test_lists_and_lines_are_as_people_type_them(text: str, meant: str) -> None:
    assert meant in re.sub(r">\n<", "><", html(text)).replace("<br>\n", "<br>").replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("见 https://www.12333.gov.cn/a。", '<a href="https://www.12333.gov.cn/a" class="address">https://www.12333.gov.cn/a</a>。'),
        ("见www.12333.gov.cn，", '见<a href="http://www.12333.gov.cn" class="address">www.12333.gov.cn</a>，'),
        ("(http://a.gov.cn/?b=1&c=(2)).", '(<a href="http://a.gov.cn/?b=1&amp;c=(2)" class="address">'),
        ("http://a.com", "（将离开政府网站）"),
        ("发到12345@qingyuan.gov.cn，", '发到<a href="mailto:12345@qingyuan.gov.cn">12345@qingyuan.gov.cn</a>，'),
        ("清政发〔2026〕12333号、第12345号令、掌上12333、“清源12345”、12333.gov.cn", ""),
        ("12345元、12333人、共12345 份、12345个名额、96333件", ""),
        ("12333人工服务", '<a class="tel" href="tel:12333">12333</a>人工'),
        ("邮箱：rsj@qingyuan.gov.cn；", '<a href="mailto:rsj@qingyuan.gov.cn">rsj@qingyuan.gov.cn</a>；'),
        (
            "0600-5550102/5550103、5550104。",
            '/<a class="tel" href="tel:0600-5550103">5550103</a>、<a class="tel" href="tel:0600-5550104">5550104</a>。',
        ),
        ("（0600）5550102或5550103", '或<a class="tel" href="tel:0600-5550103">5550103</a>'),
        ("0600-5550102、20260301", '<a class="tel" href="tel:0600-5550102">0600-5550102</a>、20260301'),
        ("12333/5550103", '<a class="tel" href="tel:12333">12333</a>/5550103'),
        ("打“12345”或12333/0600-5550101", '打“<a class="tel" href="tel:12345">12345</a>”或<a class="tel" href="tel'),
    ],
)  # fmt: skip
def test_phones_are_no_part_of_addresses_or_names(text: str, meant: str) -> None:
    for made in (html(text), str(phones(text))):
        assert meant in made
        assert bool(meant) == ("<a " in made)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0600—5550101", "0600-5550101"), ("0600–5550101", "0600-5550101"), ("0600－5550101", "0600-5550101"),
        ("0600 - 5550101", "0600-5550101"), ("0600 5550101", "06005550101"), ("（0600）5550101", "06005550101"),
        ("0600 555 0101", "06005550101"), ("0600-555-0101", "0600-555-0101"), ("400 123 4567", "4001234567"),
        ("0600—5550101—801", "0600-5550101-801"),
    ],
)  # fmt: skip
def test_a_phone_is_called_however_it_is_parted(text: str, number: str) -> None:
    assert f'<a class="tel" href="tel:{number}">{text}</a>' in html(f"请打{text}。")
    assert dialled(f"{text}、0600-5550102") == number


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
        ("5*3" * 6600, ""),
        ("1、甲\n（1）乙\n" * 180, ""),
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
    open_ = str(phones("人工服务周一至周五9:00—12:00，周六9:00—12:00，法定节假日除外"))
    assert '服务<span class="day">周一至周五9:00—12:00</span>，<span class="day">周六9:00—12:00</span>，' in open_
    assert '<span class="day">法定节假日除外</span>' in open_
    assert '<a href="https://www.gov.cn/">看12333</a>' in made.replace(' rel="external noopener noreferrer"', "")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("残疾人证明", "残疾人证明"),
        ("用工信息登记", "用工¦信息¦登记"),
        ("社保卡丢了先挂失", "社保卡¦丢了先¦挂失"),
        ("职业介绍、职业指导和创业开业指导", "职业介绍、职业¦指导¦和¦创业¦开业¦指导"),
        ("基本公共就业创业政府购买服务", "基本|公共|就业|创业|政府|购买|服务"),
        ("20个工作日内申请认定工伤要的材料", "20个工作日内|申请|认定|工伤|要的材料"),
        ("迁户口以前就满60周岁的参保人员<b>", "迁|户口|以前|就满60周岁的|参保|人员|&lt;b&gt;"),
        ("", ""),
    ],
)
def test_a_long_title_breaks_between_words_and_a_short_one_in_large_letters(title: str, shown: str) -> None:
    assert phrased(title) == shown.replace("|", "<wbr>").replace("¦", '<wbr class="fine">')


def test_a_heading_of_a_text_breaks_between_words_on_a_page_alone() -> None:
    text = "## 用工信息登记 [看登记用工信息](https://www.gov.cn/ '登记用工信息><登记')\n\n用工信息登记。\n"
    section = Section("怎么办", text, HERE)
    made = str(MarkdownRenderer(phrases=True).render(section, "s1-"))
    heading, rest = made.split("</h3>")
    assert '用工<wbr class="fine">信息<wbr class="fine">登记' in heading
    assert '>看<wbr class="fine">登记<wbr class="fine">用工<wbr class="fine">信息</a>' in heading
    assert heading.count("<wbr") == 6, "an attribute is no text"
    assert "用工信息登记。" in rest
    assert "<wbr" not in str(MarkdownRenderer().render(section, "s1-")), "for paper and WeChat"


def test_paper_keeps_a_lists_number_and_drops_the_way_back() -> None:
    (listed,) = prose('<ol start="3"><li>甲 <a>↩</a></li></ol>')
    assert (listed.tag, listed.text) == ("ol", "3")
    assert listed.nodes[0].nodes == (Node("", "甲"), Node("a"))
    assert prose('<ol start="x"></ol>') == (Node("ol"),)


def test_a_table_is_named_by_the_heading_above_it() -> None:
    rows = "|a|b|\n|-|-|\n|1|2|\n"
    made = html(f"{rows}\n### 领`几`个月？\n\n{rows}\n### 领“多少”&\n\n{rows}")
    assert re.findall("<table[^>]*>", made) == [
        '<table aria-label="常见问题">',
        '<table aria-label="领几个月？">',
        '<table aria-label="领“多少”&amp;">',
    ]


def test_a_wide_table_says_in_each_cell_what_its_column_is() -> None:
    made = with_cards(html("|a|b **c**|d|e|\n|-|-|-|-:|\n|1|2|3|4|\n|5|||8|\n\n|a|b|c|\n|-|-|-|\n|1|2|3|\n"))
    assert made.count('class="table materials"') == 1, "three columns fit on a phone"
    cells = re.findall(r"<td([^>]*)>(\d?)</td>", made)
    assert [words for words, _ in cells[:3]] == [f' data-label="{name}"' for name in ("a", "b c", "d")]
    assert ['data-label="e"' in words for words, text in cells if text in ("4", "8")] == [True, True]
    assert [words for words, _ in cells[8:]] == [""] * 3


def test_a_links_words_stay_when_its_address_is_changed() -> None:
    written = "[去][#报名] [#报名](#报名) <a title='#报名' href='#报名'>\n\n[#报名]: #报名\n"
    changed = "[去][#报名] [#报名](#s2) <a title='#报名' href='#s2'>\n\n[#报名]: #s2\n"
    assert retargeted(written, lambda _address: "#s2") == changed
