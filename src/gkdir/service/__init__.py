"""What there is to tell of a county and its items, as pages, paper, search and downloads need it."""
