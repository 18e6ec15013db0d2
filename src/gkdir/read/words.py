"""The text of one cell → its values: elements, publishers, audience, mode, levels.

Also re-exports the other cell grammars, so that callers need only one module.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from gkdir.model.columns import AUDIENCES, LEVELS, MODES
from gkdir.read.bases import bases as bases
from gkdir.read.bases import basis as basis
from gkdir.read.channels import OFF, ON
from gkdir.read.channels import channels as channels
from gkdir.read.channels import other_names as other_names
from gkdir.read.text import fold as fold
from gkdir.read.text import line, name, numbered
from gkdir.read.ticks import tick as tick
from gkdir.read.timelimit import is_ditto as is_ditto

_HOLLOW = "◦○◇□△☆"
_BULLETS = "●•·◆■▪▲★※➢►▶✦❖◎⚫" + _HOLLOW
_TICKS, _BLANKS = "√✓✔☑☒✅", "□☐×✗✘"
"""Marks of chosen and of other options. ■ marks a chosen one if the cell has a □, else it is a bullet."""
_CHOSEN = re.compile(rf"[{_TICKS}■]")
_HYPHENS = "-–—－*"
_TRAILING = "；;。、，, \t\u3000\n"

_ORGANISATION = re.compile(
    r"(?:局|中心|部门|政府|委员会|委|办|办公室|院|所|站|厅|会|处|科|股|公司|大队|街道|平台|银行|署|社|学校|单位|机构|支队|总队|馆|分局|税务|镇|乡)"
    r"(?:（[^）]*）|\([^)]*\))?\Z"
)
_FRAGMENT = re.compile(
    r"^(?:办公室|办事处|人民政府|管理局|管委会|管理委员会|部门|中心|服务中心|管理中心|机构|单位|和|及|与|等|等部门|委员会|会|局|处|[（(])"
)
_AND = re.compile(r"(?<=局|府|处)(?:以及|[和及与])(?=[\u4e00-\u9fff]{2,}(?:局|中心|政府|办事处|委员会|部门)(?:\Z|\s))")
"""县人社局和县医保局: two offices."""
_OPEN, _CLOSE = "（(〔[《", "）)〕]》"


_ASIDE_ALONE = re.compile(r"[（(][^（()）]*[)）]")
ENDING = re.compile(
    r"(?:条件|流程|程序|步骤|依据|标准|材料|时限|时间|期限|地点|地址|电话|渠道|方式|途径|结果|对象|范围|要求|单位|名称|费用|收费|岗位|薪酬|待遇"
    r"|政策|文件|机构|内容|事项|指南|须知|公告|公示|通知|名单|名录|金额|信息|数据|情况|职责|权利|义务|表格|表|条款|规定|办法|项目|数量|人数|计划"
    r"|方案|目录|清单|资格|报名|结论|主体|部门|人员|服务|目的|原则|意见|措施|问题|答复|投诉|监督|举报|联系人)\Z"
)
"""The end of an element of 公开内容."""
_BLANK = re.compile(r"[ \t\u3000\xa0](?<=[\u4e00-\u9fff）)》].)[ \t\u3000\xa0]*(?=[\u4e00-\u9fff《])")


@lru_cache(maxsize=1 << 13)
def elements(text: str) -> tuple[str, ...]:
    """The elements of 公开内容, each on one line: numbered, bulleted, or separated by ；, lines, 、， or blanks."""
    cleaned = (name(piece.strip(_TRAILING)).rstrip(_TRAILING) for piece in _pieces(text))
    return tuple(dict.fromkeys(piece for piece in cleaned if piece))


def undivided(text: str) -> tuple[str, ...]:
    """The elements with a blank that may be a separator, if there is no other evidence."""
    if _BLANK.search(text) is None:
        return ()
    spaced = (piece for piece in _pieces(text) if _BLANK.search(piece))
    return tuple(" ".join(piece.split()) for piece in spaced if not _is_one_word(_outside_blanks(piece)))


def hollow_bullets(text: str) -> tuple[str, ...]:
    """The texts at hollow bullets if others are filled: they may be less important, or not chosen."""
    if text.lstrip()[:1] not in _BULLETS or not any(mark in text for mark in _HOLLOW):
        return ()
    marks = {mark for mark in text if mark in _BULLETS}
    if marks <= set(_HOLLOW):
        return ()
    pieces = re.split(rf"([{_BULLETS}])", chosen(text))
    return tuple(word.strip() for mark, word in zip(pieces[1::2], pieces[2::2], strict=True) if mark in _HOLLOW)


@lru_cache(maxsize=8)
def _pieces(text: str) -> list[str]:
    text = chosen(text)
    pieces = numbered(text) or _bulleted(text)
    return pieces or _with_asides([part for piece in _divided(text) for part in _spaced(piece)])


def _with_asides(pieces: list[str]) -> list[str]:
    """The pieces; one that is all in brackets is joined to the one before it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _ASIDE_ALONE.fullmatch(piece.strip(_TRAILING)):
            joined[-1] = joined[-1].rstrip() + piece.strip(_TRAILING)
        else:
            joined.append(piece)
    return joined


