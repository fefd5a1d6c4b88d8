"""Site files that are read again when they change on disk; a broken edit leaves the last good one in force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from crawler.sitefiles import FILE_NAME
from storage.errors import ConfigError

T = TypeVar("T")
_Files = Mapping[str, bytes | str]  # by the key of the site: what the file holds, or why it cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What a look at the folder brought: the keys whose file in force is another now, and what was refused and why."""

    changed: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()


class SiteWatch(Generic[T]):
    """The sites of a seeds folder as `read` makes them of it, and a folder of copies in force, for the crawls.

    `read` takes a folder and raises ConfigError; `scratch` is a folder to work in. Raises ConfigError when the files
    are wrong at the start, naming every fault.
    """

    def __init__(self, seeds: Path, scratch: Path, read: Callable[[Path], Mapping[str, T]]) -> None:
        self._seeds = seeds
        self._trial = scratch / "trial"
        self._read = read
        self.folder = scratch / "in-force"
        self._seen: _Files = _files(seeds)
        self._good: _Files = {}
        self.sites: Mapping[str, T] = {}
        self._take(self._seen)

    def refresh(self) -> Refreshed:
        """Look again. Each fault is told once: until its file changes again."""
        _lay_out(self.folder, self._good)  # a cleaner of temporary folders may have been there
        found = _files(self._seeds)
        if found == self._seen:
            return Refreshed()
        self._seen, before = found, self._good
        faults = self._take_all_that_are_right(found)
        changed = {key for key in before.keys() | self._good.keys() if before.get(key) != self._good.get(key)}
        return Refreshed(changed=frozenset(changed), faults=tuple(faults))

    def _take_all_that_are_right(self, found: _Files) -> list[str]:
        try:
            self._take(found)
        except ConfigError:
            return self._take_one_by_one(found)
        return []

    def _take_one_by_one(self, found: _Files) -> list[str]:
        faults: list[str] = []
        self._take({key: text for key, text in self._good.items() if key in found})
        for key, text in found.items():
            if self._good.get(key) != text:
                try:
                    self._take({**self._good, key: text})
                except ConfigError as error:
                    faults += error.faults
        return faults

    def _take(self, files: _Files) -> None:
        """Put these files in force, all or none; ConfigError names the user's files, not the copies."""
        unreadable = [text for text in files.values() if isinstance(text, str)]
        if unreadable:
            raise ConfigError(unreadable)
        _lay_out(self._trial, files)
        try:
            sites = self._read(self._trial)
        except ConfigError as error:
            raise ConfigError([fault.replace(str(self._trial), str(self._seeds)) for fault in error.faults]) from error
        _lay_out(self.folder, files)
        self.sites, self._good = sites, files


def _files(folder: Path) -> _Files:
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.glob(f"*/{FILE_NAME}")):
        try:
            found[path.parent.name] = path.read_bytes()
        except FileNotFoundError:  # taken away just now
            continue
        except OSError as error:
            found[path.parent.name] = f"{path}: cannot be read: {error.strerror}"
    return found


def _lay_out(folder: Path, files: _Files) -> None:
    """Make the folder hold just these files. Each is replaced at once: a crawl may be reading it."""
    folder.mkdir(parents=True, exist_ok=True)
    for key in {path.parent.name for path in folder.glob(f"*/{FILE_NAME}")} - files.keys():
        (folder / key / FILE_NAME).unlink()
    for key, text in files.items():
        assert isinstance(text, bytes)
        target = folder / key / FILE_NAME
        if not target.exists() or target.read_bytes() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            half = target.with_suffix(".new")
            half.write_bytes(text)
            half.replace(target)
