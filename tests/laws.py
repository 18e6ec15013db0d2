"""How many examples a property test has, and which: few and always the same in ``make test``, new ones in ``make
fuzz``.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("GKDIR_FUZZ", "1"))
"""The factor for all property tests, set by ``make fuzz``."""

UNIMPORTANT = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
    HealthCheck.function_scoped_fixture,
)


def law(examples: int) -> settings:
    """For a property test with slow examples: this many of them in ``make test``.

    There is no deadline, which a busy machine would miss. In ``make test`` the examples depend only on the test, so
    that a failure is due to a change and not to chance; ``make fuzz`` draws new ones.
    """
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        deadline=None,
        suppress_health_check=UNIMPORTANT,
    )


SLOW = law(30)
"""For property tests whose examples take tens of milliseconds each."""
