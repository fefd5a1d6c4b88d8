"""The workspace: the folder that a person runs `luutin` in, and what its luutin.toml says."""

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import tomli_w
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from luutin.tomlfiles import load_toml
from storage.database import archive_url
from storage.errors import ArchiveError

FILE_NAME = "luutin.toml"


def _database(text: str) -> str:
    try:
        archive_url(text)
    except ArchiveError as error:
        raise ValueError("must be a database URL such as sqlite:///luutin.db") from error
    return text


def _contact(text: str) -> str:
    """What may stand in a request header."""
    if not re.fullmatch(r"[\x20-\x7e]{0,200}", text):
        raise ValueError("must be one line of plain ASCII, of at most 200 characters")
    return text


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be the http or https address of an authority that stamps as RFC 3161 says")
    return text


class Timestamps(BaseModel):
    """The authority that stamps the chains (RFC 3161), and a file with the root certificates that vouch for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Annotated[str, AfterValidator(_web_address)]
    certificates: Path | None = None


class Workspace(BaseModel):
    """The keys of luutin.toml; an option or an environment variable weighs more than the file.

    `contact` goes into the User-Agent of every request. `readers` is the number of reading processes of a crawl,
    0 for one a core; `at_once` the number of sites that are crawled at the same time; `min_free` the MB that have to be
    free where the archive lies, or crawls pause; `compact` says whether the daemon packs what is stored more tightly.
    `timestamps` names who stamps the chains, if anybody does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    archive: Annotated[str, AfterValidator(_database)] = "sqlite:///luutin.db"
    seeds: Path = Path("seeds")
    contact: Annotated[str, AfterValidator(_contact)] = ""
    readers: int = Field(default=0, ge=0, le=256, strict=True)
    at_once: int = Field(default=2, ge=1, le=64, strict=True)
    min_free: int = Field(default=500, ge=0, le=1_000_000_000, strict=True)
    compact: bool = Field(default=True, strict=True)
    timestamps: Timestamps | None = None


def load_workspace(folder: Path) -> Workspace:
    """The workspace in a folder; one without a luutin.toml has the defaults.

    Raises:
        ConfigError: with every fault of the file.
    """
    path = folder / FILE_NAME
    return load_toml(path, Workspace, {}) if path.exists() else Workspace()


def workspace_text(archive: str, seeds: Path) -> str:
    """A luutin.toml to begin with."""
    return f"""\
{tomli_w.dumps({"archive": archive, "seeds": str(seeds)})}\
# How a webmaster reaches you, an address or a page; it is part of the User-Agent of every request.
contact = ""
# readers = 0   # reading processes of a crawl; 0: one for each core
# at_once = 2   # sites that are crawled at the same time
# min_free = 500   # MB; with less free where the archive lies, crawls pause
# compact = true   # luutin run packs what is stored more tightly now and then
# [timestamps]   # an authority that stamps the hash chain: luutin stamp; docs/evidence.md
# url = "https://tsa.example/"
# certificates = "roots.pem"   # its root certificates
"""
