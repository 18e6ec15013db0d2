"""The pages of 算一算: the tables cover every month of birth; unknown amounts are asked for, never invented."""

from __future__ import annotations

import itertools
import json

import pytest
from msgspec.structs import replace
from tests.pages.document import Document

from gkdir.model.benefits import MONTHS, Standards
from gkdir.model.project import Project
from gkdir.service.tables import retirement_tables

from .conftest import catalog, page_set
from .vectors import STANDARDS, amount, rules, vectors

FORMS = ("retirement", "unemployment", "injury", "pension")


@pytest.fixture(scope="module")
def pages(project: Project) -> dict[str, dict[str, Document]]:
    """The pages of each county by path: all pages of one county, only those of 算一算 for the others."""
    sets = {word: page_set(catalog(project, standards)) for word, standards in STANDARDS.items()}
    return {
        word: {
            path: Document(made.page(path).decode())
            for path in made.pages
            if path.startswith("reckon/")
            or (word == "全" and path.endswith(".html") and not path.startswith("screen/"))
        }
        for word, made in sets.items()
    }


def words(document: Document) -> str:
    return document.all("main")[0].text.replace("\n", "")


def test_every_month_of_birth_that_matters_is_printed() -> None:
    for table in retirement_tables(rules(), Standards()).careers:
        births = [line.birth for year in table.years for line in year.lines]
        assert births[0] == table.career.first
        assert births[-1] == table.last
        assert len(births) == (table.career.cap - 1) * table.career.step + 1
        assert all(later.ordinal - birth.ordinal == 1 for birth, later in itertools.pairwise(births))


def test_the_table_of_least_years_runs_from_fifteen_to_twenty() -> None:
    lines = retirement_tables(rules(), Standards()).least
    assert [(line.year, line.years * MONTHS + line.months) for line in (lines[0], lines[1], lines[-1])] == [
        (2029, 180),
        (2030, 186),
        (2039, 240),
    ]


def test_the_printed_months_are_those_of_the_table_of_vectors(pages: dict[str, dict[str, Document]]) -> None:
    text = words(pages["全"]["reckon/retirement/index.html"])
    assert "8月2025年10月60岁2个月" in text
    assert "1976年9月及以后出生，都是63岁退休" in text
    assert "1984年11月及以后出生，都是55岁退休" in text


@pytest.mark.parametrize("calculator", FORMS)
def test_each_says_how_it_reckons_whence_and_that_it_binds_nobody(
    pages: dict[str, dict[str, Document]], calculator: str
) -> None:
    for word in STANDARDS:
        text = words(pages[word][f"reckon/{calculator}/index.html"])
        assert "怎么算的" in text
        assert "仅供参考" in text
        assert "依据和数额从哪里来" in text
        assert "《" in text
        assert "12333" in text


def test_what_was_seen_is_not_marked(pages: dict[str, dict[str, Document]]) -> None:
    for calculator in FORMS:
        assert "待核" not in words(pages["全"][f"reckon/{calculator}/index.html"])


def test_what_was_not_seen_is_marked(project: Project) -> None:
    national = rules()
    unseen = replace(national.injury.support, seen="待查", seen_at=None)
    injury = replace(national.injury, support_source=unseen)
    made = page_set(catalog(project, STANDARDS["全"]), replace(national, injury=injury))
    text = words(Document(made.page("reckon/injury/index.html").decode()))
    assert "2011年1月1日起待核" in text
    assert "生活护理费，每月待核" in text
    assert "标着“待核”的" in text
    assert "待核" not in words(Document(made.page("reckon/retirement/index.html").decode()))


def test_the_least_years_are_those_of_the_year_that_counts(pages: dict[str, dict[str, Document]]) -> None:
    text = words(pages["全"]["reckon/retirement/index.html"])
    assert "举例：2031年到法定退休年龄的，推迟到2034年退休，至少缴费16年；提前到2029年退休，至少缴费15年。" in text
    assert "哪年退休，至少要缴费多久" not in text


