"""Links in guides and articles: a dead one is reported at its line, a good one is not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.project import Project
from gkdir.read.published import shown
from gkdir.rules.addresses import closed, page_link_faults
from gkdir.rules.spelling import project_faults

from .examples import county_of, findings_of

DEAD = {
    "../4-99/index.html": "事项",
    "../4-99/": "事项",
    "../4-2/#foo": "没有“#foo”",
    "../4-2/index.html#这是什么": "没有“#这是什么”",
    "../../faq/here/#s9": "没有“#s9”",
    "../../employment/4-99/": "事项",
    "4.2.md": "文件",
    "附件1.docx": "文件",
    "<附件 1.docx>": "文件",
    "附件(1).docx": "文件",
    "../../forms/没有这张表/index.html": "表格",
    "../../faq/none/index.html": "网页",
    "../../nothing/index.html": "网页",
    "../../towns/nowhere/index.html": "乡镇",
    "#没有这一节": "小标题",
    "javascript:alert(1)": "去掉网址",
    "https:www.gov.cn/a": "少了 //",
    "#没有-这一节": "小标题",
    "../4-2/index.html#没有这一节": "没有“#没有这一节”",
    "../../faq/here/#没有这一节": "没有“#没有这一节”",
    "#": "哪里也不去",
    "?id=5": "哪里也不去",
    "https://www.gov.cn /a": "空格",
    "../../../../etc/passwd": "以外",
    "../../../art/2025/art_1.html": "以外",
    "..%2F..%2F..%2F..%2Fetc%2Fpasswd": "以外",
    "%2e%2e/../../../a.html#b": "以外",
    "/etc/passwd": "以外",
    "/zwgk/2025/1.html?a=1#b": "以外",
    "/%2e%2e/a.html": "以外",
    "tel:人社局": "不是电话号码",
    "mailto:人社局": "不是电话号码",
}
GOOD = (
    *(
        "../4-2/index.html",
        "../4-2/",
        "../4-2/index.html#steps",
        "../4-2/#directory",
        "../../faq/here/#s1",
        "../../faq/#more",
        "../index.html",
        "../../index.html",
        "../../",
    ),
    *("../../faq/here/index.html", "../../faq/", "../../az/index.html", "../../print/employment.pdf"),
    *(
        "../../../index.html",
        "/",
        "https://www.gov.cn/",
        "mailto:a@qingyuan.gov.cn",
        "tel:12333",
        "tel:+86-600-5550131",
    ),
    *("#我要做什么", "#s3", "#%E6%88%91%E8%A6%81%E5%81%9A%E4%BB%80%E4%B9%88", "#对我有什么用", "#3-怎么-去"),
    *("#3. 怎么 去？", "<#3. 怎么 去？>", "../../faq/here/#哪个窗口", "../../faq/here/index.html#s2"),
    *("#要带什么", "#own", '../4-2/index.html "别的事项"'),
)
WRITTEN = {
    "见[办法][没有定义]。": "没有写网址",
    "见[办法][1]。": "没有写网址",
    "见[办法][]。": "没有写网址",
    "见[表][附件一]、[表][2]。": "没有写网址",
    "![海报][海报]": "没有写网址",
    "见<a href=../4-99/index.html>别的</a>。": "事项",
    "见<a class=x href=/art/1.html>别的</a>。": "以外",
    "见[办法][Gov]、`[办法][2]`。": "",
    "请选[是][否]、[同意][不同意]、[已婚][未婚]、[甲类][乙类][丙类]，填[2019][5]。": "",
    "见<a href=../4-2/index.html>别的</a>、<a id=a></a>。": "",
}
"""Lines, and the findings in them."""
BODY = """正文: |
  ## 这是什么
  登记。
  ## 对我有什么用
  领钱。
  ## 我要做什么
  去窗口。

  ### 要带什么

  证。{#own}

  ### 3. 怎么 去？
"""
ARTICLE = ("pages/faq/here.md", "标题: 在哪里\n日期: 2026-05-01\n正文: |\n  在窗口。\n\n  ## 哪个窗口\n  一号。\n")


def test_dead_links_are_told_and_good_ones_left_alone(project: Project) -> None:
    body = (
        BODY
        + "".join(f"\n  见[这里]({target})。\n" for target in (*DEAD, *GOOD))
        + "".join(f"\n  {line}\n" for line in WRITTEN)
        + "\n  `[代码](没有.docx)`[^1]\n\n  [^1]: 说明。\n  [gov]: https://www.gov.cn/\n"
    )
    county_of([("guides/employment/4.1.md", body), ARTICLE], project.folder / "counties" / "linked")
    text = (project.folder / "counties/linked/guides/employment/4.1.md").read_text(encoding="utf-8").splitlines()
    told = {one.place.line: one.message for one in findings_of(project, "linked") if one.rule == "GK961"}
    lines = {text.index(f"见[这里]({target})。") + 1: what for target, what in DEAD.items()}
    lines |= {text.index(line) + 1: what for line, what in WRITTEN.items() if what}
    assert set(told) == set(lines)
    assert [what for line, what in lines.items() if what not in told[line]] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("见[网站](htp://www.qingyuan.gov.cn)。", "不是写对了的网址"),
        ("见 http:/www.qingyuan.gov.cn 。", "不是写对了的网址"),
        ("见http：//www.qingyuan.gov.cn。", "不是写对了的网址"),
        ("见[本机](file:///C:/Users/a/b.docx)。", "是本机的文件"),
        ("见C:\\Users\\b.docx。", "是本机的文件"),
        ("见[内网](http://192.168.1.8/oa)。", "是内网的地址"),
        ("见http://10.1.2.3:8080/。", "是内网的地址"),
        ("见http://localhost:8000/。", "是内网的地址"),
        ("见http://oa/login。", "是内网的地址"),
        ("见[网盘](https://pan.baidu.com/s/1x)。", "是网盘的分享"),
        ("见https://www.lanzoui.com/i1。", "是网盘的分享"),
        ("见http://100.64.2.2/。", "是内网的地址"),
        ("见https://www..gov.cn/。", "不是写对了的网址"),
        ("见[网站](https:// www.qingyuan.gov.cn/)。", "不是写对了的网址"),
        ("见http://www.qingyuan.gov.cn:99999/a。", "不是写对了的网址"),
        ("见http://www.xxx.gov.cn/。", "是示例的网址"),
        ("见http://www.example.com/a。", "是示例的网址"),
        ("见[空]()。", "有空的链接"),
        ("见[空](< >)。", "有空的链接"),
        ('见<a class="a" href="">空</a>。', "有空的链接"),
        ("见http://59.12.3.4:8080/a、https://www.12333.gov.cn:443/?a=http://b.cn。", ""),
        ("见https://www.gov.cn/和www.qingyuan.gov.cn。", ""),
        ("每天9:00/10:00两场，单位：元/月，比例为1:2。", ""),
        ("见https://www.10.com/、https://10.gov.cn/a。", ""),
    ],
)
def test_an_address_that_people_cannot_open_is_told(text: str, why: str) -> None:
    told = [closed(address) for _, address in shown("a.md", "pages", text).addresses]
    assert [each for each in told if each] == ([why] if why else [])


def test_addresses_of_many_kinds_are_judged_as_the_table_says() -> None:
    with (Path(__file__).parent / "addresses.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        told = [closed(address) for _, address in shown("a.md", "pages", row["text"] + "\n").addresses]
        assert ([each for each in told if each] or [""])[0] == row["why"], row


def test_links_that_a_template_writes_itself_are_followed_on_the_finished_pages(tmp_path: Path) -> None:
    page = (
        '<a href="../faq/index.html">好</a><a href="../faq/">好</a><a href="#here">好</a><i id="here"></i>'
        '<a href="../data/a.csv#x">好</a><a href="../../other/">好</a><a href="https://a.gov.cn/x">好</a>'
        '<a href="/y">好</a>'
        '<a href="../index.html#top">好</a><a href="%E4%B8%AD.docx">好</a><a href="../index.json">'
    )
    bad = '<a class="x"\n href="../faq/none/">坏</a><img src=\'no.png\'><a href="../index.html#nowhere">坏</a>'
    files = {
        "index.html": b'<p id="top">',
        "faq/index.html": f"{page}{bad}".encode(),
        "faq/中.docx": b"",
        "az/index.html": b'<a href="../faq/none/">',
        "data/a.csv": b"",
    }
    assert list(page_link_faults(files, ("index.json",), tmp_path, "heping")) == []  # without own templates
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/x.html").write_text('<p>\n<a href="../faq/none/">', encoding="utf-8")
    told = {fault.place: fault.message for _, fault in page_link_faults(files, ("index.json",), tmp_path, "heping")}
    at = Place(f"{tmp_path.as_posix()}/templates/x.html", 2, 1)
    assert set(told) == {at, Place("heping/faq/index.html")}
    assert "../faq/none/" in told[at]
    assert "另有 1 页" in told[at]
    assert len(told) == 2, "an anchor that no template of the project's writes is ours"
    (tmp_path / "templates/y.html").write_text('<a href="../index.html#nowhere">', encoding="utf-8")
    assert len(list(page_link_faults(files, ("index.json",), tmp_path, "heping"))) == 3


def test_what_templates_say_is_read_too(project: Project, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    text = "{# 登陆 #}<script>'登陆'</script>\n<p title='登陆'>请登<b>陆</b>网站</p>{{ 登陆网站 }}\n<p>到国税局</p>"
    (tmp_path / "templates/x.html").write_text(text, encoding="utf-8")
    told = [(rule.id, fault.place.line) for rule, fault in project_faults(replace(project, folder=tmp_path))]
    assert told == [("GK952", 2), ("GK953", 3)]
