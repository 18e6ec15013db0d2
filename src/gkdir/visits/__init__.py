"""A web server's log and a published county → which pages were opened and what was searched for, anonymously."""
