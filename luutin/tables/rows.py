"""The rows of the exported tables, as dictionaries with the keys that the command line uses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from luutin.output import edit_fields, page_fields
from luutin.tables.columns import EDITS, PAGES, VERSIONS, Kind
from storage.articles import article_fields
from storage.queries import Queries
from storage.records import Moment
from storage.rows import EditRow, FullVersion, PageRow

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its columns, and what gives its rows for one site or for all. A time is one of ours or a `Moment`."""

    columns: Mapping[str, Kind]
    rows: Callable[[Queries, str | None], Iterator[Row]]


def _page(page: PageRow) -> Row:
    times = {"first_seen": page.first_seen, "last_seen": page.last_seen, "next_due": page.next_due}
    return page_fields(page) | times | {"visits": page.visits}


def _version(row: FullVersion) -> Row:
    version, article = row.version, row.article
    about = {
        "url": row.url,
        "site": row.site,
        "version": version.number,
        "at": version.at,
        "article_url": article.url,
        "reader": version.reader,
        "capture_sha256": version.capture_sha256,
        "sources": dict(version.sources),
    }
    times = _moment("published", article.published) | _moment("modified", article.modified)
    return article_fields(article) | about | times


def _moment(name: str, moment: Moment | None) -> Row:
    return {
        name: moment,
        f"{name}_offset": None if moment is None else int(moment.offset.total_seconds()),
        f"{name}_date_only": None if moment is None else moment.date_only,
    }


def _edit(edit: EditRow) -> Row:
    return edit_fields(edit) | {"between": list(edit.between), "changes": [asdict(one) for one in edit.changes]}


# Edits come first and pages last: what a crawl adds meanwhile then never lacks what it refers to.
TABLES: Mapping[str, Table] = {
    "edits": Table(columns=EDITS, rows=lambda queries, site: map(_edit, queries.edits(site=site))),
    "versions": Table(columns=VERSIONS, rows=lambda queries, site: map(_version, queries.every_version(site))),
    "pages": Table(columns=PAGES, rows=lambda queries, site: map(_page, queries.pages(site))),
}
