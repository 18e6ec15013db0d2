"""Catalog → pages: small views, one per kind of page. Nothing is rendered here; ``whole`` lists them all."""
