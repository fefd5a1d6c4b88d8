"""Recorded cases in a seeds folder: the responses of each round, and what Luutin must make of them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from crawler.urls import host_key, is_web_url
from luutin.tomlfiles import load_toml
from storage.errors import ConfigError
from storage.newfiles import rewrite

CASE_FILE = "case.toml"
EXPECTED_FILE = "expected.json"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".gz": "application/gzip",
    ".txt": "text/plain; charset=utf-8",
}


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseResponse(_Table):
    """One recorded response; `cut` closes the connection after so many bytes of the body."""

    url: str
    status: int = Field(default=200, ge=100, le=599)
    headers: dict[str, str] = Field(default_factory=dict)
    body: str = ""
    cut: int | None = Field(default=None, ge=0)

    @property
    def content_type(self) -> str:
        """The Content-Type that goes with the body's file, unless the headers say another."""
        return _TYPES.get(Path(self.body).suffix, "application/octet-stream")


class Round(_Table):
    """One crawl: its time, what the servers answer during it, and where other than the case's, the URLs captured."""

    at: AwareDatetime
    urls: tuple[str, ...] | None = None
    response: tuple[CaseResponse, ...] = ()


class Case(_Table):
    """A recorded case; `folder` and `site` are where it lies, not part of the file."""

    folder: Path = Field(exclude=True)
    site: str = Field(exclude=True)
    about: str = Field(min_length=1)
    urls: tuple[str, ...] = ()
    round: tuple[Round, ...] = Field(min_length=1)

    @property
    def name(self) -> str:
        return f"{self.site}/{self.folder.name}"

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that the recorded responses stand in for."""
        urls = [*self.urls, *(response.url for entry in self.round for response in entry.response)]
        return frozenset(host_key(url) for url in urls)

    def body_of(self, response: CaseResponse) -> bytes:
        """The bytes of a response's body."""
        return (self.folder / response.body).read_bytes() if response.body else b""

    @property
    def has_expected(self) -> bool:
        return (self.folder / EXPECTED_FILE).exists()

    def expected(self) -> dict[str, Any]:
        """What Luutin must make of the case.

        Raises:
            ConfigError: there is no `expected.json`, or it is not JSON.
        """
        path = self.folder / EXPECTED_FILE
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise ConfigError([f"{path}: missing; write it with: luutin replay {self.name} --update"]) from error
        except UnicodeDecodeError as error:
            raise ConfigError([f"{path}: not UTF-8 at byte {error.start}"]) from error
        except json.JSONDecodeError as error:
            raise ConfigError([f"{path}: line {error.lineno}: not JSON: {error.msg}"]) from error
        if not isinstance(found, dict):
            raise ConfigError([f"{path}: must hold a JSON object"])
        return found


def load_case(folder: Path) -> Case:
    """The case in a folder.

    Raises:
        ConfigError: with every fault of its `case.toml`.
    """
    path = folder / CASE_FILE
    case = load_toml(path, Case, {"folder": folder, "site": folder.parent.name})
    if faults := _faults(case, path):
        raise ConfigError(faults)
    return case


def _faults(case: Case, path: Path) -> list[str]:
    faults = [f"{path}: urls: not a web address: {url}" for url in case.urls if not is_web_url(url)]
    times = [entry.at for entry in case.round]
    if times != sorted(times):
        faults.append(f"{path}: round.at: the rounds must stand in the order of their times")
    for number, entry in enumerate(case.round, 1):
        for response in entry.response:
            if not is_web_url(response.url):
                faults.append(f"{path}: round {number}: response.url: not a web address: {response.url}")
            if response.body and not (case.folder / response.body).is_file():
                faults.append(f"{path}: round {number}: response.body: there is no file {response.body}")
    return faults


def case_folders(seeds: Path, names: Sequence[str] = ()) -> list[Path]:
    """The folders of the cases that `names` choose (a site, or site/case), or of all.

    Raises:
        ConfigError: a name chooses nothing.
    """
    folders = sorted(path.parent for path in seeds.glob(f"*/*/{CASE_FILE}"))
    if not names:
        return folders
    chosen, faults = [], []
    for name in names:
        site, _, case = name.strip("/").partition("/")
        found = [path for path in folders if path.parent.name == site and case in {"", path.name}]
        if not found:
            faults.append(f"{seeds} holds no case {name!r}")
        chosen.extend(found)
    if faults:
        raise ConfigError(faults)
    return list(dict.fromkeys(chosen))


def write_expected(case: Case, made: dict[str, Any]) -> None:
    """Write what Luutin made of a case as what it must make of it."""
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    rewrite(case.folder / EXPECTED_FILE, text.encode("utf-8", "backslashreplace"))  # half a character


def case_text(about: str, urls: Sequence[str], rounds: Sequence[Round]) -> str:
    """A `case.toml` as a person would write it."""
    lines = [f"about = {_quoted(about)}", _urls_line(urls)]
    for entry in rounds:
        lines += ["", "[[round]]", f"at = {entry.at.isoformat(timespec='microseconds')}"]
        lines += [_urls_line(entry.urls)] if entry.urls is not None else []
        for response in entry.response:
            lines += ["", "[[round.response]]", *_response_lines(response)]
    return "\n".join(lines) + "\n"


def _urls_line(urls: Sequence[str]) -> str:
    return f"urls = [{', '.join(_quoted(url) for url in urls)}]"


def _response_lines(response: CaseResponse) -> list[str]:
    lines = [f"url = {_quoted(response.url)}"]
    if response.status != 200:
        lines.append(f"status = {response.status}")
    if response.headers:
        pairs = ", ".join(f"{_quoted(name)} = {_quoted(value)}" for name, value in response.headers.items())
        lines.append(f"headers = {{ {pairs} }}")
    if response.body:
        lines.append(f"body = {_quoted(response.body)}")
    if response.cut is not None:
        lines.append(f"cut = {response.cut}")
    return lines


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string
