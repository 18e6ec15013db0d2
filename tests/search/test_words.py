"""The national everyday words are complete, and a county's own are laid over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from gkdir.finding import Place, TroubleKind
from gkdir.model.county import County
from gkdir.model.item import Written
from gkdir.model.project import Project
from gkdir.model.synonyms import Synonyms
from gkdir.read.declaredfiles import read_county_words, read_national_words
from gkdir.read.project import read_county, read_project

PLACE = Place("words.yaml", 1, 1)


def texts(words: Synonyms, item: str) -> list[str]:
    return [word.text for word in words.words.get(item, ())]


def test_every_national_item_has_eight_words_or_more(project: Project) -> None:
    items = {item.id for directory in project.national.values() for item in directory.items}
    assert len(items) == 103
    assert set(project.words.words) == items
    assert {item for item in items if len(project.words.words[item]) < 8} == set()


def test_national_words_tell_items_apart(project: Project) -> None:
    counts = Counter(word.text for words in project.words.words.values() for word in words)
    assert {word for word, count in counts.items() if count >= 10} == set()
    assert {word for word in counts if len(word) < 2} == set()


def test_a_word_is_in_one_group_only(project: Project) -> None:
    counts = Counter(word.text for group in project.words.groups for word in group)
    assert {word for word, count in counts.items() if count > 1} == set()
    assert all(len(group) > 1 for group in project.words.groups)


def test_a_county_adds_and_removes() -> None:
    above = Synonyms(words={"a/1": (Written("甲说", PLACE), Written("乙说", PLACE))}, groups=((Written("卡", PLACE),),))
    own = Synonyms(
        words={"a/1": (Written("丙说", PLACE), Written("甲说", PLACE)), "a/2": (Written("丁说", PLACE),)},
        removed={"a/1": (Written("乙说", PLACE),)},
        groups=((Written("折", PLACE),),),
    )
    laid = own.over(above)
    assert texts(laid, "a/1") == ["甲说", "丙说"]
    assert texts(laid, "a/2") == ["丁说"]
    assert len(laid.groups) == 2
    assert Synonyms().over(above).words == above.words


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def write_words(text: str) -> Path:
        path = tmp_path / "words.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_words


def test_words_are_written_as_a_list_or_in_one_line(write: Callable[[str], Path]) -> None:
    added = "增加:\n  a/1: 甲说、乙说，丙说 4050\n  a/2: [丁说, 4050]\n  a/3: 戊说 lost card、pay\n"
    path = write(added + "同义:\n  - 卡、折\n  - [存, 取]\n")
    words, troubles = read_county_words(path, "words.yaml")
    assert troubles == ()
    assert texts(words, "a/1") == ["甲说", "乙说", "丙说", "4050"]
    assert texts(words, "a/2") == ["丁说", "4050"]
    assert texts(words, "a/3") == ["戊说", "lost card", "pay"]  # blanks only in English
    assert [[word.text for word in group] for group in words.groups] == [["卡", "折"], ["存", "取"]]
    assert words.places["a/2"] == Place("words.yaml", 3, 3)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("增加: [甲说]\n", TroubleKind.WRONG_VALUE, "words.yaml:1:5"),
        ("增加:\n  a/1: {甲说: 乙说}\n", TroubleKind.WRONG_VALUE, "words.yaml:2:8"),
        ("添加: {a/1: 甲说}\n", TroubleKind.UNKNOWN_KEY, "words.yaml:1:1"),
        ("增加: {a/1: 甲说\n", TroubleKind.UNREADABLE, "words.yaml:1:5"),
        ("- 甲说\n", TroubleKind.UNREADABLE, "words.yaml:1:1"),
        ("同义: {卡: 折}\n", TroubleKind.WRONG_VALUE, "words.yaml:1:5"),
    ],
)
def test_bad_words_get_one_trouble_each(write: Callable[[str], Path], text: str, kind: TroubleKind, place: str) -> None:
    words, troubles = read_county_words(write(text), "words.yaml")
    assert [(trouble.kind, str(trouble.place)) for trouble in troubles] == [(kind, place)]
    assert words.words == {}


def test_an_empty_file_says_nothing(write: Callable[[str], Path]) -> None:
    assert read_county_words(write("# 还没有\n"), "words.yaml") == (Synonyms(), ())


def test_a_project_may_have_words_of_its_own_and_none_is_no_trouble(write: Callable[[str], Path]) -> None:
    own, troubles = read_national_words((write("事项: {a/1: 甲说}\n").parent, Path("nowhere")))
    assert (texts(own, "a/1"), troubles) == (["甲说"], ())
    assert read_national_words((Path("nowhere"),)) == (Synonyms(), ())


def test_a_countys_file_is_read_with_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "counties" / "qingyuan"
    folder.mkdir(parents=True)
    (folder / "county.yaml").write_text('名称: 清源县\n代码: "990101"\n', encoding="utf-8")
    (folder / "words.yaml").write_text("增加: {employment/4.1: 没活干了}\n", encoding="utf-8")
    county: County = read_county(read_project(tmp_path), "qingyuan")
    assert texts(county.words, "employment/4.1") == ["没活干了"]
    assert county.troubles == ()
