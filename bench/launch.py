"""A command, run from a small process → a line of JSON: exit status, wall and processor seconds, MB of the largest
process.

Linux counts the memory of the starting process as that of the new program. So ``bench/cost.py`` starts its commands
from here, where that is less than any program in Python has. The command's output goes to standard error.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the command given as arguments."""
    command = sys.argv[1:]
    began = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - began
    json.dump(
        (os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), sys.stdout
    )


if __name__ == "__main__":
    main()
