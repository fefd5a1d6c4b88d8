"""Small word lists that tell a negation, a day or a number word, by language; texts are lower case.

What can be told by shape (digits, capitals, quotation marks) is told by shape, in any language; only what cannot
is listed here. A language that is missing gets the lists of `ANY`.
"""

from functools import cache

ANY = ""
_STEM = 5  # letters of a name that may go on

_NEGATIONS = {
    "vi": "không chưa chẳng chả đừng chớ",
    "en": "not no never cannot none nor neither nobody nothing nowhere without",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem nichts ohne weder "
    "nirgends nirgendwo",
    "fr": "ne n pas jamais aucun aucune ni sans",
    "es": "no nunca jamás ni ningún ninguno ninguna nadie nada sin tampoco",
    "pt": "não nunca jamais nem nenhum nenhuma ninguém nada sem",
    "it": "non mai né nessun nessuno nessuna senza",
    "nl": "niet geen nooit niets niemand zonder noch",
    "sv": "inte ej aldrig ingen inget inga utan",
    "da": "ikke aldrig ingen intet uden",
    "nb": "ikke aldri ingen uten",
    "no": "ikke aldri ingen uten",
    "pl": "nie nigdy nikt żaden żadna żadne ani bez",
    "cs": "ne nikdy nikdo žádný žádná žádné ani bez",
    "sk": "nie nikdy nikto žiadny žiadna žiadne ani bez",
    "ru": "не ни нет никогда без",
    "uk": "не ні немає ніколи без",
    "id": "tidak bukan belum tanpa jangan",
    "ms": "tidak bukan belum tanpa jangan",
    "tr": "değil yok hiç",
    "fi": "ei eivät en emme älä",
    "zh": "不 没 沒 未 别 勿",
    "is": "ekki aldrei enginn engin ekkert án",
    "lb": "net keen keng ni ouni",
    "ca": "no mai cap ningú sense",
    "ro": "nu nici niciodată nimeni fără",
    "hu": "nem ne sem nincs soha senki nélkül",
    "el": "δεν δε μην όχι ποτέ κανείς χωρίς",
    "he": "לא אין אינו אינה אינם בלי ולא ואין שלא שאין",
    "ar": "لا لن لم ليس ليست بدون ولا ولن ولم وليس وليست فلا فلن فلم فليس",
    "hi": "नहीं न मत",
    "mr": "नाही नाहीत नको",
    "ko": "못",
    "bn": "না নয় নেই নি নাই",
    "ta": "இல்லை அல்ல",
    "te": "లేదు కాదు",
    "ur": "نہیں نہ مت بغیر",
    "fa": "نه نیست نیستند هیچ بدون",
    "bg": "не няма нито никога без",
    "hr": "ne nije nisu neće nema bez",
    "sr": "не није нису неће нема без ne nije nisu neće nema bez",
    "sl": "ne ni niso ne bo brez",
    "et": "ei pole ära ilma",
    "lt": "ne nėra be",
    "lv": "ne nav bez",
}
_UNMISTAKABLE = (
    "không chưa chẳng đừng not never cannot nicht kein keine keinen niet geen inte ikke não nunca не нет tidak bukan"
)

