"""When a site's newest articles lack a field all at once."""

from dataclasses import replace

from storage.fillrates import BEFORE, RECENT, lost_fields
from tests.newsroom import RAIN, article

WHOLE = replace(article(RAIN), authors=("Lò Thị Mai",), section="Xã hội")
BARE = replace(WHOLE, authors=())


def test_a_field_that_all_had_and_the_newest_lack_is_lost() -> None:
    assert lost_fields([BARE] * RECENT + [WHOLE] * BEFORE) == ("authors",)


def test_one_of_the_newest_may_have_it_and_some_before_may_lack_it() -> None:
    newest = [BARE] * (RECENT - 1) + [WHOLE]
    assert lost_fields(newest + [WHOLE] * 50 + [BARE] * 10) == ("authors",)


def test_a_field_that_a_fair_part_lacked_before_is_not_lost() -> None:
    assert lost_fields([BARE] * RECENT + [WHOLE, WHOLE, BARE] * 20) == ()


def test_a_few_articles_say_nothing() -> None:
    assert lost_fields([BARE] * (RECENT - 1)) == ()
    assert lost_fields([BARE] * RECENT + [WHOLE] * 19) == ()
    assert lost_fields([BARE] * RECENT + [WHOLE] * 20) == ("authors",)


def test_what_is_lost_stays_so_until_most_of_the_newest_have_it_again() -> None:
    long_since = [BARE] * (RECENT + BEFORE)
    assert lost_fields(long_since, ["authors"]) == ("authors",)
    assert lost_fields([WHOLE] * 4 + long_since, ["authors"]) == ("authors",)
    assert lost_fields([WHOLE] * 5 + long_since, ["authors"]) == ()


def test_the_text_itself_may_be_lost() -> None:
    long_body = replace(WHOLE, body=WHOLE.body * 9)
    assert lost_fields([WHOLE] * RECENT + [long_body] * BEFORE) == ("body",)


def test_a_text_in_a_script_without_spaces_may_be_lost_too() -> None:
    told = replace(WHOLE, body=article(("林多市议会周三通过了修建公路桥的方案，结束了持续近三十年的争论。",) * 9).body)
    assert lost_fields([WHOLE] * RECENT + [told] * BEFORE) == ("body",)
