"""A county's folder as values: identity, organisations, changes to the directories; and the laid Catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Struct, field

from gkdir.finding import Place, Trouble
from gkdir.model.allowance import Allowance
from gkdir.model.amendment import Amendment
from gkdir.model.article import Article, Urgent
from gkdir.model.attached import AttachedFile
from gkdir.model.benefits import NO_STANDARDS, Standards
from gkdir.model.declared import AsSpelled, InForm, Key, Matching, OneLine, OneOf, OwnKey, WebAddress
from gkdir.model.domain import FOR_ALL, DomainFacts, Hotline, hotlines
from gkdir.model.english import NO_GLOSSARY, Glossary
from gkdir.model.guide import Form, Guide
from gkdir.model.guidedefaults import GuideDefaults
from gkdir.model.item import Basis, Item, Placed, TimeLimit, Written
from gkdir.model.navigation import NO_NAVIGATION, Navigation
from gkdir.model.reference import Phrase
from gkdir.model.review import Signing
from gkdir.model.searched import Searched
from gkdir.model.synonyms import NO_WORDS, Synonyms
from gkdir.model.townguide import TownGuide
from gkdir.model.traditional import NO_TRADITIONAL, Traditional


class LayerFiles(Struct, frozen=True, kw_only=True):
    """The files of one layer: the country's, a province's, a city's or a county's."""

    guides: Mapping[str, Guide] = field(default_factory=dict)  # by item id
    forms: Mapping[str, Form] = field(default_factory=dict)  # by name
    articles: tuple[Article, ...] = ()  # by kind, and by file name in each
    words: Synonyms = NO_WORDS  # words.yaml: synonyms for search
    traditional: Traditional = NO_TRADITIONAL  # hant.yaml
    navigation: Navigation = NO_NAVIGATION  # ways.yaml: life events, audiences, questions
    wording: tuple[Phrase, ...] = ()  # wording.yaml: what must not be published


FieldValue = tuple[str, ...] | tuple[Basis, ...] | TimeLimit | None


ORGANISATIONS = ("人社部门", "公共服务机构", "乡镇街道平台", "村社区站点", "其他部门")
Name = Annotated[str, OneLine()]
Link = Annotated[str, WebAddress()]
SURVEY = Matching(
    r"https?://[^\s/]+\S*|[\w.+-]+@[\w-]+(\.[\w-]+)+",
    "写网址，以 https:// 开头；或者写邮箱，如 yijian@qingyuan.gov.cn。",
)


class Organisation(Placed, frozen=True):
    """One entry of 机构: name, address, hours, phones."""

    called: ClassVar[str] = "机构"

    key: Annotated[str, OwnKey()]
    name: Annotated[Name, Key("名称", "机构全称。", "清源县人力资源和社会保障局"), InForm(34, "机构全称，必须写。")]
    place: Place
    kind: Annotated[
        Annotated[str, OneOf(ORGANISATIONS)] | None, Key("类别", "哪一类机构。", "人社部门"), InForm(14, "从列表里选。")
    ] = None
    address: Annotated[str | None, Key("地址", "办公地址，写到楼层、窗口。"), InForm(36, "写到楼层、窗口。")] = None
    phone: Annotated[
        Name | None,
        Key("电话", "咨询电话，带区号，加英文引号。", "0600-5550101"),
        InForm(18, "咨询电话，带区号，如 0600-5550101。", takes="phone"),
    ] = None
    complaint_phone: Annotated[
        Name | None,
        Key("监督电话", "监督投诉电话，带区号，加英文引号。"),
        InForm(18, "监督投诉电话，带区号。", takes="phone"),
    ] = None
    hours: Annotated[
        str | None,
        Key("办公时间", "哪几天、几点到几点。", "周一至周五9:00—12:00"),
        InForm(40, "哪几天、几点到几点。", takes="hours"),
    ] = None
    note: Annotated[str | None, Key("说明", "要向读者说明的话。"), InForm(36, "要向群众说明的话，没有就空着。")] = None
    english: Annotated[Name | None, Key("英文名称", "有正式的英文名称才写，用在英文页面。"), InForm(30)] = None
    written: Mapping[str, Written] = field(default_factory=dict)


class Website(Placed, frozen=True):
    """网站: the government website that publishes the pages; values for meta tags and footer."""

    called: ClassVar[str] = "网站"

    name: Annotated[Name | None, Key("名称", "网站名称。", "清源县人民政府")] = None
    domain: Annotated[Name | None, Key("域名", "网站域名，以 .gov.cn 结尾。", "www.qingyuan.gov.cn")] = None
    code: Annotated[Name | None, Key("标识码", "政府网站标识码，十位，加英文引号。", "9901010001")] = None
    address: Annotated[Annotated[str, WebAddress(folder=True)] | None, Key("网址", "这些页面将放在哪个网址下。")] = None
    organiser: Annotated[Name | None, Key("主办单位", "网站主办单位。")] = None
    contact: Annotated[Name | None, Key("联系方式", "网站主办单位的联系方式。")] = None
    icp: Annotated[Name | None, Key("ICP备案号", "ICP备案号。")] = None
    police: Annotated[Name | None, Key("公安备案号", "公安机关备案号。")] = None
    mark: Annotated[
        Link | None,
        Key(
            "党政机关标识",
            "网站底部党政机关（事业单位）标识链接到的网址。",
            "https://bszs.conac.cn/sitename?method=show&id=0",
        ),
    ] = None
    sitemap: Annotated[Link | None, Key("网站地图", "政府网站的网站地图页的网址。")] = None
    report_errors: Annotated[Link | None, Key("找错", "“我为政府网站找错”的网址。")] = None
    rating: Annotated[Link | None, Key("评价", "政务服务“好差评”的网址。")] = None
    survey: Annotated[
        Annotated[str, SURVEY] | None,
        Key("意见征集", "征集意见的表单的网址，或者收意见的邮箱。", "https://www.qingyuan.gov.cn/yjzj/"),
    ] = None
    written: Mapping[str, Written] = field(default_factory=dict)


class Change(Struct, frozen=True):
    """A layer's change to one field of an item: ``value`` replaces the value above, or is added to it.

    ``place``: the place of the key; ``elements``: the original texts, each with its place.
    """

    field: str
    action: Literal["replace", "add"]
    value: FieldValue
    place: Place
    elements: tuple[Written, ...] = ()
    detail: str | None = None  # the group given with 特定群体


class Omission(Struct, frozen=True):
    """不列入: why an item is not in this layer's directory; ``reason`` is empty if none was given."""

    called: ClassVar[str] = "不列入"

    place: Place
    reason: Annotated[str, AsSpelled(), Key("理由", "为什么不列入。", "本县未开展此项业务")] = ""
    approved_by: Annotated[str | None, Key("批准", "谁批准的。")] = None
    on: Annotated[date | None, Key("日期", "哪一天批准的。", "2026-03-01")] = None
    shared: bool = False  # the reason comes from 不列入的理由 of the domain


