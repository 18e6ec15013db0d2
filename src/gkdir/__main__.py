"""``python -m gkdir`` is ``gkdir``."""

from gkdir.cli import main

if __name__ == "__main__":
    main()
