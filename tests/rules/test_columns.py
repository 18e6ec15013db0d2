"""Columns of articles: no finding about what could not be read, and none on the last day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from gkdir.model.project import Project

from .examples import county_of, findings_of

CONSULTATION = ("pages/consultations/a.md", "标题: 甲\n日期: 2026-01-01\n截止: 2026-05-31\n")


def found(project: Project, slug: str, *files: tuple[str, str], today: date = date(2026, 6, 1)) -> list[str]:
    county_of(list(files), project.folder / "counties" / slug)
    return [one.rule for one in findings_of(project, slug, today)]


def test_a_column_whose_only_text_could_not_be_read_is_not_called_empty(project: Project) -> None:
    files = [(f"pages/{kind}/a.md", "标题: 甲\n") for kind in ("policies", "notices", "faq")]
    rules = found(project, "columns-unread", *files)
    assert "GK711" not in rules
    assert rules.count("GK103") == 3


def test_a_result_is_asked_for_only_when_the_last_day_is_over(project: Project) -> None:
    assert "GK714" not in found(project, "columns-last-day", CONSULTATION, today=date(2026, 5, 31))
    assert "GK714" in found(project, "columns-day-after", CONSULTATION)


def test_an_old_response_that_no_longer_holds_is_let_be(project: Project) -> None:
    path, text = "pages/responses/a.md", "标题: 甲\n日期: 2025-01-01\n"
    assert "GK713" in found(project, "columns-old", (path, text))
    assert "GK713" not in found(project, "columns-over", (path, f"{text}有效至: 2025-12-31\n"))


def policy(name: str, day: str, more: str = "") -> tuple[str, str]:
    return f"pages/policies/{name}.md", f"标题: 清源县{name}办法\n日期: {day}\n原文: https://www.gov.cn/{name}\n{more}"


def test_articles_that_replace_each_other_in_a_circle_are_told(project: Project) -> None:
    """Circles of any length; a chain with an end is no finding."""
    names = "abcd"
    for last in ("", "代替: [policies/a]\n"):
        chain = [policy(one, "2026-03-01", f"代替: [policies/{more}]\n") for one, more in pairwise(names)]
        rules = found(project, f"columns-circle{len(last)}", *chain, policy("d", "2026-03-01", last))
        assert rules.count("GK730") == (4 if last else 0)


def test_what_replaces_or_explains_another_is_not_the_older_one(project: Project) -> None:
    old, new = policy("a", "2025-01-01", "代替: [policies/b]\n"), policy("b", "2026-01-01")
    said = "pages/interpretations/b.md", "标题: 甲\n日期: 2025-12-31\n对应文件: policies/b\n"
    assert found(project, "columns-older", old, new, said).count("GK730") == 2
    assert "GK730" not in found(
        project, "columns-same-day", new, (said[0], said[1].replace("2025-12-31", "2026-01-01"))
    )


def test_an_interpretation_says_what_it_is_of(project: Project) -> None:
    """对应文件 for a policy of the site, the name for another one."""
    own = policy("a", "2026-01-01")
    for told, title in ((True, "最新政策"), (True, "《清源县a办法》讲了什么"), (False, "《社会保险法》讲了什么")):
        said = "pages/interpretations/b.md", f"标题: {title}\n日期: 2026-01-01\n"
        assert ("GK729" in found(project, f"columns-of-{title[:2]}{len(title)}", own, said)) is told


def test_what_a_policy_calls_its_interpretation_speaks_of_it(project: Project) -> None:
    """By 对应文件 or in its text; an article of another kind does not count."""
    named = policy("a", "2026-01-01", "解读: [interpretations/b]\n"), policy("c", "2026-01-01")
    path, head = "pages/interpretations/b.md", "标题: 甲\n日期: 2026-01-01\n"
    of_c = f"{head}对应文件: [policies/c]\n"
    for slug, text, told in (
        ("c", of_c, True),
        ("a-and-c", f"{head}对应文件: [policies/c, policies/a]\n", False),
        ("in-words", f"{of_c}摘要: 也讲《a办法》。\n", False),
        ("without", head, False),
    ):
        assert ("GK730" in found(project, f"columns-join-{slug}", *named, (path, text))) is told, slug
    wrong = policy("a", "2026-01-01", "解读: [policies/c]\n代替: [policies/a]\n")
    county_of([wrong, named[1]], project.folder / "counties" / "columns-kinds")
    said = [one.message for one in findings_of(project, "columns-kinds") if one.rule == "GK725"]
    assert said == ["“解读”写的“policies/c”不是政策解读", "“代替”写的“policies/a”就是它自己"]
