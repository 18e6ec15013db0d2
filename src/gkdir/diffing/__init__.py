"""Two projects, or two lots of directory tables → what was added, changed and stopped, in words and on the record."""
