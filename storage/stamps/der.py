"""The few layers of DER around a token: an answer taken apart, and certificates put in the order of DER. Pure.

RFC 5652 lets the certificates of a token stand in any order, and authorities that run OpenSSL send them as they come;
DER wants a set sorted (X.690, 11.6), and rfc3161_client refuses any other. They are not signed.
"""

_SEQUENCE, _CERTIFICATES = 0x30, 0xA0  # tags; the second stands for [0], in a token only for certificates and contents


def answer_of(status: bytes, token: bytes) -> bytes:
    """An answer with this status and token: TimeStampResp of RFC 3161, 2.4.2."""
    return _element(_SEQUENCE, status + token)


def in_answer(answer: bytes) -> tuple[bytes, bytes]:
    """Status and token in an answer, as they were sent; an answer that refuses has no token.

    Raises:
        ValueError: this is no answer.
    """
    status, *token = _elements(_inner(answer, _SEQUENCE))
    return status, b"".join(token)


def in_order(token: bytes) -> bytes:
    """The token with its certificates sorted.

    Raises:
        ValueError: this is no token.
    """
    kind, content = _elements(_inner(token, _SEQUENCE))
    (signed,) = _elements(_inner(content, content[0]))
    parts = [_sorted(part) if part[0] == _CERTIFICATES else part for part in _elements(_inner(signed, _SEQUENCE))]
    return _element(_SEQUENCE, kind + _element(content[0], _element(_SEQUENCE, b"".join(parts))))


def _sorted(certificates: bytes) -> bytes:
    return _element(_CERTIFICATES, b"".join(sorted(_elements(_inner(certificates, _CERTIFICATES)))))


def _element(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _elements(data: bytes) -> list[bytes]:
    """The elements that follow one another."""
    found, at = [], 0
    while at < len(data):
        end = _end(data, at)[1]
        found.append(data[at:end])
        at = end
    return found


def _inner(data: bytes, tag: int) -> bytes:
    """What is in the one element that this is."""
    start, end = _end(data, 0)
    if data[0] != tag or end != len(data):
        raise ValueError(f"an element of DER is not where it should be (tag {tag:#x})")
    return data[start:]


def _end(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the element that begins here begins and ends."""
    if at + 2 > len(data):
        raise ValueError("DER that is cut short")
    start, size = at + 2, data[at + 1]
    if size == 0x80:
        raise ValueError("an element without a length, which DER has not")
    if size > 0x80:
        start += size & 0x7F
        size = int.from_bytes(data[at + 2 : start], "big")
    if start + size > len(data):
        raise ValueError("DER that is cut short")
    return start, start + size
