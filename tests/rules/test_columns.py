"""What the rules of the columns do not say: nothing of what could not be read, nothing on the last day."""

from __future__ import annotations

from datetime import date

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
