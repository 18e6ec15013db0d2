"""The guides that come with gkdir: one for every national item, complete, in plain words, each with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml
from scripts.guide_sources import guide_sources
from tests.places import NATIONAL, ROOT

from gkdir.finding import Severity
from gkdir.model.declared import declared
from gkdir.model.guide import Form, Guide
from gkdir.overlay import lay
from gkdir.overlay.county_guides import COUNTRY
from gkdir.read.county import read_county_folder
from gkdir.read.folder import Root
from gkdir.read.project import read_project
from gkdir.rules import RULES
from gkdir.rules.guideparts import vetoed
from gkdir.rules.rule import Context
from gkdir.site.english import phrase

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
"""The least that a new county must write."""
LONGEST = 40
"""The most characters of a sentence, on average."""
NEAR = 100
"""How many characters from a word of jargon its explanation may be."""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A county that has declared its office and nothing else."""
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
    """For the national guides' own text; what the county's office adds is the county's."""
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
    """Each form is described once: its fields give the blank, the sample and the instructions."""
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


def test_sentences_are_short(read_by_citizens: Mapping[str, str]) -> None:
    averages = {}
    for name, text in read_by_citizens.items():
        said = [part.strip(" -*|#\n") for part in re.split(r"[。？！；\n|]", text)]
        sentences = [part for part in said if len(part) > 1]
        averages[name] = sum(map(len, sentences)) / len(sentences)
    assert {name: average for name, average in averages.items() if average > LONGEST} == {}


def test_nothing_points_to_what_stands_above(read_by_citizens: Mapping[str, str]) -> None:
    """A page shows what to do and the questions first: what is above in the file is below there, or not on paper."""
    pointing = {
        name: re.findall("上面.{0,8}|上述.{0,8}|前面(?:说|写|提).{0,8}", text)
        for name, text in read_by_citizens.items()
    }
    assert {name: found for name, found in pointing.items() if found} == {}


def test_jargon_is_told_in_plain_words_where_it_stands(read_by_citizens: Mapping[str, str]) -> None:
    """For each listed word that a guide or form uses, at least one place has an explanation near."""
    jargon = yaml.safe_load((Path(__file__).parent / "jargon.yaml").read_text(encoding="utf-8"))
    assert len(jargon) > 30
    unexplained = []
    for name, text in read_by_citizens.items():
        for word, plain in jargon.items():
            places = [match.start() for match in re.finditer(word, text)]
            near = (text[max(0, at - NEAR) : at + len(word) + NEAR].replace(word, "") for at in places)
            if places and not any(each in around for around in near for each in plain):
                unexplained.append((name, word))
    assert unexplained == []


def test_every_text_of_a_guide_is_read(guides: Mapping[str, Guide], read_by_citizens: Mapping[str, str]) -> None:
    """The two tests above must cover every text field: a new one must be read too, or be no prose."""
    guide = guides["social_insurance/7.1"]
    unread = {"domain", "number", "online_degree", "hours", "consult", "complaint", "code", "nature", "inherited"}
    texts = {name for name in guide.__struct_fields__ if isinstance(getattr(guide, name), str)}
    assert texts - unread == {"summary"}
    text = read_by_citizens[guide.id]
    assert all(section.markdown.strip()[-8:] in text for section in guide.sections)
    assert all(told.text in text for told in (*guide.pending, *guide.further, *guide.without))
    assert all(condition in text for condition in guide.conditions or ())


@pytest.fixture(scope="module")
def read_by_citizens(context: Context, guides: Mapping[str, Guide]) -> Mapping[str, str]:
    """The text of each guide and form, without names of laws, forms, steps or offices."""
    assert context.catalog
    forms = {f"表格 {form.title}": "\n".join(_of_form(form)) for form in context.catalog.forms.values()}
    texts = {**{id_: "\n".join(_of_guide(guide)) for id_, guide in guides.items()}, **forms}
    return {name: re.sub("《[^》]*》|^## .*$", "", text, flags=re.M) for name, text in texts.items()}


def _of_guide(guide: Guide) -> Iterator[str]:
    fee = guide.fee.text if guide.fee else None
    yield from filter(None, (guide.summary, guide.now, guide.proxy, guide.delivery, fee))
    for several in (guide.served, guide.conditions, guide.deadlines):
        yield from several or ()
    yield from (step.text for step in guide.steps or () if step.text)
    yield from (material.note for material in guide.materials or () if material.note)
    yield from (told.text for told in (*guide.further, *guide.without, *guide.pending))
    yield from (section.markdown for section in guide.sections)


def _of_form(form: Form) -> Iterator[str]:
    yield from filter(None, (form.note, form.instructions))
    yield from (field.help for section in form.sections for field in section.fields if field.help)
