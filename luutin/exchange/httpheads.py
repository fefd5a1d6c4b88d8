"""What the head of an HTTP message says. Pure."""

import re

from storage.rows import header_fields

_STATUS = re.compile(rb"[\r\n]*HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)", re.IGNORECASE)


def status(head: bytes) -> int:
    """The status of a response; 0 where there is none."""
    found = _STATUS.match(head)
    return int(found[1]) if found else 0


def method(head: bytes) -> str:
    """The method of a request, in capitals."""
    return head.split(b" ", 1)[0].strip().decode("latin-1").upper()


def field(head: bytes, name: str) -> str:
    """The first value of a field, or an empty string."""
    return next((value for key, value in header_fields(head) if key.lower() == name), "")


def content_type(head: bytes) -> str:
    """The type of a response's body, in lower case and without parameters."""
    return field(head, "content-type").partition(";")[0].strip().lower()
