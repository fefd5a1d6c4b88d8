"""What the words of a command line stand for: a page by any of its URLs, a version by its number."""

from collections.abc import Iterator, Sequence

from crawler.urls import is_web_url, normal_url
from storage.errors import ArchiveError, ConfigError
from storage.queries import Queries
from storage.rows import PageRow, VersionRow


def page_named(queries: Queries, url: str) -> PageRow:
    """The page of that URL, however it is written: with tracking parameters, or without its scheme.

    Raises:
        ArchiveError: the archive does not know it.
    """
    for spelling in dict.fromkeys(_spellings(url)):
        page = queries.page(spelling)
        if page is not None:
            return page
    raise ArchiveError(f"the archive knows no page {url!r}; see: luutin pages")


def _spellings(url: str) -> Iterator[str]:
    yield url
    for address in (url,) if "://" in url else (f"https://{url}", f"http://{url}"):
        if is_web_url(address):
            yield normal_url(address)


def version_named(versions: Sequence[VersionRow], number: int | None, url: str) -> VersionRow:
    """The version of that number, or the latest.

    Raises:
        ConfigError: there is none.
    """
    if not versions:
        raise ConfigError([f"{url} has not been read yet; see: luutin history {url}"])
    if number is None:
        return versions[-1]
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise ConfigError([f"{url} has no version {number}; it has {len(versions)}"])
    return found
