"""What the search box looks through, made at build time: one small script per county, none of it from elsewhere."""
