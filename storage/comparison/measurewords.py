"""The words that stand beside a number and make it another one, by language: units, parts of the day, bounds.

The lists are closed: of a word that is not on them nothing is said.
"""

from functools import cache

from storage.comparison import lexicon

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
_GERMAN = """
m meter metern; km kilometer kilometern; cm zentimeter zentimetern; mm millimeter millimetern; meile meilen
ha hektar; m 2 = quadratmeter quadratmetern; km 2 = quadratkilometer quadratkilometern
m 3 = kubikmeter kubikmetern; kg kilogramm kilo; g gramm; tonne tonnen; l liter litern; s sekunde sekunden
minute minuten; h stunde stunden; tag tage tagen; woche wochen; monat monate monaten; jahr jahre jahren
jahrzehnt jahrzehnte jahrzehnten; jahrhundert jahrhunderte; grad; % = prozent; % point = prozentpunkt prozentpunkte
prozentpunkten; usd dollar; eur euro; cent; yen; chf franken; pfund
"""
_FRENCH = """
m mètre mètres; km kilomètre kilomètres; cm centimètre centimètres; mm millimètre millimètres; ha hectare hectares
2 = carré carrés; 3 = cube cubes; kg kilogramme kilogrammes kilo kilos; g gramme grammes; tonne tonnes
l litre litres; s seconde secondes; minute minutes; h heure heures; jour jours; semaine semaines; mois
an ans année années; décennie décennies; siècle siècles; degré degrés; point points; usd dollar dollars
eur euro euros; centime centimes; yen yens; livre livres; chf franc francs
"""
_SPANISH = """
m metro metros; km kilómetro kilómetros; cm centímetro centímetros; mm milímetro milímetros; milla millas
ha hectárea hectáreas; 2 = cuadrado cuadrados; 3 = cúbico cúbicos; kg kilogramo kilogramos kilo kilos
g gramo gramos; tonelada toneladas; l litro litros; segundos; minuto minutos; h hora horas; día días
semana semanas; mes meses; año años; década décadas; siglo siglos; grado grados; punto puntos; usd dólar dólares
eur euro euros; céntimo céntimos; yen yenes; libra libras; peso pesos
"""
_PORTUGUESE = """
m metro metros; km quilômetro quilômetros quilómetro quilómetros; cm centímetro centímetros; milha milhas
ha hectare hectares; 2 = quadrado quadrados; 3 = cúbico cúbicos; kg quilograma quilogramas quilo quilos
g grama gramas; tonelada toneladas; l litro litros; segundos; minuto minutos; h hora horas; dia dias
semana semanas; mês meses; ano anos; década décadas; século séculos; grau graus; ponto pontos; usd dólar dólares
eur euro euros; centavo centavos; libra libras; real reais
"""
_ITALIAN = """
m metro metri; km chilometro chilometri; cm centimetro centimetri; miglio miglia; ha ettaro ettari
2 = quadrato quadrati quadri; 3 = cubo cubi; kg chilogrammo chilogrammi chilo chili; g grammo grammi
tonnellata tonnellate; l litro litri; s secondi; minuto minuti; h ora ore; giorno giorni; settimana settimane
mese mesi; anno anni; decennio decenni; secolo secoli; grado gradi; punto punti; usd dollaro dollari; eur euro
centesimo centesimi; sterlina sterline; chf franco franchi
"""
_DUTCH = """
m meter; km kilometer; cm centimeter; mijl; ha hectare; 2 = vierkante; 3 = kubieke; kg kilogram kilo; g gram
ton; l liter; s seconde seconden; minuut minuten; h uur; dag dagen; week weken; maand maanden; jaar; decennium
decennia; eeuw eeuwen; graad graden; % = procent; procentpunt; usd dollar; eur euro; cent; pond; yen
"""
_NORDIC = """
m meter; km kilometer; cm centimeter; mil; ha hektar hektare; 2 = kvadrat; m 2 = kvadratmeter
km 2 = kvadratkilometer; m 3 = kubikmeter; kg kilogram kilogramm kilo; g gram gramm; ton tonn tons; l liter
s sekund sekunder; minut minuter minutter minutt; h timme timmar time timer; dag dagar dage dager
vecka veckor uge uger uke uker; månad månader måned måneder; år; decennier tiår årtier; grad grader
% = procent prosent; % point = procentenhet procentenheter prosentpoeng procentpoint; usd dollar; eur euro
krona kronor krone kroner; öre øre; pund
"""
_UNITS = {
    "vi": (_VIETNAMESE,),
    "en": (_ENGLISH,),
    "de": (_GERMAN,),
    "fr": (_FRENCH,),
    "es": (_SPANISH,),
    "pt": (_PORTUGUESE,),
    "it": (_ITALIAN,),
    "nl": (_DUTCH,),
    **dict.fromkeys(("sv", "da", "nb", "no"), (_NORDIC,)),
    lexicon.ANY: (_ENGLISH, _VIETNAMESE),
}
# What bounds the number behind it: one bound a `;`, in all its words. Behind a `|` stand those that say little where
# they come or go alone: words that may be places (trên 5 tuyến đường), and those that only say that it is not exact.
_BOUNDS = {
    "vi": "hơn; gần; ít nhất, tối thiểu; nhiều nhất, tối đa; âm | hơn, trên; dưới; khoảng, chừng, độ, xấp xỉ",
    "en": "more than; less than, fewer than; at least; at most; nearly, almost; minus"
    " | more than, over, above; less than, under, below; up to; about, around, roughly, approximately",
    "de": "mehr als; weniger als; mindestens, wenigstens; höchstens, maximal; fast, beinahe, nahezu, knapp; minus"
    " | mehr als, über; weniger als, unter; bis zu; rund, etwa, circa, ca, ungefähr",
    "fr": "plus de; moins de; au moins; au plus, au maximum; près de, presque; moins | jusqu'à; environ",
    "es": "más de; menos de; al menos, por lo menos; como máximo; casi; menos | hasta; unos, unas; alrededor de",
    "pt": "mais de; menos de; pelo menos, ao menos; no máximo; quase; menos | até; cerca de",
    "it": "più di, oltre; meno di; almeno; al massimo; quasi; meno | fino a; circa",
    "nl": "meer dan, ruim; minder dan; minstens; hoogstens; bijna; min"
    " | meer dan, boven; minder dan, onder; tot; ongeveer, circa",
    "sv": "fler än, mer än; färre än, mindre än; minst; högst; nästan; minus"
    " | fler än, över; färre än, under; upp till; omkring, ungefär",
    "da": "flere end, mere end; færre end, mindre end; mindst; højst; næsten; minus"
    " | flere end, over; færre end, under; op til; omkring, cirka",
    "nb": "flere enn, mer enn; færre enn, mindre enn; minst; høyst; nesten; minus"
    " | flere enn, over; færre enn, under; opptil; omtrent, rundt",
    "pl": "ponad, więcej niż; niespełna, mniej niż, poniżej; co najmniej; co najwyżej; prawie; minus | około",
    "cs": "více než; méně než; nejméně, alespoň; nejvýše; téměř, skoro; minus | přes; asi, kolem",
    # Of Chinese each character is a word.
    "zh": "超 过, 超 過; 不 到, 不 足; 至 少; 最 多; 近, 将 近, 將 近 | 约, 大 约, 約, 大 約",
    "ru": "более, больше, свыше; менее, меньше; почти; минус | около, примерно",
}
_SAME = {"no": "nb", lexicon.ANY: "vi"}
_EVERYWHERE = ("vi", "en")  # also in a text whose page names another language


