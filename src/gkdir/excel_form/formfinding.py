"""A finding, its place in the county's form, and its remedy in terms of cells and sheets, as values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from gkdir.finding import Finding

_KEY = r"(?P<key>[\u4e00-\u9fff]+)"
_VERB = r"(?P<ask>请?)(?:至少)?(?:写成|改回|改成|改为|加一行|写一行|写)"
_BETTER = "，或者照国家目录的写法改回"

_TICKED = "(?P<key>公开对象|公开方式|公开层级|公开渠道和载体)"

_REPLACEMENTS: Sequence[tuple[str, str]] = (
    (r"(?:在|本县的写在|可以在) ?county\.yaml ?的“(允许|机构)”里", r"在“\1”表里"),
    (r"，?本县的写在 county\.yaml，各县共用的写在 [^：]+：", "："),
    (r"（county\.yaml 的“指南默认”）|，或者写在 guides 里", ""),
    (r"用“允许”写明", "在“允许”表里写明"),
    (r"[，；]或者删去这一行(?:，沿用上一级的[\u4e00-\u9fff]+)?", _BETTER),
    (r"在“事项”里删去它的那两行", "清空它那一行的“不列入的原因”"),
    (r"请删去这一行", "请清空这一格"),
    (r"，再导入。或者在这里改：就是某一项的，把栏目移到.*", "；不采用的写上理由。"),
    (r"是事项的，写到“事项”或“增加”之下，再删去这一条；不是的，写 不采用: 理由", "不是事项的，选“不采用”，写上理由"),
    (r"在“网站”里写 找错: 网址", "在“网站”表的“找错”一行写网址"),
    (r"在“目录”的领域里写 指南核对: \S+；不合的，在 guides 里改", "在“指南”表里写“核对日期”；不合的，改它那一行"),
    (r"在 forms 里放“([^”]+)\.yaml”或同名文件夹", r"在“表格”表里加上“\1”"),
    (r"在 forms/\S+ 里放“空白表\.docx”，或者用 (\S+?)\.yaml 描述这张表格", r"在“表格栏目”表里写“\1”有哪几格"),
    (r"请写成 \{名称: [^}]*\} 的样子", "请在“材料”表里把形式、份数、介质、来源、必要性写全"),
    (r"写成 收费: \{[^}]*\}；", "在“收费”的两栏写标准和依据；"),
    (r"在 forms/\S+ 里放“填写说明\.md”，或者在表格的 YAML 里给", "在“表格”表的“说明”一栏，给"),
    (r"(难填的栏目)写“说明”", r"\1写怎么填"),
    (
        r"在 forms/\S+ 里放“示范文本”，或者在表格的 YAML 里给各栏目写“示例”",
        "在“表格”表的“示例”一栏，写各栏目填好的样子",
    ),
    (r"在 guides/\S+ 里按编号逐步补上", "在“指南”表里逐步补上"),
    (r"；或者写在 guides 里，只写这几样", ""),
    (r"在 (?:guides|towns) 里写(上有公示栏的乡镇、村)", r"在“乡镇村”表里写\1"),
    (r"在 guides 里写", "在“指南”表里写"),
    (r"在 pages/interpretations 里写一篇", "在“文章”表里写一篇政策解读"),
    (r"在 pages/\S+ 里各?(?:放|写)一篇", "在“文章”“常见问题”表里写上"),
    (r"请把(\S+?)放在这个 \.md 文件旁边", r"请在工作台“交图片和文件”里交\1"),
    (r"在“网站”里", "在“网站”表里"),
    (r"在“机构”里", "在“机构”表里"),
    (r"给“机构”写上", "在“机构”表里写上"),
    (r"“(机构)”里", r"“\1”表里"),
    (r"要改原有事项，写在“事项”下", "要改原有事项，改它那一行"),
    (r"加一行“([^”]+)”", r"在“\1”一栏"),
    (r"，?加英文引号", ""),
    (r"请加一行 审核日期: (\S+?)，", r"请在“日期”一栏写“\1”，"),
    (rf"{_VERB} {_TICKED}: \{{增加: \[(?P<value>[^\]]*)\]\}}(?: 的样子)?", r"\g<ask>在“\g<key>”里勾“\g<value>”"),
    (rf"{_VERB} 默认: \{{{_KEY}: \[(?P<value>[^\]]*)\]\}}", r"\g<ask>在“\g<key>”一栏写“\g<value>”"),
    (rf"{_VERB} {_KEY}: \{{增加: \[(?P<value>[^\]]*)\]\}}(?: 的样子)?", r"\g<ask>在“\g<key>”一栏另起一行写上"),
    (
        rf"{_VERB} 公开对象: \[特定群体（(?P<value>[^\]]*)）\](?: 的样子)?",
        r"\g<ask>在“特定群体是谁”一栏写明，如“\g<value>”",
    ),
    (rf"(?P<ask>请?)改[回成为] {_TICKED}: \[(?P<value>[^\]]*)\](?: 的样子)?", r"\g<ask>在“\g<key>”里只勾“\g<value>”"),
    (rf"{_VERB} {_TICKED}: \[(?P<value>[^\]]*)\](?: 的样子)?", r"\g<ask>在“\g<key>”里勾“\g<value>”"),
    (rf"{_VERB} {_KEY}: \[(?P<value>[^\]]*)\](?: 的样子)?", r"\g<ask>在“\g<key>”一栏写“\g<value>”"),
    (rf"{_VERB} {_KEY}: (?P<value>[^，；。]*)", r"\g<ask>在“\g<key>”一栏写“\g<value>”"),
    (rf"如 {_KEY}: (?P<value>[^，；。]*)", r"如“\g<value>”"),
    (r"写 (\S+) 和 (\S+?)。", r"写上“\1”和“\2”。"),
    (r" ?([\u4e00-\u9fff]+): 网址", r"“\1”的网址"),
    (r"“([^”：:]+)[:：] ?…”", r"“\1”"),
    (r"写 \[(\S+?)\]", r"写“\1”"),
)
"""Pattern in a remedy about YAML → the same in terms of the form; applied in this order."""


def in_form_words(hint: str) -> str:
    """The remedy rewritten from keys, lines and lists of YAML to cells and sheets of the form."""
    for pattern, words in _REPLACEMENTS:
        hint = re.sub(pattern, words, hint)
    return hint


class FormPlace(Struct, frozen=True):
    """A sheet of the form and, as far as known, row, column and cell.

    ``keys`` are those of the table, the row and the column.
    """

    sheet: str
    row: str = ""
    column: str = ""
    cell: str = ""
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = " ".join(filter(None, (self.sheet, self.row, self.column)))
        return f"{named}（{self.cell} 格）" if self.cell else named


class FormFinding(Struct, frozen=True):
    """A finding, and its place in the form (``None`` if it has none there)."""

    finding: Finding
    place: FormPlace | None

    @property
    def remedy(self) -> str:
        """What to do: in terms of the form if the place is in it, else as the rule says."""
        return in_form_words(self.finding.hint) if self.place else self.finding.hint
