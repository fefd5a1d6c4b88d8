"""Files and folders that are to be whole or not there: when it ends well, fails, is killed, or the name is taken."""

import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.errors import ArchiveError
from storage.newfiles import new_file, new_folder, rewrite


def a_file(path: Path) -> None:
    path.write_text("another's")


def a_folder(path: Path) -> None:
    (path / "another's").mkdir(parents=True)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    with new_file(tmp_path / "new") as file:
        file.write(b"ba muoi lam")
        assert not (tmp_path / "new").exists()
    assert names(tmp_path) == ["new"]
    assert (tmp_path / "new").read_bytes() == b"ba muoi lam"


def test_a_folder_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    with new_folder(tmp_path / "new") as folder:
        (folder / "a.txt").write_text("ba muoi lam")
        assert not (tmp_path / "new").exists()
    assert names(tmp_path) == ["new"]
    assert names(tmp_path / "new") == ["a.txt"]


def test_nothing_is_left_of_what_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_file(tmp_path / "new") as file:
        file.write(b"%d" % (1 // 0))
    with pytest.raises(ZeroDivisionError), new_folder(tmp_path / "new") as folder:
        (folder / "a.txt").write_text(str(1 // 0))
    assert names(tmp_path) == []


@pytest.mark.parametrize("make", [a_file, a_folder])
@pytest.mark.parametrize("new", [new_file, new_folder])
def test_what_is_there_or_comes_to_be_there_meanwhile_is_not_written_over(
    tmp_path: Path, make: Callable[[Path], None], new: Callable[[Path], object]
) -> None:
    made: object = new(tmp_path / "new")
    with pytest.raises(ArchiveError, match="new is there already"), made:  # type: ignore[attr-defined]
        make(tmp_path / "new")
    with pytest.raises(ArchiveError, match="new is there already"), new(tmp_path / "new"):  # type: ignore[attr-defined]
        pytest.fail("it was begun")
    assert names(tmp_path) == ["new"]


@pytest.mark.parametrize("new", [new_file, new_folder])
def test_a_place_that_is_none_is_told_by_the_name_that_was_asked_for(
    tmp_path: Path, new: Callable[[Path], object]
) -> None:
    with pytest.raises(FileNotFoundError) as caught, new(tmp_path / "none" / "new"):  # type: ignore[attr-defined]
        pytest.fail("it was begun")
    assert caught.value.filename == str(tmp_path / "none" / "new")


def test_a_place_within_a_file_is_told_by_the_name_that_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    with pytest.raises(NotADirectoryError) as caught, new_file(tmp_path / "letter" / "new"):
        pytest.fail("it was begun")
    assert caught.value.filename == str(tmp_path / "letter" / "new")


def test_a_file_is_written_anew_also_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("35")
    (tmp_path / "link").symlink_to("old")
    rewrite(tmp_path / "link", b"53")
    rewrite(tmp_path / "new", b"350")
    assert names(tmp_path) == ["link", "new", "old"]
    assert (tmp_path / "link").is_symlink()
    assert ((tmp_path / "old").read_text(), (tmp_path / "new").read_text()) == ("53", "350")


def test_what_a_file_held_stays_where_it_cannot_be_written_anew(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("35")
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
        try:
            rewrite(tmp_path / "old", b"5" * 2_000)
        except OSError as error:
            os._exit(0 if error.filename == str(tmp_path / "old") else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert names(tmp_path) == ["old"]
    assert (tmp_path / "old").read_text() == "35"


@pytest.mark.parametrize("new", [new_file, new_folder])
def test_a_process_that_dies_half_way_leaves_nothing_under_the_name(
    tmp_path: Path, new: Callable[[Path], object]
) -> None:
    child = os.fork()
    if child == 0:
        with new(tmp_path / "new"):  # type: ignore[attr-defined]
            os._exit(9)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert not (tmp_path / "new").exists()
    with new(tmp_path / "new"):  # type: ignore[attr-defined]
        pass
    assert (tmp_path / "new").exists()
