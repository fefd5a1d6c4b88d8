"""Setting up: init, the keys of luutin.toml, and the site commands."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commanding import Newspaper, fault, here, luutin, newspaper


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    with newspaper() as opened:
        yield opened


@pytest.fixture(scope="module")
def added(paper: Newspaper, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace to which the newspaper was added."""
    folder = tmp_path_factory.mktemp("added")
    here("init", cwd=folder)
    said = here("site", "add", paper.home, "--key", "bao", "--allow-private", cwd=folder)
    assert said.status == 0, said.err
    assert "luutin crawl bao" in said.out
    assert "Written by" not in said.out + said.err  # that is for who reads the file
    return folder


def test_init_makes_a_workspace_and_leaves_it_alone_afterwards(tmp_path: Path) -> None:
    first = luutin("init", "watch", cwd=tmp_path)
    assert (first.status, first.err) == (0, "")
    assert {path.name for path in (tmp_path / "watch").iterdir()} == {"luutin.toml", "luutin.db", "seeds"}
    (tmp_path / "watch" / "luutin.toml").write_text('contact = "mailto:web@toasoan.example"\n')
    again = here("init", "watch", cwd=tmp_path)
    assert again.status == 0
    assert "contact" in (tmp_path / "watch" / "luutin.toml").read_text()


def test_what_init_writes_means_the_archive_that_it_made(tmp_path: Path) -> None:
    here("init", "watch", "--archive", "sqlite:///data.db", "--seeds", "sites", cwd=tmp_path)
    assert (tmp_path / "data.db").exists()
    assert (tmp_path / "sites").is_dir()
    assert here("pages", cwd=tmp_path / "watch").status == 0
    assert (tmp_path / "watch" / tomllib.loads((tmp_path / "watch" / "luutin.toml").read_text())["seeds"]).is_dir()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('archiv = "sqlite:///x.db"', ["luutin.toml: archiv: unknown key; did you mean `archive`?"]),
        ("readers = -1\nat_once = 0", ["luutin.toml: readers: ", "luutin.toml: at_once: "]),
        ("readers = true", ["luutin.toml: readers: "]),
        ('archive = "luutin.db"', ["luutin.toml: archive: must be a database URL"]),
        ('archive = ""', ["luutin.toml: archive: must be a database URL"]),
        ('contact = "tòa soạn"', ["luutin.toml: contact: "]),
        ("seeds = [", ["luutin.toml: not TOML: "]),
    ],
)
def test_every_fault_of_luutin_toml_names_file_and_key(text: str, said: list[str], tmp_path: Path) -> None:
    (tmp_path / "luutin.toml").write_text(text, encoding="utf-8")
    err = fault(here("pages", cwd=tmp_path))
    assert all(part in err for part in said), err
    assert err.count("\n") == len(said)


def test_a_contact_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "luutin.toml").write_text('contact = "Tòa soạn"', encoding="utf-8")
    err = fault(here("pages", cwd=tmp_path))
    assert "luutin.toml: contact: must be one line of plain ASCII, of at most 200 characters; got 'Tòa soạn'" in err


def test_a_luutin_toml_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "luutin.toml").write_bytes(b'contact = "\xff"')
    assert "luutin.toml: line 1: not UTF-8" in fault(here("pages", cwd=tmp_path))
    (tmp_path / "luutin.toml").unlink()
    (tmp_path / "luutin.toml").mkdir()
    assert "luutin.toml: cannot be read" in fault(here("pages", cwd=tmp_path))


def test_an_option_weighs_more_than_the_environment_and_that_more_than_the_file(tmp_path: Path) -> None:
    for name in ("file", "environment", "option"):
        (tmp_path / name).mkdir()
        here("init", "--archive", f"sqlite:///{tmp_path / name}.db", cwd=tmp_path / name)
    (tmp_path / "luutin.toml").write_text('archive = "sqlite:///file.db"\n')
    env = {"LUUTIN_ARCHIVE": "sqlite:///environment.db"}

    def named(*words: str, env: dict[str, str] | None = None) -> str:
        return str(here("status", "--json", *words, cwd=tmp_path, env=env).records[-1]["archive"])

    assert named() == "sqlite:///file.db"
    assert named(env=env) == "sqlite:///environment.db"
    assert named("--archive", "sqlite:///option.db", env=env) == "sqlite:///option.db"
    assert named(env={"LUUTIN_ARCHIVE": ""}) == "sqlite:///file.db"


def test_luutin_seeds_names_the_folder_of_the_sites(added: Path, tmp_path: Path) -> None:
    said = here("site", "list", "--json", cwd=tmp_path, env={"LUUTIN_SEEDS": str(added / "seeds")})
    assert [record["site"] for record in said.records] == ["bao"]


def test_site_add_finds_what_the_site_offers(added: Path, paper: Newspaper) -> None:
    site = tomllib.loads((added / "seeds" / "bao" / "site.toml").read_text("utf-8"))
    assert site["home"] == paper.home
    assert site["allow_private"] is True
    assert site["discover"]["feeds"] == [paper.url("/rss.xml")]
    assert site["discover"]["sitemaps"] == [paper.url("/sitemap.xml")]
    assert site["discover"]["sections"] == [paper.url("/chinh-tri/")]


def test_what_site_add_writes_is_in_order(added: Path) -> None:
    assert here("site", "check", cwd=added).out == "1 site file is in order\n"


def test_site_add_does_not_write_over_a_file_nor_ask_the_site_in_vain(added: Path, paper: Newspaper) -> None:
    asked = len(paper.asked)
    err = fault(here("site", "add", paper.home, "--key", "bao", "--allow-private", cwd=added))
    assert "--force" in err
    assert len(paper.asked) == asked


