"""The YAML files' shapes as pydantic models: checked at the edge, and printed as JSON Schema for editors."""

import os

# Other installed packages must not change validation, and looking for plugins is a tenth of pydantic's start.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
