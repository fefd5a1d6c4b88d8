"""What Ctrl-C does while modules are being loaded: it ends the program at once, and without a word."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130  # what a shell says of a command that Ctrl-C ended


@contextmanager
def ended_at_once() -> Iterator[None]:
    """Ctrl-C ends the process; where it is ignored or means something else already, that is kept. Main thread only.

    Nothing is open yet that would have to be closed. A KeyboardInterrupt would be told with a traceback, or be lost in
    a callback of the import machinery.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
