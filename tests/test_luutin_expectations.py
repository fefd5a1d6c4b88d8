"""Where a replay differs from what is expected, in one sentence for each place."""

from typing import Any

from luutin.expectations import mismatches

MADE: dict[str, Any] = {
    "visits": [{"round": 1, "url": "https://a.example/1", "outcome": "new"}],
    "articles": {
        "https://a.example/1": [{"title": "Giá xăng", "published": "2025-03-11T20:25:00+07:00", "tags": ["a", "b"]}]
    },
    "edits": [],
}


def differing(**changed: Any) -> list[str]:
    return mismatches(MADE | changed, MADE)


def test_what_is_as_expected_differs_nowhere() -> None:
    assert differing() == []


def test_a_key_that_is_left_out_is_not_compared() -> None:
    assert differing(visits=[{"outcome": "new"}]) == []


def test_a_part_that_is_left_out_is_missing() -> None:
    assert mismatches({"visits": MADE["visits"], "edits": []}, MADE)[0] == "articles: missing in expected.json"


def test_another_value_is_named_with_its_place() -> None:
    (said,) = differing(visits=[{"outcome": "same"}])
    assert said == "visits[0].outcome: expected 'same', got 'new'"


def test_a_visit_more_or_less_is_a_difference() -> None:
    assert differing(visits=[])[0].startswith("visits[0]: not expected: ")
    assert "but there is none" in differing(visits=[*MADE["visits"], {"outcome": "same"}])[0]


def test_a_page_that_is_not_expected_is_a_difference() -> None:
    assert differing(articles={}) == ["articles.https://a.example/1: not expected"]


def test_a_page_that_did_not_come_is_a_difference() -> None:
    (said,) = differing(articles=MADE["articles"] | {"https://a.example/2": []})
    assert said == "articles.https://a.example/2: expected [], but there is none"


def test_times_are_compared_as_instants_and_words_as_they_are() -> None:
    same = [{"published": "2025-03-11T13:25:00Z"}]
    assert differing(articles={"https://a.example/1": same}) == []
    other = [{"published": "2025-03-11T20:25:00"}]
    assert len(differing(articles={"https://a.example/1": other})) == 1
    assert len(differing(articles={"https://a.example/1": [{"title": "GIÁ XĂNG"}]})) == 1


def test_the_order_of_a_list_counts() -> None:
    assert len(differing(articles={"https://a.example/1": [{"tags": ["b", "a"]}]})) == 2
