"""Which page a visit belongs to: one article is one page, whatever its URLs."""

from collections.abc import Iterator

import pytest

from storage.changes import ChangeKind, Significance, SiteWeights
from storage.errors import ArchiveError
from storage.records import Outcome, Reading
from storage.visits import Finding, FoundPage
from tests.newsroom import AMP_URL, EDITED, FOOTBALL, HOUR, NEW_URL, OTHER_URL, RAIN, URL, Newsroom


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


def test_a_page_that_once_led_elsewhere_is_looked_at_again(room: Newsroom) -> None:
    """One wrong redirect, of a broken cache say, must not end the watch over an article."""
    room.sees(RAIN)
    moved = room.sees(FOOTBALL, title="Thắng đậm", identity=OTHER_URL)
    assert (moved.outcome, moved.version, moved.page_url) == (Outcome.MOVED, 1, URL)
    page = room.queries.page(URL)
    assert page is not None
    assert (page.state, page.next_due) == ("moved", moved.at + HOUR)
    assert room.sees(EDITED).outcome is Outcome.CHANGED


def test_a_page_that_moves_is_known_under_both_urls(room: Newsroom) -> None:
    room.sees(RAIN)
    answer = room.response(url=NEW_URL, hops=(URL,), requested_url=URL)
    moved = room.sees(RAIN, answer=answer, identity=NEW_URL)
    assert (moved.outcome, moved.page_url, moved.version) == (Outcome.MOVED, NEW_URL, 1)
    old, new = room.queries.page(URL), room.queries.page(NEW_URL)
    assert old == new
    assert new is not None
    assert (new.url, new.state) == (NEW_URL, "live")
    assert room.archive.add_pages("vidu", [FoundPage(url=URL), FoundPage(url=NEW_URL)], room.now) == 0


def test_a_page_that_moves_and_is_edited_has_an_edit(room: Newsroom) -> None:
    room.sees(RAIN)
    changed = room.sees(EDITED, identity=NEW_URL)
    assert (changed.outcome, changed.version, changed.page_url) == (Outcome.CHANGED, 2, NEW_URL)


def test_two_urls_that_turn_out_to_be_one_page_become_one(room: Newsroom) -> None:
    room.sees(RAIN)
    room.page_id(AMP_URL)
    failed = Finding(page_id=room.page_id(AMP_URL), url=AMP_URL, at=room.now, failure=Outcome.ERROR)
    room.archive.record([failed])
    visit = room.sees(RAIN, url=AMP_URL, identity=URL)
    assert (visit.outcome, visit.version, visit.page_url, visit.url) == (Outcome.SAME, 1, URL, AMP_URL)
    assert room.queries.page(AMP_URL) == room.queries.page(URL)
    (page,) = room.queries.pages()
    assert page.visits == 3
    assert [row.url for row in room.queries.history(page.id)] == [URL, AMP_URL, AMP_URL]


def test_a_page_found_under_a_lesser_url_takes_its_own(room: Newsroom) -> None:
    visit = room.sees(RAIN, url=AMP_URL, identity=URL)
    assert (visit.outcome, visit.page_url) == (Outcome.NEW, URL)
    (page,) = room.queries.pages()
    assert page.url == URL
    assert room.queries.page(AMP_URL) == page


def test_a_second_visit_under_way_while_its_page_is_merged_belongs_to_the_page_it_became(room: Newsroom) -> None:
    room.sees(RAIN)
    stub = room.page_id(AMP_URL)
    room.sees(RAIN, url=AMP_URL, identity=URL)
    room.page_id(OTHER_URL)  # must not get the stub's number
    late = room.sees(RAIN, url=AMP_URL, identity=URL, page=stub)
    assert (late.outcome, late.page_url) == (Outcome.SAME, URL)
    with pytest.raises(ArchiveError, match="knows no page 999"):
        room.archive.record([room.finding(RAIN, url="https://vidu.example/x", page=999)])


def test_a_page_that_moves_to_a_url_that_was_found_but_never_read_keeps_its_history(room: Newsroom) -> None:
    """A site that renames an article lists the new URL in its feed: the edit made with the move must not be lost."""
    room.sees(RAIN)
    stub = room.page_id(NEW_URL)
    moved = room.sees(EDITED, identity=NEW_URL)
    assert (moved.outcome, moved.page_url, moved.version) == (Outcome.CHANGED, NEW_URL, 2)
    (page,) = room.queries.pages()
    assert (page.url, page.visits) == (NEW_URL, 2)
    late = room.sees(EDITED, url=NEW_URL, page=stub)
    assert (late.outcome, late.version) == (Outcome.SAME, 2)


