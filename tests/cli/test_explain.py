"""``gkdir explain``: every element of an item with the layer, the file and the line that wrote it."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result
from tests.places import DIRECTORIES

from gkdir.cli.explain import command


def explain(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, str(DIRECTORIES)])


def lines(done: Result) -> dict[tuple[str, str], tuple[str, str]]:
    """Part and element → layer and place, without the project's folder."""
    told = json.loads(done.stdout)["origins"]
    return {
        (each["part"], each["element"]): (each["layer"], each["place"].removeprefix(f"{DIRECTORIES.as_posix()}/"))
        for each in told
    }


def test_each_element_has_its_layer_and_its_line() -> None:
    done = explain("social_insurance/6.22", "--format", "json")
    told = lines(done)
    assert told["目录", "公开时限"] == ("国家", "national/social_insurance.xlsx#社会保险领域基层政务公开标准目录!F57")
    assert told["目录", "公开主体"][0] == "清源县"
    layer, place = told["办事指南", "办理条件"]
    assert (layer, place.split(":")[0]) == ("国家", "national/guides/social_insurance/6.22.md")
    assert told["办事指南", "办理机构"][0] == "清源县"
    assert told["办事指南", "咨询"][0] == "清源县"  # from the organisation
    assert told["待补", "办理时限.承诺"][0] == "国家"
    line = int(place.split(":")[1])
    text = (DIRECTORIES / "national" / "guides" / "social_insurance" / "6.22.md").read_text(encoding="utf-8")
    assert text.splitlines()[line - 1].startswith("办理条件")


def test_what_a_county_writes_is_its_own() -> None:
    told = lines(explain("social_insurance/7.1", "--format", "json"))
    assert told["办事指南", "办理时限.承诺"][0] == "清源县"
    assert told["办事指南", "## 这是什么"][1].startswith("counties/qingyuan/guides/social_insurance/7.1.md:")
    assert not any(part == "待补" for part, _ in told)


def test_it_says_what_it_was_not_told() -> None:
    assert "employment/7.1、social_insurance/7.1" in explain("7.1").stderr
    assert "您是不是想写 social_insurance/6.22" in explain("social_insurance/6.222").stderr
    assert explain("6.22").stdout.startswith("清源县 social_insurance/6.22 ")


def test_an_item_can_be_asked_for_by_its_name() -> None:
    for called in ("失业保险金申领", "领失业金"):  # in the directory, and as people say
        assert explain(called).stdout.startswith("清源县 social_insurance/7.1 ")
    assert "您是不是想写 失业保险金申领" in explain("失业保险金申请").stderr
