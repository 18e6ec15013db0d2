"""A project → a preview of its site on this machine, made anew when a file changes."""
