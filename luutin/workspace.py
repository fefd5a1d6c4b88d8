"""The workspace: the folder that a person runs `luutin` in, and what its luutin.toml says."""

import tomllib
from pathlib import Path

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from storage.errors import ConfigError

FILE_NAME = "luutin.toml"


class Workspace(BaseModel):
    """The keys of luutin.toml; an option or an environment variable weighs more than the file.

    `contact` goes into the User-Agent of every request. `readers` is the number of reading processes of a crawl,
    0 for one a core; `at_once` the number of sites that are crawled at the same time.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    archive: str = "sqlite:///luutin.db"
    seeds: Path = Path("seeds")
    contact: str = Field(default="", pattern=r"^[\x20-\x7e]{0,200}$")
    readers: int = Field(default=0, ge=0, le=256)
    at_once: int = Field(default=2, ge=1, le=64)


def load_workspace(folder: Path) -> Workspace:
    """The workspace in a folder; one without a luutin.toml has the defaults.

    Raises:
        ConfigError: with every fault of the file.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return Workspace()
    try:
        return Workspace.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: not TOML: {error}"]) from error
    except ValidationError as error:
        faults = [f"{path}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
        raise ConfigError(faults) from error


def workspace_text(archive: str, seeds: Path) -> str:
    """A luutin.toml to begin with."""
    return f"""\
{tomli_w.dumps({"archive": archive, "seeds": str(seeds)})}\
# How a webmaster reaches you, an address or a page; it is part of the User-Agent of every request.
contact = ""
# readers = 0   # reading processes of a crawl; 0: one for each core
# at_once = 2   # sites that are crawled at the same time
"""
