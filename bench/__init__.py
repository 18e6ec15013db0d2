"""Measurements, run by ``make bench``; tests never measure time."""
