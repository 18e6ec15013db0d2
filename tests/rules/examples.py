"""A rule's document → its examples, laid over the small county in ``base/`` and read from disk like a clerk's.

The info string of an example's fence is the path of its file. In YAML files each top-level key replaces the base's, so
that an example has only what it is about; a guide's example has keys of its head.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

from gkdir.finding import Finding
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.project import read_county
from gkdir.rules import check

BASE = Path(__file__).parent / "base"
TODAY = date(2026, 6, 1)
FENCE = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(document: str, heading: str) -> list[tuple[str, str]]:
    """Path in the county's folder and text of each example under ``heading``."""
    return [(match[1], match[2]) for match in FENCE.finditer(section(document, heading))]


def section(document: str, heading: str) -> str:
    """The document's part under ``## heading``."""
    parts = re.split(r"^## (.+)$", document, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(heading, "")


def county_of(files: list[tuple[str, str]], folder: Path) -> None:
    """Write the base county, with ``files`` laid over it, to ``folder``."""
    shutil.copytree(BASE, folder)
    for path, text in files:
        target = folder / path
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(laid_over(before, text, target.suffix), encoding="utf-8")


def findings_of(project: Project, slug: str, today: date = TODAY) -> tuple[Finding, ...]:
    """The findings of all rules in a county of ``project``."""
    county = read_county(project, slug)
    return check(project, county, lay(project, county), today)


def laid_over(before: str, text: str, suffix: str) -> str:
    """``text`` over ``before``, key by key; a guide's body is kept unless the example has ``正文``."""
    if suffix != ".md":
        return "".join({**dict(blocks(before)), **dict(blocks(text))}.values())
    _, head, body = before.split("---\n", 2) if before else ("", "", "")
    keys = {**dict(blocks(head)), **dict(blocks(text))}
    if (own := keys.pop("正文", None)) is not None:
        body = dedent(own.partition("\n")[2])
    return f"---\n{''.join(keys.values())}---\n{body}"


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """The top-level keys of a YAML text, each with its lines."""
    key = ""
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        if line[:1].strip() and not line.startswith(("#", "-")):
            if lines:
                yield key, "".join(lines)
            key, lines = line.partition(":")[0], []
        lines.append(line)
    if lines:
        yield key, "".join(lines)
