"""The tables of the archive."""

import zlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from storage.columns import AnyText, Digest, PackedJson, RowId, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", RowId, primary_key=True)


def _to(target: str, *, name: str = "", nullable: bool = False, index: bool = False) -> Column[Any]:
    column = name or target.partition(".")[0] + "_id"
    return Column(column, RowId, ForeignKey(target), nullable=nullable, index=index)


def _crc32(context: Any) -> int:  # noqa: ANN401 - SQLAlchemy passes what it knows of the statement
    """The checksum of a row of bodies that is being inserted."""
    return body_crc32(context.get_current_parameters())


def body_crc32(row: Mapping[str, Any]) -> int:
    """The checksum of how a body is kept: the frame, and what it is to decode to against which other body."""
    return checksum(row["data"], [row.get(name) for name in ("sha256", "size", "chain", "seq", "base_id")])


def checksum(data: bytes, about: list[Any]) -> int:
    """The CRC-32 of some bytes, and of what is said of them."""
    return zlib.crc32(data, zlib.crc32(repr(about).encode("utf-8", "surrogatepass")))


meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))

site = Table(
    "site",
    metadata,
    _id(),
    Column("key", String(255), nullable=False, unique=True),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("next_discovery", UtcDateTime),
    Column("last_crawl", UtcDateTime),
    Column("head_capture_id", RowId),  # the capture whose heads the next ones are compressed against
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

# The bodies, each standing alone, that first captures of a site's pages are packed against (storage/templates.py).
template = Table(
    "template",
    metadata,
    Column("site_id", RowId, primary_key=True, autoincrement=False),
    Column("body_id", RowId, primary_key=True, autoincrement=False),
    Column("uses", Integer, nullable=False),
    Column("last_use", RowId, nullable=False),  # the body that was packed against it last
    sqlite_with_rowid=False,
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
    Column("body_sha256", Digest, nullable=False, default=""),  # of the last capture that was read well
    Column("version_id", RowId),
    Column("pending_edit_id", RowId),
    Column("lease_owner", String(255)),
    Column("lease_until", UtcDateTime),
    Index(None, "site_id", "next_due"),
    Index(None, "site_id", "first_seen"),  # this and the next two: what a site's memory is learned from
    Index(None, "site_id", "last_change"),
    Index(None, "site_id", "version_id"),
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
    Column("sha256", Digest, nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    _to("body.id", name="base_id", nullable=True),
    Column("data", LargeBinary, nullable=False),
    # Some bits of a zstd frame say nothing of its content: without this, a flipped one of them would not be found.
    Column("crc32", BigInteger, nullable=False, default=_crc32),
    UniqueConstraint("chain", "seq"),
)

piece = Table(  # of the frames of compacted bodies, laid end to end: storage/pieces.py
    "piece",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
    Column("crc32", BigInteger, nullable=False),
)

capture = Table(
    "capture",
    metadata,
    _id(),
    _to("page.id", index=True),
    Column("requested_url", Text),  # where it is not `url`
    Column("url", Text, nullable=False),
    Column("hops", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("elapsed_us", BigInteger, nullable=False),
    Column("address", String(64), nullable=False),
    Column("request_head", LargeBinary, nullable=False),  # this and `head` are compressed: storage/heads.py
    Column("status", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("head_base_id", RowId),  # the capture whose heads they are compressed against
    _to("body.id"),
    _to("body.id", name="wire_body_id", nullable=True),
    Column("sha256", Digest, nullable=False),
    Column("wire_sha256", Digest, nullable=False),
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
    sqlite_autoincrement=True,  # the number of a version that was another's is not used again: entries name it
)

reading = Table(
    "reading",
    metadata,
    _id(),
    _to("version.id"),
    Column("reader", String(255), nullable=False),
    _to("body.id"),  # the Article as canonical JSON
    Column("sources", PackedJson, nullable=False),
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

_PENDING = text("status = 'pending'")

edit = Table(
    "edit",
    metadata,
    _id(),
    _to("page.id", index=True),
    _to("version.id", name="from_version_id", index=True),  # else each version that goes has all edits looked through
    _to("version.id", name="to_version_id", index=True),
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
    Column("changes", PackedJson, nullable=False),
    _to("site.id"),  # the page's, so that the newest edits of a site are found however few of all they are
    Index(None, "site_id", "before"),
    Index("ix_edit_pending", "before", sqlite_where=_PENDING, postgresql_where=_PENDING),
)

# The hash chain of each site, and as site 0 the archive's own (docs/evidence.md). An entry is a visit's, which is made
# from the rows of the visit and its capture, or it is kept in `said`. Page and version are the visit's at the time.
link = Table(
    "link",
    metadata,
    Column("site_id", RowId, primary_key=True, autoincrement=False),
    Column("seq", RowId, primary_key=True, autoincrement=False),
    Column("visit_id", RowId),
    Column("page_id", RowId),
    Column("version_id", RowId),
    Column("said", Text),
    Column("digest", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# Time stamps by authorities (RFC 3161) of the heads of all chains, and what came of asking for the last one.
stamp = Table(
    "stamp",
    metadata,
    _id(),
    Column("at", UtcDateTime, nullable=False),
    Column("url", Text, nullable=False),
    Column("said", Text, nullable=False),  # canonical JSON, of which the token has the SHA-256
    Column("token", LargeBinary, nullable=False),
    Column("crc32", BigInteger, nullable=False),
)

authority = Table(
    "authority",
    metadata,
    Column("url", Text, primary_key=True),
    Column("last_try", UtcDateTime, nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("note", AnyText, nullable=False),
    Column("failures", Integer, nullable=False),
)

host_lease = Table(
    "host_lease",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("owner", String(255), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# What can be searched: the current text of a page, and what each edit added and removed. PostgreSQL keeps the words
# beside it; in SQLite they are in two FTS5 tables by the same row id, of which neither keeps the text itself.
search_entry = Table(
    "search_entry",
    metadata,
    _id(),
    Column("what", String(8), nullable=False),  # current, added, removed; or lost
    _to("page.id", index=True),
    _to("edit.id", nullable=True, index=True),
    _to("body.id", nullable=True),  # the reading that current text was taken from
    Column("words", TSVECTOR().with_variant(Text(), "sqlite")),
    # Each search goes through what waits to be put into the index: 4 MB by default, which take 60 ms; 64 kB take 1.
    Index(
        "ix_search_entry_words", "words", postgresql_using="gin", postgresql_with={"gin_pending_list_limit": 64}
    ).ddl_if(dialect="postgresql"),
)


def _virtual(statement: str) -> None:
    """Have SQLite make an FTS5 table besides, or set one up."""
    made = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    event.listen(search_entry, "after_create", made.execute_if(dialect="sqlite"))


# Folded words in their order; and the spellings that there are, without places.
_virtual("CREATE VIRTUAL TABLE search_words USING fts5(heading, text, content='', tokenize='ascii')")
_virtual("CREATE VIRTUAL TABLE search_forms USING fts5(forms, content='', columnsize=0, detail=none, tokenize='ascii')")
# Merge two segments where there are two, instead of waiting for four: texts are replaced, and only merging frees what
# is left of the old ones (https://sqlite.org/fts5.html#the_usermerge_configuration_option).
_virtual("INSERT INTO search_words(search_words, rank) VALUES ('automerge', 2), ('usermerge', 2)")
_virtual("INSERT INTO search_forms(search_forms, rank) VALUES ('automerge', 2), ('usermerge', 2)")

# The signature of a page's current text, and the bands of it: similar texts have one in common.
copy_signature = Table(
    "copy_signature",
    metadata,
    Column("page_id", RowId, ForeignKey("page.id"), primary_key=True, autoincrement=False),
    _to("body.id"),  # the reading that was signed
    Column("signature", LargeBinary, nullable=False),
)

copy_band = Table(
    "copy_band",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("page_id", RowId, primary_key=True, autoincrement=False),  # a foreign key would need an index of its own
    sqlite_with_rowid=False,
)