def test_a_death_counts_by_the_year_of_the_injury(pages: dict[str, dict[str, Document]]) -> None:
    text = words(pages["全"]["reckon/injury/index.html"])
    assert "哪一年发生工伤" in text
    assert "哪一年死亡" not in text
    assert "受伤和去世不在同一年的，以社保经办机构核定的为准" in text
    assert "停工留薪期满以后去世的，没有一次性工亡补助金" in text


def test_a_county_that_gives_no_amount_sends_people_to_ask_and_invents_none(
    pages: dict[str, dict[str, Document]],
) -> None:
    page = words(pages["无"]["reckon/unemployment/index.html"])
    assert "每月多少钱，本县还没有写明。请打清源县人社局 0600-5550101" in page
    assert "18个月" in page
    assert "全部领完" not in page
    assert "本县还没有写明基础养老金" in words(pages["无"]["reckon/pension/index.html"])
    assert "6个月的当地上年度职工月平均工资供养" in words(pages["无"]["reckon/injury/index.html"])


def test_a_countys_amount_is_shown_with_its_document(pages: dict[str, dict[str, Document]]) -> None:
    page = words(pages["全"]["reckon/unemployment/index.html"])
    assert "1500元，第13个月起1350元《清源县某标准》（清政发〔2026〕1号），2026年1月1日起执行" in page
    assert "满5年，不满10年18个月26,100元" in page


def test_an_amount_without_source_is_as_good_as_none(project: Project) -> None:
    bare = replace(amount(1500), source=None)
    county = catalog(project, Standards(benefit=bare))
    page = Document(page_set(county).page("reckon/unemployment/index.html").decode())
    assert "1500" not in words(page)
    form = page.all("form")[0].attributes["data-parameters"]
    assert json.loads(form)["monthly"] is None


def test_home_map_and_the_items_concerned_lead_there(pages: dict[str, dict[str, Document]]) -> None:
    site = pages["全"]
    for path, way in (
        ("index.html", "reckon/retirement/index.html"),
        ("sitemap/index.html", "../reckon/injury/index.html"),
        ("reckon/index.html", "../reckon/pension/index.html"),
        ("social_insurance/5-1/index.html", "../../reckon/retirement/index.html"),
        ("social_insurance/7-1/index.html", "../../reckon/unemployment/index.html"),
        ("social_insurance/6-21/index.html", "../../reckon/injury/index.html"),
        ("social_insurance/5-2/index.html", "../../reckon/pension/index.html"),
    ):
        assert site[path].all("a", href=way), (path, way)
    assert not site["employment/4-1/index.html"].all("p", class_="related")


def test_only_these_pages_load_the_script(pages: dict[str, dict[str, Document]]) -> None:
    loading = {
        path
        for path, page in pages["全"].items()
        if any(script.attributes.get("src", "").endswith("/reckon.js") for script in page.all("script"))
    }
    assert loading == {f"reckon/{name}/index.html" for name in FORMS}


def test_without_parameters_or_without_the_items_there_is_no_calculator(project: Project) -> None:
    county = catalog(project, Standards())
    assert not [path for path in page_set(county, None).pages if path.startswith("reckon/")]
    other = replace(county, directories={"employment": county.directories["employment"]})
    made = page_set(other)
    assert not [path for path in made.pages if path.startswith("reckon/")]
    assert "算一算" not in made.page("index.html").decode()


def test_the_example_of_the_injury_table_is_the_vectors(pages: dict[str, dict[str, Document]]) -> None:
    text = words(pages["全"]["reckon/injury/index.html"])
    lumps = {
        v.said["grade"]: v.expected["lump"]
        for v in vectors()
        if v.calculator == "injury" and "5000.00" in v.said["wage"]
    }
    assert lumps["1"] == "135000.00"
    assert "一级27个月工资135,000元工资的90%4500元" in text
    assert "十级7个月工资35,000元没有" in text
