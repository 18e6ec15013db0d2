"""Fewer national items for tests of commands, whose cost is that of the workbook: three in four rows are of national
guides.

test_form_blanks.py, test_form_checked.py and test_form_laws.py have all guides.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.nation import seen_as, with_little_insurance, without_guides


@pytest.fixture(scope="module")
def little_nation() -> Iterator[None]:
    """The commands in this module see all items of 就业, a few of 社会保险, and no national guide."""
    with seen_as(with_little_insurance):
        yield


@pytest.fixture(scope="module")
def nation_without_guides() -> Iterator[None]:
    """The commands in this module see no national guide."""
    with seen_as(without_guides):
        yield
