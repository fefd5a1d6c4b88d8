"""Requests and tokens of RFC 3161, made and checked; only here is rfc3161_client known."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from storage.errors import ConfigError
from storage.stamps import der
from storage.stamps.terms import INSTALL, Failure, Request, StampError, Stated

try:
    import rfc3161_client as client
except ImportError:
    client = None  # type: ignore[assignment]  # said by `check_installed`

_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = b"\x30\x03\x02\x01\x00"  # PKIStatusInfo, as a token by itself has none
# What parsing damaged data leads to: found by flipping each bit of a token.
_STUMBLES = (ValueError, KeyError, IndexError, TypeError, OverflowError, x509.InvalidVersion, UnsupportedAlgorithm)
_PEM = b"-----BEGIN CERTIFICATE-----"
_LONGEST = 300  # characters of what an authority or a library says


def is_installed() -> bool:
    """Whether time stamps can be asked for and checked."""
    return client is not None


def check_installed() -> None:
    """Raises ConfigError where rfc3161_client is not installed."""
    if not is_installed():
        raise ConfigError([f"time stamps need rfc3161-client, which is not installed; add it with: {INSTALL}"])


def check_certificates(pem: bytes, source: str) -> None:
    """Raises ConfigError, naming the source, where these are no certificates."""
    if _PEM not in pem:
        raise ConfigError([f"{source}: holds no certificates in PEM, each of which begins with {_PEM.decode()}"])
    try:
        x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise ConfigError([f"{source}: a certificate in it is damaged: {_short(error)}"]) from error


def request(said: bytes) -> Request:
    """A request to stamp a statement, with a nonce of its own."""
    check_installed()
    made = client.TimestampRequestBuilder().data(said).hash_algorithm(client.HashAlgorithm.SHA256).build()
    assert made.nonce is not None
    return Request(said=said, data=made.as_bytes(), nonce=made.nonce)


def granted(answer: bytes, asked: Request, certificates: bytes) -> tuple[bytes, Stated]:
    """The token in an authority's answer to a request, and what it states.

    Raises:
        StampError: the answer is none, refuses, is to another request, or does not verify.
    """
    check_installed()
    with _or_unsound("its answer is no time stamp"):
        status, token = der.in_answer(answer)
        response = client.decode_timestamp_response(der.answer_of(status, der.in_order(token) if token else b""))
    if response.status not in {0, 1}:  # granted, or granted with modifications: RFC 3161, 2.4.2
        raise StampError(Failure.REFUSED, f"it refuses: {_refusal(response)}")
    stated = check(token, asked.said, certificates)
    if response.tst_info.nonce != asked.nonce:
        raise StampError(Failure.UNSOUND, "its answer is to another request: the nonce is not the one that was sent")
    return token, stated


def check(token: bytes, said: bytes, certificates: bytes) -> Stated:
    """What a token states of a statement; its signature is only checked where there are root certificates.

    Raises:
        StampError: it is no token, stamps something else, or is not signed by whom these certificates vouch for.
    """
    check_installed()
    with _or_unsound("this is no time stamp"):
        response = client.decode_timestamp_response(der.answer_of(_GRANTED, der.in_order(token)))
        info = response.tst_info
        imprint, stated = info.message_imprint, Stated(time=info.gen_time, signer=_signer(response))
    if imprint.hash_algorithm.dotted_string != _SHA256 or imprint.message != hashlib.sha256(said).digest():
        raise StampError(Failure.UNSOUND, "it stamps something else than was asked for")
    if certificates:
        with _or_unsound("it is not signed by an authority that the root certificates vouch for"):
            verifier = client.VerifierBuilder(roots=x509.load_pem_x509_certificates(certificates)).build()
            verifier.verify_message(response, said)
    return stated


@contextmanager
def _or_unsound(fault: str) -> Iterator[None]:
    """Have what damaged or wrong data leads to told as a fault of the stamp."""
    try:
        yield
    except (*_STUMBLES, client.VerificationError) as error:
        raise StampError(Failure.UNSOUND, f"{fault}: {_short(error)}") from error


def _signer(response: "client.TimeStampResponse") -> str:
    """The name in the certificate that comes with a token, of which nothing is known before it is verified."""
    (signer,) = response.signed_data.signer_infos
    for data in response.signed_data.certificates:
        found = x509.load_der_x509_certificate(data)
        if (found.serial_number, found.issuer) == (signer.serial_number, signer.issuer):
            return found.subject.rfc4514_string()
    return ""


def _refusal(response: "client.TimeStampResponse") -> str:
    said = "; ".join(response.status_string) or f"status {response.status}"
    return _short(said)


def _short(said: object) -> str:
    """What others said, in one line."""
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", str(said)).strip()[:_LONGEST]
