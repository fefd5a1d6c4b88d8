"""Evidence files taken apart and put together again, for tests that change what is in them."""

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from luutin.evidence.packing import signed
from storage.digests import sha256


def files_of(path: Path) -> dict[str, bytes]:
    """The files in a zip, by name."""
    with ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def repacked(path: Path, change: Callable[[dict[str, bytes]], None], *, honest: bool = False) -> Path:
    """The evidence with something changed; with `honest` false the digests of the files are made to fit."""
    files = files_of(path)
    change(files)
    if not honest:
        about = json.loads(files["evidence.json"])
        about["files"] = {name: sha256(data) for name, data in files.items() if name != "evidence.json"}
        files["evidence.json"] = json.dumps(signed(about)).encode()
    made = path.with_name("changed.zip")
    with ZipFile(made, "w") as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return made
