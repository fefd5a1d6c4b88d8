"""Trouble that comes again at every look: it is told once, until it is over or becomes another."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from storage.errors import LuutinError


class Trouble:
    """Tells a log what cannot be done, and why."""

    def __init__(self, log: logging.Logger, what: str) -> None:
        self._log = log
        self._what = what
        self._told = ""

    @contextmanager
    def told_once(self) -> Iterator[None]:
        """Trouble with the archive ends what is done within, and nothing else."""
        try:
            yield
        except LuutinError as error:
            if str(error) != self._told:
                self._log.error("%s: %s", self._what, error)
            self._told = str(error)
        else:
            self._told = ""
