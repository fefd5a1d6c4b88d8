"""The types of the archive's columns; the one for times keeps each aware and in UTC."""

import json
import re
import zlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, Text, TypeDecorator

_MOSTLY = (
    b"moved,paragraph-removed,paragraph-added,sentence-removed,sentence-added,spelling,orthographic,wording,quote,name,"
    b'"modified":"JSON-LD NewsArticle.dateModified","published":"JSON-LD NewsArticle.datePublished","section":"JSON-LD '
    b'NewsArticle.articleSection","section":"breadcrumb, and line above the headline","authors":"byline near the '
    b'headline","authors":"JSON-LD NewsArticle.author, as the page shows","published":"meta article:published_time",'
    b'"modified":"meta article:modified_time","tags":"meta news_keywords","tags":"meta keywords","language":"lang of '
    b'<html>","canonical_url":"link rel=canonical","body":"trafilatura\'s main content, repaired by the page\'s '
    b'structure","lead":"visible text that equals the meta description","lead":"element with class \'captions":"'
    b'pictures between headline and end of the body","images":"pictures between headline and end of the body"}'
    b'{"title":"<h1> in the page","section":"line above the headline","published":"'
    b'[{"field":"title","kinds":["headline"],"removed":["'
    b'"field":"body","kinds":["number"],"removed":[],"added":[],"before":"","after":""},{"field":"body","kinds":["'
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in, an aware UTC datetime out; a naive one is refused.

    SQLite keeps no zone, so there the UTC wall time is stored; PostgreSQL stores `timestamptz`.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime cannot be stored: {value!r}")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class AnyText(TypeDecorator[str]):
    """Text from a page, where U+FFFD stands for what a database cannot hold: half a surrogate pair, and NUL.

    For titles and notes only; articles are stored as bytes and lose nothing.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


class Digest(TypeDecorator[str]):
    """A digest, hexadecimal digits in and out, stored as its bytes: half the size, in each row and in each index."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.hex()


class PackedJson(TypeDecorator[Any]):
    """JSON that no database looks into, compressed (raw DEFLATE, RFC 1951) against what such values mostly say.

    A CRC-32 goes before it: one flipped bit may leave the rest saying the same.
    What is stored depends on `_MOSTLY`: a release that changes it has to bring old archives over.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:  # noqa: ANN401, ARG002 - any JSON
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=_MOSTLY)
        packed = packer.compress(text) + packer.flush()
        return zlib.crc32(packed).to_bytes(4, "big") + packed

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - any JSON
        if value is None:
            return None
        if zlib.crc32(value[4:]).to_bytes(4, "big") != value[:4]:
            raise ValueError("JSON in the archive is not as it was written")
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_MOSTLY)
        return json.loads((unpacker.decompress(value[4:]) + unpacker.flush()).decode("utf-8", "surrogatepass"))


# SQLite counts up row ids by itself only for a column declared INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")
