"""Values of one column → the findings in each: every value is in an item of its own, in one county."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gkdir.finding import Finding, Severity
from gkdir.model.project import Project

from .examples import BASE, findings_of, laid_over

SLUG = "values"


class Value(NamedTuple):
    """A value of an item's column, as YAML, with further lines for the same item."""

    column: str
    text: str
    more: str = ""


def found_in(values: Sequence[Value], project: Project) -> list[list[Finding]]:
    """Errors and warnings of each value, in the order of the values."""
    places = [(domain, str(item.number)) for domain, each in project.national.items() for item in each.items]
    found: list[list[Finding]] = []
    for start in range(0, len(values), len(places)):
        found += _found(dict(zip(places, values[start : start + len(places)], strict=False)), project)
    return found


def found_in_steps(limits: Sequence[str], project: Project) -> list[list[Finding]]:
    """Errors and warnings of limits, each the limit of one step of a guide, in order.

    The guide's total time is long enough for the sum of them.
    """
    folder = project.folder / "counties" / SLUG
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BASE, folder)
    guide = folder / "guides" / "employment" / "4.1.md"
    steps = "".join(f'  - {{环节: 第{index}步, 时限: "{limit}"}}\n' for index, limit in enumerate(limits))
    text = laid_over(
        guide.read_text(encoding="utf-8"), f"办理时限: {{法定: 60日, 承诺: 60日}}\n办理流程:\n{steps}", ".md"
    )
    guide.write_text(text, encoding="utf-8")
    first = text[: text.index("  - {环节: 第0步")].count("\n") + 1
    found = [one for one in findings_of(project, SLUG) if one.severity is not Severity.INFO]
    return [[one for one in found if one.place.line == first + index] for index in range(len(limits))]


def found_in_promises(limits: Sequence[str], project: Project) -> list[list[Finding]]:
    """The findings about limits, each the 承诺时限 of one guide, where the law gives ten workdays."""
    folder = project.folder / "counties" / SLUG
    places = [(domain, str(item.number)) for domain, each in project.national.items() for item in each.items]
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BASE, folder)
    text = (folder / "guides/employment/4.1.md").read_text(encoding="utf-8")
    files = [folder / "guides" / domain / f"{number}.md" for domain, number in places[: len(limits)]]
    for index, (file, limit) in enumerate(zip(files, limits, strict=True)):
        file.parent.mkdir(exist_ok=True)
        head = f'办理流程: [{{环节: 审核}}]\n办理时限: {{法定: 10个工作日, 承诺: "{limit}"}}\n'
        file.write_text(laid_over(text, head, ".md").replace("失业了，", f"第{index}种人，"), encoding="utf-8")
    found = [one for one in findings_of(project, SLUG) if one.rule.startswith("GK3")]
    names = [f"guides/{file.parent.name}/{file.name}" for file in files]
    return [[one for one in found if one.place.file.endswith(name)] for name in names]


def _found(values: dict[tuple[str, str], Value], project: Project) -> Iterator[list[Finding]]:
    folder = project.folder / "counties" / SLUG
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BASE, folder)
    lines = (folder / "county.yaml").read_text(encoding="utf-8").partition("目录:")[0] + "目录:\n"
    spans: list[tuple[int, int]] = []
    for domain in dict.fromkeys(domain for domain, _ in values):
        lines += f"  {domain}:\n    审核日期: 2026-03-01\n    默认: {{公开主体: [人社局]}}\n    事项:\n"
        for (of, number), value in values.items():
            if of == domain:
                first = lines.count("\n") + 1
                lines += f'      "{number}":\n        {value.column}: {value.text}\n'
                lines += f"        {value.more}\n" if value.more else ""
                spans.append((first, lines.count("\n")))
    (folder / "county.yaml").write_text(lines, encoding="utf-8")
    found = [one for one in findings_of(project, SLUG) if one.severity is not Severity.INFO]
    for first, last in spans:
        yield [one for one in found if first <= (one.place.line or 0) <= last]
    strangers = [one for one in found if not any(a <= (one.place.line or 0) <= b for a, b in spans)]
    # Others are about guides of omitted items, or of items with other content.
    assert {one.rule for one in strangers} <= {"GK210", "GK602"}, strangers
