"""A key is declared once: reading, schema, documentation and differences follow from it, as for the guide."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Struct
from msgspec.structs import asdict, replace
from scripts.keytables import key_table
from tests.pages.sample import catalog

from gkdir.diffing.sides import described
from gkdir.excel_form.organisations import organisation_table
from gkdir.finding import Place
from gkdir.model.amendment import ARTICLE, OFFICE
from gkdir.model.article import Article
from gkdir.model.county import County, Organisation
from gkdir.model.declared import InForm, Key, declared, keys
from gkdir.read.schema.document import SHAPES, json_schema
from gkdir.read.schema.validate import filled, validate
from gkdir.yaml.parse import parse_yaml

TOLD = Key("朗读", "念出来的话。", "您好")


class ToldArticle(Article, frozen=True):
    """An article with one additional key."""

    told: Annotated[str | None, TOLD] = None


class ToldOffice(Organisation, frozen=True):
    """An organisation with one additional key."""

    told: Annotated[str | None, TOLD] = None


HEAD = "标题: 丢卡\n日期: 2026-03-01\n"
ABSENT = {"标题": "甲", "日期": "2026-03-01"}
GIVEN = {"kind": "faq", "slug": "a"}


def read(text: str) -> tuple[ToldArticle, list[tuple[str, str]]]:
    article, troubles = validate(ToldArticle, parse_yaml(text, "a.md").root, ABSENT, GIVEN)
    return article, [(str(trouble.place), trouble.message) for trouble in troubles]


def test_it_is_read_and_its_place_is_known() -> None:
    article, troubles = read(HEAD + "朗读: 您好\n")
    assert (article.told, troubles) == ("您好", [])
    assert article.written["朗读"].place == Place("a.md", 3, 5)


def test_every_mistake_is_told_with_its_place() -> None:
    _, troubles = read("标题: 丢卡\n日期: 昨天\n朗读: [您好]\n")
    assert troubles == [
        ("a.md:2:5", "日期：“昨天”不是日期。"),
        ("a.md:3:5", "朗读：这里要写一段文字，却写成了列表或一组“键: 值”。"),
    ]


@pytest.mark.parametrize("shape", [ToldArticle, ToldOffice])
def test_editors_and_the_documentation_know_it(shape: type[Struct], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SHAPES, "article", (shape, "试"))
    assert json_schema("article")["properties"]["朗读"]["description"] == "念出来的话。"
    assert "| `朗读` | 念出来的话。 | `您好` |" in key_table("article")


def test_it_is_in_the_differences() -> None:
    article, _ = read(HEAD + "朗读: 您好\n")
    county = catalog()
    (name, office), *_ = county.overlay.organisations.items()
    offices = {name: ToldOffice(**asdict(office), told="再见")}
    county = replace(county, articles=(article,), overlay=replace(county.overlay, organisations=offices))
    found = described(county, Path())
    assert found[ARTICLE]["faq/a"].texts["朗读"] == ("您好",)
    assert found[OFFICE][name].texts["朗读"] == ("再见",)


def test_a_mapping_knows_the_key_under_which_it_stands() -> None:
    office, troubles = filled(Mapping[str, ToldOffice], parse_yaml("窗口: {名称: 甲, 朗读: 您好}\n", "c").root)
    assert troubles == ()
    assert (office["窗口"].key, office["窗口"].told) == ("窗口", "您好")


def test_what_is_declared_of_an_office_is_a_column_of_the_form() -> None:
    marked = {one.key.name for one in declared(Organisation) if one.marks(InForm)}
    table = organisation_table(County("a", "counties/a", catalog().overlay))
    assert marked
    assert [column.label for column in table.columns] == ["简称", *(key for key in keys(Organisation) if key in marked)]
