"""The command that verifies the archive: every body, capture, version and entry of the chain."""

import typer

from luutin.options import ArchiveOption, JsonOption, SeedsOption, setup
from luutin.verifying import verified


def verify(as_json: JsonOption = False, archive: ArchiveOption = "", seeds: SeedsOption = None) -> None:
    """Check every body, capture, version and link of the hash chains, and name each fault.

    Crawls may go on meanwhile. Exit status 1 when there is a fault. What it proves: docs/evidence.md.

    Example: luutin verify --json
    """
    if not verified(setup(archive, seeds).archive, as_json=as_json):
        raise typer.Exit(1)
