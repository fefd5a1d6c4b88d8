"""Which addresses a crawl may connect to: none that is loopback, private or reserved, unless allowed."""

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from storage.errors import LuutinError

_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")  # all that IANA has given out of IPv6 as global unicast (RFC 4291, 2.4)
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}\.?", re.IGNORECASE)


class BlockedAddressError(LuutinError):
    """A host is, or resolves to, an address that is not public."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, or under the NAT64 prefix of RFC 6052) is judged
    by that one too.
    """
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv4Address):
        return _is_public_4(parsed)
    carried = _carried(parsed)
    if any(not _is_public_4(inner) for inner in carried):
        return False
    if parsed.ipv4_mapped or parsed in _NAT64:
        return True
    return parsed in _UNICAST and parsed.is_global


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast


def _carried(address: IPv6Address) -> list[IPv4Address]:
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inner.append(IPv4Address(address.packed[12:]))
    return [found for found in inner if found is not None]


def literal_address(host: str) -> str | None:
    """The IP address that a URL's host is written as, without brackets; None for a name.

    Also as C's inet_aton reads numbers (`2130706433`, `0x7f.1`, `0177.0.0.1`): some resolvers take those for addresses.
    """
    bare = host.strip("[]")
    try:
        ip_address(bare.partition("%")[0])
    except ValueError:
        return _from_numbers(bare)
    return bare


def _from_numbers(host: str) -> str | None:
    if not _NUMBERS.fullmatch(host):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return None


class PublicResolver(AbstractResolver):
    """Resolves names to their public addresses only, at connection time, so that a name cannot change in between."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._resolver = ThreadedResolver(loop=asyncio.get_running_loop())

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of `host` that may be connected to.

        Raises:
            BlockedAddressError: it has only addresses that may not.
        """
        found = await self._resolver.resolve(host, port, family)
        if self._allow_private:
            return found
        public = [entry for entry in found if is_public(entry["host"])]
        if found and not public:
            raise BlockedAddressError(f"{host} is at {found[0]['host']}, which is not a public address")
        return public

    async def close(self) -> None:
        """Nothing is held open."""
        await self._resolver.close()
