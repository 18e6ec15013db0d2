"""The desk lists what to do, gives out the form, shows every change of a returned one, and can undo the last."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from tests.desk.conftest import DAY, Nation
from tests.desk.opened import TOKEN, Open, everything
from tests.nation import seen_as

from gkdir import cache
from gkdir.buildoptions import BuildOptions
from gkdir.cli import group
from gkdir.desk.desk import FILE, Desk
from gkdir.desk.front import DeskOptions, only_desk
from gkdir.desk.pages import in_desk_words
from gkdir.excel_form.formfinding import in_form_words
from gkdir.finding import Unreadable
from gkdir.preview.site import Preview
from gkdir.sheets.renderer import missing
from gkdir.sources import ARCHIVES, Sources
from gkdir.stamps import FolderDigests

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def filled(content: bytes, said: str, becomes: str) -> bytes:
    """The form after a clerk has changed the first cell with the text ``said``."""
    book = load_workbook(BytesIO(content))
    cell = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == said)
    cell.value = becomes
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def offered(page: str) -> str:
    """The name by which a page offers to write what it shows."""
    found = re.search(r'name="id" value="([^"]+)"', page)
    assert found, page
    return found[1]


def test_what_to_do_is_said_by_cause_with_clause_and_place(desk: Open) -> None:
    page = desk.get("c/kuansong/").text
    assert "现在：先改好" in page
    assert "GK301" in page
    assert "counties/kuansong/county.yaml:" in page
    assert str(desk.project) not in page, "places are told as seen from the project"
    assert "现在：可以发布" in desk.get("c/heping/").text
    counties = desk.get("").text
    assert "和平县" in counties
    assert "宽松县" in counties


def test_what_is_written_goes_into_the_record_with_its_reason(desk: Open) -> None:
    """As ``gkdir diff --record`` writes it; undo removes both."""
    before = everything(desk.project)
    form = filled(desk.get("c/heping/form").content, "和平县人民路1号", "和平县人民路2号")
    page = desk.post("c/heping/form", files=[("file", "表.xlsx", form)]).text
    assert "记进更新记录" in page
    assert "checked" not in page, "the county has kept no record until now"
    given = {"id": offered(page), "record": "1", "reason": "搬家了", "basis": "《甲法》"}
    assert desk.post("write", given).status == 303
    record = (desk.project / "counties" / "heping" / "changes.yaml").read_text(encoding="utf-8")
    for words in (
        "日期: 2026-03-20",
        "机构: ",
        "原: 和平县人民路1号",
        "现: 和平县人民路2号",
        "理由: 搬家了",
        "依据: 《甲法》",
    ):
        assert words in record
    again = filled(desk.get("c/heping/form").content, "和平县人民路2号", "和平县人民路3号")
    assert " checked" in desk.post("c/heping/form", files=[("file", "表.xlsx", again)]).text
    assert desk.post("c/heping/undo").status == 303
    assert everything(desk.project) == before


def test_a_form_goes_out_and_comes_back_and_the_last_is_undone(desk: Open, tmp_path: Path) -> None:
    out = desk.get("c/heping/form")
    assert "attachment" in out.headers["content-disposition"]
    before, form = everything(desk.project), filled(out.content, "和平县人民路1号", "和平县人民路2号")
    page = desk.post("c/heping/form", files=[("file", "发回的 表.xlsx", form)]).text
    for words in ("发回的 表.xlsx", "地址", "和平县人民路1号", "和平县人民路2号"):
        assert words in page
    assert everything(desk.project) == before, "nothing is written before it was looked at"

    twin, given = Path(shutil.copytree(desk.project, tmp_path / "twin")), tmp_path / "form.xlsx"
    given.write_bytes(form)
    done = CliRunner().invoke(group, ["form", "import", str(given), str(twin), "--write"])
    assert done.exit_code == 0, done.output
    assert desk.post("write", {"id": offered(page)}).headers["location"].endswith("c/heping/?done=written")
    assert everything(desk.project) == everything(twin), "the desk writes what the command writes"
    assert everything(desk.project) != before
    assert desk.post("write", {"id": offered(page)}).status == 422, "once is enough"

    assert "撤回这一次" in desk.get("c/heping/").text
    assert desk.post("c/heping/undo").status == 303
    assert everything(desk.project) == before
    assert "撤回这一次" not in desk.get("c/heping/").text
    assert desk.post("c/heping/undo").status == 422


def test_the_last_can_be_undone_by_the_next_desk(desk: Open) -> None:
    before = everything(desk.project)
    form = filled(desk.get("c/heping/form").content, "和平县人民路1号", "和平县人民路2号")
    desk.post("write", {"id": offered(desk.post("c/heping/form", files=[("file", "a.xlsx", form)]).text)})
    assert everything(desk.project) != before
    nobody = desk.project / "nobody"
    nobody.mkdir()
    assert Desk(DeskOptions(nobody, nobody, nobody, lambda: DAY)).last("heping") is None
    nobody.rmdir()
    again = Desk(DeskOptions(desk.project, desk.project / "site", desk.project / "存档", lambda: DAY))
    assert again.undo("heping").title == "填好的表“a.xlsx”"
    assert everything(desk.project) == before
    (desk.project / FILE).write_bytes(b"not ours")
    assert Desk(again.options).last("heping") is None


def test_a_picture_goes_where_a_text_asks_for_it(desk: Open) -> None:
    folder = desk.project / "counties" / "heping"
    notices = folder / "pages" / "notices"
    notices.mkdir(parents=True, exist_ok=True)
    text = "---\n标题: 搬家\n日期: 2026-03-01\n---\n![新窗口](图/窗口.png)\n"
    (notices / "moved.md").write_text(text, encoding="utf-8")
    page = desk.post("c/heping/files", files=[("file", "窗口.png", PICTURE), ("file", "别的.png", PICTURE)]).text
    assert "counties/heping/pages/notices/图/窗口.png" in page
    assert "没有哪一篇写着“别的.png”" in page
    assert not (notices / "图").exists()
    desk.post("write", {"id": offered(page)})
    assert (notices / "图" / "窗口.png").read_bytes() == PICTURE
    assert sorted(path.name for path in (notices / "图").iterdir()) == ["窗口.png"]
    desk.post("c/heping/undo")
    assert not (notices / "图" / "窗口.png").exists()
    assert desk.post("c/heping/files").status == 422


def test_a_township_hands_in_its_own_table(desk: Open) -> None:
    rows = "序号,一级事项,二级事项,公开内容,公开时限\n2.1,最低生活保障,办事指南,办理流程,1个工作日内公开\n"
    table = ("file", "镇.csv", rows.encode())
    assert desk.post("c/heping/town", {"name": "白石镇"}, [table]).status == 422, "no code"
    odd = desk.post("c/heping/town", {"name": "白石镇", "code": "990201101", "town": "../../etc"}, [table])
    assert "“../../etc”不能用作网址里的名字" in odd.text
    page = desk.post("c/heping/town", {"name": "白石镇", "code": "990201101", "by": "王某"}, [table]).text
    assert "共 1 行" in page
    desk.post("write", {"id": offered(page)})
    text = (desk.project / "counties" / "heping" / "towns" / "990201101.yaml").read_text(encoding="utf-8")
    assert "名称: 白石镇" in text
    assert "公开时限: 1个工作日内公开" in text
    assert "审核人: 王某" in text
    assert f"审核日期: {DAY}" in text


def test_a_file_that_somebody_else_changed_meanwhile_is_left_alone(desk: Open) -> None:
    form = filled(desk.get("c/heping/form").content, "和平县人民路1号", "和平县人民路2号")
    name = offered(desk.post("c/heping/form", files=[("file", "a.xlsx", form)]).text)
    county = desk.project / "counties" / "heping" / "county.yaml"
    county.write_text(county.read_text(encoding="utf-8") + "# 别人写的\n", encoding="utf-8")
    mine = everything(desk.project)
    refused = desk.post("write", {"id": name})
    assert (refused.status, "读了以后又被改过" in refused.text) == (422, True)
    assert everything(desk.project) == mine


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("请用 gkdir form export 导出，在“待补”表里填。", "请领填写表，在“待补”表里填。"),
        (
            in_form_words(
                "用填写表：gkdir form export 导出，在“存疑”表里选，再导入。或者在这里改：就是某一项的，把栏目移到"
            ),
            "请点“有几行拿不准”，一行一行定；不采用的写上理由。",
        ),
        (
            "请用 gkdir import；否则请用 gkdir form export 重新导出一份，",
            "请点“交原来的目录表”；否则请重新领一份填写表，",
        ),
        ("这不是 gkdir form export 导出的表，", "这不是从这里领的填写表，"),
        ("请用 gkdir read 看看读出了什么。", "请点“逐行看”，看看读出了什么。"),
        ("请写名称，例如 白石镇（命令里是 --name）。", "请写名称，例如 白石镇。"),
        ("请再运行一次。", "请从头再做一次。"),
        ("请再审一遍，然后运行 gkdir review sign。", "请再审一遍，然后请会用命令的人运行 gkdir review sign。"),
        ("请删去这一条，用 gkdir review sign 再签。", "请删去这一条，请会用命令的人运行 gkdir review sign 再签。"),
    ],
)
def test_commands_are_told_as_buttons_or_who_to_ask(text: str, words: str) -> None:
    assert in_desk_words(text) == words


def test_archives_are_read_by_nobody(project: Path, nation: Nation) -> None:
    options = BuildOptions(project, project / "site")
    preview = Preview(options, drafts=True)
    with seen_as(nation):
        context, shared = preview.context(), shared_by_all(options)
        (project / ARCHIVES / "heping-2026-03-20").mkdir(parents=True)
        (project / ARCHIVES / "heping-2026-03-20" / "a.txt").write_text("x", "utf-8")
        assert preview.context() is context
        assert shared_by_all(options) == shared is not None


def shared_by_all(options: BuildOptions) -> str | None:
    return Sources(options, FolderDigests({}, cache.now(), options.project)).shared


def test_what_is_no_form_is_told_kindly(desk: Open) -> None:
    form = desk.get("c/heping/form").content
    assert "和平县" in desk.post("c/kuansong/form", files=[("file", "a.xlsx", form)]).text
    for content in (b"", b"PK\3\4 not a workbook", b"\xff\xfe\x00 nonsense"):
        answer = desk.post("c/heping/form", files=[("file", "<script>alert(1)</script>.xlsx", content)])
        assert answer.status == 422
        assert "没有办成" in answer.text
        assert "<script>alert" not in answer.text
    assert desk.post("c/heping/form").status == 422
    assert desk.get("c/nowhere/").status == 422


def test_a_second_desk_is_told_of_the_first(project: Path) -> None:
    with only_desk(project, "http://127.0.0.1:1/first/"):
        with pytest.raises(Unreadable) as told, only_desk(project, "http://127.0.0.1:2/second/"):
            pass
        assert "已经开着" in told.value.trouble.message
        assert "http://127.0.0.1:1/first/" in told.value.trouble.hint
    with only_desk(project, "http://127.0.0.1:3/third/"):
        pass


def test_pages_are_shown_with_what_is_found_on_each_and_cannot_reach_the_desk(desk: Open) -> None:
    page = desk.get("site/heping/index.html")
    assert "和平县" in page.text
    assert "sandbox" in page.headers["content-security-policy"]
    assert "allow-same-origin" not in page.headers["content-security-policy"] + desk.get("c/heping/look").text
    of_held = desk.get("site/kuansong/index.html").text
    assert "宽松县" in of_held, "a draft is shown although it cannot be published"
    assert "未发布" not in of_held
    assert "这是草稿" in desk.get("c/kuansong/look").text
    found = json.loads(desk.get("c/kuansong/findings?page=index.html").content)
    assert {one["weight"] for one in found} == {"警告", "提示"}, "the errors are about items"
    assert json.loads(desk.get("c/kuansong/findings?page=nowhere").content) == []


def test_a_sheet_to_print_is_made_when_it_is_asked_for(desk: Open) -> None:
    assert "还有错误" in desk.get("c/kuansong/print").text
    listed = desk.get("c/heping/print")
    if missing():
        assert "没有装" in listed.text
        pytest.skip("没有装打印的组件：pip install 'gkdir[print]'")
    path = re.findall(rf'href="/{TOKEN}/(c/heping/print/[^"]+)"', listed.text)[0]
    assert desk.get(path).content.startswith(b"%PDF")
    assert desk.get("c/heping/print/../../etc/passwd").status in (404, 422)


def test_what_is_held_back_is_not_published_and_what_is_published_stays(desk: Open) -> None:
    held = desk.post("c/kuansong/publish").text
    assert "没有发布" in held
    assert "GK301" in held
    assert desk.get("c/kuansong/zip").status == 422
    assert not (desk.project / "site" / "kuansong").exists()


def test_a_row_in_doubt_is_settled_by_a_click_and_the_click_undone(desk: Open) -> None:
    county = desk.project / "counties" / "heping" / "county.yaml"
    doubt = "存疑:\n  - {出处: 表.xlsx#一!C6, 领域: social_assistance, 可能是: [1.1 甲], 编号: '9', 二级事项: 说明}\n"
    county.write_text(county.read_text(encoding="utf-8") + doubt, encoding="utf-8")
    before, page = county.read_bytes(), desk.get("c/heping/doubts").text
    row = re.search(r'name="row" value="([^"]+)"', page)
    assert row
    assert desk.post("c/heping/doubts", {"row": row[1]}).status == 422, "no decision"
    assert desk.post("c/heping/doubts", {"row": row[1], "verdict": "不采用"}).status == 422, "no reason"
    assert county.read_bytes() == before
    done = desk.post("c/heping/doubts", {"row": row[1], "verdict": "不采用", "reason": "是表格下面的说明"})
    assert done.status == 303
    assert "不采用: 是表格下面的说明" in county.read_text(encoding="utf-8")
    assert desk.get("c/heping/doubts").status == 303, "nothing is left to settle"
    desk.post("c/heping/undo")
    assert county.read_bytes() == before
