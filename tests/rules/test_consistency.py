"""Contradictions within a county, and leftovers in its files: rules whose documents have no examples."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from gkdir.model.project import Project
from gkdir.read.traces import Traces, traces

from .examples import BASE, county_of, findings_of

OFFICE = "  {}: {{名称: 清源县{}, 地址: 清源路18号, 办公时间: 周一至周五9:00—17:00, 电话: '{}'}}\n"


def located_findings(project: Project, slug: str, files: list[tuple[str, str]]) -> list[tuple[str, str, int | None]]:
    """The findings of this family in the base county with ``files``: rule, file and line."""
    county_of(files, project.folder / "counties" / slug)
    found = (one for one in findings_of(project, slug) if "GK631" <= one.rule <= "GK639" or one.rule == "GK622")
    return [(one.rule, one.place.file.rpartition("/")[2], one.place.line) for one in found]


def test_a_copied_guide_is_told_and_one_of_its_own_is_not(project: Project) -> None:
    whole = (BASE / "guides/employment/4.1.md").read_text(encoding="utf-8")
    head = "".join(whole.split("---\n")[1].splitlines(keepends=True))
    body = "正文: |\n" + "".join(f"  {line}" for line in whole.split("---\n")[2].splitlines(keepends=True))
    long = body + "\n  登记以后，就可以免费听课、找工作、领补贴，还可以请工作人员上门帮忙填表，一次办好。\n"
    files = [("guides/employment/4.1.md", long), ("guides/employment/4.2.md", head + long)]
    assert located_findings(project, "copied", files) == [("GK634", "4.2.md", 1)]
    renamed = [
        (path, text.replace("就可以", f"{name}以后就可以"))
        for (path, text), name in zip(files, ("失业登记", "就业登记"), strict=True)
    ]
    assert located_findings(project, "renamed", renamed) == [("GK634", "4.2.md", 1)]
    named = [(path, text.replace("就可以", "失业登记以后就可以")) for path, text in files]
    assert located_findings(project, "copied-with-its-name", named) == [("GK634", "4.2.md", 1)]
    other = head + long + "  这一项另有不同。\n"
    assert located_findings(project, "own-words", [files[0], ("guides/employment/4.2.md", other)]) == []


PAPER = (
    *("网上提交以后，到窗口交验原件", "网上审核通过后，3日内将原件邮寄至社保中心", "在线填报后递交原件"),
    *("线上申请通过后到政务大厅窗口提交纸质材料", "网上申报，现场核验原件", "通过平台申请后，到人社局审核原件"),
    *("线上预审，窗口递交原件", "系统受理后，请将纸质申请表交到窗口"),
)
NO_PAPER = (
    *("线上办理的不交纸质表", "到窗口交原件；网上办理的上传照片", "网上申请，也可以到窗口提交原件", "网上上传原件照片"),
    *("到窗口办理的，核验原件", "登录网上平台，上传身份证原件的照片", "在线提交，无需邮寄纸质材料"),
    *("网上办理，结果邮寄到家", "网上提交申请，到窗口领取证书", "在平台上传材料原件扫描件"),
)


def test_nobody_who_does_all_online_hands_in_paper(project: Project) -> None:
    steps = "".join(f"  - {{环节: 第{at}步, 说明: {text}。}}\n" for at, text in enumerate((*PAPER, *NO_PAPER)))
    guide = '网上办理深度: 全程网办\n办理方式:\n  - {网上: "https://www.qingyuan.gov.cn/bsdt/"}\n办理流程:\n'
    found = located_findings(project, "paper", [("guides/employment/4.1.md", guide + steps)])
    assert len(found) == len(PAPER)
    assert {rule for rule, _, _ in found} == {"GK638"}
    checked = guide.replace("全程网办", "原件核验")
    assert located_findings(project, "paper-asked", [("guides/employment/4.1.md", checked + steps)]) == []


SAID = {
    "交了材料，10个工作日内办好。": "GK631",
    "自受理之日起15日内审核完毕。": "GK631",
    "1个工作日内办好。": "",
    "公示7日以后办好。": "",
    "单位30日内申请工伤认定。": "",
    "60日内可以申请行政复议。": "",
    "领证时交工本费20元。": "GK639",
    "窗口收取15元。": "GK639",
    "不收工本费，也不收5元的邮费。": "",
    "培训费用2000元可以申请补贴。": "",
    "从前的工本费20元已经取消。": "",
}


def test_the_body_says_what_the_head_says(project: Project) -> None:
    body = "".join(f"\n  {text}\n" for text in SAID)
    head = "办理时限: {法定: 20个工作日, 承诺: 3个工作日}\n收费: 不收费\n正文: |\n  ## 这是什么\n"
    told_here = located_findings(project, "body", [("guides/employment/4.1.md", head + body)])
    text = (project.folder / "counties/body/guides/employment/4.1.md").read_text(encoding="utf-8").splitlines()
    assert told_here == [(rule, "4.1.md", text.index(line) + 1) for line, rule in SAID.items() if rule]


def test_the_same_everywhere_is_told(project: Project) -> None:
    limits = "办理时限: {法定: 10个工作日, 承诺: 10个工作日}\n"
    numbers = ("4.1", "4.2", "4.3", "5.1", "5.2")
    same = [(f"guides/employment/{number}.md", limits) for number in numbers]
    assert located_findings(project, "promised-same", same) == [("GK633", "county.yaml", 1)]
    assert (
        located_findings(project, "promised-less", [*same[1:], (same[0][0], limits.replace("承诺: 10", "承诺: 5"))])
        == []
    )
    offices = [("一", "人社局"), ("二", "社保中心"), ("三", "就业中心")]
    one = "".join(OFFICE.format(key, name, "0600-5550101") for key, name in offices)
    assert ("GK635", "county.yaml", 1) in located_findings(project, "one-phone", [("county.yaml", f"机构:\n{one}")])
    for others, told_of in ((1, True), (2, False)):
        more = "".join(OFFICE.format(f"别{n}", f"别处{n}", f"0600-555020{n}") for n in range(others))
        found = located_findings(project, f"nearly-one-{others}", [("county.yaml", f"机构:\n{one}{more}")])
        assert (("GK635", "county.yaml", 1) in found) is told_of


def test_steps_that_the_limit_does_not_count_are_left_alone(project: Project) -> None:
    steps = "办理流程:\n  - {环节: 公示, 时限: 30日}\n  - {环节: 核对, 时限: 当场}\n办理时限: {承诺: 3日}\n"
    assert located_findings(project, "apart", [("guides/employment/4.1.md", steps)]) == []


@pytest.mark.parametrize(
    ("steps", "told_of"),
    [
        ("{环节: 审核, 说明: 自受理之日起15个工作日内审核完毕。}", True),
        ("{环节: 审核, 时限: 2个工作日}, {环节: 决定, 时限: 2个工作日}", True),
        ("{环节: 审核, 时限: 半个月}", True),
        ("{环节: 审核, 时限: 两周}", True),
        ("{环节: 审核, 说明: 一个月内审核完毕。}", True),
        ("{环节: 审核, 说明: 48小时内审核完毕。}", False),
        ("{环节: 受理, 时限: 1个工作日}, {环节: 审核, 时限: 2个工作日}, {环节: 决定, 时限: 1个工作日}", False),
        ("{环节: 审核, 时限: 2个工作日}, {环节: 公示, 时限: 7个工作日}", False),
        ("{环节: 审核, 说明: 3个工作日内审核。}, {环节: 补正, 说明: 缺材料的，15个工作日内补齐。}", False),
        ("{环节: 审核, 说明: 县级审核通过后，名单公示5个工作日。}, {环节: 发放, 说明: 一个月内到账。}", False),
    ],
)
def test_steps_in_words_and_together(steps: str, told_of: bool, project: Project) -> None:
    text = f"办理流程: [{steps}]\n办理时限: {{法定: 10个工作日, 承诺: 3个工作日}}\n"
    found = located_findings(project, f"steps-{abs(hash(steps))}", [("guides/employment/4.1.md", text)])
    assert [rule for rule, _, _ in found] == ["GK631"] * told_of


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("咨询热线：13364545457812。", True),
        ("联系电话：0600-555010。", True),
        ("联系电话：0600-555010123。", True),
        ("传真：060-5550101。", True),
        ("联系电话：0600-5550101转8001，传真：010-55501012。", False),
        ("热线电话：0600-12345、0600-96118，也可以打12333。", False),
        ("联系电话：0600-5550101/5550102，电话0600—5550103。", False),
    ],
)
def test_phones_in_articles(text: str, told_of: bool, project: Project) -> None:
    page = f"标题: 招聘会\n日期: 2026-03-01\n正文: |\n  {text}\n"
    found = located_findings(project, f"article-{abs(hash(text))}", [("pages/notices/fair.md", page)])
    assert found == [("GK636", "fair.md", 5)] * told_of


def test_a_phone_with_a_figure_more_or_less_is_told(project: Project) -> None:
    for index, number in enumerate(("8232323321", "133645454578", "1336454545789", "1380013800")):
        rules = [
            rule
            for rule, _, _ in located_findings(
                project, f"phone-{index}", [("guides/employment/4.1.md", f"咨询: '{number}'\n")]
            )
        ]
        assert rules == ["GK622"], number


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        (
            {"word/document.xml": '<w:p><w:ins w:author="张某某"><w:t>改</w:t></w:ins></w:p>'},
            Traces(True, False, ("张某某",)),
        ),
        ({"word/document.xml": "<w:p/>", "word/comments.xml": "<w:comment w:id='1'>"}, Traces(False, True)),
        ({"docProps/core.xml": "<dc:creator>李某</dc:creator>"}, Traces(people=("李某",))),
        ({"meta.xml": "<meta:initial-creator>王某某</meta:initial-creator>"}, Traces(people=("王某某",))),
        ({"xl/comments1.xml": "<comment ref='A1'>"}, Traces(False, True)),
        (
            {"xl/comments/comment1.xml": "<x:author>李某</x:author><x:comment ref='A1'>"},
            Traces(False, True, ("李某",)),
        ),
        ({"ppt/comments/comment1.xml": '<p:cm authorId="0" idx="1"><p:text>改</p:text></p:cm>'}, Traces(False, True)),
        ({"ppt/notesSlides/notesSlide1.xml": "<a:t>讲到这里停一下</a:t>"}, Traces(noted=True)),
        ({"ppt/notesSlides/notesSlide1.xml": "<a:fld><a:t>12</a:t></a:fld><a:t> </a:t>"}, Traces()),
        ({"content.xml": "<presentation:notes><text:p>少讲</text:p></presentation:notes>"}, Traces(noted=True)),
        ({"content.xml": "<presentation:notes><text:p/></presentation:notes><text:p>字</text:p>"}, Traces()),
        ({"ppt/comments/modernComment_1_0.xml": '<p188:cm id="{1}">'}, Traces(False, True)),
        ({"ppt/commentAuthors.xml": '<p:cmAuthor id="0" name="王某某" initials="王"/>'}, Traces(people=("王某某",))),
        ({"ppt/authors.xml": '<p188:author id="{1}" name="王某某"/>'}, Traces(people=("王某某",))),
        ({"xl/persons/person.xml": '<person displayName="李某" id="{1}"/>'}, Traces(people=("李某",))),
        ({"word/people.xml": '<w15:person w15:author="李某">'}, Traces(people=("李某",))),
        ({"ppt/slides/slide1.xml": "<p:cMediaNode/>", "word/comments.png": "<p:cm >"}, Traces()),
        ({"content.xml": "<text:tracked-changes><text:changed-region/></text:tracked-changes>"}, Traces(True)),
        ({"docProps/core.xml": "<dc:creator>人社局</dc:creator>"}, Traces()),
        ({"docProps/core.xml": "<dc:creator>Administrator</dc:creator>"}, Traces()),
        ({"word/document.xml": "<w:p><w:instrText>x</w:instrText></w:p>"}, Traces()),
        ({}, Traces()),
    ],
)
def test_what_writers_left_in_a_file_is_found(parts: dict[str, str], left: Traces, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert traces(path) == left


def test_a_file_that_is_no_archive_has_no_traces(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"no archive")
    assert traces(tmp_path / "a.docx") == Traces()
