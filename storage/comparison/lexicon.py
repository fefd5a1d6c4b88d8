"""Small word lists that tell a negation, a day or a number word, by language; texts are lower case.

What can be told by shape (digits, capitals, quotation marks) is told by shape, in any language; only what cannot
is listed here. A language that is missing gets the lists of `ANY`.
"""

from functools import cache

ANY = ""

_NEGATIONS = {
    "vi": "không chưa chẳng chả đừng chớ chẳng",
    "en": "not no never cannot none nor neither nobody nothing without",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals nichts ohne weder",
    "fr": "ne n pas jamais aucun aucune ni sans",
    "es": "no nunca jamás ni ningún ninguna sin tampoco",
    "pt": "não nunca jamais nem nenhum nenhuma sem",
    "it": "non mai né nessun nessuno nessuna senza",
    "nl": "niet geen nooit niets zonder noch",
    "sv": "inte ej aldrig ingen inga utan",
    "da": "ikke aldrig ingen intet uden",
    "nb": "ikke aldri ingen uten",
    "no": "ikke aldri ingen uten",
    "pl": "nie nigdy żaden żadna ani bez",
    "cs": "ne nikdy žádný ani bez",
    "ru": "не ни нет никогда без",
    "uk": "не ні немає ніколи без",
    "id": "tidak bukan belum tanpa jangan",
    "ms": "tidak bukan belum tanpa jangan",
    "tr": "değil yok hiç",
    "fi": "ei eivät en emme älä",
    "zh": "不 没 沒 未 别 勿",
}
_UNMISTAKABLE = (
    "không chưa chẳng đừng not never cannot nicht kein keine keinen niet geen inte ikke não nunca не нет tidak bukan"
)

# Vietnamese words that contain a negation's syllable and deny nothing, each as the syllable and its neighbour.
_NOT_NEGATIONS_BEFORE = frozenset(
    ["hàng", "trên", "số", "tầng", "chân", "bằng", "từ"]
)  # hàng không, trên không, số không
_NOT_NEGATIONS_AFTER = frozenset(
    ["gian", "khí", "quân", "trung", "lực", "phận", "lưu", "tặc", "giò", "cá", "lụa", "rươi"]
)

_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight",
    "vi": "",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag gestern heute morgen",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche hier demain aujourd'hui",
    "es": "lunes martes miércoles jueves viernes sábado domingo ayer hoy mañana",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo ontem hoje amanhã",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica ieri oggi domani",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gisteren vandaag morgen",
    "ru": "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье вчера сегодня завтра",
    "id": "senin selasa rabu kamis jumat sabtu minggu kemarin besok",
}
_MONTHS = {
    "en": "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec",
    "de": "januar jänner februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
}
_NUMBERS = {
    "vi": "một hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi trăm nghìn ngàn vạn triệu tỷ tỉ chục",
    "en": "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion",
    "de": "ein eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend million millionen "
    "milliarde milliarden",
    "fr": "un une deux trois quatre cinq six sept huit neuf dix onze douze vingt trente cent cents mille million "
    "millions milliard milliards",
    "es": "uno una dos tres cuatro cinco seis siete ocho nueve diez once doce veinte cien mil millón millones",
    "pt": "um uma dois duas três quatro cinco seis sete oito nove dez onze doze vinte cem mil milhão milhões",
    "it": "uno una due tre quattro cinque sei sette otto nove dieci undici dodici venti cento mila mille milione",
}


@cache
def negations(language: str) -> frozenset[str]:
    return frozenset(_NEGATIONS.get(language, _UNMISTAKABLE).split())


@cache
def days(language: str) -> frozenset[str]:
    """Names of weekdays and words such as yesterday."""
    return frozenset(_DAYS.get(language, " ".join(_DAYS.values()) if language == ANY else "").split())


@cache
def months(language: str) -> frozenset[str]:
    """Names of months; those of every language where it is unknown, and English besides any other."""
    known = _MONTHS.get(language, " ".join(_MONTHS.values()))
    return frozenset(known.split())


@cache
def number_words(language: str) -> frozenset[str]:
    return frozenset(_NUMBERS.get(language, _NUMBERS["en"] + " " + _NUMBERS["vi"]).split())


def is_negation(word: str, before: str, after: str, language: str) -> bool:
    """Whether a lower-case word denies something, between its neighbours."""
    if word.endswith(("n't", "n’t")):
        return True
    if word not in negations(language):
        return word.startswith(("n'", "n’")) and language == "fr"
    return before not in _NOT_NEGATIONS_BEFORE and after not in _NOT_NEGATIONS_AFTER
