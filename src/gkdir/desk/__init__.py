"""A project → the desk: the commands as a page with buttons, for people who never open a terminal."""
