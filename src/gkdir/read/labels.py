"""The words of a heading → the column that they name, exactly or in a variant that counties use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from gkdir.model.columns import AUDIENCES, COLUMNS, MODES
from gkdir.read.channels import channel_label
from gkdir.read.text import fold, name
from gkdir.read.words import level

MAX_LABEL = 40
"""The most characters of a heading; longer ones are text."""
GROUP = "group"
"""The key of 公开事项, above one column of names or several; ``headings`` replaces it by the keys of levels."""

_MARKS = re.compile(r"[\"'*·:/、,。.|()]")
_ASIDE = re.compile(r"\(.*?\)|〔.*?〕|\(.*\Z|单位:.*\Z")
_COUNT = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、:](?=[\u4e00-\u9fff])|^\d{1,2}(?=公开|序号)")
"""The number of the column before its name: 6.公开时限."""
_NOTED = re.compile(r"[①-⑳]\s*\Z")
"""The reference to a note after the name."""
_ENGLISH = re.compile(r"(?<![a-z])[a-z][a-z0-9&'-]*")
"""An English translation beside the Chinese name: 公开时限 Time limit."""


_OF_AN_OPTION = re.compile(
    "是否(?:公开|勾选|选择)?|有无|勾选|选择|打勾|打√|√|(?:具体|请?注明|说明|写明)?(?:群体|对象|人群|名称|范围)?(?:名称|说明)?"
)
"""Headings below 特定群体 if it has two columns: one to tick, one for the group."""
_FOR = "(?:首次|初次|第一次|后续|日常|动态|信息|内容|变更|变动|调整|更新|主动|依申请|法定|承诺|国家|本[县地级])"
"""What a limit is for, or who sets it, if there are several columns of limits."""
_PUBLIC = "(?:公开|发布|公布|更新|公示)?"
_SUBDIVISIONS: Mapping[str, re.Pattern[str]] = {
    "basis": re.compile(
        "(?:国家|中央|省级?|市级?|县级?|上级|本级|地方)?(?:法律|行政法规|法规|规章|法律法规|政策|文件|政策文件|规范性文件|其他)"
        "(?:规章|及规章|依据|层面)?"
    ),
    "time_limit": re.compile(f"{_FOR}{_PUBLIC}(?:的?(?:时限|时间|期限|频次|频率|周期))?(?:要求)?"),
    "channels": re.compile(
        "(?:线上|线下|网上|网下|网络|传统|新媒体)(?:公开)?(?:渠道|载体|平台|媒体|方式)?"
        "|(?:主要|其他|现场)(?:公开)?(?:渠道|载体|平台|方式)"
    ),
}
"""Key → sub-headings that only subdivide its heading."""


_LIMIT_BESIDE = re.compile(
    rf"{_FOR}*(?:公开|发布|公布)的?(?:时限|频次|频率|周期)(?:要求)?"
    rf"|{_FOR}*(?:首次|初次|第一次|更新|变更|调整){_PUBLIC}的?(?:时限|时间|期限|频次|频率|周期)(?:要求)?"
)
"""The label of one of several limits of publication: 首次公开时限, 更新时限; not 公开期限, how long it stays public."""


_ENDS_OF_LIMITS = ("时限", "时间", "期限", "频次", "频率", "周期", "要求")


class Meaning(Struct, frozen=True):
    """The meaning of a column: its key (``extra`` for an unknown column), the option that a tick in it means, and
    whether its label is the exact name or a variant.
    """

    key: str
    option: str | None = None
    exact: bool = True


_MAYBE: Mapping[str, tuple[str, ...]] = {
    "公开方式": ("mode", "channels"),
    "公开形式": ("mode", "channels"),
    "公开类型": ("mode", "level1"),
    "公开类别": ("level1", "mode"),
    "公开范围": ("audience", "levels"),
    "方式": ("mode", "channels"),
    "形式": ("mode", "channels"),
    "范围": ("audience", "levels"),
}
"""Ambiguous labels → the keys they can mean, the likeliest first. The cells below decide."""


def _plain(text: str) -> str:
    """The label in simplified characters, without a number before it or the reference to a note after it."""
    return _COUNT.sub("", fold(_NOTED.sub("", text)))


def _key(text: str) -> str:
    return _MARKS.sub("", _plain(text))


def _bare(text: str) -> str:
    """The label without brackets and their content."""
    return _MARKS.sub("", _ASIDE.sub("", _plain(text)))


def _chinese(text: str) -> str:
    """The label without its translation."""
    return (text if text.isascii() else _ENGLISH.sub("", text)) or text


def level_label(text: str) -> str | None:
    """The level that a heading names, also with a translation: 县级 County."""
    if len(text) > MAX_LABEL:
        return None
    plain = fold(text)
    return _ENGLISH_LEVELS.get(_MARKS.sub("", plain).replace("-", "")) or level(_chinese(plain))


_NAMES: dict[str, Meaning] = {_key("公开事项"): Meaning(GROUP)} | {
    _key(word): Meaning(column.key) for column in COLUMNS for word in (column.label, *column.aliases)
}
_OPTIONS = {
    (
        "audience",
        AUDIENCES[0],
    ): "全社会 社会公众 面向社会 面向全社会 全体公众 公众 社会 社会大众 全体公民 "
    "面向公众 全社会公开 面向社会公开 向社会公开 所有人",
    (
        "audience",
        AUDIENCES[1],
    ): "特定群体 特定群众 特定对象 特定人群 特定人员 特定范围 部分群体 相关群体 指定群体 面向特定对象 面向特定群体 "
    "特定群体公开 特定对象公开 部分对象 部分人 部分人员",
    ("mode", MODES[0]): "主动 主动公开",
    ("mode", MODES[1]): "依申请 依申请公开 申请公开 依申 申请 按申请 按申请公开",
}
_NAMES |= {_key(word): Meaning(*option) for option, words in _OPTIONS.items() for word in words.split()}
_TRANSLATED = {
    "number": "no. number serial serialno. serialnumber",
    GROUP: "item items matter matters disclosureitem disclosureitems",
    "level1": "level1 firstlevel firstlevelitem category",
    "level2": "level2 secondlevel secondlevelitem itemname nameofitem subcategory",
    "level3": "level3 thirdlevel thirdlevelitem",
    "content": "content contents disclosurecontent elements",
    "basis": "basis legalbasis bases disclosurebasis",
    "time_limit": "timelimit timelimits disclosuretimelimit deadline",
    "publisher": "publisher responsibledepartment department disclosingbody",
    "channels": "channel channels disclosurechannels channelsandmedia",
    "audience": "audience disclosureaudience targetaudience",
    "mode": "mode method disclosuremode methodofdisclosure",
    "levels": "level levels disclosurelevel",
}
"""English names of columns, for tables without Chinese headings."""
_NAMES |= {_key(word): Meaning(key) for key, words in _TRANSLATED.items() for word in words.split()}
_ENGLISH_OPTIONS: tuple[tuple[str, str, str], ...] = (
    ("audience", AUDIENCES[0], "public generalpublic thepublic"),
    ("audience", AUDIENCES[1], "specificgroup specificgroups"),
    ("mode", MODES[0], "proactive active voluntary"),
    ("mode", MODES[1], "onrequest uponrequest byrequest onapplication uponapplication"),
)
_NAMES |= {_key(word): Meaning(key, option) for key, option, words in _ENGLISH_OPTIONS for word in words.split()}
_ENGLISH_LEVELS = {"county": "县级", "countylevel": "县级", "township": "乡级", "town": "乡级", "village": "村级"}
_AND = "[和与及]?"
_OF_LEVEL = "(公开|服务)?(事项|目录|类目|类别|分类|指标|主题|项目|标题|栏目)?(名称)?"
_OF_ITEM = "(公开|事项|项目|服务|业务|目录|具体)*"
_OF_OFFICE = "(公开|发布|公布|责任|牵头|承办|负责|主管|实施|落实|信息)*"
_LIKELY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (rf".*公开.*(渠道|载体|平台|途径|媒介)({_AND}(方式|要求))?", "channels"),
        (rf"(发布|公布)?(渠道|载体|平台|途径)({_AND}(载体|渠道|方式))?", "channels"),
        (
            r"(.*公开.*|公布|发布|更新)(时限|时间|期限|频次|频率|周期)(要求)?|(公示|何时)(公开|公布|时限|期限)|(时限|期限|时间)(要求)?",
            "time_limit",
        ),
        (rf".*公开.*依据|((法律|法规|规章|政策|文件|法定|设定|相关|主要|制度|规定){_AND})*依据(名称|文件)?", "basis"),
        (rf"{_OF_OFFICE}(主体|单位|部门|机构|科室|股室|处室|科股室|处科室|单位部门|部门单位)(名称)?", "publisher"),
        (rf"(.*公开.*|主要|具体|信息)?(内容|要素|要点)({_AND}(要求|标准|要素|要点))?", "content"),
        (r".*公开.*(对象|范围|受众|人群)|(公开|面向)?(对象|受众|范围|人群)", "audience"),
        (r".*公开.*(方式|属性|形式|类型|性质)|方式|属性|形式", "mode"),
        (r".*公开.*(层级|级别|层次)|(适用|实施|行使)?(层级|级别|层次)", "levels"),
        *((rf"(公开)?(事项)?(第?[{count}]级){_OF_LEVEL}", f"level{count[1]}") for count in ("一1", "二2", "三3")),
        (rf"{_OF_ITEM}(大类|类别|类目|分类|大项|主项|主题)(名称)?", "level1"),
        (rf"{_OF_ITEM}(小类|子类|子项|小项|名称)(名称)?|(具体|服务|业务|办事|办理)事项(名称)?", "level2"),
        (rf"{_OF_ITEM}(细项|细目|细类)(名称)?", "level3"),
        (rf"{_OF_ITEM}(序号|编号|编码|代码|序次)|no\.?", "number"),
    )
)
_ANY_LIKELY = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _LIKELY))
"""A quick test whether any of ``_LIKELY`` matches, which is rare."""


@lru_cache(maxsize=1 << 12)  # called for every cell of every row
def known(text: str) -> Meaning | None:
    """The meaning of a label by itself; ``None`` if it is not a known label."""
    if len(text) > 3 * MAX_LABEL:
        return None
    plain = _plain(text)
    if meaning := _NAMES.get(_MARKS.sub("", plain)):
        return meaning
    bare = _chinese(
        _MARKS.sub("", _ASIDE.sub("", plain) if "(" in plain or "〔" in plain or "单位:" in plain else plain)
    )
    if len(bare) > MAX_LABEL // 2:
        return None
    if meaning := _NAMES.get(bare):
        return Meaning(meaning.key, meaning.option, exact=False)
    if _ANY_LIKELY.fullmatch(bare) is None:
        return None
    return next((Meaning(key, exact=False) for pattern, key in _LIKELY if pattern.fullmatch(bare)), None)


def may_be(text: str) -> tuple[str, ...]:
    """The keys that a label can mean, the likeliest first; empty if it is not a known label."""
    meaning = known(text)
    keys = (meaning.key,) if meaning is not None and meaning.option is None else ()
    return _MAYBE.get(_bare(text), keys)


def limit_called(label: str) -> str | None:
    """The name of one of several limits of publication, from its column's label: 首次公开时限; ``None`` for other
    columns. A subdivision of 公开时限, such as 首次公开, becomes 首次公开时限 too.
    """
    group, _, lowest = label.rpartition("/")
    called = _bare(lowest)
    if group and _SUBDIVISIONS["time_limit"].fullmatch(called):
        return called if called.endswith(_ENDS_OF_LIMITS) else called + "时限"
    return called if _LIMIT_BESIDE.fullmatch(called) else None


def subdivides_group(labels: Sequence[str]) -> bool:
    """Whether the lowest label only subdivides the one above it: 特定群体 into 是否 and 具体群体, 公开依据 into
    法律法规 and 政策文件, 公开主体 into 县级 and 乡级.
    """
    above = known(labels[-2]) if len(labels) > 1 else None
    if above is None:
        return False
    lowest = fold(labels[-1])
    if above.option is not None:
        return known(labels[-1]) is None and _OF_AN_OPTION.fullmatch(lowest) is not None
    if above.key == "publisher":
        return level_label(labels[-1]) is not None
    part = _SUBDIVISIONS.get(above.key)
    return part is not None and part.fullmatch(lowest) is not None


def meaning_of(labels: Sequence[str]) -> Meaning:
    """The meaning of a column from its labels, top to bottom: the lowest decides, interpreted by those above it."""
    lowest = labels[-1]
    if subdivides_group(labels) and (above := known(labels[-2])) is not None:
        of_level = level_label(lowest) if above.key == "publisher" else None
        return Meaning(above.key, above.option or of_level, exact=False)
    meaning = known(lowest)
    groups = {above.key for label in labels[:-1] if (above := known(label)) is not None}
    if "levels" in groups:
        canonical = level_label(lowest)
        return Meaning("levels", canonical) if canonical else Meaning("extra")
    if "channels" in groups and (meaning is None or meaning.option is None):
        return Meaning("channels", channel_label(lowest) or name(lowest))
    if meaning is not None:
        return meaning
    if _chinese(fold(lowest)).endswith("级") and (canonical := level_label(lowest)):
        return Meaning("levels", canonical, exact=False)
    return Meaning("extra")