class ItemOverlay(Struct, frozen=True):
    """A layer's changes to one item of the directory above."""

    number: str
    place: Place
    changes: tuple[Change, ...] = ()
    omission: Omission | None = None
    ground: Written | None = None  # 依申请依据: the law that allows 依申请 in place of 主动
    alias: str | None = None  # 通俗名称: the everyday name
    note: str | None = None  # 说明
    guide_unused: Written | None = None  # 指南.不用: the reason
    guide: TownGuide | None = None  # 办事指南, in a township's or village's file
    written: Mapping[str, Written] = field(default_factory=dict)  # 说明 and 通俗名称


class Addition(Placed, frozen=True):
    """增加: an item of this layer's own, at first, second or third level. Missing fields are inherited."""

    number: str
    place: Place
    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    changes: tuple[Change, ...] = ()
    alias: str | None = None
    note: str | None = None
    ground: Written | None = None  # 依申请依据
    written: Mapping[str, Written] = field(default_factory=dict)


class Doubt(Struct, frozen=True):
    """存疑: a row of an imported table that a clerk must decide.

    ``source`` is the place of the row; ``candidates`` are national items that it may be, as ``4.1 失业登记``. ``item``
    is its content as an addition, ``None`` if it could not be read; its number may be empty. ``reason``: why it was
    decided to omit it.
    """

    source: str
    place: Place
    domain: str | None = None
    candidates: tuple[str, ...] = ()
    item: Addition | None = None
    reason: str | None = None