@pytest.mark.parametrize("key", ["../x", "A B", "", "/abs", "."])
def test_a_key_that_no_site_can_have_is_refused(key: str, added: Path, paper: Newspaper) -> None:
    assert "--key" in fault(here("site", "add", paper.home, "--key", key, "--allow-private", cwd=added))


@pytest.mark.parametrize("url", ["not a url", "ftp://a.example/", "http://", ""])
def test_a_home_page_that_is_no_web_address_is_refused(url: str, tmp_path: Path) -> None:
    assert "not a web address" in fault(here("site", "add", url, cwd=tmp_path))


def test_a_home_page_that_cannot_be_had_is_a_fault_found(tmp_path: Path, paper: Newspaper) -> None:
    dead = here("site", "add", "http://127.0.0.1:9/", "--allow-private", cwd=tmp_path)
    refused = here("site", "add", paper.home, cwd=tmp_path)
    assert (dead.status, refused.status) == (1, 1)
    assert "does not answer" in dead.err
    assert "--allow-private" in refused.err
    assert not (tmp_path / "seeds").exists()


def test_a_home_page_without_its_scheme_that_cannot_be_had_may_be_one_without_tls(tmp_path: Path) -> None:
    said = here("site", "add", "127.0.0.1:9", "--allow-private", cwd=tmp_path)
    assert said.status == 1
    assert "if it is a site without https: luutin site add http://127.0.0.1:9\n" in said.err


def test_site_list_gives_each_site_on_one_line_however_long(tmp_path: Path) -> None:
    home = f"https://{'rat-dai-' * 7}.example/"
    for key in ("mot", "hai"):
        (tmp_path / "seeds" / key).mkdir(parents=True)
        text = f'name = "{"Báo Rất Dài " * 9}"\nhome = "{home}{key}/"\n'
        (tmp_path / "seeds" / key / "site.toml").write_text(text, encoding="utf-8")
    said = luutin("site", "list", cwd=tmp_path, env={"COLUMNS": "40"})
    assert len(said.lines) == 3
    assert f"{home}hai/" in said.lines[1]
    records = here("site", "list", "--json", cwd=tmp_path).records
    assert [record["site"] for record in records] == ["hai", "mot"]
    assert {"site", "name", "home", "language", "timezone", "discover", "pace"} <= records[0].keys()


def test_site_check_reports_every_fault_of_every_file(tmp_path: Path) -> None:
    for key, text in (
        ("mot", 'name = ""\nhom = "https://mot.example/"'),
        ("hai", 'name = "Hai"\nhome = "https://hai.example/"\n[schedule]\ndiscover = "never"\nwindows = ["5"]'),
        ("ba", "x = ["),
        ("Bon", 'name = "Bốn"\nhome = "https://bon.example/"'),
    ):
        (tmp_path / "seeds" / key).mkdir(parents=True)
        (tmp_path / "seeds" / key / "site.toml").write_text(text, encoding="utf-8")
    err = fault(here("site", "check", cwd=tmp_path))
    for place in (
        *("mot/site.toml: name:", "mot/site.toml: home:", "mot/site.toml: hom:"),
        *("hai/site.toml: schedule.discover:", "hai/site.toml: schedule.windows[0]:", "ba/site.toml: line 1:"),
        "Bon/site.toml: the folder's name",
    ):
        assert f"seeds/{place}" in err


def test_site_check_names_a_folder_that_has_no_site_file(tmp_path: Path) -> None:
    for path in ("mot/site.toml", "mot/a-case/case.toml", "typo/sites.toml", "hai/x.html", ".git/config"):
        (tmp_path / "seeds" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "seeds" / path).write_text('name = "Một"\nhome = "https://mot.example/"\n', encoding="utf-8")
    err = fault(here("site", "check", cwd=tmp_path))
    assert "seeds/typo: holds no site.toml, so it is no site; did you mean sites.toml to be it?\n" in err
    assert "seeds/hai: holds no site.toml, so it is no site\n" in err
    assert err.count("\n") == 2


def test_site_check_names_a_site_file_that_lies_in_no_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "mot.toml").write_text("", encoding="utf-8")
    assert "seeds/mot.toml: a site's file is FOLDER/site.toml" in fault(here("site", "check", cwd=tmp_path))


@pytest.mark.parametrize("words", ["site check", "crawl", "run", "capture https://mot.example/a"])
def test_a_day_that_never_comes_is_told_with_its_file(words: str, tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    (tmp_path / "seeds" / "mot").mkdir(parents=True)
    text = 'name = "Một"\nhome = "https://mot.example/"\n[schedule]\ndiscover = "*/10 6-22 31 2 *"\n'
    (tmp_path / "seeds" / "mot" / "site.toml").write_text(text, encoding="utf-8")
    told = fault(here(*words.split(), cwd=tmp_path))
    assert "seeds/mot/site.toml: schedule.discover: '*/10 6-22 31 2 *' is a cron line for a day that never" in told


def test_site_check_of_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert "no such folder" in fault(here("site", "check", "--seeds", "typo", cwd=tmp_path))


def test_json_of_sites_is_one_object_a_line(added: Path) -> None:
    (line,) = here("site", "list", "--json", cwd=added).lines
    assert json.loads(line)["name"] == "Báo Thử"
    assert "Báo Thử" in line


def test_an_environment_variable_that_names_no_archive_is_named(tmp_path: Path) -> None:
    err = fault(here("pages", cwd=tmp_path, env={"LUUTIN_ARCHIVE": "luutin.db"}))
    assert err.startswith("luutin: LUUTIN_ARCHIVE 'luutin.db' is no database URL")
    assert fault(here("pages", "--archive", "luutin.db", cwd=tmp_path)).startswith(
        "luutin: --archive 'luutin.db' is no"
    )
