"""The values that all packages exchange: frozen, comparable, picklable; no code that reads, lays or judges."""
