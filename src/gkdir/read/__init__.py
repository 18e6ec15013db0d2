"""Files in, values of the model out; keeps what was written and where, and never judges."""
