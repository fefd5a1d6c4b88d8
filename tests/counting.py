"""Counts what a database does meanwhile: the steps of SQLite's machine, the rows and entries that PostgreSQL reads.

Neither depends on the machine or on what else runs on it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, event

# What tables and their indexes gave, of whatever asked them (https://www.postgresql.org/docs/current/monitoring-stats.html).
_READ = """
SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables) + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)
"""
Count = Callable[[], int]  # what was done until now


@contextmanager
def counted(url: str, *, as_if_big: bool = True) -> Iterator[Count]:
    """What is done on connections that are opened meanwhile, with such plans as big tables get."""
    with _read(url, as_if_big=as_if_big) if url.startswith("postgresql") else _stepped() as count:
        yield count


@contextmanager
def _stepped() -> Iterator[Count]:
    """Tens of steps of SQLite's machine (https://sqlite.org/opcode.html)."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    def watch(connection: Any, _entry: Any) -> None:
        connection.set_progress_handler(step, 10)

    event.listen(Engine, "connect", watch)
    yield lambda: steps
    event.remove(Engine, "connect", watch)


@contextmanager
def _read(url: str, *, as_if_big: bool) -> Iterator[Count]:
    def prefer(connection: Any, _entry: Any) -> None:
        """Have small tables be looked up in, and taken in the order of an index, as big ones are."""
        for way in ("seqscan", "sort") if as_if_big else ():
            connection.execute(f"SET enable_{way} = off")
        connection.commit()

    def tell(connection: Any) -> None:
        connection.exec_driver_sql("SELECT pg_stat_force_next_flush()")

    event.listen(Engine, "connect", prefer)
    event.listen(Engine, "commit", tell)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as asking:
        yield lambda: int(asking.execute(_READ).fetchone()[0])  # type: ignore[index]  # there is always one row
    event.remove(Engine, "commit", tell)
    event.remove(Engine, "connect", prefer)
