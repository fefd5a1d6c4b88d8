"""The full text index of each kind of database: SQLite's FTS5, and PostgreSQL's tsvector.

Both get the very words that `storage.search.words` makes, so a question is answered alike. The tokenizers have nothing
to decide: FTS5's `ascii` parts at blanks, as there is no other ASCII character between words; a tsvector is written
out. Folded words are kept with their places, for phrases. Spellings are kept without: which documents have all
spellings of a question is known from the index, whether they stand in its order is seen in the text.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Cast,
    ColumnElement,
    Connection,
    Select,
    TextClause,
    and_,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from storage import schema
from storage.columns import RowId
from storage.search.documents import BREAK, Document
from storage.search.question import Phrase, Question

_entry = schema.search_entry.c
_FORM = "="  # stands before a spelling in a tsvector, which holds folded words too
_LAST_PLACE = 16_383  # https://www.postgresql.org/docs/current/textsearch-limitations.html

_WORDS, _FORMS = (table(name, column("rowid", RowId)) for name in ("search_words", "search_forms"))
Span = tuple[int, int]  # numbers of entries, from the first one on and below the second one

_HEADING_WEIGHT = 8.0  # a word in a headline counts so many times one in the text, as PostgreSQL's A does to its D


_PUT = (
    "INSERT INTO search_words(rowid, heading, text) VALUES (:id, :heading, :text)",
    "INSERT INTO search_forms(rowid, forms) VALUES (:id, :forms)",
)
_TAKE = (
    "INSERT INTO search_words(search_words, rowid, heading, text) VALUES ('delete', :id, :heading, :text)",
    "INSERT INTO search_forms(search_forms, rowid, forms) VALUES ('delete', :id, :forms)",
    # Of a text that is taken out more than half stays behind until segments are merged: 16 pages at a time, at once.
    "INSERT INTO search_words(search_words, rank) VALUES ('merge', 16)",
    "INSERT INTO search_forms(search_forms, rank) VALUES ('merge', 16)",
)
_CLEAR = (
    "INSERT INTO search_words(search_words) VALUES ('delete-all')",
    "INSERT INTO search_forms(search_forms) VALUES ('delete-all')",
)
_MERGE = (
    "INSERT INTO search_words(search_words) VALUES ('optimize')",
    "INSERT INTO search_forms(search_forms) VALUES ('optimize')",
)


def put(connection: Connection, entry_id: int, document: Document) -> None:
    """Index a document under the number of an entry."""
    if _is_sqlite(connection):
        _run(connection, _PUT, entry_id, document)
        return
    words = text("CAST(:words AS tsvector)").bindparams(words=_tsvector(document))
    connection.execute(update(schema.search_entry).where(_entry.id == entry_id).values(words=words))


def take(connection: Connection, entry_id: int, document: Document) -> None:
    """Remove a document; it has to be the very one that was put, as FTS5 does not know what it indexed."""
    if _is_sqlite(connection):
        _run(connection, _TAKE, entry_id, document)


def _run(connection: Connection, statements: Iterable[str], entry_id: int, document: Document) -> None:
    values = {
        "id": entry_id,
        "heading": " ".join(document.heading),
        "text": " ".join(document.text),
        "forms": " ".join(document.forms),
    }
    for statement in statements:
        connection.execute(text(statement), values)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def clear(connection: Connection) -> None:
    """Remove every document."""
    for statement in _CLEAR if _is_sqlite(connection) else ():
        connection.execute(text(statement))


def merge(connection: Connection) -> None:
    """Have the index take as little room as it can, without what is left of texts that were taken out of it.

    How many segments it is in else depends on when FTS5 merged some last: the same texts were seen to take 490 bytes a
    capture and 840 (https://sqlite.org/fts5.html, "The 'optimize' Command"). PostgreSQL does this as it vacuums.
    """
    for statement in _MERGE if _is_sqlite(connection) else ():
        connection.execute(text(statement))


def having(connection: Connection, question: Question, before: int) -> Select[int]:
    """The entries that have the words, of those with a number below one, the newest first."""
    if not _is_sqlite(connection):
        newest = (_entry.id + 0).desc()  # + 0: else all entries are looked through, the newest first, for a rare word
        return select(_entry.id).where(_has(_asked(question)), _entry.id < before).order_by(newest)
    found = select(_entry.id).join(_WORDS, _WORDS.c.rowid == _entry.id)
    return found.where(_matches(question), _WORDS.c.rowid < before).order_by(_WORDS.c.rowid.desc())


def ranked(connection: Connection, question: Question, span: Span) -> Select[tuple[int, bool]]:
    """The entries that have the words, each with whether it has all spellings too; these first, and the best first."""
    return _ranked_by_fts5(question, span) if _is_sqlite(connection) else _ranked_by_tsvector(question, span)


def _ranked_by_fts5(question: Question, span: Span) -> Select[tuple[int, bool]]:
    forms = " AND ".join(f'"{form}"' for form in question.forms)
    spelled = select(_FORMS.c.rowid).where(
        text("search_forms MATCH :forms").bindparams(forms=forms), _within(_FORMS.c.rowid, span)
    )
    in_a_row = select(_WORDS.c.rowid).where(
        text("search_words MATCH :row").bindparams(row=_quoted(question.together)), _within(_WORDS.c.rowid, span)
    )
    exact = _entry.id.in_(spelled).label("exact")
    weight: ColumnElement[float] = literal_column(f"bm25(search_words, {_HEADING_WEIGHT}, 1.0)")
    return (
        select(_entry.id, exact)
        .join(_WORDS, _WORDS.c.rowid == _entry.id)
        .where(_matches(question), _within(_WORDS.c.rowid, span))
        .order_by(exact.desc(), _entry.id.in_(in_a_row).desc(), weight, _entry.id.desc())
    )


def _matches(question: Question) -> TextClause:
    phrases = " AND ".join(_quoted(phrase) for phrase in question.phrases)
    return text("search_words MATCH :phrases").bindparams(phrases=phrases)


def _within(number: ColumnElement[int], span: Span) -> ColumnElement[bool]:
    return and_(number >= span[0], number < span[1])


def _ranked_by_tsvector(question: Question, span: Span) -> Select[tuple[int, bool]]:
    forms = " & ".join(f"'{_FORM}{form}'" for form in question.forms)
    asked, spelled = _asked(question), cast(forms, TSQUERY)
    in_a_row = _has(cast(_followed(question.together), TSQUERY))
    exact = _has(spelled).label("exact")
    weight = func.ts_rank(_entry.words, asked, 1)  # 1: a long text is not better for being long
    return (
        select(_entry.id, exact)
        .where(_has(asked), _within(_entry.id, span))
        .order_by(exact.desc(), in_a_row.desc(), weight.desc(), _entry.id.desc())
    )


def _asked(question: Question) -> Cast[Any]:
    return cast(" & ".join(_followed(phrase) for phrase in question.phrases), TSQUERY)


def _quoted(phrase: Phrase) -> str:
    """A phrase as FTS5 writes it."""
    return '"' + " ".join(phrase.folded) + '"'


def _followed(phrase: Phrase) -> str:
    """A phrase as PostgreSQL writes it."""
    return "(" + " <-> ".join(f"'{word}'" for word in phrase.folded) + ")"


def _has(asked: ColumnElement[Any]) -> ColumnElement[bool]:
    return _entry.words.op("@@", is_comparison=True)(asked)


def _tsvector(document: Document) -> str:
    """The document as PostgreSQL writes a tsvector: each word with its places, headings with weight A."""
    places: dict[str, list[str]] = defaultdict(list)
    for at, word in enumerate(document.heading, 1):
        places[word].append(f"{at}A")
    for at, word in enumerate(document.text, len(document.heading) + 2):
        places[word].append(str(min(at, _LAST_PLACE)))
    places.pop(BREAK, None)
    folded: Iterable[str] = (f"'{word}':{','.join(at)}" for word, at in places.items())
    return " ".join((*folded, *(f"'{_FORM}{form}'" for form in document.forms)))
