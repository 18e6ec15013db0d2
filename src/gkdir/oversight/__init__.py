"""A project of many counties → the report for the province that supervises them: facts, scores, pages, a workbook."""
