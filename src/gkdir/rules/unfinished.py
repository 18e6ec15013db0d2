"""A published text → the placeholders in it that should have been filled in, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.read.published import PublishedText
from gkdir.read.signs import lines_with
from gkdir.rules.blank import says_nothing
from gkdir.rules.linesearch import LineSearch

_UNIT = "人民政府|局|委|厅|办|县|市|区|乡|镇|村|街道|社区|部门|单位|科|股|公司|同志|年|月|日|元|万元|号|分局|中心|工作"
_X = "[xXｘＸ×╳]"
_NAMED = "(?:联系人|电话|姓名|地址|负责人)"
_PROMISED = (
    "敬请期待|(?<!等)待上传(?![的至到材])|加载中|内容为空(?![的白栏])|(?:功能|系统|栏目)开发中|待补充(?!材料|资料|证明)|待补录|待完善|待添加|待录入"
    "|待填写|此处(?:填写|插入|添加|输入)|在此(?:填写|插入|添加|输入)(?!时|的)|单击此处|点击此处输入|请输入(?:标题|正文|内容|文字)(?![，。])"
    "|错误[!！](?:未找到|未定义|超链接)|Error! (?:Reference|Bookmark|No )"
    "|新建(?:文本文档|Microsoft|[ ]?(?:DOC|XLS|PPT)X?[ ])"
    "|(?<!在)(?:内容|页面|栏目|网页|网站|资料|数据|信息)(?:正在)?(?:建设|整理|完善|更新|编辑)中(?=[。！!…）)\\s\"']|，[请敬]|\\Z)"
)
_PROMISED_TEXT = re.compile(_PROMISED)
"""Placeholders that also count in office files, where 20××年 and 某某公司 are allowed."""
_UNFINISHED = re.compile(
    "|".join(
        (
            _PROMISED,
            "[（(](?:此处|以下|内容)?(?:略|待定|待填|待补|待核实|待更新|暂缺|暂无|空缺?)[)）]",
            r"暂无(?:相关)?(?:内容|文件|结果|数据|信息|资料)(?=[。！!）)\s\"']|\Z)|TODO|(?<![A-Za-z])TBD(?![A-Za-z])",
            r"标题测试|(?<![\u4e00-\u9fff])(?:这里?是|此处为)?测试(?:标题|文章|内容|页面)(?=[。！!\s\d\"']|\Z)|某某(?=局|县|市|区|镇|乡|部门|单位|人民政府|街道|公司)",
            rf"(?<![\dA-Za-z@./_-]){_X}{{2,}}(?={_UNIT})",
            r"(?<![\dA-Za-z@./_*×-])[xXｘＸ]{3,}(?![\dA-Za-z./_*-])",
            rf"(?:电话|联系人|地址|网址|邮箱|时间|金额)[:：][ ]?{_X}{{2,}}(?![\d*])",
            rf"20{_X}{{2}}年?|〔20(?:{_X}|_){{1,2}}〕",
            rf"{_NAMED}[:：][ ]?(?:某某|[*＊]{{3,}})",
            r"(?:测试){2,}|这是(?:一[条个篇段])?测试|您的(?:标题|内容|文字)在这里|点击(?:这里|此处)(?:输入|添加|编辑)",
            r"(?:——?|[-:：])待(?:更新|核实|公布)(?=[。；）)\s]|\Z)",
            r"(?i:lorem ipsum)|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|\[object Object\]",
            r"(?<![A-Za-z.])(?:undefined|NaN)(?![A-Za-z])|(?<=[\u4e00-\u9fff])null|null(?=[\u4e00-\u9fff])",
            r"\$\{[\w. ]{1,40}\}|\{\{[^{}\n]{1,60}\}\}|(?<!\d)0{3,4}[-—]0{6,8}(?!\d)",
            r"(?<!\d)(?:1900[-/年]0?1[-/月]0{1,2}|1899[-/年]12[-/月]3[01])(?!\d)",
            r"如下[:：](?:…+|[.。]{3,})|[?？]{3,}|(?<![_＿])[_＿]{3,}(?![_＿]*\d)",
        )
    )
)
"""Placeholders in any place."""
_WORDS = (
    "敬请 待补充 待补录 待补) 待补） 待完 待添 待录 待填 待定 待核 待更 待公 待上传 此处 在此 略) 略）"
    " 暂无 暂缺 空) 空）"
)
_DOING = (
    "加载中 内容为空 开发中 建设中 整理中 完善中 更新中 编辑中 请输入 错误! 错误！ rror! 新建 TODO TBD 测试 某某 如下"
)
_SIGNS = "空缺 ??? ？？？ xx xX Xx XX ｘｘ ＸＸ ×× ╳╳ ___ ＿＿＿ 〔20 :*** ：*** ：＊＊＊ 您的 点击 # [object"
_ANY = (
    *f"{_WORDS} {_DOING} {_SIGNS} undefined NaN null ${{ {{{{ orem 1900 1899 000-0 0000—0".split(),
    ": ***",
    "： ***",
)
"""Every match contains one of these, which are much faster to search for."""
_EMPTY_PLACES = re.compile(
    "|".join(
        (
            rf"(?<![\dA-Za-z])20\d{_X}年|二[〇○零]{_X}{{2}}年|〔20(?:\d{_X}|[ \u3000]{{1,2}})〕",
            r"〔20\d\d〕[ \u3000]*(?:第[ \u3000]*)?号|(?<!\d)20\d\d年[ \u3000]+月[ \u3000]*日",
            r"(?<![〇○零一二三四五六七八九\d])[△○□◇☆]{2,}(?=县|市|区|镇|乡|局|委|厅|公司|人民政府|同志|工作)",
            r"(?<![A-Za-z\d+])[NnＮ]个(?:工作日|自然日|月)|[?？]{2,}(?=个|年|月|日|元|人)|(?<!\d)00个工作日",
            r"[【\[](?:请|此处|在此)(?:填|输|插|添|写)[^】\]\n]{0,12}[】\]]",
            r"(?<!\d)(?:0000-00-00|00:00[ ]?[-—–~至][ ]?00:00)(?!\d)|(?<![\d-])1234567(?:8(?:90?)?)?(?!\d)",
            r"(?:时间|地点|地址|电话|联系人|金额|标准)[:：][ ]?(?:待定|待填|待补|另定|不详|暂缺)(?=[。；，\s]|\Z)",
            r"(?:时间|地点|日期|名额|金额)[:：]?另行通知[xX×]+",
            r"(?<![*＊])(?:[*＊]{3,}(?=局|委|办|县|市|区|镇|乡|街道)|[*＊]{2}(?=局|委|县|市|区人民))",
        )
    )
)
"""Signs and blanks in place of a name, a number or a day."""
_YEARS = "0X年 0x年 1X年 2X年 2x年 2×年 3X年 3x年 3×年 4X年 零X 零× 〇X 〇× ○X ○× 〔20X 〔202X 〔202x 〔202× 〕号 〕第"
_PLACES = "○○ △△ □□ ◇◇ ☆☆ N个 n个 Ｎ个 ？？ ?? 00个 【请 【此 【在 [请 [此 [在 0000-00 00:00 1234567 知X 知x 知×"
_LABELLED = ":待 ：待 :另定 ：另定 :不详 ：不详 :暂缺 ：暂缺 *局 *委 *办 *县"
_STARS = "*市 *区 *镇 *乡 *街 ＊局 ＊委 ＊办 ＊县 ＊市 ＊区 ＊镇 ＊乡 ＊街"
_BLANK_DAYS = ("年 ", "年\u3000", "〕 ", "〕\u3000", "〔20 ", "〔20\u3000", ": 待", "： 待")
_ANY_EMPTY = (*f"{_YEARS} {_PLACES} {_LABELLED} {_STARS}".split(), *_BLANK_DAYS)
_PATTERNS = ((_ANY, _UNFINISHED), (_ANY_EMPTY, _EMPTY_PLACES))
_NOTHING = (
    "略|待定|待补|待填|待公布|测试|暂缺|不详|test|同上|xx|xxx|xxxx|×|××|×××|无内容|未命名|无标题|标题一|测试一下|asdf|aaa"
    "|untitled|正在建设中|建设中|正在建设|正在更新中|更新中|正在更新|正在整理|整理中|正在维护"
)
_ALL_OF_IT = re.compile(
    rf"^[ ]*(?:(?:标题|摘要):[ ]+)?[\"'（(]?({_NOTHING})[\"'）)]?[。！!]?[ ]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line, or the value of a key, that is only a placeholder."""
