"""The HTTP client: one GET, bounded in time and size, given back as it came over the wire."""

import asyncio
import os
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
import yarl
from w3lib.url import safe_url_string

from crawler.fetching.addresses import BlockedAddressError, PublicResolver, is_public, literal_address
from crawler.fetching.codings import decode
from crawler.fetching.wire import Answer, WireConnector
from storage.errors import LuutinError
from storage.records import Outcome, Response

_MAX_HEADER = 64 * 1024  # bytes; aiohttp's own 8,190 is less than some sites' cookies and policies
_CONNECT_TIMEOUT = 20.0  # seconds


class FetchError(LuutinError):
    """No response was had; `outcome` says which kind of failure that is, `at` when the request was sent, if it was."""

    def __init__(self, outcome: Outcome, note: str, at: datetime | None = None) -> None:
        super().__init__(note)
        self.outcome = outcome
        self.note = note
        self.at = at


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a response may take: seconds from start to end, and bytes, as sent and as decoded."""

    timeout: float = 30.0
    max_size: int = 20 * 1024 * 1024
    connections: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where the client may connect to.

    `reroute` maps a host (with its port, where one is named) to the base URL of a server that stands in for it, as
    `curl --connect-to` does: recorded pages replay under their own URLs.
    """

    allow_private: bool = False
    reroute: Mapping[str, str] = field(default_factory=dict)


