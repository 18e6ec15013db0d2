"""Files → values of the model. Records what was written and where; never judges."""
