"""gkdir: from the national disclosure directories and a county's folder to a checked, searchable site."""

__version__ = "0.2.0"
