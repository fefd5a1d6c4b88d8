from dataclasses import replace
from pathlib import Path

import pytest

from bench.edit_table import table
from bench.edits import write_misses
from bench.judging import Verdict, judge
from bench.mutating.kinds import EDITS, NOISES, STALE
from bench.mutating.made import Made
from bench.mutating.stories import Story
from bench.peers import differs, trafilatura_text, visible_text
from bench.watching import Watch, Watched, host_of
from storage.changes import EditStatus
from tests.mutating import BODY, PAGE, TITLE, shop

_URL = "https://lowmere-courier.example/bridge-rebuilt-post7.html"


def watched(folder: Path, kind: str) -> list[tuple[Story, Watched]]:
    with Watch(folder=folder, host="127.9.8.7", url=_URL) as watch:
        return [(story, watch.see(story.forms)) for story in shop().stories(frozenset([kind]))]


def test_a_story_is_crawled_on_a_host_of_its_own_and_read_back_from_the_archive(tmp_path: Path) -> None:
    for story, seen in watched(tmp_path, "one digit"):
        assert [visit.outcome for visit in seen.visits] == ["new", "changed"]
        assert seen.visits[0].url.startswith("http://127.9.8.7:")
        assert seen.visits[0].url.endswith("/bridge-rebuilt-post7.html")
        verdict = judge("lowmere", story, seen, {})
        assert verdict.found
        assert verdict.right
        assert verdict.noisy or not verdict.is_miss


def test_a_page_whose_address_is_spelled_in_another_way_is_found_all_the_same(tmp_path: Path) -> None:
    with Watch(folder=tmp_path, host="127.9.8.3", url="https://lowmere-courier.example/cầu?utm_source=x&id=Ư") as watch:
        assert [visit.outcome for visit in watch.see((PAGE, PAGE)).visits] == ["new", "identical"]


def test_a_page_behind_a_paywall_is_looked_at_until_it_is_watched(tmp_path: Path) -> None:
    closed = '<script type="application/ld+json">{"isAccessibleForFree": false}</script></head>'
    walled = PAGE.replace("</head>", closed)
    start, end = walled.index(f"<p>{BODY[2]}"), walled.index('<div class="tags">')
    beginning = f"{walled[:start]}<p>{BODY[2][:60]}…</p></div>{walled[end:]}"
    edited = beginning.replace("214 days", "241 days")
    made = Made(gone="214", come="241", near=("took", "days"))
    story = Story(kind="one digit", noisy=False, forms=(beginning, edited), made=made)
    with Watch(folder=tmp_path, host="127.9.8.8", url=_URL) as watch:
        seen = watch.see(story.forms)
    assert [visit.outcome for visit in seen.visits] == ["suspect", "suspect", "suspect", "new", "changed"]
    verdict = judge("lowmere", story, seen, {})
    assert verdict.found
    assert not verdict.is_miss
    again = Story(kind="ticker", noisy=True, forms=(beginning, edited))
    assert judge("lowmere", again, seen, {}).alarm
    assert not judge("lowmere", again, replace(seen, edits=()), {}).alarm


def test_an_old_copy_that_is_served_once_more_is_no_alarm_while_the_edit_is_flagged_once(tmp_path: Path) -> None:
    [(story, seen)] = watched(tmp_path, STALE)
    assert [edit.status for edit in seen.edits].count("reverted") == len(seen.edits) - 1
    assert not judge("lowmere", story, seen, {}).alarm


def test_an_old_copy_that_is_flagged_as_an_edit_of_its_own_is_an_alarm(tmp_path: Path) -> None:
    [(story, seen)] = watched(tmp_path, STALE)
    stands = [replace(edit, status=EditStatus.CONFIRMED) for edit in seen.edits]
    assert len(stands) > 1
    assert judge("lowmere", story, replace(seen, edits=tuple(stands)), {}).alarm
    assert judge("lowmere", story, replace(seen, edits=()), {}).alarm  # nor is the edit to be missed for the old copy


