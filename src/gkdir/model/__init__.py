"""The values that flow: read → overlay → check → pages → publish. Frozen, comparable, picklable; nothing else."""
