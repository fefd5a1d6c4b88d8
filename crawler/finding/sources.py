"""Where a site's articles are looked for; how to read what is found there is another module's."""

from crawler.finding.found import SourceLink
from crawler.sites import Site


def sources_of(site: Site) -> tuple[SourceLink, ...]:
    """Where the site file says to look; the home page where it names no place."""
    named = [
        *(SourceLink(kind="feed", url=url) for url in site.discover.feeds),
        *(SourceLink(kind="sitemap", url=url) for url in site.discover.sitemaps),
        *(SourceLink(kind="section", url=url) for url in site.discover.sections),
    ]
    return tuple(named) or (SourceLink(kind="home", url=site.home),)
