"""Files and pictures beside guides and articles (GK964–GK969): they open, and pictures have a description."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Place, Severity
from gkdir.model.article import Article
from gkdir.model.attached import AttachedFile
from gkdir.model.county import County
from gkdir.model.guide import Guide, Section
from gkdir.read.markdowntext import TextLink, linked_path, text_links
from gkdir.read.ready import LINKED, wrong
from gkdir.rules.columns import INSPECTION
from gkdir.rules.rule import Context, Fault, rule

OPENS = f"{INSPECTION}：附件打不开的扣分"
READABLE = "《互联网网站适老化通用设计规范》（工信部2021年）、GB/T 37668—2019：图片要有替代文本"

_NOTHING = re.compile(
    r"[\W_\d]*(?:图片|图像|照片|图|配图|插图|截图|附图|无|空|image|img|pic|picture|photo|p|dsc|微信图片)?[\W_\d]*",
    re.IGNORECASE,
)
"""Alternative texts that only say that there is a picture."""
_PHOTO = re.compile("照片|合影|现场图")
"""Words for a picture without text in it."""
_INFOGRAPHIC = re.compile("一图[读看搞弄]?[懂清]|一张图|图解|长图|图说|思维导图")
_SYNTAX = re.compile(r"!?\[[^\]\n]*\]\([^)\n]*\)|[\W_]+")
ENOUGH = 100
"""The least characters of a text that can replace an infographic."""
HEAVY = 1_000_000
"""The most bytes of a picture; larger ones take a phone seconds to load."""


@rule("GK964", "picture-without-words", "图片没有替代文字", on=(Guide, Article), cite=READABLE)
def picture_without_words(subject: Guide | Article, _context: Context) -> Iterator[Fault]:
    """正文里的图片没有说明图里是什么，或者只写了“图片”“1”、文件名。

    ## 为什么
    看不见图的人靠这句话知道图里是什么，图打不开的时候也靠它。

    ## 错误
    写成 `![](海报.png)` 或者 `![图片](海报.png)`。

    ## 正确
    写成 `![春季招聘会海报：3月8日上午，县体育馆](海报.png)`。
    """
    for section, link, file in _linked(subject):
        stem = file.name.rpartition(".")[0]
        if link.words is not None and (_NOTHING.fullmatch(link.words) or link.words in (stem, file.name)):
            what = f"只写了“{link.words}”" if link.words else "没有替代文字"
            hint = f"请写明图里是什么，如 ![春季招聘会海报：时间、地点]({file.target})。"
            yield _fault(section, link, (f"图片“{file.name}”{what}", hint))


@rule("GK965", "broken-attachment", "附件打不开", on=(Guide, Article, County), cite=OPENS)
def broken_attachment(subject: Guide | Article | County, context: Context) -> Iterator[Fault]:
    """正文链接的文件或者图片、党政机关标识的图片是空的、坏的、内容和扩展名不符，或者不是公众打得开的类型。

    ## 为什么
    群众点开打不开，网站检查里一条一条扣分。文件放上去以前，自己先打开看一看。

    ## 错误
    ```yaml pages/notices/fair.md
    标题: 春季招聘会
    日期: 2026-05-01
    正文: |
      招聘会在县体育馆，见[岗位表](岗位表.xlsx)。
    ```
    ```yaml pages/notices/岗位表.xlsx
    没有内容的表
    ```

    ## 正确
    ```yaml pages/notices/fair.md
    标题: 春季招聘会
    日期: 2026-05-01
    正文: |
      招聘会在县体育馆，见[岗位表](岗位表.csv)。
    ```
    ```yaml pages/notices/岗位表.csv
    单位,人数
    ```
    """
    reported = set()
    if isinstance(subject, County):
        mark = subject.overlay.mark
        if mark is not None and (problem := wrong(mark, context.project.folder, LINKED)):
            yield Fault(mark.place, f"党政机关标识的图片{problem}", "请从本级政府网站的底部另存一份，再放进来。")
        return
    for _, _, file in _linked(subject):
        if file.path not in reported and (problem := wrong(file, context.project.folder, LINKED)):
            reported.add(file.path)
            hint = "请打开看一看，重新保存一份，扩展名和内容一致，再放进来。"
            yield Fault(file.place, f"正文链接的“{file.name}”{problem}", hint)


@rule(
    "GK966", "infographic-without-words", "一图读懂没有把图里的字写出来", on=(Guide, Article),
    severity=Severity.WARNING, cite=READABLE,
)  # fmt: skip
def infographic_without_words(subject: Guide | Article, _context: Context) -> Iterator[Fault]:
    """一图读懂、图解一类的图，正文里没有多少字，旁边也没有同名的 .txt。

    ## 为什么
    全写在图里，看不见图的人读不到，手机上字太小，也搜不到。图里的字写进同名的文本文件，网页上图的下面就有。

    ## 错误
    `![一图读懂：延迟退休](一图读懂.png)`，正文只有一句话，旁边只有 一图读懂.png。

    ## 正确
    旁边还有 一图读懂.txt，写着图里的字；或者正文里写了同样的内容。
    """
    length = sum(len(_SYNTAX.sub("", section.markdown)) for section in subject.sections)
    title = subject.title if isinstance(subject, Article) else ""
    for section, link, file in _linked(subject):
        plain = length < ENOUGH and not file.words
        if link.words is not None and plain and _INFOGRAPHIC.search(f"{link.words} {file.name} {title}"):
            hint = f"请把图里的字写进旁边的“{file.name.rpartition('.')[0]}.txt”，或者写在正文里。"
            yield _fault(section, link, (f"“{link.words or file.name}”的内容全在图里", hint))


@rule(
    "GK967", "unread-picture", "图片里的字程序看不了", on=(Guide, Article),
    severity=Severity.INFO, cite="政府信息公开条例第十五条：公开会损害个人隐私的不得公开",
)  # fmt: skip
def unread_picture(subject: Guide | Article, _context: Context) -> Iterator[Fault]:
    """正文里有图片，旁边没有写着图里的字的同名 .txt：图里有没有个人信息，程序查不了。

    ## 为什么
    名单拍成照片放上去，身份证号码、手机号码一样泄露。请人看过；图里的字写进同名的文本文件，就能查、能搜、能读出来。
    替代文字写明是照片的不提。

    ## 错误
    `![春季招聘会海报](海报.png)`，旁边只有 海报.png。

    ## 正确
    旁边还有 海报.txt，写着海报上的字。
    """
    reported = set()
    for section, link, file in _linked(subject):
        if file.width and not file.words and file.path not in reported and not _PHOTO.search(link.words or ""):
            reported.add(file.path)
            hint = f"请人看一遍有没有个人信息；把图里的字写进旁边的“{file.name.rpartition('.')[0]}.txt”。"
            yield _fault(section, link, (f"图片“{file.name}”里的字程序看不了", hint))


@rule(
    "GK968", "heavy-picture", "图片太大", on=(Guide, Article), severity=Severity.INFO,
    cite="《政府网站发展指引》（国办发〔2017〕47号）：网页打开要快",
)  # fmt: skip
def heavy_picture(subject: Guide | Article, _context: Context) -> Iterator[Fault]:
    """正文里的图片超过 1 MB。

    ## 为什么
    手机上要等好几秒，还费流量。宽 1200 像素、几百 KB 的图，看起来一样清楚。

    ## 错误
    相机里直接拷出来的照片，6 MB。

    ## 正确
    缩小到宽 1200 像素，另存为 .jpg，300 KB。
    """
    for section, link, file in _linked(subject):
        if link.words is not None and file.size > HEAVY:
            size = f"{file.size / 1_000_000:.1f} MB"
            pixels = f"，{file.width}×{file.height} 像素" if file.width else ""
            hint = "请缩小到宽 1200 像素左右，另存为 .jpg 再放进来。"
            yield _fault(section, link, (f"图片“{file.name}”有 {size}{pixels}", hint))


@rule(
    "GK969", "located-picture", "照片里带着拍摄地点", on=(Guide, Article), severity=Severity.WARNING,
    cite="政府信息公开条例第十五条：公开会损害个人隐私的不得公开",
)  # fmt: skip
def located_picture(subject: Guide | Article, _context: Context) -> Iterator[Fault]:
    """正文里的照片带着拍摄地点的经纬度：手机拍照时记在文件里，看不见，下载的人查得出。

    ## 为什么
    入户走访、慰问的照片，等于公开了这一家的住址。

    ## 错误
    手机里直接发来的原图。

    ## 正确
    用截图，或者在“属性、详细信息”里删除属性和个人信息以后再放进来。
    """
    reported = set()
    for section, link, file in _linked(subject):
        if file.located and file.path not in reported:
            reported.add(file.path)
            hint = "请换成截图，或者右键“属性、详细信息、删除属性和个人信息”，再放进来。"
            yield _fault(section, link, (f"照片“{file.name}”里带着拍摄地点的经纬度", hint))


def _linked(subject: Guide | Article) -> Iterator[tuple[Section, TextLink, AttachedFile]]:
    """(section, link, file) for each link to a file beside the text."""
    for section in subject.sections:
        if section.files:
            files = {file.target: file for file in section.files}
            for link in text_links(section):
                file = files.get(linked_path(link.target) or "")
                if file is not None:
                    yield section, link, file


def _fault(section: Section, link: TextLink, problem: tuple[str, str]) -> Fault:
    return Fault(Place(section.place.file, link.line, 1), problem[0], problem[1])
