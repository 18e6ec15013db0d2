"""What a search looks through, made at build time: a script per county, and data for robots; nothing from elsewhere."""
