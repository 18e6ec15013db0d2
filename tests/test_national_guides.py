"""The guides that come with gkdir: one for every national item, whole, plain, and each with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml
from scripts.guide_sources import guide_sources

from gkdir.finding import Severity
from gkdir.model.declared import declared
from gkdir.model.guide import Guide
from gkdir.overlay import lay
from gkdir.overlay.county_guides import COUNTRY
from gkdir.read.county import read_county_folder
from gkdir.read.folder import Root
from gkdir.read.project import read_project
from gkdir.rules import RULES
from gkdir.rules.guideparts import vetoed
from gkdir.rules.rule import Context
from gkdir.site.english import phrase

ROOT = Path(__file__).parent.parent
NATIONAL = ROOT / "directories" / "national"
COUNTY = """\
名称: 清源县
代码: "990101"
机构:
  人社局:
    名称: 清源县人力资源和社会保障局
    地址: 清源路18号
    电话: "0600-5550101"
    监督电话: "0600-5550102"
    办公时间: 周一至周五9:00—12:00
目录:
  employment: {审核日期: 2026-03-01, 默认: {公开主体: [人社局]}}
  social_insurance: {审核日期: 2026-03-01, 默认: {公开主体: [人社局]}}
"""
"""All that a new county needs to write."""
LONGEST = 40
"""Characters of a sentence, on average."""
NEAR = 100
"""Characters from a word of jargon within which its plain words stand."""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A county that has named its office, and nothing more."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "counties" / "qingyuan").mkdir(parents=True)
    (folder / "counties" / "qingyuan" / "county.yaml").write_text(COUNTY, encoding="utf-8")
    project = read_project(folder)
    assert project.troubles == ()
    county = read_county_folder(Root.of(folder), folder / "counties" / "qingyuan")
    assert county.troubles == ()
    return Context(project, county, lay(project, county), date(2026, 12, 1), RULES)


@pytest.fixture(scope="module")
def guides(context: Context) -> Mapping[str, Guide]:
    assert context.catalog
    return context.catalog.guides


def test_every_national_item_has_its_guide(context: Context) -> None:
    items = {item.id for directory in context.project.national.values() for item in directory.items}
    assert context.project.guides.keys() == items
    assert len(items) == 103


def test_every_guide_passes_every_rule_in_a_new_county(context: Context, guides: Mapping[str, Guide]) -> None:
    rules = [rule for rule in RULES if Guide in rule.on and rule.severity is not Severity.INFO]
    faults = [
        f"{fault.place} {rule.id} {fault.message}"
        for guide in guides.values()
        for rule in rules
        for fault in rule.judge(guide, context)
    ]
    assert faults == []
    assert not any(vetoed(guide, context) for guide in guides.values())


def test_every_guide_is_told_as_the_countrys_and_nobody_is_left_without_a_number(guides: Mapping[str, Guide]) -> None:
    assert {guide.inherited for guide in guides.values()} == {COUNTRY}
    assert {guide.checked for guide in guides.values()} == {None}
    assert [guide.id for guide in guides.values() if not guide.offices] == []


def test_every_guide_says_where_it_comes_from(guides: Mapping[str, Guide]) -> None:
    for guide in guides.values():
        assert guide.sources, guide.id
        assert all(source.confidence and source.seen for source in guide.sources), guide.id


@pytest.mark.parametrize("element", ["办理条件", "办理材料", "办理时限", "别错过", "收费", "结果送达", "网上办理深度"])
def test_whatever_binds_anybody_has_a_source_of_its_own(context: Context, element: str) -> None:
    """What the country's guides say themselves; what the county's office adds is the county's."""
    (field,) = {one.field for one in declared(Guide) if one.key.name == element}
    given = [guide for guide in context.project.guides.values() if getattr(guide, field)]
    assert given
    assert [one.id for one in given if not any(element in source.used_for for source in one.sources)] == []


def test_the_list_of_sources_is_current() -> None:
    written = (NATIONAL / "PROVENANCE-guides.md").read_text(encoding="utf-8")
    assert written == guide_sources(read_project(ROOT / "directories")), "python -m scripts.docs"


def test_what_an_english_page_takes_from_a_guide_is_english(context: Context, guides: Mapping[str, Guide]) -> None:
    assert context.catalog
    glossary = context.catalog.glossary
    left = []
    for entry in context.catalog.entries():
        item, guide = glossary.item(entry.item), guides[entry.item.id]
        if item is None or item.line is None:
            continue
        said = [material.name for material in guide.materials or ()] + [step.name for step in guide.steps or ()]
        said += [one for one in (guide.now, guide.proxy, guide.fee and guide.fee.text, *(guide.deadlines or ())) if one]
        left += [(guide.id, one) for one in said if not phrase(one, glossary).english]
    assert left == []


def test_thirty_items_and_more_have_forms_to_fill_in(context: Context, guides: Mapping[str, Guide]) -> None:
    """Each described once: from the fields come the blank, the sample and the instructions."""
    assert context.catalog
    forms = context.catalog.forms
    asked = {
        guide.id: [material.form for material in guide.materials or () if material.form] for guide in guides.values()
    }
    assert len([item for item, names in asked.items() if names]) >= 30
    for name in {name for names in asked.values() for name in names}:
        fields = [field for section in forms[name].sections for field in section.fields]
        assert any(field.example for field in fields), name
        assert any(field.help for field in fields), name


def test_sentences_are_short(guides: Mapping[str, Guide]) -> None:
    long = {}
    for guide in guides.values():
        text = "\n".join([guide.summary or "", *(section.markdown for section in guide.sections)])
        said = [part.strip(" -*|#\n") for part in re.split(r"[。？！；\n|]", text)]
        sentences = [part for part in said if len(part) > 1]
        average = sum(map(len, sentences)) / len(sentences)
        if average > LONGEST:
            long[guide.id] = average
    assert long == {}


def test_jargon_is_told_in_plain_words_where_it_stands(guides: Mapping[str, Guide]) -> None:
    """Of every word of the list a guide uses, one place at least has plain words near."""
    jargon = yaml.safe_load((Path(__file__).parent / "jargon.yaml").read_text(encoding="utf-8"))
    assert len(jargon) > 30
    unexplained = []
    for guide in guides.values():
        text = "\n".join(_read_by_citizens(guide))
        for word, plain in jargon.items():
            places = [match.start() for match in re.finditer(word, text)]
            near = (text[max(0, at - NEAR) : at + len(word) + NEAR].replace(word, "") for at in places)
            if places and not any(each in around for around in near for each in plain):
                unexplained.append((guide.id, word))
    assert unexplained == []


def _read_by_citizens(guide: Guide) -> Iterator[str]:
    """What the guide tells in its own words: no names of laws, forms, steps or offices, no headings."""
    yield from filter(None, (guide.summary, guide.now, guide.proxy))
    for several in (guide.served, guide.conditions, guide.deadlines):
        yield from several or ()
    yield from (step.text for step in guide.steps or () if step.text)
    yield from (material.note for material in guide.materials or () if material.note)
    for section in guide.sections:
        yield re.sub("《[^》]*》|^#.*$", "", section.markdown, flags=re.M)
