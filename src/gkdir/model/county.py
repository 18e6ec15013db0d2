"""A county's folder as values: identity, organisations, changes to the directories; and the laid Catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

from gkdir.finding import Place, Trouble
from gkdir.model.allowance import Allowance
from gkdir.model.amendment import Amendment
from gkdir.model.article import Article, Urgent
from gkdir.model.domain import FOR_ALL, DomainFacts, Hotline
from gkdir.model.english import NO_GLOSSARY, Glossary
from gkdir.model.guide import Form, Guide, TownGuide
from gkdir.model.item import Basis, Item, TimeLimit, Written
from gkdir.model.layerfiles import LayerFiles
from gkdir.model.placed import Placed
from gkdir.model.reckoning import NO_STANDARDS, Standards
from gkdir.model.review import Signing
from gkdir.model.searched import Searched
from gkdir.model.synonyms import NO_WORDS, Synonyms
from gkdir.model.traditional import NO_TRADITIONAL, Traditional
from gkdir.model.ways import NO_WAYS, Ways

FieldValue = tuple[str, ...] | tuple[Basis, ...] | TimeLimit | None


class Organisation(Placed, frozen=True):
    """One of 机构, by its key: name, address, hours, phones."""

    key: str
    name: str
    place: Place
    kind: str | None = None  # 类别: 人社部门, 公共服务机构, 乡镇街道平台, 村社区站点, 其他部门
    address: str | None = None
    phone: str | None = None
    complaint_phone: str | None = None
    hours: str | None = None
    note: str | None = None
    english: str | None = None  # 英文名称
    written: Mapping[str, Written] = field(default_factory=dict)


class Website(Placed, frozen=True):
    """网站: the values of the government meta tags and the footer."""

    name: str | None = None  # 名称
    domain: str | None = None  # 域名
    code: str | None = None  # 标识码
    address: str | None = None  # 网址: the address of the county's folder
    organiser: str | None = None  # 主办单位
    contact: str | None = None  # 联系方式
    icp: str | None = None  # ICP备案号
    police: str | None = None  # 公安备案号
    mark: str | None = None  # 党政机关标识: address of the page that the mark leads to
    sitemap: str | None = None  # 网站地图
    report_errors: str | None = None  # 找错: address of 我为政府网站找错
    rating: str | None = None  # 评价: address of the province's 好差评
    survey: str | None = None  # 意见征集: address of a form, or an e-mail address
    written: Mapping[str, Written] = field(default_factory=dict)


class Change(Struct, frozen=True):
    """A layer's change to one field of an item: ``value`` replaces the value above, or is added to it.

    ``place`` is that of the key; ``elements`` are the original texts, each with its place.
    """

    field: str
    action: Literal["replace", "add"]
    value: FieldValue
    place: Place
    elements: tuple[Written, ...] = ()
    detail: str | None = None  # the group given with 特定群体


class Omission(Struct, frozen=True):
    """不列入: why an item is not in this layer's directory. ``reason`` empty: none was given."""

    reason: str
    place: Place
    approved_by: str | None = None
    on: date | None = None
    shared: bool = False  # 不列入的理由: the domain's one reason


class ItemOverlay(Struct, frozen=True):
    """A layer's changes to one item of the directory above."""

    number: str
    place: Place
    changes: tuple[Change, ...] = ()
    omission: Omission | None = None
    ground: Written | None = None  # 依申请依据: the law that allows 依申请 in place of 主动
    alias: str | None = None  # 通俗名称: the everyday name
    note: str | None = None  # 说明
    guide_unused: Written | None = None  # 指南.不用: why the guide of the layers above is not used
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
    """存疑: an undecided row of an imported table.

    ``source`` is the place of the row; ``candidates`` are national items that it may be, as ``4.1 失业登记``. ``item``
    is its content as an addition, ``None`` if it could not be read; its number may be blank. ``reason`` says why it is
    omitted, which settles it.
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
    guides_checked: date | None = None  # 指南核对: the inherited guides are right here
    guides_checked_place: Place | None = None


class Overlay(Placed, frozen=True):
    """One layer: a province's, city's, county's, township's or village's file, read."""

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
    doubts: tuple[Doubt, ...] = ()  # 存疑
    signings: tuple[Signing, ...] = ()  # 审核
    written: Mapping[str, Written] = field(default_factory=dict)


class County(LayerFiles, frozen=True):
    """Everything in a county's folder. ``above`` runs from the province down; towns and villages lie below.

    ``inherited`` has the files of each layer of ``above``, in the same order; ``searched`` is what holds long numbers
    of all files that it publishes.
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
    """An item that a layer omitted, with the reason."""

    item: Item
    omission: Omission
    layer: Overlay


class Unmatched(Struct, frozen=True):
    """A part of an overlay that does not match the directory above.

    ``unknown``: no such item above; ``omitted``: a layer above left it out; ``taken``: an addition whose number is
    another item's; ``orphan``: an addition that names neither its group nor an item above it.
    """

    layer: Overlay
    domain: str
    number: str
    place: Place
    candidates: tuple[str, ...] = ()  # "4.1 失业登记": what may have been meant, or which item has the number
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
        """Whom to call about any of it, if nobody in the county has a number."""
        return self.facts.hotline if self.facts else FOR_ALL

    def first_levels(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """The entries grouped by 一级事项, in order."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.item.level1, []).append(entry)
        for name, entries in groups.items():
            yield name, tuple(entries)


class Catalog(Struct, frozen=True):
    """A county (or township, or village) with everything laid: the input of pages and rules."""

    overlay: Overlay
    layers: tuple[Overlay, ...]  # from the top down to ``overlay`` itself
    directories: Mapping[str, LaidDirectory] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)  # of all layers, the lowest wins
    guides: Mapping[str, Guide] = field(default_factory=dict)
    guide_layers: Mapping[str, tuple[Guide, ...]] = field(default_factory=dict)  # what each is made of, from the top
    forms: Mapping[str, Form] = field(default_factory=dict)
    towns: tuple[Catalog, ...] = ()
    unmatched_domains: tuple[DomainOverlay, ...] = ()
    articles: tuple[Article, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    navigation: Ways = NO_WAYS  # life events, audiences, questions
    synonyms: Synonyms = NO_WORDS  # synonyms for search
    traditional: Traditional = NO_TRADITIONAL  # settings of the Traditional pages
    glossary: Glossary = NO_GLOSSARY  # texts of the English pages
    lines: Mapping[str, str] = field(default_factory=dict)  # item id → a one-sentence description
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # item id → what people must know before they go

    @property
    def slug(self) -> str:
        """The folder it is published in."""
        return self.overlay.slug

    def entries(self) -> Iterator[Entry]:
        """Every entry of every domain, in order."""
        for directory in self.directories.values():
            yield from directory.entries

    def entry(self, item_id: str) -> Entry | None:
        """The entry of that id, if the place has it."""
        return next((entry for entry in self.entries() if entry.item.id == item_id), None)

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of that key or full name; laid items carry full names in ``publisher``."""
        return self.organisations.get(name) or next((o for o in self.organisations.values() if o.name == name), None)
