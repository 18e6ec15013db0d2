"""The command ``gkdir``, and ``python -m gkdir``."""

import gc
import signal

# Loading modules makes many objects and few reference cycles, and so does the rest: collect garbage rarely.
if gc.isenabled():
    gc.set_threshold(200_000, 20, 100)
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    # An interrupt while the program is loading ends it silently: nothing has been done yet.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from gkdir.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
