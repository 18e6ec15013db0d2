"""A small handwritten county with one of everything that pages can show; entirely fictional."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from gkdir import outputs
from gkdir.buildoptions import BuildOptions
from gkdir.finding import Place
from gkdir.model.attached import FormFile
from gkdir.model.county import (
    Catalog,
    Entry,
    LaidDirectory,
    Omission,
    Omitted,
    Organisation,
    Overlay,
    Step,
    Website,
)
from gkdir.model.domain import DomainFacts
from gkdir.model.guide import (
    Fee,
    Form,
    FormField,
    FormSection,
    Guide,
    GuideStep,
    Limits,
    Material,
    Review,
    Section,
    Way,
)
from gkdir.model.item import Basis, Item, TimeLimit, Written
from gkdir.model.navigation import Answer, Audience, Event, Navigation, Question, Result, Use
from gkdir.outputs import OutputContext, county_files
from gkdir.publish.converter import Converter
from gkdir.publish.render import Renderer
from gkdir.resources import template_folder
from gkdir.service.site import Site, folder_address

FACTS = DomainFacts("就业", "employment", phone="12333", phone_name="人社服务热线")
HERE = Place("counties/qingyuan/county.yaml", 1, 1)
DAY = date(2026, 3, 1)
FILES: Mapping[str, int] = {
    "data/employment.xlsx": 12_345,
    "data/employment.csv": 900,
    "data/employment.json": 1_234_567,
    "forms/djb-e9e07d/blank.docx": 20_000,
}

WEBSITE = Website(
    name="清源县人民政府",
    domain="www.qingyuan.gov.cn",
    code="9901010001",
    address="https://www.qingyuan.gov.cn/zwgk",
    organiser="清源县人民政府办公室",
    contact="0600-5550100",
    icp="示ICP备00000000号",
    police="示公网安备99010102000001号",
    report_errors="https://www.qingyuan.gov.cn/jiucuo/",
)

OFFICE = Organisation(
    "人社局", "清源县人社局", HERE, "人社部门", "清源路18号", "0600-5550101", "0600-5550102", "周一至周五9:00—17:00"
)


def within(days: int) -> TimeLimit:
    return TimeLimit(f"{days}个工作日内公开", "within", days, "workday")


def item(number: str, name: str, **fields: object) -> Item:
    plain = Item(
        domain="employment",
        number=number,
        level1="就业失业登记",
        level2=name,
        content=("对象范围", "办理流程"),
        basis=(Basis("《中华人民共和国就业促进法》", "中华人民共和国就业促进法"),),
        time_limit=within(20),
        publisher=("人力资源社会保障部门",),
        channels=("政府网站", "政务服务中心"),
        audience=("全社会",),
        mode=("主动",),
        levels=("县级", "乡级"),
    )
    return replace(plain, **fields)


GUIDE = Guide(
    "employment",
    "4.1",
    Place("counties/qingyuan/guides/employment/4.1.md", 1, 1),
    summary="没有工作的人在这里登记",
    served=("没有工作的人",),
    conditions=("年满16周岁",),
    materials=(
        Material("居民身份证", HERE, original="原件", copies="1", medium="纸质", source="自备", necessity="必要"),
        Material("登记表", HERE, form="登记表", original="原件", copies="1", necessity="必要"),
        Material("就业表", HERE, form="就业表", original="原件", copies="1", necessity="容缺后补"),
    ),
    steps=(
        GuideStep("申请", HERE, "带证件来"),
        GuideStep("登记", HERE, limit=TimeLimit("1个工作日", "within", 1, "workday")),
    ),
    ways=(Way("窗口", "人社局", HERE), Way("网上", "https://www.12333.gov.cn/", HERE)),
    online_degree="全程网办",
    limit=Limits(promised=TimeLimit("1个工作日", "within", 1, "workday")),
    delivery="当场告知",
    fee=Fee("不收费"),
    offices=("人社局",),
    review=Review(date(2026, 2, 28)),
    sections=(
        Section("这是什么", "给没有工作的人记一笔，[看用处](#有什么用)。\n\n### 有什么用\n\n- 免费介绍工作", HERE),
        Section("常见问题", "能再登记吗？[^1]\n\n[^1]: 能。", HERE),
    ),
)

READY = Form(
    "登记表",
    HERE,
    "失业登记表",
    blank=FormFile("counties/qingyuan/forms/登记表/空白表.docx", 20_000),
    instructions="用**黑色**笔填。",
)
DESCRIBED = Form(
    "就业表",
    HERE,
    "就业登记表",
    note="一人一张",
    sections=(
        FormSection(
            "个人信息",
            (
                FormField("姓名", width=4, example="示例·张三"),
                FormField("性别", "选择", 2, choices=("男", "女"), example="男"),
                FormField("住址", width=8, help="写到村", example="白石镇"),
                FormField("签名", "签名", 12, required=False),
            ),
        ),
    ),
)


def uses(**purposes: str) -> tuple[Use, ...]:
    """``uses(i4_1="先登记")``: the item employment/4.1, with the purpose 先登记."""
    return tuple(Use(f"employment/{key[1:].replace('_', '.')}", text, HERE) for key, text in purposes.items())


WAYS = Navigation(
    questions={"没工作了怎么办": Written("employment/4.1", HERE), "外国人怎么办": Written("employment/9.1", HERE)},
    events={
        "失业了": Event(
            "失业了", HERE, "lost-job", "先登记", uses(i4_1="先登记失业", i4_2="找到工作再登记", i9_1="没有的"),
        ),
        "来中国工作": Event("来中国工作", HERE, "foreigner", "", uses(i9_1="办许可")),
    },
    audiences={
        "个人": Audience("个人", HERE, "individuals", "上班的、种地的"),
        "企业": Audience("企业", HERE, "employers"),
    },
    served={
        "employment/4.1": (Written("个人", HERE),),
        "employment/4.2": (Written("个人", HERE), Written("企业", HERE)),
    },
    wizard=Question(
        "您替谁办事？",
        answers=(
            Answer("自己", "self", Question("您有工作吗？", "选一个", (
                Answer("没有", "no-work", Result("先登记", "不收费", uses(i4_1="先登记失业", i9_1="没有的"))),
                Answer("有", "working", Result("登记就业", "", uses(i4_2="办就业登记"))),
                Answer("是外国人", "foreigner", Result("办许可", "", uses(i9_1="办许可"))),
            ))),
            Answer("外国人的单位", "firm", Question("招几个？", "", (
                Answer("一个", "one", Result("办许可", "", uses(i9_1="办许可"))),
            ))),
        ),
    ),
)  # fmt: skip
"""Navigation to items that the county has, and to one that it omits."""


def catalog() -> Catalog:
    """The county, with a township and a village that has an item of its own."""
    county = Overlay(
        "qingyuan", HERE, "清源县", "990101", example=True, website=WEBSITE, organisations={"人社局": OFFICE}
    )
    nation = item("4.1", "失业登记")
    ours = replace(
        nation,
        time_limit=within(10),
        publisher=("清源县人社局",),
        channels=("政府网站", "政务服务中心", "两微一端"),
    )
    added = item("4.1.1", "失业登记", level3="线上失业登记", publisher=("清源县人社局",))
    entries = (
        Entry(ours, nation, (Step(county, HERE, ours, nation),), alias="没工作了来登记"),
        Entry(added, None, (Step(county, HERE, added),)),
        Entry(item("4.2", "就业登记"), item("4.2", "就业登记")),
    )
    omitted = Omitted(
        item("9.1", "外国人来华工作许可"), Omission(HERE, "本县未开展此项业务", "县政府", date(2026, 1, 5)), county
    )
    directory = LaidDirectory(
        "employment", "就业领域基层政务公开标准目录", "就业", entries, (omitted,), (), date(2026, 3, 1), 3, FACTS
    )
    return Catalog(
        overlay=county,
        layers=(county,),
        directories={"employment": directory},
        organisations=county.organisations,
        guides={GUIDE.id: GUIDE},
        forms={"登记表": READY, "就业表": DESCRIBED},
        towns=(
            _town(directory, "baishi", "白石镇", "乡级", None),
            _town(directory, "liushu", "柳树村", "村级", "baishi"),
        ),
    )


def _town(above: LaidDirectory, slug: str, name: str, kind: str, parent: str | None) -> Catalog:
    window = Organisation("窗口", f"{name}便民服务中心", HERE, phone="0600-5550211")
    place = Overlay(slug, HERE, name, "990101001", kind, organisations={"窗口": window}, parent=parent)
    entries = tuple(
        replace(entry, item=replace(entry.item, publisher=(*entry.item.publisher, window.name)))
        for entry in above.entries
    )
    own = item("4.3", "打零工找活", levels=("村级",))
    entries += (Entry(own, None, (Step(place, HERE, own),)),) if kind == "村级" else ()
    return Catalog(place, (place,), {"employment": replace(above, entries=entries, omitted=())}, place.organisations)


def site_of(county: Catalog, files: Mapping[str, int] = FILES, base_url: str | None = None) -> Site:
    """The county as published on ``DAY``, with ``files`` beside its pages."""
    return Site(county, DAY, folder_address(county, base_url), files=files)


def web(site: Site, *folders: Path, script: Converter | None = None, fragments: bool = False) -> Mapping[str, bytes]:
    """The pages of ``site`` and files made from them; templates in ``folders`` override ours."""
    options = BuildOptions(Path(), Path(), fragments=fragments)
    renderer = Renderer((*folders, template_folder()))
    context = OutputContext(replace(site, hant=script is not None), Path(), options, renderer, script)
    return county_files(context, (outputs.search, outputs.html, outputs.hant, outputs.fragments))


def rendered(county: Catalog | None = None, *folders: Path) -> Mapping[str, str]:
    """All text files of the county's folder, by path, with navigation; templates in ``folders`` override ours."""
    made = web(site_of(replace(county or catalog(), navigation=WAYS)), *folders)
    return {path: content.decode() for path, content in made.items()}
