"""Every recorded case in seeds/ is a test: dropping a folder there is all it takes."""

from pathlib import Path

import pytest

from crawler.sitefiles import load_sites
from luutin.cases import case_folders, load_case
from luutin.expectations import mismatches
from luutin.replaying import replay

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.mark.parametrize("folder", case_folders(SEEDS), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_recorded_case_comes_out_as_expected(folder: Path) -> None:
    case = load_case(folder)
    differing = mismatches(case.expected(), replay(case))
    assert not differing, "\n".join(differing)


def test_the_recorded_sites_have_site_files_in_order() -> None:
    assert set(load_sites(SEEDS)) == {path.parent.name for path in SEEDS.glob("*/site.toml")}


@pytest.mark.parametrize("site", sorted(path.parent for path in SEEDS.glob("*/site.toml")), ids=lambda path: path.name)
def test_every_recorded_site_has_at_least_four_cases(site: Path) -> None:
    assert len(list(site.glob("*/case.toml"))) >= 4


@pytest.mark.parametrize("page", sorted(SEEDS.glob("*/*/1.html")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_recorded_page_is_as_large_as_a_real_one(page: Path) -> None:
    assert page.stat().st_size >= 60_000