class DomainOverlay(Struct, frozen=True):
    """A layer's changes to one domain."""

    domain: str
    place: Place
    reviewed: date | None = None  # 审核日期
    reviewed_place: Place | None = None
    defaults: tuple[Change, ...] = ()
    items: tuple[ItemOverlay, ...] = ()
    additions: tuple[Addition, ...] = ()
    guides_checked: date | None = None  # 指南核对: the day on which the inherited guides were checked
    guides_checked_place: Place | None = None
    guide_defaults: GuideDefaults | None = None  # 指南默认


class Overlay(Placed, frozen=True):
    """One layer: the values in the file of a province, city, county, township or village."""

    slug: str
    place: Place
    name: str
    code: str
    kind: str = "县级"  # 省级, 市级, 县级, 乡级, 村级
    example: bool = False  # 示例: shown on every page
    short_name: str | None = None  # 简称
    english: str | None = None  # 英文名称
    website: Website = Website()
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    domains: Mapping[str, DomainOverlay] = field(default_factory=dict)
    allowances: tuple[Allowance, ...] = ()
    parent: str | None = None  # 上级 of a village: its township's slug
    urgent: Urgent | None = None  # 紧急通知
    standards: Standards = NO_STANDARDS  # 待遇标准
    guide_defaults: GuideDefaults | None = None  # 指南默认
    doubts: tuple[Doubt, ...] = ()  # 存疑
    signings: tuple[Signing, ...] = ()  # 审核
    mark: AttachedFile | None = None  # 党政机关标识.png beside the file
    written: Mapping[str, Written] = field(default_factory=dict)

    @property
    def defaults_of_guides(self) -> Mapping[str, GuideDefaults]:
        """指南默认 by domain; the key is empty for all domains."""
        every = {"": self.guide_defaults, **{key: part.guide_defaults for key, part in self.domains.items()}}
        return {domain: defaults for domain, defaults in every.items() if defaults is not None}


