"""How much room is left where an archive lies, and whether that is too little to store more."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from storage.database import archive_url, file_of

MEGABYTE = 1_000_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Bytes that are free, None where that is not known (a server, a file system that does not tell); and the floor."""

    free: int | None
    floor: int

    @property
    def short(self) -> bool:
        """Whether crawls pause."""
        return self.free is not None and self.free < self.floor

    @property
    def told(self) -> str:
        """Why crawls pause, for a person; empty where they do not."""
        if self.free is None or not self.short:
            return ""
        free, floor = self.free / MEGABYTE, self.floor / MEGABYTE
        return f"paused: {free:,.0f} MB are free where the archive lies, and min_free is {floor:,.0f} MB"


def room(url: str, floor: int) -> Room:
    """The room that there is for the archive at a database URL; `floor` in bytes, 0 for none."""
    file = file_of(archive_url(url))
    return Room(free=None if file is None else _free(file), floor=floor)


def _free(file: Path) -> int | None:
    try:
        return shutil.disk_usage(file.absolute().parent).free
    except OSError:
        return None