_READER = re.compile(
    "姓名|性别|民族|年龄|籍贯|出生|身份证|签名|签字|盖章|签章|住址|户籍|职务|配偶|家庭|开户|户名|[账帐]号|银行卡|社保卡号|填表|填报"
    "|(?:申请|承诺|委托|受托|证明|经办|法定代表|参保|监护|代办|领取|被?继承|单位负责)人|单位名称|企业名称|工作单位|信用代码"
    "|本人|我(?:自愿|愿意|已|承诺|同意|保证|知晓)|兹有|兹证明|我单位|我公司|同志|关系[:：]"
)
"""Words for what readers fill into a form themselves."""
_LABEL = r"[\u4e00-\u9fff（）()、/]{1,12}"
_FIRST = re.compile(rf"[\s>|*·-]*(?:\d{{1,2}}[.、．]\s?|[（(][一二三四五六七八九十\d]{{1,2}}[)）])?{_LABEL}\s?")
_FIELD = re.compile(rf"\s*[_＿][_＿\s年月日时分元万人期号届至—|-]*(?:[（(][^（）()]{{0,12}}[)）]\s*)?(?:{_LABEL}\s?)?")
"""The label before the first blank of a form's line; a blank, and the label of the next one on the line."""
_OF_THE_OFFICE = re.compile(
    r"(?:咨询|监督|举报|投诉|服务|受理|办公|报名|举办|发布|截止|公示)(?:部门)?(?:电话|热线|地[址点]|时[间段]|日期)[:：]\s*[_＿]"
    r"|(?:网址|文号|索引号|发布机构|来源|承办单位|主办单位|联系方式)[:：]\s*[_＿]"
)
"""Labels of what the office has to fill in."""
_LINES_AROUND = 4
"""How many lines above and below count as the same form."""
_CHARACTERS_AROUND = 300
"""The most characters on either side that count as the same form, whose lines are short."""
_BLANKS = ("_", "＿", "【", "[", "□", "○")
"""The first characters of a form's blank."""


