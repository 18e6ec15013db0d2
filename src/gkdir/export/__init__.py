"""A laid directory → the files people download or file: xlsx in the national layout, csv, json."""
