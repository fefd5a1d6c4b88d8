"""Requests and tokens of RFC 3161, made and checked; only here is rfc3161_client known."""

import hashlib
import re

from cryptography import x509

from storage.errors import ConfigError
from storage.stamps.terms import INSTALL, Failure, Request, StampError, Stated

try:
    import rfc3161_client as client
except ImportError:
    client = None  # type: ignore[assignment]  # said by `check_installed`

_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = b"\x30\x03\x02\x01\x00"  # PKIStatusInfo, as a token by itself has none
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
    try:
        x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise ConfigError([f"{source}: holds no certificates in PEM: {_short(error)}"]) from error


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
    response = _decoded(answer, "its answer is no time stamp")
    if response.status not in {0, 1}:  # granted, or granted with modifications: RFC 3161, 2.4.2
        raise StampError(Failure.REFUSED, f"it refuses: {_refusal(response)}")
    token = response.time_stamp_token()
    stated = check(token, asked.said, certificates)
    if response.tst_info.nonce != asked.nonce:
        raise StampError(Failure.UNSOUND, "its answer is to another request: the nonce is not the one that was sent")
    return token, stated


def check(token: bytes, said: bytes, certificates: bytes) -> Stated:
    """What a token states of a statement; its signature is only checked where there are root certificates.

    Raises:
        StampError: it is no token, stamps something else, or is not signed by whom these certificates vouch for.
    """
    response = _decoded(_answer(token), "this is no time stamp")
    try:
        info = response.tst_info
        imprint = info.message_imprint
        signer = _signer(response)
    except ValueError as error:
        raise StampError(Failure.UNSOUND, f"this is no time stamp: {_short(error)}") from error
    if imprint.hash_algorithm.dotted_string != _SHA256 or imprint.message != hashlib.sha256(said).digest():
        raise StampError(Failure.UNSOUND, "it stamps something else than was asked for")
    if certificates:
        _verify(response, said, certificates)
    return Stated(time=info.gen_time, signer=signer)


def _verify(response: "client.TimeStampResponse", said: bytes, certificates: bytes) -> None:
    try:
        verifier = client.VerifierBuilder(roots=x509.load_pem_x509_certificates(certificates)).build()
        verifier.verify_message(response, said)
    except (client.VerificationError, ValueError) as error:
        raise StampError(
            Failure.UNSOUND, f"it is not signed by an authority that the root certificates vouch for: {_short(error)}"
        ) from error


def _decoded(answer: bytes, fault: str) -> "client.TimeStampResponse":
    check_installed()
    try:
        return client.decode_timestamp_response(answer)
    except ValueError as error:
        raise StampError(Failure.UNSOUND, f"{fault}: {_short(error)}") from error


def _answer(token: bytes) -> bytes:
    """An answer that grants a token: TimeStampResp of RFC 3161, 2.4.2."""
    inner = _GRANTED + token
    size = len(inner)
    if size < 0x80:
        return bytes([0x30, size]) + inner
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x30, 0x80 | len(length)]) + length + inner


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
