"""A local server that stands in for recorded sites: it answers what a round of a case says, byte for byte."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer; `cut` closes the connection after so many bytes of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: int | None = None


class StandIn:
    """Serves answers by URL on a free port of a loopback address; a URL that it does not know answers 404."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._answers: dict[str, Answer] = {}
        self._server = HTTPServer(host=host, threaded=True)
        self._server.expect_request(re.compile(".*")).respond_with_handler(self._handle)

    def __enter__(self) -> Self:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # the crawl says what was asked and what came of it
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    @property
    def url(self) -> str:
        """The base URL of this server."""
        return f"http://{self._server.host}:{self._server.port}"

    def serve(self, answers: Mapping[str, Answer]) -> None:
        """Answer these URLs from now on, and no others."""
        self._answers = {_address(url): answer for url, answer in answers.items()}

    def _handle(self, request: Request) -> Response:
        asked = str(request.environ["RAW_URI"])  # as it was asked for; `full_path` has its escapes undone
        answer = self._answers.get(request.host + asked.removesuffix("?"))
        if answer is None:
            return Response("not found\n", status=404, content_type="text/plain; charset=utf-8")
        return _response(answer)


def _address(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _response(answer: Answer) -> Response:
    """The answer as promised in its Content-Length, of which `cut` sends only the beginning."""
    headers = {"Content-Length": str(len(answer.body)), **answer.headers}
    if answer.status == 304:
        del headers["Content-Length"]
    sent = answer.body if answer.cut is None else answer.body[: answer.cut]

    def pieces() -> Iterator[bytes]:
        yield sent

    return Response(pieces(), status=answer.status, headers=headers)
