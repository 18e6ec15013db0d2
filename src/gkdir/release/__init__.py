"""A county on a day → a folder to file: its site, its directory, how it differs from the national one, and a cover."""