# Words that only go with a negation when it comes or goes.
_COMPANIONS = {
    "vi": "nữa hề phải bao giờ từng",
    "en": "yet any anymore longer ever either do does did",
    "de": "mehr",
    "fr": "plus rien personne guère point de d",
    "es": "más",
    "pt": "mais",
    "it": "più",
}

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
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag igår idag imorgon",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "no": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "is": "mánudag mánudaginn þriðjudag þriðjudaginn miðvikudag fimmtudag föstudag laugardag sunnudag",
    "lb": "méindeg dënschdeg mëttwoch donneschdeg freideg samschdeg sonndeg gëschter haut",
    "pl": "poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela niedzielę wczoraj dzisiaj jutro",
    "cs": "pondělí úterý středa středu čtvrtek pátek sobota sobotu neděle neděli včera dnes zítra",
    "uk": "понеділок вівторок середа середу четвер п'ятниця п'ятницю субота суботу неділя неділю вчора сьогодні завтра",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar dün bugün yarın",
    "fi": "maanantai maanantaina tiistai tiistaina keskiviikko keskiviikkona torstai torstaina perjantai perjantaina "
    "lauantai lauantaina sunnuntai sunnuntaina eilen tänään huomenna",
    "ar": "الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد أمس اليوم غدا",
    "fa": "شنبه یکشنبه دوشنبه سه‌شنبه سهشنبه چهارشنبه پنجشنبه جمعه دیروز امروز فردا",
    "hi": "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    "bn": "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রোববার রবিবার গতকাল আজ আগামীকাল",
    "ta": "திங்கட்கிழமை செவ்வாய்க்கிழமை புதன்கிழமை வியாழக்கிழமை வெள்ளிக்கிழமை சனிக்கிழமை ஞாயிற்றுக்கிழமை நேற்று இன்று நாளை",
    "th": "วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์ เมื่อวานนี้ พรุ่งนี้",
    "el": "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή χθες χτες σήμερα αύριο",
    "hu": "hétfő hétfőn kedd kedden szerda szerdán csütörtök csütörtökön péntek pénteken szombat szombaton "
    "vasárnap tegnap holnap",
    "ro": "luni marți miercuri joi vineri sâmbătă duminică ieri azi astăzi mâine",
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
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "is": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "lb": "januar februar mäerz abrëll mee juni juli august september oktober november dezember",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince "
    "leden únor březen duben květen červen červenec srpen říjen listopad prosinec lednu únoru březnu dubnu květnu "
    "červnu červenci srpnu říjnu prosinci",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
    "marraskuuta joulukuuta",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου "
    "δεκεμβρίου",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "ar": "يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر "
    "شباط آذار نيسان أيار حزيران تموز آب أيلول",
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند "
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه جولای اوت سپتامبر اکتبر نوامبر دسامبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "hi": "जनवरी फरवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर सितम्बर अक्टूबर अक्तूबर नवंबर नवम्बर दिसंबर दिसम्बर",
    "mr": "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "bn": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "ta": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "te": "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม "
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
}
_SHORT_DAYS = frozenset(["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"])
_NUMBERS = {
    "vi": "một hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi trăm nghìn ngàn vạn triệu tỷ tỉ chục nửa rưỡi",
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions trillion dozen dozens half quarter once twice first second third fourth fifth "
    "sixth seventh eighth ninth tenth zero double triple halves thirds quarters fifths tenths",
    "de": "ein eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn zwanzig dreißig hundert tausend "
    "million millionen milliarde milliarden erste ersten zweite zweiten dritte dritten vierte vierten fünfte fünften "
    "sechste sechsten siebte siebten achte neunte neunten zehnte zehnten hälfte drittel viertel dutzend dutzende "
    "hunderte tausende hunderten tausenden erster erstes zweiter zweites dritter drittes vierter viertes doppelte "
    "doppelten anderthalb mio mrd",
    "fr": "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts "
    "trente quarante cinquante soixante cent cents mille million millions milliard milliards dizaine dizaines douzaine "
    "quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine centaines millier milliers "
    "moitié tiers quart demi premier première deuxième second seconde troisième "
    "quatrième cinquième sixième",
    "es": "uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintiún veintiuna veintidós veintitrés veinticuatro veinticinco "
    "veintiséis veintisiete veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien "
    "ciento doscientos doscientas trescientos trescientas cuatrocientos quinientos mil miles millón millones decena "
    "decenas docena docenas cientos mitad tercio primer primero primera segundo segunda tercer tercero tercera cuarto "
    "cuarta quinto quinta",
    "pt": "um uma dois duas três quatro cinco seis sete oito nove dez onze doze vinte cem mil milhão milhões",
    "it": "uno una due tre quattro cinque sei sette otto nove dieci undici dodici venti cento mila mille milione "
    "milioni miliardi",
    "nl": "een één twee drie vier vijf zes zeven acht negen tien elf twaalf twintig honderd duizend miljoen miljard",
    "sv": "en ett två tre fyra fem sex sju åtta nio tio elva tolv tjugo hundra tusen miljon miljoner miljard miljarder",
    "da": "en et to tre fire fem seks syv otte ni ti elleve tolv tyve hundrede tusind million millioner milliarder",
    "nb": "en ett to tre fire fem seks sju syv åtte ni ti elleve tolv tjue hundre tusen million millioner milliarder",
    "no": "en ett to tre fire fem seks sju syv åtte ni ti elleve tolv tjue hundre tusen million millioner milliarder",
    "is": "einn ein eitt tveir tvær tvö þrír þrjár þrjú fjórir fjórar fjögur fimm sex sjö átta níu tíu hundrað þúsund",
    "pl": "jeden jedna dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć sto tysiąc tysiące tysięcy "
    "dwóch dwoje trzech czterech pięciu sześciu siedmiu ośmiu dziewięciu dziesięciu setki setek dziesiątki połowa "
    "milion milionów miliard miliardów",
    "cs": "jeden jedna jedno dva dvě tři čtyři pět šest sedm osm devět deset sto tisíc tisíce milion milionů miliard "
    "dvou tří čtyř pěti šesti sedmi osmi devíti deseti stovky desítky polovina třetina",
    "ru": "двух трёх трех четырёх четырех пяти шести семи восьми девяти десяти десятки сотни тысячи половина треть "
    "один одна два две три четыре пять шесть семь восемь девять десять сто тысяча тысячи тысяч миллион миллиона "
    "миллионов миллиард миллиардов двое трое четверо",
    "uk": "двох трьох чотирьох п'яти шести семи восьми дев'яти десяти десятки сотні половина "
    "один одна два дві три чотири п'ять шість сім вісім дев'ять десять сто тисяча тисячі тисяч мільйон мільйонів",
    "id": "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh ratus ribu juta miliar triliun",
    "ms": "satu dua tiga empat lima enam tujuh lapan sembilan sepuluh ratus ribu juta bilion",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on yüz bin milyon milyar",
    "fi": "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen sata tuhat miljoona miljoonaa",
    "zh": "一 二 两 兩 三 四 五 六 七 八 九 十 百 千 万 萬 亿 億",
    "ja": "一 二 三 四 五 六 七 八 九 十 百 千 万 億",
    "hi": "एक दो तीन चार पांच पाँच छह छः सात आठ नौ दस सौ हजार हज़ार लाख करोड़",
    "bn": "এক দুই তিন চার পাঁচ ছয় সাত আট নয় দশ শত হাজার লাখ কোটি",
    "fa": "یک دو سه چهار پنج شش هفت هشت ده صد هزار میلیون میلیارد",
    "el": "ένα μία δύο τρεις τρία τέσσερις τέσσερα πέντε έξι επτά οκτώ εννέα δέκα εκατό χίλια χιλιάδες εκατομμύρια",
    "hu": "egy két kettő három négy öt hat hét nyolc kilenc tíz száz ezer millió milliárd",
    "ro": "unu doi două trei patru cinci șase șapte opt zece sută sute mie mii milion milioane miliarde",
    "bg": "един една два две три четири пет шест седем осем девет десет сто хиляди милион милиона",
    "hr": "jedan jedna dva dvije tri četiri pet šest sedam osam devet deset sto tisuća milijun milijuna",
    "ar": "واحد اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة مئة ألف مليون مليار",
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


def names_time(word: str, language: str) -> bool:
    """Whether a lower-case word is a month or a weekday, also inflected, composed or cut short: Montagabend, Sept."""
    bare = word.rstrip(".")
    known = months(language) | days(language)
    return bare in known | _SHORT_DAYS or (len(bare) > _STEM and bare.startswith(_stems(language)))


@cache
def _stems(language: str) -> tuple[str, ...]:
    return tuple(name for name in months(language) | days(language) if len(name) >= _STEM)


@cache
def companions(language: str) -> frozenset[str]:
    """Words that say nothing of their own where a negation comes or goes."""
    return frozenset(_COMPANIONS.get(language, "").split())
