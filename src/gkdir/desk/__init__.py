"""A project → the desk: the commands as a web page with buttons, for people who never open a terminal."""
