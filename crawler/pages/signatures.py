"""What a body is that is no page, by its first bytes: a PDF, a picture, an archive, or no text at all."""

import re

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x00\x00\x00\x20ftyp", "a video or picture"),
    (b"\x00\x00\x00\x18ftyp", "a video or picture"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"\x28\xb5\x2f\xfd", "compressed by Zstandard"),
)
_LOOKED_AT = 8_192  # characters
_MOST_STRAY = 0.1  # of them
_STRAY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_MARK_UP = re.compile(r"<(?:!doctype|html|head|body|div|p|a|meta|script|table|br)\b", re.IGNORECASE)


def find_signature(body: bytes) -> str:
    """What the body is, empty where nothing says that it is no page (formats: their own specifications)."""
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "a WebP picture"
    return next((kind for start, kind in _SIGNATURES if body.startswith(start)), "")


def is_no_text(decoded: str) -> bool:
    """Whether it was decoded from something else than text: full of what no text holds, and without any mark-up."""
    start = decoded[:_LOOKED_AT].strip("\0 \t\r\n")
    return len(_STRAY.findall(start)) > _MOST_STRAY * len(start) and _MARK_UP.search(decoded) is None
