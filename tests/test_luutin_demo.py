"""`luutin demo`: what the README shows of it, and where it cannot be shown."""

import signal
import subprocess
from pathlib import Path

from tests.commanding import LUUTIN, environment, fault, here, luutin

SEEDS = Path(__file__).parent.parent / "seeds"


def test_the_demo_flags_three_edits_and_leaves_a_workspace_to_look_further_in(tmp_path: Path) -> None:
    said = luutin("demo", "--seeds", SEEDS, cwd=tmp_path)
    assert said.status == 0, said.err
    assert "3 edits flagged: `luutin edits`" in said.lines
    assert [record["id"] for record in here("edits", "--json", cwd=tmp_path / "demo").records] == [1, 2, 3]


def test_away_from_a_checkout_it_is_said_where_the_recorded_pages_are(tmp_path: Path) -> None:
    assert "--seeds names the folder of a checkout" in fault(here("demo", cwd=tmp_path))
    assert not list(tmp_path.iterdir())


def test_ctrl_c_ends_the_demo_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    words = [LUUTIN, "demo", "--seeds", str(SEEDS)]
    with subprocess.Popen(
        words, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as demo:
        assert demo.stdout is not None
        shown = b""
        while b"\nnew " not in shown:
            shown += demo.stdout.readline()
        demo.send_signal(signal.SIGINT)
        rest, err = demo.communicate()
    assert demo.returncode == 130
    assert b"Round 2" not in shown + rest
    assert b"Traceback" not in err
    assert not list(tmp_path.iterdir())
