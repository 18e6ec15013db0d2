"""A project of many counties → the report of the province that supervises them: facts, scores, pages, a workbook."""
