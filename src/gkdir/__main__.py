"""The command ``gkdir``, and ``python -m gkdir``."""

import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    # While the program is still being loaded nothing has been begun: an interrupt ends it without a word.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from gkdir.cli import main

if __name__ == "__main__":
    main()
