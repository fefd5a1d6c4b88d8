"""Where the program begins: it loads the command line, and is quiet about Ctrl-C from its first moment on."""

import sys

from luutin.loading import INTERRUPTED, ended_at_once


def main() -> None:
    """Run the command line."""
    try:
        with ended_at_once():
            from luutin.commandline import run  # noqa: PLC0415 - the rest of the program, which takes a while
        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
