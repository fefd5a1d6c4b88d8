"""What aiohttp receives before it parses it: the exact bytes of a response's head, and who sent them."""

import asyncio
import functools
import re
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection

_MAX_HEAD = 1024 * 1024  # bytes of a head that are kept as they came
_BEGIN = re.compile(rb"[^\r\n]")
_END = re.compile(rb"\r?\n\r?\n")
_INTERIM = re.compile(rb"HTTP/\S+ +1(?!01)\d\d")  # RFC 9110, 15.2


class _Wire(ResponseHandler):
    """aiohttp's protocol, which also keeps the head of a response as it came: what aiohttp parses loses some of it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self._begin()

    def set_response_params(self, **params: Any) -> None:  # noqa: ANN401 - handed through
        """What aiohttp calls before each request on a connection."""
        self._begin()
        super().set_response_params(**params)

    def data_received(self, data: bytes) -> None:
        """Keep what belongs to the head, and hand everything on."""
        if not self.head and self._count < _MAX_HEAD:
            self._keep(data)
        super().data_received(data)

    def _begin(self) -> None:
        self.head, self._came, self._count = b"", bytearray(), 0

    def _keep(self, data: bytes) -> None:
        """Take in more bytes. Each is looked at once or twice, however they come: a server may send them one by one."""
        searched = max(len(self._came) - 3, 0)  # the end of a head is four bytes at most
        self._came += data
        self._count += len(data)
        while not self.head:
            if self._came.startswith((b"\r", b"\n")):
                begin = _BEGIN.search(self._came)
                del self._came[: begin.start() if begin else None]
            end = _END.search(self._came, searched)
            if end is None:
                return
            head, searched = bytes(self._came[: end.end()]), 0
            del self._came[: end.end()]
            self.head = b"" if _INTERIM.match(head) else head


class WireConnector(aiohttp.TCPConnector):
    """Connections that keep response heads; aiohttp has no public way to name the protocol."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - handed through
        super().__init__(**options)
        self._factory: functools.partial[Any] = functools.partial(_Wire, loop=self._loop)


class Answer(aiohttp.ClientResponse):
    """A response that remembers who sent it: aiohttp forgets that once the body is in (aiohttp issue 2205)."""

    peer: str = ""
    head: bytes = b""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        """Wait for the head of the response."""
        name = connection.transport.get_extra_info("peername") if connection.transport else None
        self.peer = str(name[0]) if name else ""
        protocol = connection.protocol
        started = await super().start(connection)
        self.head = (protocol.head if isinstance(protocol, _Wire) else b"") or _rebuilt(self)
        return started


def _rebuilt(answer: aiohttp.ClientResponse) -> bytes:
    """A head put together from its parts, for one that is too long to have been kept."""
    version = answer.version or aiohttp.HttpVersion11
    status = f"HTTP/{version.major}.{version.minor} {answer.status} {answer.reason or ''}".encode("latin-1", "replace")
    lines = [name + b": " + value for name, value in answer.raw_headers]
    return b"\r\n".join([status, *lines, b"", b""])
