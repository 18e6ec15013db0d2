"""A web server's log and a published county → which pages were opened and what was asked, of nobody in particular."""
