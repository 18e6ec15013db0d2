"""A clerk's files: the county's own table as an office keeps it, and the form filled in by openpyxl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gkdir.export.workbook import workbook
from gkdir.model.county import Catalog

OFFICE = "清源县人力资源和社会保障局"
TABLE, DOUBT = "我县目录.xlsx", "10.1失业人员登记"
Filled = Sequence[tuple[str, str, str, str]]
"""Sheet, text in one of the row's first cells, heading → what the clerk writes there."""

ANSWERS: Filled = (
    ("就业目录", "外国人来华工作许可", "不列入的原因", "本县没有开展，由市里统一办理"),
    ("就业目录", "就业政策法规咨询", "公开时限", "信息形成或变更之日起10个工作日内公开"),
    ("机构", OFFICE, "地址", "清源县人民路9号"),
    ("机构", OFFICE, "电话", "0600-5550101"),
    ("机构", OFFICE, "监督电话", "0600-5550102"),
    ("机构", OFFICE, "办公时间", "周一至周五9:00—12:00、13:30—17:30"),
    ("审核日期", "就业目录", "日期", "2026-03-01"),
    ("审核日期", "社会保险目录", "日期", "2026-03-01"),
    ("指南", "就业 1.1", "核对日期", "2026-03-02"),
    ("指南", "就业 1.3", "核对日期", "2026-03-02"),
    ("指南", "就业 4.1", "核对日期", "2026-03-02"),
    ("指南", "社会保险 7.1", "核对日期", "2026-03-02"),
    ("待补", "承诺时限", "本县怎么写", "3个工作日"),
    ("待补", "网上办理深度", "本县怎么写", "全程网办"),
    ("待补", "办理方式", "本县怎么写", "网上：https://www.12333.gov.cn/"),
    ("待补", "结果送达", "本县怎么写", "窗口领取"),
    ("待补", "就业创业政策项目", "本县怎么写", "创业担保贷款"),
    ("待补", "失业保险金标准", "本县怎么写", "每月1500元"),
    ("网站", "名称", "本县的", "清源县人民政府"),
    ("网站", "域名", "本县的", "www.qingyuan.gov.cn"),
    ("网站", "标识码", "本县的", "9901010001"),
    ("网站", "主办单位", "本县的", "清源县人民政府办公室"),
    ("网站", "联系方式", "本县的", "0600-5550100"),
    ("网站", "ICP备案号", "本县的", "示ICP备00000000号"),
    ("网站", "公安备案号", "本县的", "示公网安备99010102000001号"),
    ("网站", "党政机关标识", "本县的", "https://bszs.conac.cn/sitename?method=show&id=0"),
    ("网站", "网站地图", "本县的", "https://www.qingyuan.gov.cn/wzdt/"),
    ("网站", "找错", "本县的", "https://www.qingyuan.gov.cn/jiucuo/"),
)


PICTURE = "窗口.png"
NEW: Sequence[tuple[str, Mapping[str, str]]] = (
    (
        "文章",
        {
            "栏目": "通知公告",
            "标题": "窗口搬到二楼",
            "日期": "2026-03-01",
            "事项": "失业登记",
            "正文": f"三月起在二楼办。\n\n![二楼的新窗口]({PICTURE})",
        },
    ),
    (
        "文章",
        {"栏目": "政策文件", "标题": "清源县就业补助办法", "日期": "2026-03-01", "正文": "第一条 照这个办法办。"},
    ),
    ("常见问题", {"问题": "几点开门？", "日期": "2026-03-01", "事项": "失业登记", "回答": "九点。"}),
    ("乡镇村", {"网址里叫什么": "baishi", "名称": "白石镇", "代码": "990101101", "级别": "乡级"}),
    ("乡镇村机构", {"乡镇村": "白石镇", "简称": "镇便民中心", "名称": "白石镇便民服务中心", "电话": "0600-5550201"}),
    ("表格", {"表格": "灵活就业登记表", "分节": "本人情况", "名称": "姓名"}),
    ("表格", {"表格": "灵活就业登记表", "分节": "签字", "名称": "本人签名", "类型": "签名"}),
)
"""Sheet, and what a clerk writes into its first blank row, by heading."""


def add(path: Path, new: Sequence[tuple[str, Mapping[str, str]]]) -> None:
    """Write new rows into the form."""
    book = load_workbook(path)
    for title, texts in new:
        sheet = book[title]
        columns = {heading: _column(sheet, heading) for heading in texts}
        blank = (row for row in range(5, sheet.max_row + 1) if not any(cell.value for cell in sheet[row]))
        number = next(blank)
        for heading, text in texts.items():
            sheet.cell(number, columns[heading]).value = text
    book.save(path)


def own_table(catalog: Catalog, path: Path) -> None:
    """Write the national directories as a county's own table.

    It has the office's name, one item under another name, one missing, and one published later than the national limit.
    """
    path.write_bytes(workbook(tuple(catalog.directories.values()), "清源县"))
    book = load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "人力资源社会保障部门" in cell.value:
                    cell.value = OFFICE
    sheet = book.worksheets[0]
    sheet.cell(_row(sheet, "4.1失业登记"), 3).value = DOUBT
    late = next(cell for cell in sheet[_row(sheet, "1.1")] if "工作日" in str(cell.value))
    late.value = "信息形成或变更之日起30个工作日内公开"
    sheet.delete_rows(_row(sheet, "9.1"))
    book.save(path)


def fill(path: Path, answers: Filled) -> None:
    """Write the answers into the form."""
    book = load_workbook(path)
    for title, row, heading, text in answers:
        sheet = book[title]
        sheet.cell(_row(sheet, row), _column(sheet, heading)).value = text
    book.save(path)


def _row(sheet: Worksheet, said: str) -> int:
    rows = enumerate(sheet.iter_rows(min_row=4), 4)
    return next(number for number, row in rows if any(said in str(cell.value or "") for cell in row[1:5]))


def _column(sheet: Worksheet, heading: str) -> int:
    return next(number for number, cell in enumerate(sheet[4], 1) if cell.value == heading)
