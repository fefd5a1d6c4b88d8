"""Which bodies share a frame: a few that follow one another, and each frame is built on an earlier one."""

from storage.bodycodec import MOST_HOPS, SEGMENT
from storage.grouping import Group, Kept, groups, worth_it


def _segment(count: int, *, size: int = 1000, packed: dict[int, int] | None = None) -> list[Kept]:
    return [Kept(id=100 + seq, seq=seq, size=size, frame=(packed or {}).get(seq)) for seq in range(count)]


def test_eight_at_most_share_a_frame_the_newest_first() -> None:
    first, second, third = groups(_segment(20))
    assert first == Group(members=list(range(108, 100, -1)), base=100)
    assert second == Group(members=list(range(116, 108, -1)), base=108)
    assert third == Group(members=[119, 118, 117], base=116)


def test_bodies_share_a_frame_as_far_as_three_megabytes_go() -> None:
    assert [len(group.members) for group in groups(_segment(8, size=1 << 20))] == [3, 3, 1]


def test_of_bodies_of_more_than_a_megabyte_each_has_a_frame() -> None:
    assert [len(group.members) for group in groups(_segment(4, size=1_100_000))] == [1, 1, 1]


def test_a_keyframe_shares_no_frame() -> None:
    assert groups(_segment(1)) == []


def test_what_comes_later_is_built_on_the_newest_of_the_frames_that_there_are() -> None:
    packed = {seq: 1 if seq < 6 else 2 for seq in range(1, 9)}
    assert groups(_segment(11, packed=packed)) == [Group(members=[110, 109], base=108)]


def _depths(segment: list[Kept]) -> dict[int, int]:
    depth = {100: 1}  # a keyframe may be built on another page's
    for group in groups(segment):
        depth[group.members[0]] = depth[group.base] + 1
    return depth


def test_a_full_segment_is_eight_hops_deep_at_most_however_few_share_a_frame() -> None:
    depths = _depths(_segment(SEGMENT, size=1 << 20))  # three in each
    assert len(depths) == 1 + -(-(SEGMENT - 1) // 3)
    assert max(depths.values()) == MOST_HOPS


def test_large_bodies_are_three_hops_deep_at_most() -> None:
    depths = _depths(_segment(SEGMENT, size=4 << 20))
    assert len(depths) == SEGMENT
    assert max(depths.values()) == 3


def test_a_page_of_which_there_is_little_is_left_for_another_time() -> None:
    assert not worth_it(_segment(3), few=False)
    assert worth_it(_segment(3), few=True)
    assert worth_it(_segment(4), few=False)


def test_nothing_is_to_be_done_where_all_is_packed() -> None:
    assert not worth_it(_segment(5, packed=dict.fromkeys(range(5), 1)), few=True)
