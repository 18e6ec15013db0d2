"""The engine under node: its own tests, and how well it answers the questions written for it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gkdir.service.site import Site

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions.tsv"
STRANGERS = HERE / "strangers.txt"
ELSEWHERE = HERE / "elsewhere.tsv"
GRAVE = HERE / "grave.txt"
UNHEARD = HERE / "unheard.tsv"
OPPOSITES = HERE / "opposites.tsv"
NODE = shutil.which("node")
Ask = Callable[..., Sequence[dict[str, Any]]]

pytestmark = pytest.mark.skipif(NODE is None, reason="没有 node：请安装 Node 18 以上")


def questions(file: Path) -> list[str]:
    """The first column of each line."""
    return [line.split("\t")[0] for line in file.read_text(encoding="utf-8").splitlines() if line]


@pytest.fixture(scope="module")
def ask(assets: Path) -> Iterator[Ask]:
    """Returns the results for each question, from one engine."""
    command = [str(NODE), str(HERE / "ask.js"), str(assets)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as node:
        assert node.stdin is not None
        assert node.stdout is not None
        asking, answering = node.stdin, node.stdout

        @cache
        def ask_(*asked: str) -> Sequence[dict[str, Any]]:
            print(json.dumps(asked), file=asking, flush=True)
            answers: list[dict[str, Any]] = json.loads(answering.readline())
            assert [one["question"] for one in answers] == list(asked)
            return answers

        yield ask_
        asking.close()


def test_the_scripts_own_tests_pass() -> None:
    done = subprocess.run([str(NODE), "--test", str(HERE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "# pass 0" not in done.stdout


@pytest.mark.parametrize(("file", "in_five", "reciprocal"), [(QUESTIONS, 0.98, 0.95), (UNHEARD, 0.97, 0.9)])
def test_questions_are_answered(ask: Ask, file: Path, in_five: float, reciprocal: float) -> None:
    wanted = {line.split("\t")[0]: line.split("\t")[1].split("|") for line in file.read_text("utf-8").splitlines()}
    assert len(wanted) >= 150
    ranks = []
    for one in ask(*questions(file)):
        ranks.append(next((n for n, item in enumerate(one["found"], 1) if item in wanted[one["question"]]), 0))
    assert sum(0 < rank <= 5 for rank in ranks) / len(ranks) >= in_five
    assert sum(1 / rank for rank in ranks if rank) / len(ranks) >= reciprocal


def test_of_two_opposites_the_one_that_is_asked_for_is_first(ask: Ask) -> None:
    wanted = dict(line.split("\t") for line in OPPOSITES.read_text(encoding="utf-8").splitlines())
    first = {one["question"]: (one["found"] or [""])[0] for one in ask(*wanted)}
    assert {question: item for question, item in first.items() if item not in wanted[question].split("|")} == {}


def test_questions_about_other_things_are_told_so(ask: Ask) -> None:
    # Everyday words of items here contain 低保、户口、营业执照, so that not all of these are foreign.
    answers = ask(*questions(STRANGERS))
    assert sum(not one["sure"] for one in answers) / len(answers) >= 0.7


def test_who_asks_for_what_others_do_is_told_their_office(ask: Ask) -> None:
    offices = [line.split("\t")[1] for line in ELSEWHERE.read_text(encoding="utf-8").splitlines()]
    answers = ask(*questions(ELSEWHERE))
    for one, office in zip(answers, offices, strict=True):
        assert one["elsewhere"], one
        assert office in " ".join(one["elsewhere"][2:4]), one
    assert sum(not one["sure"] for one in answers) / len(answers) >= 0.9, "said before items, which it only resembles"


def test_who_asks_for_what_we_do_is_not_sent_away(ask: Ask) -> None:
    # 医药费 and 新农合 mean health insurance; 保险 alone does not.
    for one in ask(
        "工伤医药费报销", "新农合养老怎么交", "失业了医保怎么交", "unemployment insurance", "salary card changed"
    ):
        assert one["sure"], one
        assert not one["elsewhere"], one


def test_nobody_is_asked_back_in_grief_or_about_a_real_word(ask: Ask) -> None:
    for one in ask(*questions(GRAVE)):
        assert one["repaired"] is None, one


def test_what_is_asked_back_leads_somewhere_and_says_nothing_grave(ask: Ask) -> None:
    offered = {one["repaired"]: one for one in ask(*questions(QUESTIONS)) if one["repaired"]}
    assert len(offered) >= 60
    for one in ask(*offered):
        before = offered[one["question"]]
        assert one["sure"], one
        assert one["found"], one
        assert before["sure"], before
        assert not re.search("[死亡杀癌]|[去过]世|自杀", one["question"]), one


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("qushi", "去世"),
        ("wo ma qushi le", "去世"),
        ("womaqushile", "去世"),
        ("wo ba guoshile", "过世"),
        ("sangshi", "丧失"),  # a word, unlike 伤事, a part of 工伤事故
        ("我ba去世", None),  # the rest, 我去世, would mean something else
        ("zisha", None),
    ],
)
def test_pinyin_of_grief_is_heard_and_never_made_into_something_else(ask: Ask, typed: str, offered: str | None) -> None:
    (found,) = ask(typed)
    assert found["repaired"] == offered


@pytest.mark.parametrize("said", ["我妈去世了", "我爸去世了怎么办", "病故", "父亲病逝", "身故", "逝世", "我爸走了"])
def test_who_tells_of_a_death_is_answered_surely(ask: Ask, said: str) -> None:
    (found,) = ask(said)
    assert found["sure"]
    assert found["found"][0] in ("social_insurance/5.6", "social_insurance/5.8")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("丧藏补助金", "丧葬补助金"),  # never 伤残补助金, which many pronounce the same
        ("社保卡瓜失", "社保卡挂失"),
        ("伤残监定", "伤残鉴定"),
        ("工伤人定", "工伤认定"),
        ("延迟退修", "延迟退休"),
        ("创业但保贷款", "创业担保贷款"),
        ("病残金贴", "病残津贴"),
        ("就业困难人园", "就业困难人员"),
    ],
)
def test_what_is_plainly_wrong_is_put_right(ask: Ask, typed: str, offered: str) -> None:
    (found,) = ask(typed)
    assert found["repaired"] == offered


def test_a_known_word_is_never_changed(ask: Ask, site: Site) -> None:
    known = sorted({word.text for said in site.catalog.synonyms.words.values() for word in said})
    assert len(known) > 100
    changed = [one for one in ask(*known) if one["repaired"] and not re.search("[a-zA-Z]", one["question"])]
    assert changed == []


def test_what_the_search_loads_is_small(assets: Path) -> None:
    # Only the English home page loads search-english*.js.
    loaded = set(assets.glob("search*.js")) - set(assets.glob("search-english*.js"))
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in loaded) <= 60 * 1024
