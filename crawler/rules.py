"""What a site file says about reading its pages, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Reading rules in force for one capture; every selector is CSS, empty where the general reader decides.

    `timezone` is an IANA name, empty where the site file gives none; `language` is ISO 639-1. `file` stands for all
    rules of the site file, those of other days too: captures of before and after a redesign compare within it.
    """

    site_name: str = ""
    language: str = ""
    timezone: str = ""
    title: str = ""
    lead: str = ""
    section: str = ""
    authors: str = ""
    published: str = ""
    body: str = ""
    drop: tuple[str, ...] = ()
    file: str = ""