class Client:
    """Fetches URLs; use it as an async context manager, in one event loop. It follows no redirects."""

    def __init__(self, *, limits: Limits, reach: Reach, clock: Callable[[], datetime]) -> None:
        self._limits = limits
        self._reach = reach
        self._clock = clock
        self._session = aiohttp.ClientSession(
            connector=WireConnector(
                resolver=PublicResolver(allow_private=reach.allow_private),
                ssl=ssl.create_default_context(),
                limit=limits.connections,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=Answer,
            skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
            max_line_size=_MAX_HEADER,
            max_field_size=_MAX_HEADER,
            timeout=aiohttp.ClientTimeout(total=limits.timeout, sock_connect=_CONNECT_TIMEOUT),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._session.close()

    async def get(self, url: str, headers: Mapping[str, str]) -> Response:
        """GET `url` with just these headers (and Host); whatever status it answers is a response.

        Raises:
            FetchError: no response was had.
        """
        url = url if url.isascii() else safe_url_string(url)
        target, host = self._target(url)
        sent = {"Host": host, **headers}
        at, started = self._clock(), monotonic()
        try:
            async with self._session.get(target, headers=sent, allow_redirects=False) as answer:
                assert isinstance(answer, Answer)
                body, fault, outcome = await self._body(answer)
                return self._response(url, answer, body, fault, outcome, at, monotonic() - started)
        except BlockedAddressError as error:
            raise FetchError(Outcome.BLOCKED_ADDRESS, str(error)) from error
        except TimeoutError as error:
            raise FetchError(Outcome.ERROR, self._too_slow(error), at) from error
        except (aiohttp.ClientError, ValueError, OSError) as error:
            raise FetchError(Outcome.ERROR, reason(error), at) from error

    def _too_slow(self, error: TimeoutError) -> str:
        if isinstance(error, aiohttp.ConnectionTimeoutError):
            return f"no connection within {_CONNECT_TIMEOUT:g} s"
        return f"no answer within {self._limits.timeout:g} s"

    def _target(self, url: str) -> tuple[yarl.URL, str]:
        try:
            parsed = yarl.URL(url, encoded=True)
            host, name = parsed.raw_authority.rpartition("@")[2], parsed.raw_host
        except ValueError as error:
            raise FetchError(Outcome.ERROR, f"not a web address: {error}") from error
        if parsed.scheme not in {"http", "https"} or not name:
            raise FetchError(Outcome.ERROR, "not an http or https address")
        base = self._reach.reroute.get(host)
        if base is not None:
            return yarl.URL(base.rstrip("/") + parsed.raw_path_qs, encoded=True), host
        address = literal_address(name)
        if address is not None and not self._reach.allow_private and not is_public(address):
            raise FetchError(Outcome.BLOCKED_ADDRESS, f"{address} is not a public address")
        return parsed.with_user(None) if parsed.raw_user is not None else parsed, host

    async def _body(self, answer: aiohttp.ClientResponse) -> tuple[bytes, str, Outcome | None]:
        """The entity as sent, as far as it came, and what is wrong with it."""
        limit = self._limits.max_size
        received = bytearray()
        if (answer.content_length or 0) > limit:
            answer.close()
            return b"", f"more than {limit} bytes: {answer.content_length}", Outcome.TOO_LARGE
        try:
            async for piece in answer.content.iter_any():
                received += piece
                if len(received) > limit:
                    answer.close()
                    return b"", f"more than {limit} bytes", Outcome.TOO_LARGE
        except (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, ConnectionError):
            promised = answer.headers.get("Content-Length")
            of = f" of {promised}" if promised else ""
            return bytes(received), f"cut short after {len(received)}{of} bytes", Outcome.TRUNCATED
        except TimeoutError:
            fault = f"cut short after {len(received)} bytes: more than {self._limits.timeout:g} s"
            return bytes(received), fault, Outcome.TRUNCATED
        return bytes(received), "", None

    def _response(
        self,
        url: str,
        answer: Answer,
        received: bytes,
        fault: str,
        outcome: Outcome | None,
        at: datetime,
        elapsed: float,
    ) -> Response:
        coding = ", ".join(answer.headers.getall("Content-Encoding", []))
        decoded = decode(received, coding, self._limits.max_size)
        if outcome is None:
            fault, outcome = decoded.fault, decoded.outcome
        return Response(
            requested_url=url,
            url=url,
            at=at,
            request_head=_request_head(url, answer.request_info.headers),
            status=answer.status,
            head=answer.head,
            headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.raw_headers),
            body=decoded.body,
            wire=None if received == decoded.body else received,
            address=answer.peer,
            elapsed=timedelta(seconds=elapsed),
            fault=fault,
            fault_outcome=outcome,
        )


def _request_head(url: str, sent: Mapping[str, str]) -> bytes:
    lines = [f"GET {yarl.URL(url, encoded=True).raw_path_qs} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in sent.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def reason(error: Exception) -> str:
    """What went wrong, in a few words that do not change from one attempt to the next."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return f"the host name does not resolve ({error.os_error.strerror or 'unknown name'})"
        case aiohttp.ClientConnectorCertificateError():
            cause = error.certificate_error
            return f"its TLS certificate is not valid: {getattr(cause, 'verify_message', '') or cause}"
        case aiohttp.ClientConnectorSSLError():  # its number is one of OpenSSL and no errno
            said: str = getattr(error.os_error, "reason", "") or "it failed"
            return f"no TLS connection: {said.replace('_', ' ').lower()}"
        case aiohttp.ClientConnectorError():
            return f"no connection: {os.strerror(error.os_error.errno) if error.os_error.errno else error.os_error}"
        case aiohttp.ServerDisconnectedError():
            return "the connection was closed without an answer"
        case aiohttp.ClientResponseError():
            return f"the answer is not HTTP: {error.message}".partition("\n")[0].rstrip(": ")
        case OSError():
            return f"the connection broke: {error.strerror or error}"
        case _:
            return f"{type(error).__name__}: {error}".rstrip(": ")


async def get_following(client: Client, url: str, headers: Mapping[str, str], hops: int = 5) -> Response:
    """GET `url` and follow up to `hops` redirects, for what is no article (robots.txt, home pages).

    Raises:
        FetchError: no response was had, or the redirects do not end.
    """
    for _ in range(hops + 1):
        response = await client.get(url, headers)
        location = response.header("Location")
        if response.status not in {301, 302, 303, 307, 308} or not location:
            return response
        url = _joined(url, location)
        await asyncio.sleep(0)
    raise FetchError(Outcome.ERROR, f"more than {hops} redirects")


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, safe_url_string(location.encode("latin-1")))
    except ValueError as error:
        raise FetchError(Outcome.ERROR, f"redirected to what is no address: {location[:200]!r}") from error
