"""Figures and generated documents: run by ``make bench`` and ``make docs``, never by the tests' clock."""
