"""A site file to be: what was found out about a site, and its text with comments."""

from collections.abc import Sequence
from dataclasses import dataclass

import tomli_w

_NO_ZONE = '# timezone = "Asia/Ho_Chi_Minh"   # not known: set it, for the schedule and for times stated without a zone'


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDraft:
    """What `luutin site add` found. `key` names the folder; `notes` say what a person should look at."""

    key: str
    name: str
    home: str
    language: str = ""
    timezone: str = ""
    allow_private: bool = False
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def site_file_text(draft: SiteDraft) -> str:
    """The site file of a draft: TOML that `load_sites` takes, with a comment where a guess was made."""
    return "\n".join([*_head(draft), *_discover(draft), *_rest()]) + "\n"


def _head(draft: SiteDraft) -> list[str]:
    lines = ["# Written by `luutin site add`; every key is explained in docs/site-file.md."]
    lines += [f"# {line}" for note in draft.notes for line in note.splitlines()]
    lines += [_line("name", draft.name), _line("home", draft.home)]
    lines += [_line("language", draft.language)] if draft.language else ['# language = "vi"']
    lines.append(_line("timezone", draft.timezone) if draft.timezone else _NO_ZONE)
    if draft.allow_private:
        lines.append("allow_private = true             # the home page is on this machine or a private network")
    return lines


def _discover(draft: SiteDraft) -> list[str]:
    lines = ["", "[discover]"]
    for key, urls in (("feeds", draft.feeds), ("sitemaps", draft.sitemaps), ("sections", draft.sections)):
        lines.append(_line(key, urls) if urls else f"{key} = []")
    if draft.articles:
        lines.append("# Which URLs are articles; learned from the links that were found.")
        lines.append(_line("articles", draft.articles))
    else:
        lines.append('# articles = ["-post\\\\d+\\\\.html$"]   # no pattern stood out; the shape of each URL decides')
    return lines


def _rest() -> list[str]:
    return [
        "",
        "[pace]",
        "delay = 1.0                      # seconds between requests",
        "concurrent = 1",
        "",
        "[schedule]",
        'discover = "10m"',
        'revisit = "adaptive"',
    ]


def _line(key: str, value: str | Sequence[str]) -> str:
    return tomli_w.dumps({key: value if isinstance(value, str) else list(value)}).rstrip("\n")