def placeholders(text: PublishedText) -> Iterator[tuple[int, list[str]]]:
    """(offset, placeholders) for each line with any."""
    found: dict[int, tuple[int, list[str]]] = {}
    for at, one in _PLACEHOLDERS.found(text.text):
        if _is_fault(text, at, one):
            found.setdefault(text.text.rfind("\n", 0, at) + 1, (at, []))[1].append(one)
    shown = text.text.lower() if text.part == "pages" else ""
    if any(sign in shown for sign in _NOTHING.split("|")):
        for match in _ALL_OF_IT.finditer(text.text):
            found.setdefault(text.text.rfind("\n", 0, match.start(1)) + 1, (match.start(1), []))[1].append(match[1])
    for offset, words in found.values():
        yield offset, list(dict.fromkeys(words))


def _look(text: str) -> Iterator[tuple[int, str]]:
    for signs, pattern in _PATTERNS:
        for start, end in lines_with(text, signs):
            yield from ((match.start(), match[0]) for match in pattern.finditer(text, start, end))


_PLACEHOLDERS = LineSearch(_look)


def _is_fault(text: PublishedText, at: int, words: str) -> bool:
    """Whether the placeholder is a fault in this text, and not a blank of a form."""
    if text.part in ("forms", "name") and words[0] in _BLANKS:
        return False
    if not text.lined and not _PROMISED_TEXT.match(words):
        return False
    if words[0] in "_＿" and _is_to_fill_in(text.text, at):
        return False
    keyed = text.lined and text.part not in ("pages", "name")
    return not (keyed and says_nothing(text.line(at).partition(":")[2]))  # reported by the reader


def _is_to_fill_in(text: str, at: int) -> bool:
    """Whether the blank, or one in the lines around it, is for what only the reader knows."""
    first = last = at
    for _ in range(_LINES_AROUND):
        first = text.rfind("\n", 0, max(first - 1, 0)) + 1
        last = text.find("\n", last + 1) if last >= 0 else last
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    if _is_of_a_form(text[start : end if end >= 0 else None]):
        return True
    around = text[
        max(first, at - _CHARACTERS_AROUND) : min(last if last >= 0 else len(text), at + _CHARACTERS_AROUND)
    ].split("\n")
    return any(_READER.search(line) for line in around if "__" in line or "＿＿" in line)


def _is_of_a_form(line: str) -> bool:
    """Whether the line has only labels with blanks: 联系人：____　电话：____."""
    if len(line) > _CHARACTERS_AROUND:
        return False
    label, *fields = re.split("[:：]", line)
    return bool(_FIRST.fullmatch(label) and all(map(_FIELD.fullmatch, fields)) and not _OF_THE_OFFICE.search(line))
