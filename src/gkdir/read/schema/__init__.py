"""The YAML files' shapes as pydantic models: checked at the edge, and printed as JSON Schema for editors."""