@cache
def bounds(language: str) -> dict[str, str]:
    """What bounds a number, by all its words in lower case, each as the first of those that say the same."""
    found: dict[str, str] = {}
    for one in reversed(_known(language)):
        found.update(_own_bounds(one))
    return found


@cache
def _own_bounds(language: str) -> dict[str, str]:
    groups = _BOUNDS.get(language, "").replace("|", ";").split(";")
    sides = [[name.strip() for name in group.split(",") if name.strip()] for group in groups]
    return {name: names[0] for names in sides for name in names}


def is_loose(bound: str, language: str) -> bool:
    """Whether a bound that comes or goes alone says nothing about the number."""
    first = next(one for one in _known(language) if bound in _own_bounds(one))
    return bound not in _strict(first)


def _known(language: str) -> list[str]:
    """The languages whose bounds count in a text, its own first."""
    return list(dict.fromkeys((_SAME.get(language, language), *_EVERYWHERE)))


@cache
def _strict(language: str) -> frozenset[str]:
    strict = _BOUNDS.get(language, "").partition("|")[0]
    return frozenset(name.strip() for name in strict.replace(";", ",").split(",") if name.strip())


@cache
def bound_parts(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that begin a bound of several words, and those that end one."""
    several = [bound.split() for bound in bounds(language) if " " in bound]
    return frozenset(words[0] for words in several), frozenset(words[-1] for words in several)


@cache
def bound_words(language: str) -> frozenset[str]:
    return frozenset(word for bound in bounds(language) for word in bound.split())


@cache
def units(language: str) -> dict[str, tuple[str, ...]]:
    """The units by their spellings in lower case, each as its parts."""
    found: dict[str, tuple[str, ...]] = {}
    for line in "\n".join([*_UNITS.get(language, ()), _ANYWHERE]).replace("\n", ";").split(";"):
        parts, several, spellings = line.partition("=")
        names = (spellings if several else parts).split()
        found.update((name, tuple(parts.split() if several else names[:1])) for name in names)
    return found
