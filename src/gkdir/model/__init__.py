"""The values that all packages exchange: frozen, comparable, picklable; nothing here reads or writes files."""