def test_an_edit_on_a_page_of_noise_is_a_false_alarm(tmp_path: Path) -> None:
    [story, _] = shop().stories(frozenset(["one word"]))
    noise = Story(kind="ticker", noisy=True, forms=story.forms)
    with Watch(folder=tmp_path, host="127.9.8.6", url=_URL) as watch:
        verdict = judge("lowmere", noise, watch.see(noise.forms), {})
    assert verdict.alarm
    assert verdict.is_miss


def test_a_page_that_is_lost_sight_of_is_a_false_alarm_too(tmp_path: Path) -> None:
    noise = Story(
        kind="ticker", noisy=True, forms=(PAGE, "<html><title>Just a moment...</title><p>Checking.</p></html>")
    )
    with Watch(folder=tmp_path, host="127.9.8.5", url=_URL) as watch:
        assert judge("lowmere", noise, watch.see(noise.forms), {}).alarm


def test_a_page_that_shows_no_more_than_a_teaser_each_time_is_no_false_alarm(tmp_path: Path) -> None:
    wall = "<html><title>Just a moment...</title><p>Checking {}.</p></html>"
    noise = Story(kind="ticker", noisy=True, forms=(wall.format("one"), wall.format("two")))
    with Watch(folder=tmp_path, host="127.9.8.2", url=_URL) as watch:
        seen = watch.see(noise.forms)
    assert {visit.outcome for visit in seen.visits} == {"suspect"}
    assert not judge("lowmere", noise, seen, {}).alarm


@pytest.mark.parametrize("wrong", ["another edit", "another kind", "nothing"])
def test_an_edit_counts_as_found_only_by_its_own_words_and_as_right_only_by_its_kind(
    tmp_path: Path, wrong: str
) -> None:
    [story, _] = shop().stories(frozenset(["one word"]))
    assert story.made is not None
    forms, kind = story.forms, story.kind
    if wrong == "another edit":
        forms = (forms[0], forms[0].replace("play on the quay", "sing on the quay"))
    elif wrong == "another kind":
        kind = "image"
    else:
        forms = (forms[0], forms[0])
    with Watch(folder=tmp_path, host="127.9.8.4", url=_URL) as watch:
        judged = Story(kind=kind, noisy=False, forms=forms, made=story.made)
        verdict = judge("lowmere", judged, watch.see(forms), {})
    assert verdict.found == (wrong == "another kind")
    assert not verdict.right
    assert bool(verdict.extra) == (wrong != "nothing")
    assert verdict.is_miss


def test_hosts_are_loopback_addresses_and_differ_for_every_page() -> None:
    hosts = [host_of(number) for number in range(2000)]
    assert len(set(hosts)) == len(hosts)
    assert all(host.startswith("127.") and all(0 <= int(part) < 255 for part in host.split(".")) for host in hosts)


def test_peers_compare_the_text_that_they_take_for_equality() -> None:
    counted = PAGE.replace("<footer", "<p>1,234 views</p><footer")
    edited = PAGE.replace("northern road", "southern road")
    known: dict[str, str] = {}
    assert differs(visible_text, (PAGE, counted), known)
    assert not differs(visible_text, (PAGE, PAGE), known)
    assert differs(trafilatura_text, (PAGE, edited), {})
    assert BODY[6] in visible_text(PAGE)


def test_the_table_has_a_line_for_every_kind_and_the_misses_are_written(tmp_path: Path) -> None:
    verdicts = [
        Verdict(page="a", kind="ticker", noisy=True, edit=False, alarm=True, peers={"whole page": True}),
        Verdict(page="b", kind="ticker", noisy=True, edit=False, peers={"whole page": True}),
        Verdict(page="a", kind="headline", noisy=False, edit=True, found=True, right=True),
        Verdict(page="b", kind="headline", noisy=False, edit=True, found=False, extra=("image",)),
    ]
    drawn = table(verdicts, pages=2)
    cells = {
        name: list(column.cells) for name, column in zip(("kind", "n", "flagged", "found"), drawn.columns, strict=False)
    }
    at = [str(cell).strip() for cell in cells["kind"]].index("ticker")
    assert (cells["n"][at], cells["flagged"][at]) == ("2", "1")
    at = [str(cell).strip() for cell in cells["kind"]].index("headline")
    assert (cells["n"][at], cells["found"][at]) == ("2", "50.0 %")
    write_misses(tmp_path / "misses.jsonl", verdicts)
    assert (tmp_path / "misses.jsonl").read_text(encoding="utf-8").count("\n") == 2


