"""The paths of what tests read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
DIRECTORIES = ROOT / "directories"
"""The sample project."""
NATIONAL = DIRECTORIES / "national"
SMALL = ROOT / "tests" / "samples" / "small"
"""A small project in ``project``, with the national directories in ``national``."""
COUNTY_TABLE = ROOT / "tests" / "importing" / "fixture" / "county.xlsx"
"""A county's table as it was published."""
