"""`luutin demo`: what the README shows of it, and where it cannot be shown."""

from pathlib import Path

from tests.commanding import fault, here, luutin

SEEDS = Path(__file__).parent.parent / "seeds"


def test_the_demo_flags_three_edits_and_leaves_a_workspace_to_look_further_in(tmp_path: Path) -> None:
    said = luutin("demo", "--seeds", SEEDS, cwd=tmp_path)
    assert said.status == 0, said.err
    assert "3 edits flagged: `luutin edits`" in said.lines
    assert [record["id"] for record in here("edits", "--json", cwd=tmp_path / "demo").records] == [1, 2, 3]


def test_away_from_a_checkout_it_is_said_where_the_recorded_pages_are(tmp_path: Path) -> None:
    assert "--seeds names the folder of a checkout" in fault(here("demo", cwd=tmp_path))
    assert not list(tmp_path.iterdir())
