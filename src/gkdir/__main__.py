"""The command ``gkdir``, and ``python -m gkdir``."""

import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    # An interrupt while the program is loading ends it silently: nothing has been done yet.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from gkdir.cli import main

if __name__ == "__main__":
    main()
