"""A lock file beside an archive, so that one daemon at a time works on it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import LuutinError


class AlreadyRunningError(LuutinError):
    """Another daemon holds the archive."""


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Hold the file, which is made where missing and left behind; raises AlreadyRunningError while another does.

    The kernel gives an advisory lock back when its holder dies, however it dies: no stale lock is left.
    """
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise AlreadyRunningError(f"luutin run works on this archive already: process {holder}, {path}") from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
