"""Tests of reading county tables."""
