"""A county and a day → what is due then and soon, in words, as data, and as a calendar."""
