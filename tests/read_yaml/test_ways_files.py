"""ways.yaml and wizard.yaml: what they contain, and the troubles about every mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdir.finding import Place, TroubleKind
from gkdir.model.county import County
from gkdir.model.item import Written
from gkdir.model.navigation import DEPTH, NO_NAVIGATION, Audience, Event, Navigation, Question, Result, Use, paths
from gkdir.read.declaredfiles import read_national_navigation
from gkdir.read.wizard import read_wizard

Read = Callable[..., County]
TroublesOf = Callable[[County], list[tuple[str, str, str]]]

ANSWER = "{网址: a, 结果: 去办, 事项: {x/1: 先办}}"


def test_a_county_adds_items_events_and_audiences(read: Read) -> None:
    county = read(
        files={
            "ways.yaml": "常有人问: {怎么办: x/1}\n"
            "一件事:\n  失业了: {事项: {x/1.1: 在手机上登记}}\n"
            "  出门打工: {网址: go-out, 说明: 带好卡, 事项: {x/2: 查岗位}}\n"
            "人群: {退役军人: {网址: veterans}}\n谁会用: {x/1.1: 个人、退役军人}\n"
        }
    )
    assert county.troubles == ()
    ways = county.navigation
    assert ways.questions["怎么办"].text == "x/1"
    assert [use.item for use in ways.events["失业了"].uses] == ["x/1.1"]
    assert ways.events["出门打工"].slug == "go-out"
    assert str(ways.events["失业了"].uses[0].place).endswith("ways.yaml:3:14")
    assert [name.text for name in ways.served["x/1.1"]] == ["个人", "退役军人"]


def test_a_file_of_remarks_alone_says_nothing(read: Read) -> None:
    county = read(files={"ways.yaml": "# 还没有\n"})
    assert (county.navigation, county.troubles) == (NO_NAVIGATION, ())


@pytest.mark.parametrize(
    ("text", "kind", "place", "word"),
    [
        ("一件事: [失业了]\n", TroubleKind.WRONG_VALUE, "1:6", "键: 值"),
        ("一件事: {失业了: {事项: [x/1]}}\n", TroubleKind.WRONG_VALUE, "1:17", "键: 值"),
        ("一件事: {失业了: {网址: 失业}}\n", TroubleKind.WRONG_VALUE, "1:17", "不合写法"),
        ("一件事: {失业了: {事件: {}}}\n", TroubleKind.UNKNOWN_KEY, "1:13", "事件"),
        ("一件事: {失业了: {事项: {x/1: a, x/1: b}}}\n", TroubleKind.DUPLICATE_KEY, "1:26", "x/1"),
        ("谁会用: {x/1: {个人: 是}}\n", TroubleKind.WRONG_VALUE, "1:12", "列表"),
        ("一件事: {\n", TroubleKind.UNREADABLE, "1:6", ""),
    ],
)
def test_a_mistake_is_told_with_its_place(
    read: Read, troubles_of: TroublesOf, text: str, kind: TroubleKind, place: str, word: str
) -> None:
    found = troubles_of(read(files={"ways.yaml": text}))
    assert [(one[0], one[1]) for one in found] == [(str(kind), f"ways.yaml:{place}")], found
    assert word in found[0][2]


def national(tmp_path: Path, text: str, name: str) -> tuple[Path]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return (tmp_path,)


def test_the_country_must_give_every_page_an_address_of_its_own(tmp_path: Path) -> None:
    text = "一件事: {甲: {事项: {x/1: 办}}, 乙: {网址: b}, 丙: {网址: b}}\n谁会用: {x/1: 某人}\n"
    _, troubles = read_national_navigation(national(tmp_path, text, "ways.yaml"))
    assert [(trouble.kind, trouble.place.line) for trouble in troubles] == [
        (TroubleKind.MISSING_KEY, 1),
        (TroubleKind.WRONG_VALUE, 1),
        (TroubleKind.WRONG_VALUE, 2),
    ]


def test_the_questions_lead_to_questions_and_results(tmp_path: Path) -> None:
    below = "{网址: b, 问: 乙？, 提示: 选, 回答: {三: {网址: c, 结果: 办, 事项: {x/2: 办}}}}"
    text = f"问: 甲？\n回答:\n  一: {ANSWER}\n  二: {below}\n"
    question, troubles = read_wizard(national(tmp_path, text, "wizard.yaml"))
    assert troubles == ()
    assert question is not None
    assert [([answer.slug for answer in way], result.title) for way, result in paths(question)] == [
        (["a"], "去办"),
        (["b", "c"], "办"),
    ]


@pytest.mark.parametrize(
    ("answer", "kind", "place", "word"),
    [
        ("{结果: 办, 事项: {x/1: 办}}", TroubleKind.MISSING_KEY, "4:3", "网址"),
        ("{转到: b}", TroubleKind.WRONG_VALUE, "4:11", "没有网址是“b”的一页"),
        ("{网址: b, 问: 乙？, 回答: {三: {转到: a}}}", TroubleKind.WRONG_VALUE, "4:34", "前面问 1 个问题，这里问 2 个"),
        ("{网址: b}", TroubleKind.WRONG_VALUE, "4:3", "要么"),
        ("{网址: b, 问: 乙？}", TroubleKind.WRONG_VALUE, "4:17", "没有可选的回答"),
        ("{网址: b, 结果: 办}", TroubleKind.WRONG_VALUE, "4:18", "没有事项"),
        ("{网址: b, 问: 乙？, 结果: 办, 事项: {x/1: 办}}", TroubleKind.WRONG_VALUE, "4:3", "要么"),
        (ANSWER, TroubleKind.WRONG_VALUE, "4:11", "已经用在第 3 行"),
    ],
)
def test_a_question_that_leads_nowhere_is_told(
    tmp_path: Path, answer: str, kind: TroubleKind, place: str, word: str
) -> None:
    text = f"问: 甲？\n回答:\n  一: {ANSWER}\n  二: {answer}\n"
    question, troubles = read_wizard(national(tmp_path, text, "wizard.yaml"))
    assert [(trouble.kind, str(trouble.place)) for trouble in troubles] == [(kind, f"national/wizard.yaml:{place}")]
    assert word in troubles[0].message
    assert question is not None
    assert [answer.slug for answer in question.answers] == ["a"]


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("回答: {一: {网址: a, 结果: 办}}\n", "1:1", "缺少“问”"),
        ("问: 甲？\n回答: [一]\n", "2:5", "键: 值"),
        ("问: ''\n回答: {}\n", "1:1", "没有填写“问”"),
        ("甲\n", "1:1", "键: 值"),
    ],
)
def test_a_file_without_a_first_question_is_told(tmp_path: Path, text: str, place: str, word: str) -> None:
    question, troubles = read_wizard(national(tmp_path, text, "wizard.yaml"))
    assert question is None
    assert str(troubles[0].place) == f"national/wizard.yaml:{place}"
    assert word in troubles[0].message


def test_several_answers_may_lead_to_one_page(tmp_path: Path) -> None:
    asked = "{网址: SLUG, 问: 去哪？, 回答: {那里: ANSWER}}"
    one, other = (asked.replace("SLUG", s).replace("ANSWER", a) for s, a in (("b", "{转到: a}"), ("c", ANSWER)))
    question, troubles = read_wizard(
        national(tmp_path, f"问: 甲？\n回答:\n  一: {one}\n  二: {other}\n", "wizard.yaml")
    )
    assert troubles == ()
    assert question is not None
    assert [([answer.slug for answer in way], result.title) for way, result in paths(question)] == [
        (["b", "a"], "去办"),
        (["c", "a"], "去办"),
    ]


def test_what_leads_nowhere_is_told_once_however_many_lead_there(tmp_path: Path) -> None:
    text = "问: 甲？\n回答: {一: {转到: a}, 二: {网址: a, 结果: 办}, 三: {转到: a}}\n"
    question, troubles = read_wizard(national(tmp_path, text, "wizard.yaml"))
    assert question is None
    assert [trouble.message for trouble in troubles] == ["“办”里没有事项。"]


def test_nobody_is_asked_more_than_seven_questions(tmp_path: Path) -> None:
    deep = ANSWER
    for number in range(DEPTH):
        deep = f"{{网址: q{number}, 问: 又问？, 回答: {{是: {deep}}}}}"
    question, troubles = read_wizard(national(tmp_path, f"问: 甲？\n回答: {{是: {deep}}}\n", "wizard.yaml"))
    assert question is None
    assert [trouble.message for trouble in troubles] == ["“又问？”是第 8 个问题，最多问 7 个。"]


HERE = Place("ways.yaml")
NAMES = st.sampled_from(["甲", "乙", "丙"])
USES = st.lists(st.sampled_from(["x/1", "x/2", "x/3"]), unique=True).map(
    lambda items: tuple(Use(item, "办", HERE) for item in items)
)
EVENTS = st.dictionaries(NAMES, st.tuples(st.sampled_from(["", "a", "b"]), USES)).map(
    lambda found: {name: Event(name, HERE, slug, "", uses) for name, (slug, uses) in found.items()}
)
SERVED = st.dictionaries(st.sampled_from(["x/1", "x/2"]), NAMES.map(lambda name: (Written(name, HERE),)))
WAYS = st.builds(Navigation, events=EVENTS, served=SERVED)


@given(WAYS)
def test_nothing_laid_over_or_below_changes_nothing(ways: Navigation) -> None:
    assert NO_NAVIGATION.over(ways) == ways
    assert ways.over(NO_NAVIGATION) == ways
    assert ways.over(ways) == ways


@given(WAYS, WAYS, WAYS)
def test_it_does_not_matter_which_two_are_laid_first(low: Navigation, middle: Navigation, high: Navigation) -> None:
    assert low.over(middle.over(high)) == low.over(middle).over(high)


@given(WAYS, WAYS)
def test_what_is_above_keeps_its_order_and_nothing_is_lost(low: Navigation, high: Navigation) -> None:
    for name, event in low.over(high).events.items():
        above = [use.item for use in high.events[name].uses] if name in high.events else []
        own = [use.item for use in low.events[name].uses] if name in low.events else []
        items = [use.item for use in event.uses]
        assert items[: len(above)] == above
        assert set(items) == set(above) | set(own)
        assert len(items) == len(set(items))


def test_an_audience_is_laid_over_too() -> None:
    high = Navigation(audiences={"个人": Audience("个人", HERE, "people", "大家")})
    low = Navigation(audiences={"个人": Audience("个人", HERE, "", "本县的人")})
    assert low.over(high).audiences["个人"] == Audience("个人", HERE, "people", "本县的人")


def test_a_result_is_no_question() -> None:
    assert list(paths(Question("甲？"))) == []
    assert Result("办").uses == ()
