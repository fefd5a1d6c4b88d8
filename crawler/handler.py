"""Scrapy's download handler: hands requests to the client, and keeps the raw response beside Scrapy's own."""

from dataclasses import replace
from datetime import timedelta

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers
from scrapy.http import Response as ScrapyResponse
from scrapy.utils.misc import load_object

from crawler.client import Client, Limits, Reach
from storage.records import Response

META = "luutin_response"  # where a request's meta holds the raw Response
_PERMANENT = {301, 308}
_CONDITIONAL = {"If-None-Match", "If-Modified-Since"}


class ArchivingHandler(BaseDownloadHandler):
    """Fetches http and https through one `Client`, made in the loop that the crawl runs in."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._client = client_of(crawler)

    async def download_request(self, request: Request) -> ScrapyResponse:
        """The response to a request, for Scrapy; the one as received is in the request's meta.

        Raises:
            FetchError: no response was had.
        """
        headers = {
            name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in request.headers.items()
        }
        if request.meta.get("redirect_urls"):  # the validators were for another URL
            headers = {name: value for name, value in headers.items() if name not in _CONDITIONAL}
        response = await self._client.get(request.url, headers)
        request.meta[META] = _with_hops(response, request)
        # As received: the redirect middleware reads Location from here, nobody reads the body.
        received = Headers([(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers])
        return ScrapyResponse(request.url, status=response.status, headers=received, request=request)

    async def close(self) -> None:
        """Close the client."""
        await self._client.close()


def _with_hops(response: Response, request: Request) -> Response:
    hops = tuple(request.meta.get("redirect_urls", ()))
    reasons = request.meta.get("redirect_reasons", ())
    return replace(
        response,
        requested_url=hops[0] if hops else response.url,
        hops=hops,
        permanent=bool(hops) and all(reason in _PERMANENT for reason in reasons),
        elapsed=timedelta(seconds=round(response.elapsed.total_seconds(), 6)),
    )


def client_of(crawler: Crawler) -> Client:
    """The client that a crawl's settings ask for."""
    settings = crawler.settings
    return Client(
        limits=Limits(
            timeout=settings.getfloat("DOWNLOAD_TIMEOUT"),
            max_size=settings.getint("DOWNLOAD_MAXSIZE"),
            connections=settings.getint("CONCURRENT_REQUESTS"),
        ),
        reach=Reach(allow_private=settings.getbool("LUUTIN_ALLOW_PRIVATE"), reroute=settings.getdict("LUUTIN_REROUTE")),
        clock=load_object(settings["LUUTIN_CLOCK"]),
    )
