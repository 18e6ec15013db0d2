"""The guide of a layer and that of the layers above → where it is stricter or demands more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from gkdir.model.guide import DEGREES, Guide, Material
from gkdir.read.text import chinese_number
from gkdir.rules.guides import charges
from gkdir.rules.names import pairs, plain

MUST = "必要"
WHOLE = "原件"


def more_materials(
    materials: Sequence[Material], known: Sequence[Material], above: str
) -> Iterator[tuple[Material, str]]:
    """(material, message) for each that is not ``known`` or is demanded more strictly; messages say ``above``."""
    for material in materials:
        same = _asked(material.name, known)
        if same is None:
            yield material, f"多要了{above}没有的材料“{material.name}”"
        elif stricter := _stricter(material, same, above):
            yield material, f"对材料“{material.name}”要得更严：{stricter}"


def _asked(name: str, materials: Sequence[Material]) -> Material | None:
    """The material with that name, or one whose name contains it: 居民身份证 in 居民身份证或者社会保障卡."""
    same = (known for known in materials if plain(known.name) == plain(name))
    return next(same, None) or next((known for known in materials if within(name, known.name)), None)


def within(text: str, known: str) -> bool:
    """Whether the name or condition ``known`` contains ``text``."""
    return bool(plain(text)) and plain(text) in plain(known)


def _stricter(material: Material, known: Material, above: str) -> str:
    """What is stricter about the same material; empty if nothing is."""
    if material.necessity == MUST and known.necessity not in (None, MUST):
        return f"{above}是{known.necessity}，这里是必要"
    if WHOLE in (material.original or "") and known.original and WHOLE not in known.original:
        return f"{above}要{known.original}，这里要{material.original}"
    if _count(material.copies) > _count(known.copies) > 0:
        return f"{above}要{known.copies}份，这里要{material.copies}份"
    return ""


def _count(copies: str | None) -> int:
    number = re.match(r"\d+", copies or "")
    return int(number[0]) if number else 0


GROUNDED = re.compile(r"[〔（(\[]\d{4}[〕）)\]]\d*号?|(?:依据|根据|按照?|照|见)[^，。；《》]{0,10}《")
"""A condition that names the document on which it is based."""
EASED = re.compile(r"不(?:再|作)?(?:要求|限(?!期)|用|需|必)|无需|免于|放宽|也(?:可以?|能)|都(?:可以?|能)")
"""Words that make a condition easier."""
LEFT_OPEN = re.compile(
    "(?:本省|各省|省里|本地|当地|各地)(?:公布|规定|定|的规定|的政策|的范围)|以(?:本省|本地|当地)的?为准|各省的范围"
)
"""Words with which a layer leaves a condition to lower ones."""
DEMANDS: Mapping[str, re.Pattern[str]] = {
    "要别人同意、推荐或者证明": re.compile(
        r"(?:村|居委|社区|单位|乡镇|街道|学校|主管部门|邻居)[^，。；]{0,8}(?:同意|批准|推荐|盖章|证明)"
    ),
    "要担保、抵押": re.compile("担保人|保证人|反担保|抵押|质押|押金"),
    "看信用、违法记录": re.compile(r"信用|征信|失信|(?:违法|犯罪|违纪|违规)[^，。；]{0,4}记录"),
    "要先交清别的钱": re.compile("[缴交]清|结清|欠费|欠缴"),
    "看学历": re.compile("学历|文化程度"),
    "看家里的财产、收入": re.compile("房产|住房|车辆|汽车|存款|财产|人均收入|家庭收入"),
    "要本人到场": re.compile(
        "本人(?:亲自|到场|到现场|前来|必须)|亲自(?:到|来|办)|(?:必须|只能)[^，。；]{0,6}(?:现场|窗口)"
    ),
    "看生育": re.compile("计划生育|违法生育|超生|生育政策"),
    "要考试、面试": re.compile("考试|考核|面试"),
    "有名额": re.compile("名额|限额|先到先得|额满"),
}
"""What counties add to conditions, for messages → the pattern of its wording."""
_HOUSEHOLD = re.compile("户籍|户口(?!簿|本)")
_ALTERNATIVES = re.compile("常住|居住地|工作地|就业地|参保地|也可以|或")
_SITUATED = re.compile(r"在[^，。；]{0,10}(?:省|市|州|县|区|旗|本地|当地)")
_DAY = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?(?!以|内|的时间)|\d{1,2}月\d{1,2}日")
_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十百]+|半"
_FIGURE = re.compile(rf"({_NUMBER})\s*(?:个|周)?(年|月|岁|工作日|日|天|万?元|倍|(?<=\d)[人户%])")
_YEARS_AND_MONTHS = re.compile(rf"({_NUMBER})年[零又]?({_NUMBER})个月")
_UNITS: Mapping[str, tuple[str, float]] = {
    "年": ("月", 12), "月": ("月", 1), "岁": ("岁", 1), "日": ("日", 1), "天": ("日", 1), "工作日": ("工作日", 1),
    "元": ("元", 1), "万元": ("元", 10_000), "倍": ("倍", 1), "%": ("%", 1), "人": ("人", 1), "户": ("户", 1),
}  # fmt: skip
"""Unit as written → (base unit, factor)."""
_AT_LEAST = re.compile(r"不(?:得)?(?:少于|低于|小于)\Z")
_AT_MOST = re.compile(r"(?:不(?:得)?(?:超过|多于|高于|大于)|不满|不足|未满|最多|少于|低于|小于)\Z")
_OR_LESS = re.compile("以内|之内|内|以下|以前|之前|前")
_MEASURES = re.compile("以上|以下|以内|之内|不少于|不低于|不超过|不得|至少|最多|达到|不满|不足|未满|年龄|[满含内前]")
_ALIKE = 0.5
_FAMILIAR = 0.3
_FEWEST = 4
"""The least characters of a condition that can count as unknown to the layers above."""


_WHY = "请照上一级的写；本地确有规定的，在后面写上依据（依据《…》、文号）。"
_UNASKED = ("免申即享", "信息服务")
_NO_PROXY = re.compile(r"不(?:能|可以?|得|允许|受理|接受|支持)(?:请人|由?别人)?代办|(?:必须|只能|须|应当?|要)由?本人")


class Figure(Struct, frozen=True):
    """A quantity in a condition: amount, unit, whether it is a maximum or a minimum, and the words around it."""

    amount: float
    unit: str
    most: bool
    text: str
    around: frozenset[str]

    def stricter(self, other: Figure) -> bool:
        """Whether fewer people meet this condition than the other one of the same kind."""
        return self.amount < other.amount if self.most else self.amount > other.amount


def harder(own: Guide, above: Guide) -> Iterator[tuple[str, str, str]]:
    """(key, problem, remedy) for each point in which the guide is stricter than the one above."""
    if above.conditions is not None:
        for key, texts in (("服务对象", own.served), ("办理条件", own.conditions)):
            for index, text in enumerate(texts or ()):
                if what := stricter(text, above):
                    yield f"{key}.{index}", f"{key}“{text}”比上一级严：{what}", _WHY
    for index, text in enumerate(own.deadlines or ()):
        if what := shortened(text, above.deadlines or ()):
            yield f"别错过.{index}", f"“{text}”的期限比上一级短：{what}", _WHY
    if own.fee and above.fee and charges(own.fee.text) and not charges(above.fee.text):
        hint = "请照上一级写不收费；国家、省里确有规定收的，用“允许”写明是哪个文件。"
        yield "收费", f"上一级写着“{above.fee.text}”，这里写着“{own.fee.text}”", hint
    yield from _harder(own, above)


def _harder(own: Guide, above: Guide) -> Iterator[tuple[str, str, str]]:
    """The same for the way of applying: only on application, only at a counter, only in person, or not at all."""
    if own.nature == "已停止" and above.nature != "已停止":
        yield "办理类型", "上一级还在办，这里写着已停止", "请删去这一样；国家、省里确已停办的，用“允许”写明是哪个文件。"
    elif own.nature == "申请" and above.nature in _UNASKED:
        yield "办理类型", f"上一级是{above.nature}，不用申请，这里要申请", "请照上一级的写，或者删去这一行。"
    if _depth(own) < _depth(above) and own.online_degree:
        what = f"上一级能{above.online_degree}，这里写着{own.online_degree}"
        yield "网上办理深度", what, "国家、省里的平台能办的，本县的人也能办：请照上一级的写。"
    if own.proxy and above.proxy and _NO_PROXY.search(own.proxy) and not _NO_PROXY.search(above.proxy):
        yield "代办", f"上一级能代办（{above.proxy}），这里写着“{own.proxy}”", _WHY


def _depth(guide: Guide) -> int:
    return DEGREES.index(guide.online_degree) if guide.online_degree in DEGREES else -1


def stricter(text: str, above: Guide) -> str:
    """In what a condition demands more than the guide above; empty if it does not, or cites a document."""
    if GROUNDED.search(text) or EASED.search(text):
        return ""
    return _household(text, above) or _demanded(text, above) or next(_stricter_figures(text, above), "")


def shortened(text: str, above: Sequence[str]) -> str:
    """The message about a deadline that is shorter than the one above for the same thing; empty if it is not."""
    known = [figure for each in above for figure in figures(each)]
    for figure in figures(text):
        same = _comparable(figure, known)
        if same and all(figure.amount < each.amount for each in same):
            return f"上一级是“{same[0].text}”，这里是“{figure.text}”"
    return ""


def unheard_of(text: str, above: Guide) -> bool:
    """Whether the subject of the condition is not mentioned by any layer above."""
    words = plain(_without_measures(text))
    own, known = pairs(words), pairs(plain(words_of(above)))
    skipped = GROUNDED.search(text) or EASED.search(text) or _SITUATED.search(text)
    if skipped or len(words) < _FEWEST or len(own & known) >= _FAMILIAR * len(own):
        return False
    measured = _figures_above(above)
    return not any(_comparable(figure, measured) for figure in figures(text))


def asked(guide: Guide) -> str:
    """All demands of a guide, in one text."""
    materials = (f"{each.name} {each.note or ''}" for each in guide.materials or ())
    return "\n".join((*(guide.served or ()), *(guide.conditions or ()), *(guide.deadlines or ()), *materials))


def words_of(guide: Guide) -> str:
    """All texts of a guide that may mention a condition, in one."""
    steps = (f"{each.name} {each.text or ''}" for each in guide.steps or ())
    named = (each.text for each in (*guide.further, *guide.without, *guide.pending))
    bodies = (section.markdown for section in guide.sections)
    return "\n".join((asked(guide), guide.summary or "", guide.proxy or "", *steps, *named, *bodies))


@lru_cache(maxsize=1 << 11)
def figures(text: str) -> tuple[Figure, ...]:
    """The quantities in a text, without dates."""
    return tuple(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    for clause in re.split(r"[，。；、,;:：（）()\n]", text):
        dateless = _YEARS_AND_MONTHS.sub(_months, _DAY.sub("", clause))
        for found in _FIGURE.finditer(dateless):
            unit, each = _UNITS[found[2]]
            before, after = dateless[: found.start()], dateless[found.end() :]
            most = bool(_OR_LESS.match(after) or _AT_MOST.search(before)) and not _AT_LEAST.search(before)
            around = pairs(plain(_without_measures(dateless)))
            yield Figure(_number(found[1]) * each, unit, most, clause.strip(), around)


def _without_measures(text: str) -> str:
    return _MEASURES.sub("", _FIGURE.sub("", text))


def _months(found: re.Match[str]) -> str:
    """一年零六个月 → 18个月."""
    return f"{12 * _number(found[1]) + _number(found[2]):g}个月"


def _number(text: str) -> float:
    if text == "半":
        return 0.5
    return float(text) if text[0].isascii() else float(chinese_number(text.replace("两", "二")) or 0)


def _comparable(figure: Figure, known: Sequence[Figure]) -> list[Figure]:
    """The figures of ``known`` about the same thing: the same unit, and similar words around it."""
    return [
        each
        for each in known
        if (each.unit, each.most) == (figure.unit, figure.most)
        and len(each.around & figure.around) >= _ALIKE * min(len(each.around), len(figure.around))
    ]


def _stricter_figures(text: str, above: Guide) -> Iterator[str]:
    """Messages about figures that are stricter than those above, or that the guide above does not have."""
    known = _figures_above(above)
    every = {(figure.amount, figure.unit) for figure in (*known, *figures(asked(above)))}
    left_open = LEFT_OPEN.search("".join((*(above.served or ()), *(above.conditions or ()))))
    for figure in figures(text):
        same = _comparable(figure, known)
        if same and all(figure.stricter(each) for each in same):
            yield f"上一级是“{same[0].text}”，这里是“{figure.text}”"
        elif not same and (figure.amount, figure.unit) not in every and not left_open:
            yield f"上一级没有说到“{figure.text}”"


def _figures_above(above: Guide) -> list[Figure]:
    return [figure for each in (*(above.served or ()), *(above.conditions or ())) for figure in figures(each)]


def _demanded(text: str, above: Guide) -> str:
    found = (what for what, words in DEMANDS.items() if words.search(text) and not words.search(asked(above)))
    return next((f"上一级没有{what}" if what[0] == "要" else f"上一级不{what}" for what in found), "")


def _household(text: str, above: Guide) -> str:
    """The message about a limitation to local 户籍, unless the guide above has it too; empty for alternatives."""
    conditions = "".join((*(above.served or ()), *(above.conditions or ())))
    alone = _HOUSEHOLD.search(text) and not _ALTERNATIVES.search(text)
    same = _HOUSEHOLD.search(conditions) and not _ALTERNATIVES.search(conditions)
    return "上一级没有只让本地户籍的人办" if alone and not same else ""
