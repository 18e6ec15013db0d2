"""A laid directory → files to download or to file: xlsx in the national layout, csv, json."""