def test_a_page_that_moves_to_another_article_with_a_history_of_its_own_leaves_it_alone(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(FOOTBALL, url=NEW_URL, title="Đội tuyển thắng đậm")
    longer = (*FOOTBALL, "Trận sau là thứ bảy.")
    room.sees(longer, url=NEW_URL, title="Đội tuyển thắng đậm")
    answer = room.response(url=NEW_URL, hops=(URL,), requested_url=URL)
    moved = room.sees(longer, title="Đội tuyển thắng đậm", answer=answer, identity=NEW_URL)
    assert (moved.outcome, moved.version, moved.page_url) == (Outcome.MOVED, 1, URL)
    assert "leads to another article" in moved.note
    assert {page.url: page.state for page in room.queries.pages()} == {URL: "moved", NEW_URL: "live"}


def test_a_story_that_was_edited_under_its_new_url_keeps_both_its_histories(room: Newsroom) -> None:
    title, longer = "Mưa rất lớn ở Hà Nội", (*EDITED, "Đến tối, nước đã rút.")
    room.sees(RAIN)
    last = room.sees(RAIN)
    first = room.sees(EDITED, url=NEW_URL, title=title)
    room.sees(EDITED, url=NEW_URL, title=title)
    room.sees(longer, url=NEW_URL, title=title)
    moved = room.sees(longer, identity=NEW_URL, title=title)
    assert (moved.outcome, moved.version, moved.page_url) == (Outcome.MOVED, 3, NEW_URL)
    (page,) = room.queries.pages()
    assert (page.url, page.versions, page.visits) == (NEW_URL, 3, 6)
    assert [row.version for row in room.queries.history(page.id)] == [1, 1, 2, 2, 3, 3]
    assert [(edit.from_version, edit.to_version) for edit in room.queries.edits()] == [(1, 2), (2, 3)]
    between = {edit.to_version: edit.between for edit in room.queries.edits()}
    assert between[2] == (last.at, first.at)
    assert room.sees(longer, url=NEW_URL, title=title).outcome is Outcome.SAME


def test_a_story_that_was_renamed_first_and_edited_then_has_the_one_edit(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(RAIN, url=NEW_URL)
    room.sees(EDITED, url=NEW_URL)
    moved = room.sees(EDITED, identity=NEW_URL)
    assert (moved.outcome, moved.version, moved.page_url) == (Outcome.MOVED, 2, NEW_URL)
    (page,) = room.queries.pages()
    assert [row.version for row in room.queries.history(page.id)] == [1, 1, 2, 2]
    (edit,) = room.queries.edits()
    assert (edit.from_version, edit.to_version, edit.status) == (1, 2, "confirmed")


def test_a_page_that_moves_to_one_that_was_there_before_it_leaves_it_alone(room: Newsroom) -> None:
    room.sees(RAIN, url=NEW_URL)
    room.sees(RAIN)
    moved = room.sees(EDITED, identity=NEW_URL)
    assert (moved.outcome, moved.page_url) == (Outcome.MOVED, URL)


def test_a_story_found_under_its_new_url_first_keeps_its_history_and_its_edit(room: Newsroom) -> None:
    """A feed names the renamed story before its old URL is looked at again, as it mostly happens."""
    room.sees(RAIN)
    last = room.sees(RAIN)
    first = room.sees(EDITED, url=NEW_URL, title="Mưa rất lớn ở Hà Nội")
    answer = room.response(url=NEW_URL, hops=(URL,), requested_url=URL)
    moved = room.sees(EDITED, answer=answer, identity=NEW_URL, title="Mưa rất lớn ở Hà Nội")
    assert (moved.outcome, moved.version, moved.page_url) == (Outcome.MOVED, 2, NEW_URL)
    (page,) = room.queries.pages()
    assert (page.url, page.state, page.versions, page.visits) == (NEW_URL, "live", 2, 4)
    assert [row.version for row in room.queries.history(page.id)] == [1, 1, 2, 2]
    (edit,) = room.queries.edits()
    assert (edit.from_version, edit.to_version, edit.kinds) == (1, 2, ("headline", "number"))
    assert edit.between == (last.at, first.at)
    assert edit.status == "confirmed"
    again = room.sees(EDITED, url=NEW_URL, title="Mưa rất lớn ở Hà Nội")
    assert (again.outcome, again.version) == (Outcome.SAME, 2)


def test_a_story_that_is_renamed_without_an_edit_is_one_page_with_one_version(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(RAIN, url=NEW_URL)
    moved = room.sees(RAIN, identity=NEW_URL)
    assert (moved.outcome, moved.version, moved.page_url) == (Outcome.MOVED, 1, NEW_URL)
    (page,) = room.queries.pages()
    assert [row.version for row in room.queries.history(page.id)] == [1, 1, 1]
    assert list(room.queries.edits()) == []


def test_a_version_that_was_another_s_leaves_its_number_to_no_other(room: Newsroom) -> None:
    """The entry of the visit that saw it names it; `close` verifies that this still means the same."""
    room.sees(RAIN)
    room.sees(RAIN, url=NEW_URL)
    room.sees(RAIN, identity=NEW_URL)
    room.sees(FOOTBALL, url=OTHER_URL)
    assert room.sql("SELECT id FROM version ORDER BY id") == [(1,), (3,)]


def test_a_story_that_is_edited_again_on_the_way_has_both_edits(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED, url=NEW_URL)
    changed = room.sees((*EDITED, "Đến tối, nước đã rút."), identity=NEW_URL)
    assert (changed.outcome, changed.version, changed.page_url) == (Outcome.CHANGED, 3, NEW_URL)
    assert [(edit.from_version, edit.to_version) for edit in room.queries.edits()] == [(1, 2), (2, 3)]


def test_the_edit_of_a_renamed_story_weighs_what_its_site_says(room: Newsroom) -> None:
    weights = SiteWeights(kinds=dict.fromkeys(ChangeKind, Significance.COSMETIC))
    room.sees(RAIN)
    room.sees(EDITED, url=NEW_URL)
    answer = room.response(url=NEW_URL, hops=(URL,), requested_url=URL)
    room.sees(EDITED, answer=answer, identity=NEW_URL, weights=weights)
    (edit,) = room.queries.edits()
    assert edit.significance == "cosmetic"


def test_edits_that_are_judged_anew_weigh_what_the_site_says(room: Newsroom) -> None:
    weights = SiteWeights(kinds=dict.fromkeys(ChangeKind, Significance.COSMETIC))
    room.sees(RAIN)
    room.sees(EDITED)
    (page,) = room.queries.pages()
    readings = {
        version.id: Reading(reader="r2", article=room.queries.article(page.id, version.number))
        for version in room.queries.readable(page.id)
    }
    assert room.archive.reread(page.id, readings) == (0, 0)
    assert room.archive.reread(page.id, readings, weights) == (1, 0)
    (edit,) = room.queries.edits()
    assert (edit.significance, edit.kinds) == ("cosmetic", ("number",))


def test_two_articles_that_state_one_canonical_url_stay_two_pages(room: Newsroom) -> None:
    """Of a template that states the same for all, the first article takes the URL, and the others keep their own."""
    wrong = "https://vidu.example/tin-moi.html"
    room.sees(RAIN, identity=wrong)
    first = room.sees(FOOTBALL, url=OTHER_URL, title="Thắng đậm", identity=wrong)
    again = room.sees(FOOTBALL, url=OTHER_URL, title="Thắng đậm", identity=wrong)
    edited = room.sees((*FOOTBALL, "Trận sau đá ở Huế."), url=OTHER_URL, title="Thắng đậm", identity=wrong)
    assert [visit.outcome for visit in (first, again, edited)] == [Outcome.NEW, Outcome.SAME, Outcome.CHANGED]
    assert first.page_url == edited.page_url == OTHER_URL
    assert room.sees(RAIN, identity=wrong).outcome is Outcome.SAME
    assert len(list(room.queries.edits())) == 1


def test_an_article_that_calls_itself_another_one_by_mistake_is_watched_all_the_same(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(FOOTBALL, url=OTHER_URL, title="Thắng đậm", identity=OTHER_URL)
    assert room.sees(EDITED, identity=OTHER_URL).outcome is Outcome.CHANGED
    (edit,) = room.queries.edits()
    assert edit.url == URL
