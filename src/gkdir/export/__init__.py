"""A laid directory → the files people download or file: xlsx in the national layout, csv, json."""

import os

# Where lxml happens to be installed, openpyxl would use it and write other bytes: the same input, the same bytes.
os.environ["OPENPYXL_LXML"] = "False"
