"""A described form → a Word file, the blank or the filled sample, that any office program opens and prints."""
