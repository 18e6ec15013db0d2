"""The program's declarations → the documents made from them: rules, requirements, keys, sources, click's messages."""

from __future__ import annotations

from pathlib import Path

import polib

from gkdir.read.project import read_project
from gkdir.rules import RULES
from gkdir.rules.documents import book, requirement_table
from scripts.guide_sources import guide_sources
from scripts.keytables import with_tables

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "src" / "gkdir" / "cli" / "locale" / "zh_CN" / "LC_MESSAGES" / "gkdir.po"


def main() -> None:
    """Write each document; tests fail if one is out of date."""
    (ROOT / "docs" / "rules.md").write_text(book(RULES), encoding="utf-8")
    (ROOT / "docs" / "requirements.md").write_text(requirement_table(RULES), encoding="utf-8")
    overlay = ROOT / "docs" / "overlay.md"
    overlay.write_text(with_tables(overlay.read_text(encoding="utf-8")), encoding="utf-8")
    provenance = guide_sources(read_project(ROOT / "directories"))
    (ROOT / "directories" / "national" / "PROVENANCE-guides.md").write_text(provenance, encoding="utf-8")
    polib.pofile(str(WORDS)).save_as_mofile(str(WORDS.with_suffix(".mo")))


if __name__ == "__main__":
    main()
