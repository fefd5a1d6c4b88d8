"""How much an archive holds: rows of each kind, and bytes."""

from pathlib import Path

from sqlalchemy import Connection, func, select

from storage import schema


def counts(connection: Connection, file: Path | None) -> dict[str, int]:
    """How many rows each table has, and the bytes of the database, in its file or on its server."""
    tables = (schema.page, schema.visit, schema.capture, schema.version, schema.edit, schema.body)
    found = {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one()) for table in tables
    }
    stored = connection.execute(select(func.coalesce(func.sum(schema.body.c.size), 0))).scalar_one()
    return found | {"body_bytes": int(stored), "file_bytes": _bytes(connection, file)}


def _bytes(connection: Connection, file: Path | None) -> int:
    if file is not None:
        return file.stat().st_size
    return int(connection.execute(select(func.pg_database_size(func.current_database()))).scalar_one())
