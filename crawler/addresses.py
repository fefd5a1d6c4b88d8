"""Which addresses a crawl may connect to: none that is loopback, private or reserved, unless allowed."""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from storage.errors import LuutinError

_NAT64 = IPv6Network("64:ff9b::/96")


class BlockedAddressError(LuutinError):
    """A host is, or resolves to, an address that is not public."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, or under the NAT64 prefix of RFC 6052) is judged
    by that one too.
    """
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        carried = [parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())]
        if parsed in _NAT64:
            carried.append(IPv4Address(parsed.packed[12:]))
        if any(inner is not None and not inner.is_global for inner in carried):
            return False
        if parsed.ipv4_mapped or parsed in _NAT64:
            return True
    return parsed.is_global and not parsed.is_multicast


def literal_address(host: str) -> str | None:
    """The IP address that a URL's host is written as, without brackets; None for a name."""
    bare = host.strip("[]")
    try:
        ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return bare


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
