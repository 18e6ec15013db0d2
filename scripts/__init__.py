"""Generators of files that are checked in, and of pictures: run by ``make docs``, ``make search-tables``, ``make
pictures``.
"""