def _bulleted(text: str) -> list[str] | None:
    bullet = text.lstrip()[:1]
    if not bullet or bullet not in _BULLETS + _HYPHENS:
        return None
    if bullet in _HYPHENS:
        return re.split(rf"(?:^|\n)\s*[{re.escape(_HYPHENS)}]+", text)
    return re.split(rf"{re.escape(bullet)}|(?:^|\n)\s*[{_BULLETS}]", text)


def _divided(text: str) -> list[str]:
    for separators in ("；;", "|｜", "、", "，,"):
        pieces = _outside(text, separators)
        if len(pieces) > 1 and len(pieces) >= text.strip().count("\n") + 1:
            return pieces
    sentences = _outside(text, "。")
    short = len(sentences) > 1 and "\n" not in text.strip() and all(0 < len(one.strip()) <= 12 for one in sentences)
    return sentences if short else text.split("\n")


def _spaced(text: str) -> list[str]:
    """The pieces between blanks, if most of them end like elements; else the whole text."""
    pieces = _outside_blanks(text)
    plain = all(len(piece) > 1 for piece in pieces) and 2 * sum(map(_ends_well, pieces)) >= len(pieces) > 2
    return pieces if plain or (len(pieces) == 2 and all(map(_ends_well, pieces))) else [text]


def _ends_well(piece: str) -> bool:
    return (len(piece) > 2 and bool(ENDING.search(piece[-20:]))) or piece in ("薪酬", "待遇")


def _is_one_word(pieces: list[str]) -> bool:
    """Whether blanks only separate the characters of one word: 备 注."""
    return len(pieces) < 2 or (len(pieces) == 2 and all(len(piece) == 1 for piece in pieces))


def _outside_blanks(text: str) -> list[str]:
    """Split at blanks between Chinese characters, outside brackets."""
    return _outside(_BLANK.sub("\0", text), "\0") if _BLANK.search(text) else [text]


def _outside(text: str, separators: str) -> list[str]:
    """Split at ``separators``, outside brackets."""
    pieces, depth, start = [], 0, 0
    for index, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and character in separators:
            pieces.append(text[start:index])
            start = index + 1
    last = text[start:]
    return [*pieces, last] if last.strip() else pieces


def is_organisation(text: str) -> bool:
    """Whether a text ends like the name of an office."""
    return bool(_ORGANISATION.search(name(text)[-40:]))


@lru_cache(maxsize=1 << 12)
def publishers(text: str) -> tuple[str, ...]:
    """The organisations of 公开主体. A new line or blank separates them only after a complete name."""
    text = chosen(text)
    pieces = numbered(text) or _bulleted(text) or [text]
    found: list[str] = []
    for part in (part for piece in pieces for part in _outside(_AND.sub("、", piece), "、，,；;。/／|｜+＋")):
        whole = ""
        for word in part.split():
            joins = whole and (_FRAGMENT.match(word) or not _ORGANISATION.search(whole[-40:]))
            if whole and not joins:
                found.append(whole)
                whole = ""
            whole += (" " if whole[-1:].isascii() and whole and word[:1].isascii() else "") + word
        found.append(whole)
    return tuple(dict.fromkeys(organisation for part in found if (organisation := name(part))))


ALL = re.compile(
    r"全社会|广大(?:人民)?群众|社会公众|社会大众|社会各界|社会成员|全体公民(?:、?法人(?:和|或|或者)其他组织)?|全社会成员|公众|面向社会|向社会(?=公开|\Z)|所有人|公民、?法人(?:和|或|或者)其他组织"
    r"|^(?:全)?社会(?:公开)?\Z|^(?:不限(?:对象|范围|人群)?|所有(?:人员|群众|公众|公民)?)\Z"
)
SOME = re.compile(r"特定(?:群体|群众|对象|人群|人员)")
_WORD_MARK = re.compile(rf"([{ON}{OFF}]?)\s*([^{ON}{OFF}]*)")