class County(LayerFiles, frozen=True):
    """Everything in a county's folder. ``above`` runs from the province down; towns and villages lie below.

    ``inherited``: the files of each layer of ``above``, in the same order. ``searched``: the passages with long numbers
    in all files that it publishes.
    """

    slug: str
    folder: str  # relative to the project
    overlay: Overlay
    above: tuple[Overlay, ...] = ()
    towns: tuple[Overlay, ...] = ()
    inherited: tuple[LayerFiles, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    amendments: tuple[Amendment, ...] = ()  # 更新记录, the oldest first
    searched: tuple[Searched, ...] = ()


class Step(Struct, frozen=True):
    """One layer's effect on one item; ``before`` is ``None`` if the layer added it."""

    layer: Overlay
    place: Place
    after: Item
    before: Item | None = None
    changes: tuple[Change, ...] = ()
    ground: Written | None = None


class Entry(Struct, frozen=True):
    """One item of a laid directory, and the steps that produced it."""

    item: Item
    national: Item | None = None  # None: a local addition
    steps: tuple[Step, ...] = ()
    alias: str | None = None
    note: str | None = None

    @property
    def title(self) -> str:
        """Its everyday name."""
        return self.alias or self.item.name

    @property
    def local(self) -> bool:
        """Whether a layer added it."""
        return self.national is None

    @property
    def changed(self) -> frozenset[str]:
        """The fields in which it differs from the national directory (empty for additions)."""
        if self.national is None:
            return frozenset()
        keys = ("content", "basis", "time_limit", "publisher", "channels", "audience", "mode", "levels")
        return frozenset(key for key in keys if getattr(self.item, key) != getattr(self.national, key))


class Omitted(Struct, frozen=True):
    """An omitted item, its omission and the layer that omits it."""

    item: Item
    omission: Omission
    layer: Overlay


class Unmatched(Struct, frozen=True):
    """A part of an overlay that does not match the directory above.

    ``unknown``: no such item above; ``omitted``: a layer above omits it; ``taken``: the number of an addition is in
    use; ``orphan``: the addition has neither a group nor an item above it.
    """

    layer: Overlay
    domain: str
    number: str
    place: Place
    candidates: tuple[str, ...] = ()  # "4.1 失业登记": items that may be meant, or the one with that number
    reason: Literal["unknown", "omitted", "taken", "orphan"] = "unknown"


class LaidDirectory(Struct, frozen=True):
    """One domain's directory for one place: entries in order, omissions, unmatched parts."""

    domain: str
    title: str
    label: str
    entries: tuple[Entry, ...] = ()
    omitted: tuple[Omitted, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    reviewed: date | None = None
    national_count: int = 0
    facts: DomainFacts | None = None

    @property
    def hotline(self) -> Hotline:
        """The national number for it, for when the county has none."""
        return self.facts.hotline if self.facts else FOR_ALL

    def first_levels(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """The entries grouped by 一级事项, in order."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.item.level1, []).append(entry)
        for name, entries in groups.items():
            yield name, tuple(entries)


class Catalog(Struct, frozen=True):
    """A county, township or village with all layers laid: the input of pages and rules."""

    overlay: Overlay
    layers: tuple[Overlay, ...]  # from the top down to ``overlay`` itself
    directories: Mapping[str, LaidDirectory] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)  # of all layers, the lowest wins
    guides: Mapping[str, Guide] = field(default_factory=dict)
    guide_layers: Mapping[str, tuple[Guide, ...]] = field(default_factory=dict)  # what each is laid from: with_guides
    unused_guides: Mapping[str, Written] = field(default_factory=dict)  # item id → the reason of 指南.不用
    forms: Mapping[str, Form] = field(default_factory=dict)
    towns: tuple[Catalog, ...] = ()
    unmatched_domains: tuple[DomainOverlay, ...] = ()
    articles: tuple[Article, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    navigation: Navigation = NO_NAVIGATION  # life events, audiences, questions
    synonyms: Synonyms = NO_WORDS  # synonyms for search
    traditional: Traditional = NO_TRADITIONAL  # settings of the Traditional pages
    glossary: Glossary = NO_GLOSSARY  # texts of the English pages
    lines: Mapping[str, str] = field(default_factory=dict)  # item id → a one-sentence description
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # item id → what people must know before they go

    @property
    def slug(self) -> str:
        """The folder it is published in."""
        return self.overlay.slug

    @property
    def facts(self) -> tuple[DomainFacts, ...]:
        """The facts about the domains that it publishes."""
        return tuple(directory.facts for directory in self.directories.values() if directory.facts)

    @property
    def hotlines(self) -> tuple[Hotline, ...]:
        """The national numbers for the domains that it publishes."""
        return hotlines(self.facts)

    @property
    def subjects(self) -> str:
        """The names of its domains: 就业、社会保险."""
        return "、".join(directory.label or directory.title for directory in self.directories.values())

    def entries(self) -> Iterator[Entry]:
        """Every entry of every domain, in order."""
        for directory in self.directories.values():
            yield from directory.entries

    def entry(self, item_id: str) -> Entry | None:
        """The entry with that id, ``None`` if the place has no such item."""
        return next((entry for entry in self.entries() if entry.item.id == item_id), None)

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of that key or full name; laid items carry full names in ``publisher``."""
        return self.organisations.get(name) or next((o for o in self.organisations.values() if o.name == name), None)
