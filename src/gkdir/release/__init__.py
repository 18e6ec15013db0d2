"""A county on a day → a folder to file: site, directory, differences from the national one, cover sheet."""
