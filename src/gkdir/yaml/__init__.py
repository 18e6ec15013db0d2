"""YAML as clerks write it: text → nodes with places (``parse``), one change (``edit``), values → text (``emit``)."""
