"""Loads the site files of a seeds folder and reports every fault of every file at once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from crawler.sites import KEY_PATTERN, Site
from storage.errors import ConfigError

FILE_NAME = "site.toml"


def load_sites(seeds: Path) -> dict[str, Site]:
    """Every site of the folder by key, in the order of the keys; a folder that does not exist holds none.

    Raises ConfigError with every fault of every file.
    """
    sites: dict[str, Site] = {}
    faults: list[str] = []
    for path in sorted(seeds.glob(f"*/{FILE_NAME}")):
        key = path.parent.name
        if not KEY_PATTERN.fullmatch(key):
            faults.append(f"{path}: the folder's name may hold only a-z, 0-9, dot, dash and underscore; got {key!r}")
        try:
            sites[key] = site_of(_text(path), key, str(path))
        except ConfigError as error:
            faults += error.faults
    faults += _clashes(seeds, sites)
    if faults:
        raise ConfigError(faults)
    return sites


def load_site(seeds: Path, key: str) -> Site | None:
    """One site of the folder, or None where it has no file. Raises ConfigError with every fault of that file."""
    path = seeds / key / FILE_NAME
    return site_of(_text(path), key, str(path)) if KEY_PATTERN.fullmatch(key) and path.is_file() else None


def strays(seeds: Path) -> list[str]:
    """What no command looks at, though it is likely to be meant as a site: a folder without a site file, a lone file.

    What lies in a site's folder is its own: recorded cases are there. Hidden names are for other programs.
    """
    held = sorted(path for path in seeds.iterdir() if not path.name.startswith((".", "__")))
    return [fault for path in held if (fault := _stray(path))]


def _stray(path: Path) -> str:
    if path.is_file():
        return f"{path}: a site's file is FOLDER/{FILE_NAME}, in a folder of its own" if path.suffix == ".toml" else ""
    if not path.is_dir() or (path / FILE_NAME).is_file():
        return ""
    near = get_close_matches(FILE_NAME, sorted(file.name for file in path.iterdir() if file.is_file()), n=1)
    return f"{path}: holds no {FILE_NAME}, so it is no site" + (f"; did you mean {near[0]} to be it?" if near else "")


def site_of(text: str, key: str, file: str) -> Site:
    """The site that the text of a site file describes; `file` is named in the faults. Raises ConfigError."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = place[1] if place else text.count("\n") + 1
        raise ConfigError([f"{file}: line {line}: not TOML: {error}"]) from error
    if "key" in found:
        raise ConfigError([f"{file}: key: unknown key; a site's key is the name of its folder"])
    try:
        return Site.model_validate({**found, "key": key})
    except ValidationError as error:
        raise ConfigError([f"{file}: {_fault(details)}" for details in error.errors()]) from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")  # some editors write a mark before the first line
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError([f"{path}: line {line}: not UTF-8"]) from error
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from error


def _clashes(seeds: Path, sites: Mapping[str, Site]) -> Iterator[str]:
    homes: dict[str, str] = {}
    for key, site in sites.items():
        first = homes.setdefault(site.home, key)
        if first != key:
            yield f"{seeds / key / FILE_NAME}: home: is the home of {first} too; got {site.home!r}"


def _fault(details: ErrorDetails) -> str:
    place = _place(details["loc"])
    if details["type"] == "extra_forbidden":
        return f"{place}: unknown key{_hint(details['loc'])}"
    if details["type"] == "missing":
        return f"{place}: is required"
    if details["type"] == "model_type":
        return f"{place}: must be a table; got {_shown(details['input'])}"
    if details["loc"] == ("reading",) and isinstance(details["input"], dict):
        return f"{place}: must be a list of tables; write [[reading]] for [reading]"
    message = details["msg"].removeprefix("Value error, ").replace("Input should", "must")
    message = message.replace("valid tuple", "list").replace("String should", "must")
    message = message.replace("must be a valid boolean", "must be true or false, without quotes")
    return f"{place}: {message}; got {_shown(details['input'])}"


def _place(loc: tuple[int | str, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return text.removeprefix(".")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:197] + "..."


def _hint(loc: tuple[int | str, ...]) -> str:
    """A key of the same table that is spelt nearly so, else the same name in another table."""
    tables = dict(_tables(Site))
    here = ".".join(step for step in loc[:-1] if isinstance(step, str))
    name = str(loc[-1])
    near = get_close_matches(name.lower(), tables.get(here, ()), n=1)
    if near:
        return f"; did you mean `{near[0]}`?"
    elsewhere = [f"{table}.{name}".removeprefix(".") for table, keys in tables.items() if name in keys]
    return f"; did you mean `{elsewhere[0]}`?" if elsewhere else ""


def _tables(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every table of a site file with its keys: ("", [...]), ("pace", [...]) and so on."""
    yield prefix, [field.alias or name for name, field in model.model_fields.items() if not field.exclude]
    for name, field in model.model_fields.items():
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _tables(kind, f"{prefix}.{name}".removeprefix("."))
