"""The shapes of the YAML files: filled from their nodes, and printed as JSON Schema for editors."""
