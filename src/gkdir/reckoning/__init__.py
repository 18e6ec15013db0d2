"""Parameters and what a person says → what that person can expect. Pure, exact: whole months, whole 分."""
