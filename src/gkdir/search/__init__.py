"""The search index, made at build time: one script for each county, and the same data for other programs."""
