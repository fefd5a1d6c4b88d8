"""Fixtures of the tests that need an archive or a server."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_httpserver import HTTPServer
from sqlalchemy import Connection, Engine

from storage import schema
from storage.archive import init
from storage.database import archive_url, open_engine
from storage.queries import Queries
from tests.authority import Authority, Keys, make_keys
from tests.newsroom import NOON
from tests.postgres import Postgres
from tests.raw_server import RawServer

# No test asserts on time: a loaded machine fails none.
settings.register_profile("luutin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("luutin")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Gives the URL of another database with nothing in it each time, all of one kind."""
    if request.param == "sqlite":
        numbers = count()
        yield lambda: f"sqlite:///{tmp_path / f'{next(numbers)}.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    made: list[str] = []

    def make() -> str:
        made.append(server.make())
        return made[-1]

    yield make
    for url in made:
        server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with nothing in it; a test that uses it runs on each kind that there is."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'a.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    made = server.make()
    yield made
    server.drop(made)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """A database with all tables of an archive, and nothing in them."""
    engine = open_engine(archive_url(database))
    with engine.begin() as connection:
        schema.metadata.create_all(connection)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A transaction on such a database."""
    with engine.begin() as connection:
        yield connection


@pytest.fixture(params=["sqlite", "postgresql"])
def any_archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty archive; a test that uses it runs on each kind of database that there is."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'a.db'}"
        init(url, NOON)
        yield url
        return
    server: Postgres = request.getfixturevalue("postgres")
    made = server.make_archive(NOON)
    yield made
    server.drop(made)


@pytest.fixture
def archive(tmp_path: Path) -> str:
    """The URL of an empty archive."""
    url = f"sqlite:///{tmp_path}/luutin.db"
    init(url, datetime.now(UTC))
    return url


@pytest.fixture
def queries(archive: str) -> Iterator[Queries]:
    with Queries(archive) as opened:
        yield opened


@pytest.fixture
def raw() -> Iterator[RawServer]:
    with RawServer() as server:
        yield server


@pytest.fixture
def web() -> Iterator[HTTPServer]:
    """A web server of this test's own; what it has not been told about is not found."""
    server = HTTPServer(host="127.0.0.1", threaded=True)
    server.no_handler_status_code = 404
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def authority_keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return make_keys(tmp_path_factory.mktemp("authority") / "keys")


@pytest.fixture
def authority(authority_keys: Keys) -> Iterator[Authority]:
    """An authority for time stamps."""
    with Authority(authority_keys) as listening:
        yield listening
