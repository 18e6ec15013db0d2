"""Two projects, or two lots of directory tables → what was added, changed and stopped between them, and in words."""
