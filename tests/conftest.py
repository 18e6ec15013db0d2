"""What holds for all tests."""

import gkdir.export  # noqa: F401  # before any test loads openpyxl: see there
