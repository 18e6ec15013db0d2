"""Parameters and a person's data → that person's benefits. Pure functions, exact: whole months, whole 分."""
