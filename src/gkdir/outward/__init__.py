"""A Site → files for other systems: articles for WeChat, the knowledge base of the 12345 hotline."""
