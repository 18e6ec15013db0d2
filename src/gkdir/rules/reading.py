"""Troubles of reading, a rule for each kind; here those of files and tables (GK0xx)."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Finding, Severity, Trouble, TroubleKind
from gkdir.rules import values
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.values import of_kind

CITE = "读不出的内容无法核对，也不能发布"


@rule("GK001", "unreadable", "文件读不出来", on=Trouble, cite=CITE)
def unreadable(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """整个文件读不出来：不是合格的 YAML 或表格，或者编码不对。

    ## 为什么
    文件读不出来，里面写的一切都没法核对，本县暂不发布；其他县照常。

    ## 错误
    ```yaml county.yaml
    目录: [没有写完
    ```

    ## 正确
    ```yaml county.yaml
    目录: {}
    ```
    """
    return of_kind(TroubleKind.UNREADABLE, trouble)


@rule("GK002", "missing-file", "写到的文件不存在", on=Trouble, cite=CITE)
def missing_file(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """写了一个文件名，但没有这个文件。

    ## 为什么
    多半是文件名写错了，或者文件忘了放进来。

    ## 错误
    ```yaml county.yaml
    上级: ../../provinces/99/province.yaml
    ```

    ## 正确
    ```yaml county.yaml
    目录: {}
    ```
    """
    return of_kind(TroubleKind.MISSING_FILE, trouble)


@rule("GK003", "path-outside", "路径跑出了项目文件夹", on=Trouble, cite="只读取项目文件夹以内的文件")
def path_outside(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """写的路径跑到项目文件夹外面去了。

    ## 为什么
    项目以外的文件换一台机器就没有了，也可能本来就不该公开。

    ## 错误
    ```yaml county.yaml
    上级: ../../../../别的文件夹/province.yaml
    ```

    ## 正确
    ```yaml county.yaml
    目录: {}
    ```
    """
    return of_kind(TroubleKind.OUTSIDE, trouble)


@rule("GK004", "stray-file", "文件放错了地方", on=Trouble, severity=Severity.WARNING, cite=CITE)
def stray_file(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """文件放在一个没有程序会去读的地方。

    ## 为什么
    放错地方的文件不会发布，写的人却以为已经发布了。

    ## 错误
    ```yaml guides/employment/失业登记.txt
    简述: 办理失业登记
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    简述: 办理失业登记
    ```
    """
    return of_kind(TroubleKind.STRAY_FILE, trouble)


@rule("GK005", "unread-row", "表格里有读不懂的行", on=Trouble, severity=Severity.WARNING, cite=CITE)
def unread_row(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """表格正文里有一行，既不是事项，也不是上一行的延续。

    ## 为什么
    读表时一行也不能丢。读不懂的行逐行报出来，由人判断。

    ## 错误
    ```text
    全国目录的工作簿里有一行只写了公开依据，没有写事项名称。
    ```

    ## 正确
    ```text
    每一行都写明二级事项，或者与上一行合并单元格。
    ```
    """
    return of_kind(TroubleKind.NOT_A_ROW, trouble)


@rule("GK006", "hidden-part", "表格里有隐藏的内容", on=Trouble, severity=Severity.WARNING, cite=CITE)
def hidden_part(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """工作簿里有隐藏的工作表、行或列。

    ## 为什么
    隐藏的内容照样读取，一行也不丢。但隐藏的往往是旧稿或筛选剩下的，公开以前应当有人看过。

    ## 错误
    ```text
    工作簿里留着一张隐藏的旧目录。
    ```

    ## 正确
    ```text
    不该公开的删除，应当公开的取消隐藏。
    ```
    """
    return of_kind(TroubleKind.HIDDEN, trouble)


@rule("GK007", "struck-text", "表格里有划掉的文字", on=Trouble, severity=Severity.WARNING, cite=CITE)
def struck_text(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """表格里有加了删除线的文字：一格、一格里的几个字，或者一整行。

    ## 为什么
    划掉的就是不算数的，所以不读。但划掉的是什么、该不该划，要有人看过；在表里真正删去，谁读都不会错。

    ## 错误
    ```text
    公开时限写着划掉的“20个工作日”和没有划掉的“10个工作日”；一个不再开展的事项整行划掉。
    ```

    ## 正确
    ```text
    作废的文字和行从表里删去；仍然有效的去掉删除线。
    ```
    """
    return of_kind(TroubleKind.STRUCK, trouble)


@rule("GK008", "beside-cells", "表格里有不在单元格里的内容", on=Trouble, severity=Severity.WARNING, cite=CITE)
def beside_cells(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """表格里有批注、文本框、图片、控件、链接，网页的表格上面、下面有文字：看得见，或者点得开，却不是单元格里的文字。

    ## 为什么
    目录读的是单元格里的文字。批注和文本框里常常写着真正的意思（改为10个工作日、此项不列入），不看就错了。

    ## 错误
    ```text
    公开时限的格子写着 20个工作日，上面的批注写着“本县改为10个工作日”。
    ```

    ## 正确
    ```text
    把内容写进单元格，批注和文本框删去。
    ```
    """
    return of_kind(TroubleKind.BESIDE, trouble)


@rule("GK009", "unread-cell", "表格里有读不懂的单元格", on=Trouble, severity=Severity.WARNING, cite=CITE)
def unread_cell(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """单元格里有几个字，或者表头里有一个栏目名称，程序不认识；占了几格的表外文字（填报、审核、合计、附件）也列在这里。

    ## 为什么
    一格里认识的读出来，不认识的不能悄悄丢掉：“政府网站（仅内网）”和“政府网站”不是一回事。
    栏目名称不认识，整栏的内容就不知道是什么。

    ## 错误
    ```text
    公开方式一格写着“全文发布”；公开主体那一栏的表头写着“经手的人”。
    ```

    ## 正确
    ```text
    公开方式写“主动”或“依申请”；表头写“公开主体”。
    ```
    """
    return of_kind(TroubleKind.UNREAD_CELL, trouble)


BY_KIND = {
    TroubleKind.UNREADABLE: unreadable,
    TroubleKind.MISSING_FILE: missing_file,
    TroubleKind.OUTSIDE: path_outside,
    TroubleKind.STRAY_FILE: stray_file,
    TroubleKind.NOT_A_ROW: unread_row,
    TroubleKind.UNREAD_CELL: unread_cell,
    TroubleKind.HIDDEN: hidden_part,
    TroubleKind.STRUCK: struck_text,
    TroubleKind.BESIDE: beside_cells,
    TroubleKind.INVISIBLE: values.invisible_character,
    TroubleKind.UNKNOWN_KEY: values.unknown_key,
    TroubleKind.DUPLICATE_KEY: values.duplicate_key,
    TroubleKind.MISSING_KEY: values.missing_key,
    TroubleKind.WRONG_VALUE: values.wrong_value,
    TroubleKind.IN_THE_WAY: values.in_the_way,
    TroubleKind.STILL_LIVE: values.still_live,
}
"""Kind of trouble → its rule."""


def finding(trouble: Trouble, county: str | None) -> Finding:
    """The trouble as a finding."""
    return BY_KIND[trouble.kind].finding(Fault(trouble.place, trouble.message, trouble.hint), county)
