import asyncio
import socket

import pytest

from crawler.fetching.addresses import BlockedAddressError, PublicResolver, is_public, literal_address

PRIVATE = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:7f00:1::",
    "64:ff9b::127.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_within_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "203.162.0.11", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0X7F.1",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "017700000001",
        "0x7f.0.0.1",
    ],
)
def test_numbers_that_resolvers_take_for_loopback_are_loopback(host: str) -> None:
    assert literal_address(host) == "127.0.0.1"


@pytest.mark.parametrize(
    "host", ["baovidu.example", "0xyz.example", "1.2.3.4.example", "999999999999", "08.1.1.1", "a.1"]
)
def test_a_name_is_no_address(host: str) -> None:
    assert literal_address(host) is None


def test_an_address_in_brackets_is_one() -> None:
    assert literal_address("[::1]") == "::1"


async def _resolved(host: str, *, allow_private: bool) -> list[str]:
    resolver = PublicResolver(allow_private=allow_private)
    found = await resolver.resolve(host, 80, socket.AF_INET)
    await resolver.close()
    return [entry["host"] for entry in found]


def test_a_name_that_resolves_to_loopback_is_refused() -> None:
    with pytest.raises(BlockedAddressError, match=r"localhost is at 127\.0\.0\.1, which is not a public address"):
        asyncio.run(_resolved("localhost", allow_private=False))


def test_a_name_that_resolves_to_loopback_is_found_where_that_is_allowed() -> None:
    assert asyncio.run(_resolved("localhost", allow_private=True)) == ["127.0.0.1"]


def test_of_several_addresses_only_the_public_ones_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(host: str, port: int, *_: object, **__: object) -> list[object]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("10.0.0.5", port)), (*kind, ("8.8.8.8", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert asyncio.run(_resolved("baovidu.example", allow_private=False)) == ["8.8.8.8"]