def chosen(text: str) -> str:
    """The text without the words at blank boxes if others are ticked, each chosen word on its own line."""
    if _CHOSEN.search(text) is None or not any(mark in text for mark in _TICKS + _BLANKS):
        return text
    return "\n".join(word.strip(_TRAILING) for word in chosen_words(text) if word.strip())


def unchosen(text: str) -> tuple[str, ...]:
    """The words at blank boxes if others are ticked."""
    return () if chosen(text) is text else tuple(line(word).rstrip(_TRAILING) for word in blank_words(text))


def chosen_words(text: str) -> tuple[str, ...]:
    """The words at ticked boxes of a cell, and those without a box: the whole text if there are no boxes."""
    return tuple(word for mark, word in _boxes(text) if mark in ON or not mark)


def blank_words(text: str) -> tuple[str, ...]:
    """The words at unticked boxes of a cell."""
    return tuple(word for mark, word in _boxes(text) if mark and mark not in ON and word.strip())


def _boxes(text: str) -> list[tuple[str, str]]:
    """(box, its words) for each box; the box is empty for words without one."""
    text = re.sub(r"[（(\[]\s*(?:([√✓✔■×])\s*)?[)）\]]", lambda match: match[1] or "□", text)
    pairs = [(mark, word) for mark, word in _WORD_MARK.findall(text) if mark or word.strip()]
    if not any(mark for mark, _ in pairs):
        return [("", text)]
    if pairs[0][0] == "" and pairs[-1][0] and not pairs[-1][1].strip():  # 全社会√ 特定群体□
        return [(later[0], earlier[1]) for earlier, later in pairwise(pairs)]
    return pairs


def audience(text: str) -> tuple[tuple[str, ...], str | None]:
    """The audiences in the text of 公开对象, and the group that it names."""
    folded = [fold(word) for word in chosen_words(text)]
    everyone = any(ALL.search(word) for word in folded)
    detail = group(
        "、".join(word for word in chosen_words(text) if not ALL.search(fold(word)) or SOME.search(fold(word)))
    )
    some = any(SOME.search(word) for word in folded) or detail is not None
    return tuple(label for label, true in zip(AUDIENCES, (everyone, some), strict=True) if true), detail


def group(text: str) -> str | None:
    """The group of people in a cell under 特定群体, if it names one: √（失业人员） → 失业人员."""
    text = re.sub(rf"[{ON}{OFF}＿_]", "", text)
    text = SOME.sub("", ALL.sub("", line(text)))
    text = re.sub(r"[（(]?(?:请写明|请注明|请说明)[)）]?[:：]?", "", text).strip("：:、，,；;。 ")
    inner = re.fullmatch(r"[（(](.*)[)）]", text)
    text = (inner[1] if inner else text).strip("：:、，,；;。 ")
    return name(text) if text and tick(text) is None else None


def mode(text: str) -> tuple[str, ...]:
    """The modes in the text of 公开方式: 主动, 依申请, or both."""
    folded = fold("、".join(chosen_words(text)))
    request = "申请" in folded
    return tuple(label for label, true in zip(MODES, ("主动" in folded, request), strict=True) if true)


_ASIDE = re.compile(r"\(.*?\)")
_VILLAGE = re.compile(r"村|社区|嘎查|居委|居民委员会")
_TOWN = re.compile(r"乡|镇|街道?|苏木|团场")
_COUNTY = re.compile(r"[县区市旗州]|林区|特区")
_SEVERAL = re.compile(r"([县区市乡镇街村]{2,4})(?:[两二三]级|\Z)")


def level(text: str) -> str | None:
    """The canonical level that a heading such as 镇街级, 乡、村级 or 嘎查（社区）级 means; ``None`` if none."""
    if len(text) > 40:
        return None
    word = _ASIDE.sub("", fold(text)).removesuffix("公开").removesuffix("级")
    if not word or len(word) > 8 or "省" in word or "国家" in word:
        return None
    if _TOWN.search(word):
        return "乡级"
    if _VILLAGE.search(word):
        return "村级"
    return "县级" if _COUNTY.search(word) else None


def levels(text: str) -> tuple[str, ...]:
    """The levels in the text of 公开层级: 县级、乡级."""
    found: list[str | None] = []
    for choice in chosen_words(text):
        for word in re.split(r"[、，,；;/／\s和及与]+", choice):
            if several := _SEVERAL.match(fold(word)):
                found += [level(character) for character in several[1]]
            else:
                found.append(level(word))
    return tuple(label for label in LEVELS if label in found)
