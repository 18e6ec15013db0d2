"""The engine under node: its own tests, and how well it answers the questions written for it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gkdir.service.site import Site

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions.tsv"
STRANGERS = HERE / "strangers.txt"
GRAVE = HERE / "grave.txt"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="没有 node：请安装 Node 18 以上")


def ask(assets: Path, questions: Path) -> list[dict[str, object]]:
    """What is found for each question of a file."""
    command = [str(NODE), str(HERE / "ask.js"), str(assets), str(questions)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_scripts_own_tests_pass() -> None:
    done = subprocess.run([str(NODE), "--test", str(HERE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "# pass 0" not in done.stdout


def test_questions_are_answered(assets: Path) -> None:
    wanted = {line.split("\t")[0]: line.split("\t")[1].split("|") for line in QUESTIONS.read_text().splitlines()}
    assert len(wanted) >= 150
    ranks = []
    for one in ask(assets, QUESTIONS):
        found = one["found"]
        assert isinstance(found, list)
        ranks.append(next((n for n, item in enumerate(found, 1) if item in wanted[str(one["question"])]), 0))
    assert sum(0 < rank <= 5 for rank in ranks) / len(ranks) >= 0.98
    assert sum(1 / rank for rank in ranks if rank) / len(ranks) >= 0.95


def test_questions_about_other_things_are_told_so(assets: Path) -> None:
    # 低保、户口、营业执照 stand in everyday words of items here, so that not every one is plainly strange.
    answers = ask(assets, STRANGERS)
    assert sum(not one["sure"] for one in answers) / len(answers) >= 0.7


def test_nobody_is_asked_back_in_grief_or_about_a_real_word(assets: Path) -> None:
    for one in ask(assets, GRAVE):
        assert one["repaired"] is None, one


def test_what_is_asked_back_leads_somewhere_and_says_nothing_grave(assets: Path, tmp_path: Path) -> None:
    offered = {str(one["repaired"]): one for one in ask(assets, QUESTIONS) if one["repaired"]}
    assert len(offered) >= 60
    again = tmp_path / "again.tsv"
    again.write_text("\n".join(offered), encoding="utf-8")
    for one in ask(assets, again):
        before = offered[str(one["question"])]
        assert one["sure"], one
        assert one["found"], one
        assert before["sure"], before
        assert not re.search("[死亡杀癌]|[去过]世|自杀", str(one["question"])), one


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("qushi", "去世"),
        ("wo ma qushi le", "去世"),
        ("womaqushile", "去世"),
        ("wo ba guoshile", "过世"),
        ("sangshi", "丧失"),  # a word, which 伤事, cut out of 工伤事故, is not
        ("我ba去世", None),  # what is left, 我去世, would say something else
        ("zisha", None),
    ],
)
def test_pinyin_of_grief_is_heard_and_never_made_into_something_else(
    assets: Path, tmp_path: Path, typed: str, offered: str | None
) -> None:
    question = tmp_path / "question.tsv"
    question.write_text(typed, encoding="utf-8")
    (found,) = ask(assets, question)
    assert found["repaired"] == offered


@pytest.mark.parametrize("said", ["我妈去世了", "我爸去世了怎么办", "病故", "父亲病逝", "身故", "逝世", "我爸走了"])
def test_who_tells_of_a_death_is_answered_surely(assets: Path, tmp_path: Path, said: str) -> None:
    question = tmp_path / "question.tsv"
    question.write_text(said, encoding="utf-8")
    (found,) = ask(assets, question)
    assert found["sure"]
    assert found["found"][0] in ("social_insurance/5.6", "social_insurance/5.8")  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("丧藏补助金", "丧葬补助金"),  # never 伤残补助金, which sounds the same to many
        ("社保卡瓜失", "社保卡挂失"),
        ("伤残监定", "伤残鉴定"),
        ("工伤人定", "工伤认定"),
        ("延迟退修", "延迟退休"),
        ("创业但保贷款", "创业担保贷款"),
        ("病残金贴", "病残津贴"),
        ("就业困难人园", "就业困难人员"),
    ],
)
def test_what_is_plainly_wrong_is_put_right(assets: Path, tmp_path: Path, typed: str, offered: str) -> None:
    question = tmp_path / "question.tsv"
    question.write_text(typed, encoding="utf-8")
    (found,) = ask(assets, question)
    assert found["repaired"] == offered


def test_a_known_word_is_never_changed(assets: Path, site: Site, tmp_path: Path) -> None:
    known = sorted({word.text for said in site.catalog.synonyms.words.values() for word in said})
    assert len(known) > 100
    asked = tmp_path / "known.tsv"
    asked.write_text("\n".join(known), encoding="utf-8")
    changed = [one for one in ask(assets, asked) if one["repaired"] and not re.search("[a-zA-Z]", str(one["question"]))]
    assert changed == []


def test_what_the_search_loads_is_small(assets: Path) -> None:
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in assets.glob("search*.js")) <= 60 * 1024
