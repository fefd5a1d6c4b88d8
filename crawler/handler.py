"""Scrapy's download handler: hands requests to the fetcher, and keeps the raw response beside Scrapy's own."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Headers
from scrapy.http import Response as ScrapyResponse

from crawler.fetching.fetched import RESPONSE, RETRY_AFTER
from crawler.spiders.watch import WatchSpider
from storage.records import Response

_CONDITIONAL = {"If-None-Match", "If-Modified-Since"}


class ArchivingHandler(BaseDownloadHandler):
    """Fetches http and https through the spider's fetcher."""

    lazy = True

    async def download_request(self, request: Request) -> ScrapyResponse:
        """The response to a request, for Scrapy; the one as received is in the request's meta.

        Raises:
            FetchError, DisallowedError, PausedError, StoppedError: no response was had.
        """
        spider = self.crawler.spider
        assert isinstance(spider, WatchSpider)
        response, until = await spider.fetcher.fetch(request.url, _headers(request))
        request.meta[RESPONSE] = _with_hops(response, request)
        request.meta[RETRY_AFTER] = until
        # The redirect middleware reads Location from here; nobody reads the body.
        received = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in _followable(response)]
        return ScrapyResponse(request.url, status=response.status, headers=Headers(received), request=request)


def _headers(request: Request) -> dict[str, str]:
    headers = {name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in request.headers.items()}
    if not request.meta.get("redirect_urls"):
        return headers
    return {name: value for name, value in headers.items() if name not in _CONDITIONAL}  # they were for another URL


def _followable(response: Response) -> list[tuple[str, str]]:
    """The headers without a Location that is no address: Scrapy would fail on that, and it leads nowhere."""
    return [(name, value) for name, value in response.headers if name.lower() != "location" or _is_address(value)]


def _is_address(location: str) -> bool:
    try:
        urlsplit(location).port  # noqa: B018 - raises ValueError where the port is none
    except ValueError:
        return False
    return True


def _with_hops(response: Response, request: Request) -> Response:
    hops = tuple(request.meta.get("redirect_urls", ()))
    return replace(
        response,
        requested_url=hops[0] if hops else response.url,
        hops=hops,
        elapsed=timedelta(seconds=round(response.elapsed.total_seconds(), 6)),
    )
