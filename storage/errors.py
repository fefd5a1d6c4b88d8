"""The errors that Luutin raises, all under one base."""

from collections.abc import Iterator
from contextlib import contextmanager


class LuutinError(Exception):
    """Base of every error that Luutin raises on purpose; its text is written for the user."""


class ConfigError(LuutinError):
    """A site file, a setting or an argument is wrong; `faults` lists every fault, each naming file and key."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class ArchiveError(LuutinError):
    """The archive cannot be opened, read or written."""


class DamagedArchiveError(ArchiveError):
    """The database itself can be read in part at most."""


class DamagedBodyError(ArchiveError):
    """Stored bytes do not decode, or do not hash to what was recorded."""


@contextmanager
def damage_in(what: str) -> Iterator[None]:
    """Have damage told with what it is in."""
    try:
        yield
    except DamagedBodyError as error:
        raise DamagedBodyError(f"{what}: {error}") from error
