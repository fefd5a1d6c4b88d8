"""The tables of the archive, and the type that keeps every stored time aware and in UTC."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
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


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts up row ids by itself only for a column declared INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")


def _id() -> Column[int]:
    return Column("id", RowId, primary_key=True)


def _to(target: str, *, name: str = "", nullable: bool = False, index: bool = False) -> Column[Any]:
    column = name or target.partition(".")[0] + "_id"
    return Column(column, RowId, ForeignKey(target), nullable=nullable, index=index)


meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))

site = Table(
    "site",
    metadata,
    _id(),
    Column("key", String(255), nullable=False, unique=True),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("next_discovery", UtcDateTime),
    Column("last_crawl", UtcDateTime),
    Column("template_body_id", RowId),  # the keyframe that first captures are compressed against
    Column("template_uses", Integer, nullable=False, default=0),
    Column("probed", UtcDateTime),  # when it was asked for a page that cannot exist
    Column("memory_id", RowId),  # what has been learned of it
    Column("lost_fields", JSON, nullable=False, default=list),  # what its newest articles have not, all at once
    Column("learned_until", RowId, nullable=False, default=0),  # the newest reading that it was learned from
)

source = Table(
    "source",
    metadata,
    _id(),
    _to("site.id"),
    Column("kind", String(16), nullable=False),
    Column("url", Text, nullable=False),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", Text, nullable=False, default=""),
    Column("last_visit", UtcDateTime),
    Column("outcome", String(24), nullable=False, default=""),
    Column("note", AnyText, nullable=False, default=""),
    Column("found", Integer, nullable=False, default=0),
    Column("failures", Integer, nullable=False, default=0),
    UniqueConstraint("site_id", "url"),
)

page = Table(
    "page",
    metadata,
    _id(),
    _to("site.id"),
    Column("url", Text, nullable=False, unique=True),
    Column("host", String(255), nullable=False),
    Column("state", String(16), nullable=False),  # found, live, missing, gone, moved
    Column("title", AnyText, nullable=False, default=""),
    Column("published", UtcDateTime),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime),  # the last visit that read the article
    Column("last_visit", UtcDateTime),
    Column("last_outcome", String(24), nullable=False, default=""),
    Column("last_change", UtcDateTime),
    Column("next_due", UtcDateTime),
    Column("retry_after", UtcDateTime),
    Column("visits", Integer, nullable=False, default=0),
    Column("versions", Integer, nullable=False, default=0),
    Column("changes", Integer, nullable=False, default=0),
    Column("unchanged_visits", Integer, nullable=False, default=0),
    Column("failures", Integer, nullable=False, default=0),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", Text, nullable=False, default=""),
    Column("body_sha256", String(64), nullable=False, default=""),  # of the last capture that was read well
    Column("version_id", RowId),
    Column("pending_edit_id", RowId),
    Column("lease_owner", String(255)),
    Column("lease_until", UtcDateTime),
    Index(None, "site_id", "next_due"),
    Index(None, "next_due"),
    Index(None, "lease_owner"),
    sqlite_autoincrement=True,  # a stub's number is not used again: a visit may still be under way under it
)

page_url = Table(
    "page_url",
    metadata,
    Column("url", Text, primary_key=True),
    _to("page.id", index=True),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    Column("how", String(16), nullable=False),  # found, requested, redirect, canonical
)

body = Table(
    "body",
    metadata,
    _id(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    _to("body.id", name="base_id", nullable=True),
    Column("data", LargeBinary, nullable=False),
    UniqueConstraint("chain", "seq"),
)

capture = Table(
    "capture",
    metadata,
    _id(),
    _to("page.id", index=True),
    Column("requested_url", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("hops", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("elapsed_us", BigInteger, nullable=False),
    Column("address", String(64), nullable=False),
    Column("request_head", LargeBinary, nullable=False),
    Column("status", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    _to("body.id"),
    _to("body.id", name="wire_body_id", nullable=True),
    Column("sha256", String(64), nullable=False),
    Column("wire_sha256", String(64), nullable=False),
    Column("fault", AnyText, nullable=False, default=""),
)

visit = Table(
    "visit",
    metadata,
    _id(),
    _to("page.id"),
    Column("at", UtcDateTime, nullable=False),
    Column("url", Text, nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("status", Integer),
    _to("capture.id", nullable=True),
    Column("version_id", RowId),
    Column("note", AnyText, nullable=False, default=""),
    Index(None, "page_id", "at"),
)

version = Table(
    "version",
    metadata,
    _id(),
    _to("page.id"),
    Column("number", Integer, nullable=False),
    _to("capture.id"),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("page_id", "number"),
)

reading = Table(
    "reading",
    metadata,
    _id(),
    _to("version.id"),
    Column("reader", String(255), nullable=False),
    _to("body.id"),  # the Article as canonical JSON
    Column("sources", JSON, nullable=False),
    Column("learned", JSON, nullable=False),  # keys of the blocks that the site's memory took out
    Column("current", Boolean, nullable=False),
    UniqueConstraint("version_id", "reader"),
)

memory = Table(
    "memory",
    metadata,
    _id(),
    _to("site.id"),
    Column("digest", String(8), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    _to("body.id"),
    UniqueConstraint("site_id", "digest"),
)

edit = Table(
    "edit",
    metadata,
    _id(),
    _to("page.id", index=True),
    _to("version.id", name="from_version_id"),
    _to("version.id", name="to_version_id"),
    Column("after", UtcDateTime, nullable=False),  # the last visit that saw the old text
    Column("before", UtcDateTime, nullable=False, index=True),  # the first visit that saw the new one
    Column("reader", String(255), nullable=False),
    Column("significance", String(16), nullable=False),
    Column("significance_rank", Integer, nullable=False),
    Column("acknowledged", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("fields", JSON, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("changes", JSON, nullable=False),
)

host_lease = Table(
    "host_lease",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("owner", String(255), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
