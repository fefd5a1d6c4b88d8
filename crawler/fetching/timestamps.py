"""Asks an authority for a time stamp, as RFC 3161 (3.4) says for HTTP: one POST, bounded in time and size."""

import asyncio
from importlib.metadata import version

import aiohttp

from crawler.fetching.client import reason
from storage.stamps.terms import Failure, StampError

TIMEOUT = 20.0  # seconds, from start to end; authorities answer within one or two
_MAX_SIZE = 256 * 1024  # bytes; tokens with a chain of certificates take 6 kB
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


def ask(url: str, query: bytes, timeout: float = TIMEOUT) -> bytes:
    """What the authority at a URL answers to a query.

    Raises:
        StampError: there is no answer, or none of the kind that was asked for.
    """
    return asyncio.run(_ask(url, query, timeout))


async def _ask(url: str, query: bytes, timeout: float) -> bytes:  # noqa: ASYNC109 - aiohttp bounds all steps by it
    headers = {"Content-Type": _QUERY, "Accept": _REPLY, "User-Agent": f"Luutin/{version('luutin')}"}
    limit = aiohttp.ClientTimeout(total=timeout)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit, headers=headers) as session,
            session.post(url, data=query, allow_redirects=False) as answer,
        ):
            _check(answer)
            return await _body(answer)
    except TimeoutError as error:
        raise StampError(Failure.UNREACHABLE, f"no answer within {timeout:g} s") from error
    except (aiohttp.ClientError, ValueError, OSError) as error:
        raise StampError(Failure.UNREACHABLE, reason(error)) from error


def _check(answer: aiohttp.ClientResponse) -> None:
    if answer.status != 200:
        raise StampError(Failure.REFUSED, f"it answers with status {answer.status}, not with a time stamp")
    if answer.content_type != _REPLY:
        raise StampError(Failure.UNSOUND, f"it answers with {answer.content_type}, not with a time stamp ({_REPLY})")


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    data = bytearray()
    async for piece in answer.content.iter_any():
        data += piece
        if len(data) > _MAX_SIZE:
            raise StampError(Failure.UNSOUND, f"its answer is longer than {_MAX_SIZE // 1024} kB")
    return bytes(data)
