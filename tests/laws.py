"""How many examples a law is tried on, and which: few and the same ones in ``make test``, new ones in ``make fuzz``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("GKDIR_FUZZ", "1"))
"""The one switch: each law keeps its weight, and ``make fuzz`` multiplies them all."""

UNIMPORTANT = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
    HealthCheck.function_scoped_fixture,
)


def law(examples: int) -> settings:
    """For a law whose examples are dear: so many of them in ``make test``.

    Nothing is timed: a busy machine would answer for that. In ``make test`` the examples follow from the test alone, so
    that a run fails for what was changed and never by luck; ``make fuzz`` is where chance looks for what is new.
    """
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        deadline=None,
        suppress_health_check=UNIMPORTANT,
    )


SLOW = law(30)
"""For a law whose examples take tens of milliseconds each."""
