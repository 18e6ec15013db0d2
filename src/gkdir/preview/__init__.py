"""A project → a local preview of its site, rebuilt when a file changes."""
