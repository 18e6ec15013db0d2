"""A county → a workbook for a clerk who knows Excel and no YAML, and the returned workbook → the county's files."""
