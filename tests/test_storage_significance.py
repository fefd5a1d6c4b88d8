"""How much a change weighs, and how that is said."""

from storage.changes import Change, ChangeKind, Significance
from storage.comparison.significance import WEIGHTS, significance


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


def test_a_lead_weighs_what_its_words_say() -> None:
    lead = change(ChangeKind.LEAD, field="lead")
    assert significance([lead])[0] is Significance.MINOR
    assert significance([lead], lead_kinds=[ChangeKind.SPELLING])[0] is Significance.COSMETIC
    assert significance([lead], lead_kinds=[ChangeKind.NAME]) == (
        Significance.SUBSTANTIVE,
        ("The lead was changed: a name.",),
    )


def test_a_site_may_weigh_otherwise() -> None:
    weights = {**WEIGHTS, ChangeKind.TAGS: Significance.SUBSTANTIVE}
    assert significance([change(ChangeKind.TAGS)], weights=weights)[0] is Significance.SUBSTANTIVE


def test_nothing_changed_weighs_nothing() -> None:
    assert significance([]) == (Significance.COSMETIC, ())
