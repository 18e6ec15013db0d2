"""A county's own published table → the overlay that says only what differs, and a report of every row."""
