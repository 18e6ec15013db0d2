"""A change to a locked cell is answered with where to write instead, in words that are in the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.excel_form.exchanges import exchange_of, imported, returned_changes, sample

from gkdir.excel_form.apply import Exchange
from gkdir.excel_form.articles import ARTICLES, BODY
from gkdir.excel_form.instead import instead
from gkdir.excel_form.table import CHECKED, Table


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("p"))


@pytest.fixture(scope="module")
def at_home(project: Path) -> Exchange:
    """The form of the sample county, which has rows of nearly every kind."""
    return exchange_of(project)


def locked_cells(table: Table) -> Iterator[tuple[str, str, str]]:
    """Row, column and advice of each locked cell."""
    keys = {column.key for column in table.columns}
    for row in table.rows:
        yield from ((row.id, key, instead(table, row, key)) for key in sorted(row.locked & keys))


def test_the_columns_that_are_named_exist_and_can_be_written(at_home: Exchange) -> None:
    wrong, labels = [], {column.label for table in at_home.form.tables for column in table.columns}
    for table in at_home.form.tables:
        keys = {column.label: column.key for column in table.columns}
        for id_, key, words in locked_cells(table):
            named = re.findall("“([^”]+)”", words)
            usable = [name for name in named if keys.get(name) not in table.by_id[id_].locked]
            if not labels.issuperset(named) or not (usable or "空行" in words or "请空着" in words):
                wrong.append((table.title, id_, key, words))
    assert wrong == []


def test_what_a_file_alone_can_say_is_sent_there_and_a_row_of_above_upwards(at_home: Exchange) -> None:
    articles = at_home.form.table(ARTICLES)
    assert articles is not None
    row = replace(articles.rows[0], locked=articles.rows[0].locked | {BODY})
    assert "在文件里改" in instead(articles, row, BODY)
    whole = replace(row, locked=frozenset(column.key for column in articles.columns))
    assert "请报上级" in instead(articles, whole, "title")
    assert "请改有问题的那一格" in instead(articles, whole, CHECKED)


def test_it_is_said_with_what_stood_there(at_home: Exchange, project: Path) -> None:
    filled = {
        ("@reviews", "employment", "omitted"): "没有开展",
        ("@towns", "liushu", "slug"): "liu",
        ("employment", "1.1", "level2"): "政策",
    }
    _, done = imported(project, returned_changes(at_home, filled))
    said = {trouble.message[-30:]: trouble.hint for trouble in done.troubles}
    assert len(said) == 3
    assert [hint for message, hint in said.items() if "原来空着" in message and "“不列入的原因”" in hint]
    assert [hint for message, hint in said.items() if "原来是“liushu”" in message and "“名称”" in hint]
    assert [hint for message, hint in said.items() if "整行没有读" in message and "“通俗名称”" in hint]
