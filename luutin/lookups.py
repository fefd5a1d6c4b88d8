"""What the words of a command line stand for: a page by any of its URLs, a version by its number."""

from collections.abc import Iterator, Sequence

from crawler.urls import is_web_url, normal_url
from storage.database import archive_url, file_of
from storage.errors import ArchiveError, ConfigError
from storage.queries import Queries
from storage.rows import PageRow, VersionRow
from storage.sitememory import NOTHING, Memory


def page_named(queries: Queries, url: str) -> PageRow:
    """The page of that URL, however it is written: with tracking parameters, without its scheme or with another.

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
    addresses = (url,) if "://" in url else (f"https://{url}", f"http://{url}")
    found = [normal_url(address) for address in addresses if is_web_url(address)]
    yield from found
    for address in found:  # a page that was always seen as https://www. is asked for as http:// too
        scheme, _, rest = address.partition("://")
        twin = rest.removeprefix("www.") if rest.startswith("www.") else f"www.{rest}"
        other = "http" if scheme == "https" else "https"
        yield from (f"{other}://{rest}", f"{scheme}://{twin}", f"{other}://{twin}")


class Memories:
    """What an archive has learned of sites, each looked up once; nothing where there is no archive yet."""

    def __init__(self, archive: str) -> None:
        file = file_of(archive_url(archive))
        self._archive = archive if file is None or file.exists() else ""
        self._known: dict[str, Memory] = {}

    def of_site(self, key: str) -> Memory:
        """What is known of a site."""
        if not self._archive:
            return NOTHING
        if key not in self._known:
            with Queries(self._archive) as queries:
                self._known[key] = queries.memory(key)
        return self._known[key]


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
