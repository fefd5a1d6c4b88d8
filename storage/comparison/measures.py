"""What stands beside a number and makes it another one: a unit, the part of the day that an hour is of, a bound.

The lists are closed: of a word that is not on them nothing is said.
"""

from collections import Counter
from functools import cache

from storage.comparison import lexicon
from storage.comparison.words import Setting, Word, has_digit

DAY_PARTS = frozenset(["sáng", "trưa", "chiều", "tối", "đêm", "khuya"])
# One unit a `;` or line, in its spellings; before `=` its parts, where these are not its first spelling.
_ANYWHERE = """
m; km; cm; mm; dm; nm; µm μm; ha; kg; g gr; mg; µg μg mcg; t; l; ml; cl; kw; mw; gw; kwh; mwh; gwh; kv; hz; khz
mhz; ghz; kb; mb; gb; tb; hpa; mmhg; mph; m/s; c; f; h; s; usd; eur; vnd; jpy; cny rmb; gbp; chf; aud; cad; sgd
krw; thb; m 2 = m2 m²; km 2 = km2 km²; cm 2 = cm2 cm²; mm 2 = mm2 mm²; m 3 = m3 m³; cm 3 = cm3 cm³
km 3 = km3 km³
"""
_VIETNAMESE = """
m mét met; km kilômét kilomet kilômet ki-lô-mét cây; cm xăng-ti-mét xentimét phân; mm milimét mi-li-mét ly li
dặm; thước; tấc; hải; lý; ha hécta hecta héc-ta hectare; mẫu; sào; 2 = vuông; 3 = khối
kg kilôgam kilogam kilogram ký kí ki-lô-gam cân; g gam gram; tấn; tạ; yến; lạng; lượng; chỉ; l lít; thùng
s giây; phút; h giờ tiếng; ngày; tuần; tháng; năm; tuổi; quý; thập; thế; độ; điểm; % = phần; usd đô đôla dollar
eur euro; vnd đồng; jpy yên yen; cny tệ; krw won; thb baht; rúp; xu; = la nhân dân kỷ; sáng; trưa; chiều; tối
đêm; khuya
"""
_ENGLISH = """
m metre metres meter meters; km kilometre kilometres kilometer kilometers
cm centimetre centimetres centimeter centimeters; mile miles; yard yards; foot feet ft; inch inches; acre acres
ha hectare hectares; 2 = square sq; 3 = cubic; kg kilogram kilograms kilo kilos; g gram grams; ton tons
tonne tonnes; ounce ounces oz; pound pounds lb lbs; l litre litres liter liters; gallon gallons; barrel barrels
s second seconds; minute minutes; h hour hours; day days; week weeks; month months; year years; decade decades
century centuries; degree degrees; c celsius; f fahrenheit; % = percent percentage pct; point points
usd dollar dollars; eur euro euros; cent cents; penny pence; jpy yen; yuan; am; pm
"""
_MAY_BE_PLACES = frozenset(["gần", "trên", "dưới", "over", "under", "above", "below"])  # trên 5 tuyến đường
_BOUNDS = _MAY_BE_PLACES.union(
    ["hơn", "ít nhất", "nhiều nhất", "tối thiểu", "tối đa"],
    ["more than", "less than", "fewer than", "at least", "at most", "nearly", "almost"],
)
BOUND_WORDS = frozenset(word for bound in _BOUNDS for word in bound.split())
_BOUND_STARTS = frozenset(["tối", "at"])
_BOUND_ENDS = frozenset(["nhất", "than"])


def remeasured(old: list[Word], new: list[Word], setting: Setting) -> bool:
    """Whether a number that stays has another unit now, or another bound."""
    if not (old and new):
        return _one_sided(old or new, setting)
    if all(_is_measure(side, setting) for side in (old, new)):
        return _parts(old, setting) != _parts(new, setting)
    bounds = _bound(old, setting), _bound(new, setting)
    return all(bounds) and bounds[0] != bounds[1]


def are_units(words: list[Word], setting: Setting) -> bool:
    known = units(setting.language)
    return all(word.low in known or word.text == "/" for word in words)


def _one_sided(words: list[Word], setting: Setting) -> bool:
    """Whether what came or went bounds a number, or stands between it and its unit: 5 điểm phần trăm."""
    bound = _bound(words, setting)
    if bound:
        return bound not in _MAY_BE_PLACES
    between = words and words[-1].after in units(setting.language) and words[-1].after not in DAY_PARTS
    return bool(between and _is_measure(words, setting) and _parts(words, setting))


def _is_measure(words: list[Word], setting: Setting) -> bool:
    """Whether the words are nothing but units, behind a number."""
    if not words or not are_units(words, setting):
        return False
    first, known = words[0], units(setting.language)
    earlier = first.further[0]
    if (first.before in known or first.before == "/") and (earlier in known or _is_number(earlier, setting)):
        return True
    return has_digit(first.before) or (first.low not in DAY_PARTS and _is_number(first.before, setting))


def _parts(words: list[Word], setting: Setting) -> Counter[str]:
    known = units(setting.language)
    return Counter(part for word in words for part in known.get(word.low, ()))


def _bound(words: list[Word], setting: Setting) -> str:
    """The whole bound that the words are a part of, where a number follows it."""
    if not words:
        return ""
    first, last = words[0], words[-1]
    goes_on = last.after in _BOUND_ENDS
    parts = [first.before if first.before in _BOUND_STARTS else "", *(word.low for word in words)]
    phrase = " ".join([*parts, last.after if goes_on else ""]).strip()
    follows = last.further[1] if goes_on else last.after
    return phrase if phrase in _BOUNDS and _is_number(follows, setting) else ""


def _is_number(low: str, setting: Setting) -> bool:
    return has_digit(low[:2]) or low in lexicon.number_words(setting.language)


@cache
def units(language: str) -> dict[str, tuple[str, ...]]:
    """The units by their spellings in lower case, each as its parts."""
    own = {"vi": [_VIETNAMESE], "en": [_ENGLISH], lexicon.ANY: [_ENGLISH, _VIETNAMESE]}.get(language, [])
    found: dict[str, tuple[str, ...]] = {}
    for line in "\n".join([*own, _ANYWHERE]).replace("\n", ";").split(";"):
        parts, several, spellings = line.partition("=")
        names = (spellings if several else parts).split()
        found.update((name, tuple(parts.split() if several else names[:1])) for name in names)
    return found
