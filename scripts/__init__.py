"""Generators of what is checked in or shown: run by ``make docs``, ``make search-tables``, ``make pictures``."""
