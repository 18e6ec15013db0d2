"""A Catalog → the facts about a county and its items that pages, PDFs, search and downloads share."""
