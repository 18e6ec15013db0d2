"""A Site → what other systems take: articles for WeChat, the knowledge base of the 12345 hotline."""
