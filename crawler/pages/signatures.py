"""What a body is that is no page, by its first bytes: a PDF, a picture, an archive."""

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


def find_signature(body: bytes) -> str:
    """What the body is, empty where nothing says that it is no page (formats: their own specifications)."""
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "a WebP picture"
    return next((kind for start, kind in _SIGNATURES if body.startswith(start)), "")
