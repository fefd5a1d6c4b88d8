"""Which value a field has, of those that the page states, and why."""

from crawler.pages.candidates import LONGEST, MOST, candidates_of
from crawler.pages.metadata import SITE_FILE
from crawler.pages.reading import read as read_page
from crawler.rules import Rules
from storage.records import Candidate
from tests.newspage import TITLE, URL, article, json_ld, page, read


def chosen(candidates: tuple[Candidate, ...], field: str) -> Candidate:
    """The one chosen candidate of a field."""
    (one,) = [one for one in candidates if one.field == field and one.chosen]
    return one


def test_one_candidate_of_each_filled_field_is_chosen_and_says_why() -> None:
    head = json_ld(datePublished='"2025-03-11T20:25:00+07:00"', author='{"@type": "Person", "name": "Lò Thị Mây"}')
    found = read(page(article("<p>Lò Thị Mây 11/03/2025 - 20:25</p>"), head)).candidates
    filled = {one.field for one in found if one.chosen}
    assert {"title", "authors", "published", "language", "canonical_url"} <= filled
    assert all(chosen(found, field).why for field in filled)


def test_a_headline_names_the_titles_that_agree_with_it() -> None:
    one = chosen(read(page(article())).candidates, "title")
    assert (one.value, one.source) == (TITLE, "<h1> in the page")
    assert one.why == "agrees with meta og:title and <title>"


def test_a_title_that_no_heading_shows_says_so() -> None:
    one = chosen(read(page(article().replace("h1", "b"))).candidates, "title")
    assert one.source == "meta og:title"
    assert one.why.endswith("no heading of the page agrees with it")


def test_a_time_says_over_which_other_it_was_chosen() -> None:
    head = json_ld(datePublished='"2025-03-11T20:25:00+07:00"')
    head += '<meta property="article:published_time" content="2025-03-09T01:00:00Z">'
    one = chosen(read(page(article(), head)).candidates, "published")
    assert one.why == "comes before meta article:published_time"


def test_a_time_of_day_goes_before_a_weightier_date_alone() -> None:
    head = json_ld(datePublished='"2025-03-11"')
    one = chosen(read(page(article("<p>11/03/2025 - 20:25</p>"), head)).candidates, "published")
    assert one.source == "visible text near the headline"
    assert one.why == "of the times stated for that day, one with a time of day"


def test_a_lead_that_only_machines_are_told_is_passed_over() -> None:
    head = '<meta name="description" content="Hơn một trăm hộ dân không còn phải dùng đèn dầu.">'
    reading = read_page(page(article(), head).encode(), URL, "text/html; charset=utf-8", Rules())
    leads = [one for one in reading.candidates if one.field == "lead"]
    assert [(one.source, one.chosen) for one in leads] == [("meta description", False)]


def test_what_the_site_file_says_goes_first_and_says_so() -> None:
    found = read(page(article("<p class=ky>Hà Văn Sếnh</p>")), rules=Rules(authors=".ky", title="h1")).candidates
    for field in ("authors", "title"):
        one = chosen(found, field)
        assert (one.source, one.why) == (SITE_FILE, "goes before all else")


def test_a_page_that_states_thousands_of_values_gives_a_few_short_ones() -> None:
    stated = [(f"{number} " * 1000, f"meta {number}") for number in range(3000)]
    found = candidates_of("title", *stated[2000], stated)
    assert len(found) == MOST
    assert all(len(one.value) <= LONGEST + 1 for one in found)
    assert chosen(found, "title").source == "meta 2000"


def test_a_field_that_is_empty_has_none_chosen() -> None:
    assert [one.chosen for one in candidates_of("lead", "", "", [("", ""), ("Một", "meta description")])] == [False]
