"""The command line on an archive in PostgreSQL: the very crawl, and what is printed of it."""

from pathlib import Path

from sqlalchemy import create_engine, text

from tests.commanding import here, luutin, newspaper, road
from tests.postgres import Postgres


def test_a_workspace_on_postgresql_is_crawled_edited_listed_and_searched(tmp_path: Path, postgres: Postgres) -> None:
    archive = postgres.make()
    env = {"LUUTIN_ARCHIVE": archive}
    assert here("init", cwd=tmp_path, env=env).status == 0
    with newspaper(count=2) as paper:
        paper.site_file(tmp_path / "seeds")
        first = luutin("crawl", "--json", cwd=tmp_path, env=env)
        assert [visit["outcome"] for visit in first.records] == ["new", "new"], first.err
        path = paper.paths[0]
        paper.pages[path] = road(1, length="15,2")
        again = luutin("crawl", "--force", "--json", cwd=tmp_path, env=env)
        assert sorted(visit["outcome"] for visit in again.records) == ["changed", "identical"], again.err
        (edit,) = here("edits", "--json", cwd=tmp_path, env=env).records
        assert (edit["url"], edit["removed"], edit["added"]) == (paper.url(path), ["12,5"], ["15,2"])
        (removed,) = here("search", "12,5", "--removed", "--json", cwd=tmp_path, env=env).records
        assert (removed["edit"], removed["url"]) == (edit["id"], paper.url(path))
        assert len(here("search", "khoi cong tuyen duong", "--json", cwd=tmp_path, env=env).records) == 2
        assert here("copies", paper.url(path), "--json", cwd=tmp_path, env=env).records[0]["relation"] == "page"
        (*_, about) = here("status", "--json", cwd=tmp_path, env=env).records
        assert about["file_bytes"] > about["body_bytes"] > 0
        assert len(here("pages", "--json", cwd=tmp_path, env=env).records) == 2
        assert here("edits", "--limit", "1", "--site", "bao", "--json", cwd=tmp_path, env=env).records == [edit]
        outcomes = [
            visit["outcome"] for visit in here("history", paper.url(path), "--json", cwd=tmp_path, env=env).records
        ]
        assert outcomes == ["new", "changed"]
        assert "15,2" in here("diff", paper.url(path), cwd=tmp_path, env=env).out
        assert "15,2" in here("show", paper.url(path), cwd=tmp_path, env=env).out
        sound = here("verify", cwd=tmp_path, env=env)
        assert (sound.status, "no fault" in sound.err) == (0, True)
        _write(archive, "UPDATE visit SET note = 'all is well' WHERE outcome = 'changed'")
        altered = here("verify", "--json", cwd=tmp_path, env=env)
        assert (altered.status, [fault["url"] for fault in altered.records]) == (1, [paper.url(path)])
    postgres.drop(archive)


def _write(url: str, statement: str) -> None:
    """Tamper with the database."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
