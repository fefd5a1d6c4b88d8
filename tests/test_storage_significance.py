"""How much a change weighs, and how that is said."""

import pytest

from storage.changes import Change, ChangeKind, Significance, SiteWeights
from storage.comparison.significance import WEIGHTS, significance

COSMETIC, MINOR, SUBSTANTIVE = Significance


def change(kind: ChangeKind, removed: str = "", added: str = "", field: str = "body") -> Change:
    return Change(field=field, kinds=(kind,), removed=(removed,) if removed else (), added=(added,) if added else ())


def test_every_kind_has_a_weight_and_a_reason() -> None:
    for kind in ChangeKind:
        weight, reasons = significance([change(kind, "7", "8")])
        assert weight is WEIGHTS[kind]
        assert len(reasons) == 1
        assert reasons[0].endswith(".")
        assert "{" not in reasons[0] + significance([change(kind), change(kind)])[1][0]


def test_the_heaviest_change_decides_and_its_reason_comes_first() -> None:
    weight, reasons = significance([change(ChangeKind.SPELLING), change(ChangeKind.NUMBER, "7,5%", "7,6%")])
    assert weight is Significance.SUBSTANTIVE
    assert reasons[0] == "A number was changed: 7,5% became 7,6%."


def test_several_of_a_kind_are_counted() -> None:
    assert significance([change(ChangeKind.NUMBER, "1", "2"), change(ChangeKind.NUMBER, "3", "4")])[1] == (
        "Numbers were changed in 2 places.",
    )


# what `word_change` tells of the words of a text
_WORD_KINDS = (
    ChangeKind.NUMBER,
    ChangeKind.DATE,
    ChangeKind.NAME,
    ChangeKind.QUOTE,
    ChangeKind.NEGATION,
    ChangeKind.WORDING,
    ChangeKind.SPELLING,
    ChangeKind.ORTHOGRAPHIC,
    ChangeKind.SENTENCE_ADDED,
    ChangeKind.SENTENCE_REMOVED,
)


@pytest.mark.parametrize("kind", _WORD_KINDS)
def test_every_kind_of_change_in_a_lead_has_its_reason(kind: ChangeKind) -> None:
    _, [reason] = significance([change(ChangeKind.LEAD, field="lead")], word_kinds={"lead": [kind]})
    assert reason.startswith("The lead was changed: ")


def test_a_lead_weighs_what_its_words_say() -> None:
    lead = change(ChangeKind.LEAD, field="lead")
    assert significance([lead])[0] is Significance.MINOR
    assert significance([lead], word_kinds={"lead": [ChangeKind.SPELLING]})[0] is Significance.COSMETIC
    assert significance([lead], word_kinds={"lead": [ChangeKind.NAME]}) == (
        Significance.SUBSTANTIVE,
        ("The lead was changed: a name.",),
    )


def test_a_site_may_weigh_otherwise_and_the_reason_says_so() -> None:
    weights = SiteWeights(kinds={ChangeKind.TAGS: SUBSTANTIVE, ChangeKind.NUMBER: MINOR})
    assert significance([change(ChangeKind.TAGS, field="tags")], weights=weights) == (
        SUBSTANTIVE,
        ("The tags were changed; the site file raises this from minor to substantive.",),
    )
    assert significance([change(ChangeKind.NUMBER, "1", "2")], weights=weights) == (
        MINOR,
        ("A number was changed: 1 became 2; the site file lowers this from substantive to minor.",),
    )


def test_a_weight_that_is_the_usual_one_is_not_mentioned() -> None:
    weights = SiteWeights(kinds={ChangeKind.TAGS: MINOR})
    assert significance([change(ChangeKind.TAGS)], weights=weights)[1] == ("The tags were changed.",)


def test_a_weight_of_a_field_comes_before_that_of_the_site() -> None:
    weights = SiteWeights(kinds={ChangeKind.WORDING: COSMETIC}, fields={"body": {ChangeKind.WORDING: SUBSTANTIVE}})
    assert significance([change(ChangeKind.WORDING)], weights=weights)[0] is SUBSTANTIVE
    assert significance([change(ChangeKind.WORDING, field="title")], weights=weights)[0] is COSMETIC


def test_a_kind_found_in_two_fields_weighs_as_in_the_heavier_one() -> None:
    weights = SiteWeights(fields={"title": {ChangeKind.ORTHOGRAPHIC: MINOR}})
    found = [change(ChangeKind.ORTHOGRAPHIC, field=field) for field in ("body", "title")]
    weight, (reason,) = significance(found, weights=weights)
    assert weight is MINOR
    assert reason.endswith("; the site file raises this from cosmetic to minor.")


@pytest.mark.parametrize(
    ("kind", "field", "usual"),
    [
        (ChangeKind.HEADLINE, "title", SUBSTANTIVE),
        (ChangeKind.CAPTION, "captions", MINOR),
        (ChangeKind.LEAD, "lead", SUBSTANTIVE),
    ],
)
def test_the_words_of_title_captions_and_lead_weigh_as_the_field_says(
    kind: ChangeKind, field: str, usual: Significance
) -> None:
    found = [change(kind, field=field)]
    words = {field: [ChangeKind.NUMBER, ChangeKind.SPELLING]}
    assert significance(found, word_kinds=words)[0] is usual
    lighter = SiteWeights(fields={field: {ChangeKind.NUMBER: COSMETIC, ChangeKind.SPELLING: COSMETIC}})
    assert significance(found, word_kinds=words, weights=lighter)[0] is COSMETIC
    heavier = SiteWeights(fields={field: {kind: COSMETIC, ChangeKind.NUMBER: SUBSTANTIVE}})
    assert significance(found, word_kinds=words, weights=heavier)[0] is SUBSTANTIVE


def test_what_a_site_says_of_leads_comes_before_what_their_words_say() -> None:
    lead, words = [change(ChangeKind.LEAD, field="lead")], {"lead": [ChangeKind.NUMBER]}
    assert significance(lead, word_kinds=words, weights=SiteWeights(kinds={ChangeKind.LEAD: MINOR}))[0] is MINOR
    assert significance(lead, word_kinds=words, weights=SiteWeights(kinds={ChangeKind.NUMBER: MINOR}))[0] is MINOR


def test_nothing_changed_weighs_nothing() -> None:
    assert significance([]) == (Significance.COSMETIC, ())