def test_no_two_kinds_share_a_name() -> None:
    assert len({*NOISES, *EDITS}) == len(NOISES) + len(EDITS)


@pytest.mark.parametrize(("beside", "found"), [("{}", True), ("elsewhere", False)])
def test_an_edit_is_found_by_what_is_right_beside_it_though_a_sentence_ends_there(
    tmp_path: Path, beside: str, *, found: bool
) -> None:
    [story, _] = shop().stories(frozenset(["one word"]))
    assert story.made is not None
    left, right = (beside.format(text) for text in (story.made.near[0][-6:], story.made.near[1][:6]))
    made = replace(story.made, near=(f"Hale says so. {left}", f"{right} The river rose."))
    with Watch(folder=tmp_path, host="127.9.8.3", url=_URL) as watch:
        verdict = judge("lowmere", replace(story, made=made), watch.see(story.forms), {})
    assert verdict.found == found


def test_what_a_headline_says_is_edited_in_a_tag_too_and_a_point_more_may_be_the_leads(tmp_path: Path) -> None:
    tags = PAGE.replace("floods</a>", f"floods</a><a rel='tag' href='/tag/lowmere'>{TITLE}</a>")
    summary = "".join(f"<li>{point}</li>" for point in BODY[8:10])
    lead = PAGE.replace(f'<p class="standfirst">{BODY[0]}</p>', f'<div class="standfirst"><ul>{summary}</ul></div>')
    lead = lead.replace(f"<ul>{summary}</ul>\n", "\n")
    pages = {"headline": tags, "list item": lead}
    for number, (kind, text) in enumerate(pages.items()):
        [story, _] = shop(text=text).stories(frozenset([kind]))
        folder = tmp_path / kind
        folder.mkdir()
        with Watch(folder=folder, host=f"127.9.7.{2 + number}", url=_URL) as watch:
            verdict = judge("lowmere", story, watch.see(story.forms), {})
        assert (verdict.found, verdict.right, verdict.extra) == (True, True, ()), verdict.came


def test_a_text_that_was_replaced_is_told_by_any_of_its_paragraphs(tmp_path: Path) -> None:
    [story, _] = shop().stories(frozenset(["whole text"]))
    assert story.made is not None
    made = replace(story.made, gone="A line that is no text of the page.")
    with Watch(folder=tmp_path, host="127.9.7.9", url=_URL) as watch:
        verdict = judge("lowmere", replace(story, made=made), watch.see(story.forms), {})
    assert verdict.found
    assert verdict.right


def test_a_word_of_a_lead_of_two_paragraphs_is_an_edit_of_the_lead(tmp_path: Path) -> None:
    lead = f'<div class="standfirst"><p>{BODY[0]}</p><p>{BODY[6]}</p></div>'
    text = PAGE.replace(f"<p>{BODY[6]}</p>", "").replace(f'<p class="standfirst">{BODY[0]}</p>', lead)
    made = Made(gone="inspected", come="measured", near=("painted and", "by the county"))
    story = Story(
        kind="one word",
        noisy=False,
        forms=(text, text.replace("painted and inspected", "painted and measured")),
        made=made,
    )
    with Watch(folder=tmp_path, host="127.9.7.8", url=_URL) as watch:
        verdict = judge("lowmere", story, watch.see(story.forms), {})
    assert (verdict.found, verdict.right, verdict.extra) == (True, True, ()), verdict.came
