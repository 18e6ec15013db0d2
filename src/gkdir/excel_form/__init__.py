"""The Excel form: a county → a workbook for a clerk, and the returned workbook → the county's files."""
