"""The copies that bench/copies.py makes are what their names say."""

from pathlib import Path

from bench.copies import KINDS, articles, look_up, store


def test_every_original_is_followed_by_one_copy_of_each_kind() -> None:
    made = articles(400)
    kinds = [kind for kind, _ in made]
    originals = [number for number, kind in enumerate(kinds) if kind == "original"]
    assert originals
    for number in originals:
        assert kinds[number + 1 : number + 1 + len(KINDS)] == list(KINDS)
        said = dict(zip(KINDS, (text.split() for _, text in made[number + 1 :]), strict=False))
        text = made[number][1].split()
        assert said["the same"] == text
        assert len(said["50 % cut"]) == len(text) // 2
        assert len(said["100 % added"]) == 2 * len(text)
        assert 0 < sum(a != b for a, b in zip(text, said["10 % reworded"], strict=True)) < len(text) * 0.3


def test_copies_that_the_archive_holds_are_found_and_nothing_else(tmp_path: Path) -> None:
    made = articles(120, seed=3)
    found, _, _ = look_up(store(tmp_path, made), made)
    assert found
    for original, others in found.items():
        assert {original + 1, original + 2, original + 3} <= others <= set(range(original + 1, original + 11))
