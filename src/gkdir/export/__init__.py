"""A laid directory → files to download: xlsx in the national layout, csv, json."""

import os

# If lxml is installed openpyxl uses it and writes other bytes; the same input must give the same bytes.
os.environ["OPENPYXL_LXML"] = "False"
