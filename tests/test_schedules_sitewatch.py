"""Site files are read again when they change; a broken edit changes nothing."""

from pathlib import Path

import pytest

from crawler.sitefiles import load_sites
from crawler.sites import Site
from schedules.sitewatch import Refreshed, SiteWatch
from storage.errors import ConfigError

TEXT = 'name = "{key}"\nhome = "https://{key}.example/"\n'


def write(seeds: Path, key: str, text: str = "") -> None:
    (seeds / key).mkdir(parents=True, exist_ok=True)
    (seeds / key / "site.toml").write_text(text or TEXT.format(key=key), "utf-8")


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    for key in ("baomot", "baohai"):
        write(tmp_path / "seeds", key)
    return tmp_path / "seeds"


@pytest.fixture
def watch(seeds: Path, tmp_path: Path) -> SiteWatch[Site]:
    return SiteWatch(seeds, tmp_path / "scratch", load_sites)


def test_nothing_is_reported_while_nothing_changes(watch: SiteWatch[Site]) -> None:
    assert sorted(watch.sites) == ["baohai", "baomot"]
    assert watch.refresh() == Refreshed()


def test_an_edit_is_taken_over(watch: SiteWatch[Site], seeds: Path) -> None:
    write(seeds, "baomot", TEXT.format(key="baomot").replace('"baomot"', '"Báo Một"'))
    assert watch.refresh() == Refreshed(changed=frozenset({"baomot"}))
    assert watch.sites["baomot"].name == "Báo Một"
    assert load_sites(watch.folder) == watch.sites


def test_a_broken_edit_is_told_once_and_the_last_good_file_stays_in_force(watch: SiteWatch[Site], seeds: Path) -> None:
    before = dict(watch.sites)
    write(seeds, "baomot", TEXT.format(key="baomot") + "[pace]\ndelya = 1\n")
    refreshed = watch.refresh()
    assert refreshed.changed == frozenset()
    assert len(refreshed.faults) == 1
    assert str(seeds / "baomot" / "site.toml") in refreshed.faults[0]
    assert "delya" in refreshed.faults[0]
    assert watch.refresh() == Refreshed()
    assert watch.sites == before
    assert load_sites(watch.folder) == before


def test_a_broken_edit_does_not_hold_up_a_good_one(watch: SiteWatch[Site], seeds: Path) -> None:
    write(seeds, "baomot", "name = ")
    write(seeds, "baoba")
    refreshed = watch.refresh()
    assert refreshed.changed == frozenset({"baoba"})
    assert len(refreshed.faults) == 1
    assert sorted(watch.sites) == ["baoba", "baohai", "baomot"]


def test_a_mended_file_is_taken_over(watch: SiteWatch[Site], seeds: Path) -> None:
    write(seeds, "baomot", "name = ")
    watch.refresh()
    write(seeds, "baomot", TEXT.format(key="baomot") + 'language = "vi"\n')
    assert watch.refresh() == Refreshed(changed=frozenset({"baomot"}))
    assert watch.sites["baomot"].language == "vi"


def test_a_site_whose_file_is_taken_away_is_watched_no_more(watch: SiteWatch[Site], seeds: Path) -> None:
    (seeds / "baomot" / "site.toml").unlink()
    assert watch.refresh() == Refreshed(changed=frozenset({"baomot"}))
    assert list(watch.sites) == ["baohai"]
    assert list(load_sites(watch.folder)) == ["baohai"]


def test_two_sites_with_one_home_are_refused_and_the_first_stays(watch: SiteWatch[Site], seeds: Path) -> None:
    write(seeds, "baoba", TEXT.format(key="baohai"))
    assert "home" in watch.refresh().faults[0]
    assert sorted(watch.sites) == ["baohai", "baomot"]


def test_copies_that_were_cleaned_away_come_back(watch: SiteWatch[Site]) -> None:
    (watch.folder / "baomot" / "site.toml").unlink()
    (watch.folder / "baomot").rmdir()
    assert watch.refresh() == Refreshed()
    assert sorted(load_sites(watch.folder)) == ["baohai", "baomot"]


def test_a_file_that_cannot_be_read_is_a_fault_and_not_the_end(watch: SiteWatch[Site], seeds: Path) -> None:
    (seeds / "baomot" / "site.toml").unlink()
    (seeds / "baomot" / "site.toml").mkdir()
    assert "cannot be read" in watch.refresh().faults[0]
    assert sorted(watch.sites) == ["baohai", "baomot"]


def test_wrong_files_at_the_start_are_all_named(tmp_path: Path) -> None:
    for key in ("a", "b"):
        write(tmp_path / "seeds", key, "name = ")
    with pytest.raises(ConfigError) as caught:
        SiteWatch(tmp_path / "seeds", tmp_path / "scratch", load_sites)
    assert len(caught.value.faults) == 2
    assert all(str(tmp_path / "seeds") in fault for fault in caught.value.faults)
