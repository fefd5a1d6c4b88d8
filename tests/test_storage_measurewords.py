"""Units, bounds, signs and numbers in words make another number in the languages that news is read in."""

import re

import pytest

from storage.changes import Comparison
from storage.comparison.comparing import compare
from storage.comparison.counting import counts
from storage.comparison.measurewords import bounds, is_loose, units
from storage.records import Article, Block, BlockKind

_EDIT = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


def edited(text: str, language: str) -> Comparison:
    """The text before and after, which differ in what stands in braces."""
    sides = [
        Article(
            url="https://lindow.example/a",
            canonical_url="",
            title="Lindow",
            language=language,
            body=(Block(kind=BlockKind.PARAGRAPH, text=_EDIT.sub(rf"\{side}", text)),),
        )
        for side in (1, 2)
    ]
    return compare(*sides)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Damm ist auf 300 {Metern|Kilometern} gerissen."),
        ("de", "Der Auftrag bringt 8 Millionen {Euro|Dollar} ein."),
        ("de", "{Fast|Über} 70 Züge blieben stehen."),
        ("de", "{Mehr|Weniger} als 200 Leute kamen zum Fest."),
        ("de", "In der Nacht waren es {minus 4|4} Grad."),
        ("de", "Der Turm hat {einundzwanzig|zweiundzwanzig} Stufen."),
        ("de", "Das {zweihundertste|dreihundertste} Schiff lief aus."),
        ("fr", "La route est coupée sur 300 {mètres|kilomètres}."),
        ("fr", "{Plus|Moins} de 200 personnes sont venues."),
        ("fr", "{Près de|Plus de} 70 trains sont restés à quai."),
        ("fr", "La tour compte {vingt et une|vingt-deux} marches."),
        ("fr", "Des {dizaines|centaines} de barques ont coulé."),
        ("es", "El muro cayó en 300 {metros|kilómetros}."),
        ("es", "{Más|Menos} de 200 personas vinieron a la fiesta."),
        ("es", "La torre tiene {treinta y dos|treinta y tres} peldaños."),
        ("es", "{Casi|Más de} 70 trenes no salieron."),
        ("pt", "{Mais|Menos} de 200 pessoas vieram à festa."),
        ("it", "La torre ha {ventuno|ventidue} gradini."),
        ("nl", "De toren telt {eenentwintig|tweeëntwintig} treden."),
        ("sv", "{Fler|Färre} än 200 personer kom till festen."),
        ("cs", "Na slavnost přišlo {více|méně} než 200 lidí."),
        ("ru", "На праздник пришли {более|менее} 200 человек."),
        ("en", "It was {minus 4|4} degrees in the night."),
        ("en", "The boat leaves at 7 {a.m.|p.m.} from the pier."),
        ("en", "The boat is {twice|three times} as long as the pier."),
        ("en", "{One-third|Two-thirds} of the houses were sold."),
        ("de", "Der Bau dauerte {anderthalb|dreieinhalb} Jahre."),
        ("de", "Der Preis liegt beim {Doppelten|Vierfachen} des alten."),
        ("de", "Der Hafen kostet 2,4 {Mrd.|Mio.} Euro."),
        ("fr", "Une {dizaine|vingtaine} de barques ont coulé."),
        ("pl", "Z jeziora wyciągnięto {dwóch|pięciu} wędkarzy."),
        ("cs", "Ze {dvou|tří} lodí zbyla jediná."),
        ("ru", "Из озера вытащили {двух|трёх} рыбаков."),
        ("id", "Chợ có {hơn|gần} 60 gian hàng."),
        ("hi", "It has {more|fewer} than 60 stalls."),
        ("zh", "{超过|不到}200人参加了庙会。"),
        ("zh", "{至少|最多}200人参加了庙会。"),
        ("vi", "Đêm ấy nhiệt độ là {âm 4|4} độ."),
        ("vi", "Chợ có {khoảng|trên} 60 gian hàng."),
    ],
)
def test_a_number_is_another_one_by_what_stands_beside_it(language: str, text: str) -> None:
    assert edited(text, language).kinds == ("number",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "{Nearly|Almost} 70 trains stood still."),
        ("en", "{About|Around} 70 trains stood still."),
        ("de", "{Rund|Etwa} 70 Züge blieben stehen."),
        ("vi", "Chợ có {khoảng|chừng} 60 gian hàng."),
        ("es", "El barco sale {más|menos} tarde."),
    ],
)
def test_another_word_for_the_same_bound_is_wording(language: str, text: str) -> None:
    assert edited(text, language).kinds == ("wording",)


def test_a_bound_is_known_by_all_its_words_and_a_loose_one_says_nothing_alone() -> None:
    assert bounds("en")["fewer than"] == bounds("en")["less than"]
    assert is_loose("around", "en")
    assert not is_loose("at least", "en")
    assert units("de")["kilometern"] == ("km",)


@pytest.mark.parametrize(
    ("word", "language", "number"),
    [
        ("dreiundvierzig", "de", True),
        ("eigenartig", "de", False),
        ("verachten", "de", False),
        ("ventuno", "it", True),
        ("centro", "it", False),
        ("vingt-et-un", "fr", True),
        ("peut-être", "fr", False),
    ],
)
def test_a_word_made_of_numbers_is_one(word: str, language: str, *, number: bool) -> None:
    assert counts(word, "", "", language) is number


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "Un rapport de l’{OMS|ONU} parle d’un danger.", "name"),
        ("fr", "La lettre est signée d’{Alice|Jeanne} Morel.", "name"),
        ("it", "Un rapporto dell’{OMS|ONU} parla di un pericolo.", "name"),
        ("en", "The speech by Hamid {al-Rashid|al-Karim} was short.", "name"),
        ("en", "A {pro-Lindow|pro-Marl} party won the vote.", "name"),
        ("en", "He sold his {iPhone|iPad} to a friend.", "name"),
        ("en", "He sold his {e-bike|e-boat} to a friend.", "wording"),
        ("fr", "La lettre parle d’{amour|argent} et de guerre.", "wording"),
    ],
)
def test_a_name_is_known_behind_an_article_that_has_lost_its_vowel_and_the_like(
    language: str, text: str, told: str
) -> None:
    assert edited(text, language).kinds == (told,)


def test_a_month_is_a_date_with_the_part_of_it_that_is_named() -> None:
    assert edited("The pier opens in {early May|late June} at last.", "en").kinds == ("date",)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "The guard said: “{Run|Walk} to the pier.”", "quote"),
        ("pl", "Strażnik powiedział: „{Biegnij|Idź} na molo.”", "quote"),
        ("en", "He works for Hansa and for Marl. {Hansa’s|Marl’s} boats are old.", "name"),
    ],
)
def test_a_word_that_begins_a_quotation_is_no_name_and_a_possessive_one_may_be(
    language: str, text: str, told: str
) -> None:
    assert edited(text, language).kinds == (told,)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "dreißigste siebenundsiebzig zweieinhalb hundertfache"),
        ("nl", "eenentwintig tachtig zeventien tweeëntwintig"),
        ("it", "ventuno ventiquattro trentuno trentatre trentunomila"),
    ],
)
def test_a_number_of_many_words_in_one_is_found_however_they_begin(language: str, words: str) -> None:
    assert all(counts(word, "", "", language) for word in words.split())


def test_a_long_word_of_words_that_are_also_one_is_told_from_a_number_at_once() -> None:
    """Each `einhalb` was two words or one: forty of them took 2 to the power of 40 steps."""
    assert not counts("einhalb" * 4000 + "x", "", "", "de")
    assert counts("einhalb" * 4000, "", "", "de")
