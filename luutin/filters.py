"""What the filters of a command line mean: a time by an age, a site by its name."""

from datetime import UTC, datetime
from pathlib import Path

from crawler.timetext import duration
from storage.errors import ConfigError
from storage.queries import Queries

_SITE_FILE = "site.toml"


def parse_since(text: str, now: datetime) -> datetime:
    """The time that `--since` means: a date or time of ISO 8601 (local where it names no zone), or an age like 7d.

    Raises:
        ConfigError: it is neither.
    """
    try:
        return now - duration(text)
    except (ValueError, OverflowError):
        pass
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ConfigError(
            [f"--since {text!r} is neither a time like 2026-03-01T08:00 nor an age like 36h or 7d"]
        ) from error


def check_site(site: str | None, queries: Queries, seeds: Path, option: str = "--site") -> None:
    """Raises ConfigError for a site that neither the archive nor the seeds folder knows; an `option` named it."""
    if site is None:
        return
    known = set(queries.site_keys()) | set(filed_sites(seeds))
    if site not in known:
        raise ConfigError([f"{option} {site!r} is unknown; the sites are: {', '.join(sorted(known)) or 'none yet'}"])


def filed_sites(seeds: Path) -> list[str]:
    """The keys of the sites that have a site file, sound or not."""
    return sorted(path.parent.name for path in seeds.glob(f"*/{_SITE_FILE}"))
