"""The names of the months in the languages of the news, for dates that pages write out."""

import unicodedata

from storage.letters import decompose

_NAMES = """
en January February March April May June July August September October November December
en Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
en - - - - - - - - Sept - - -
de Januar Februar März April Mai Juni Juli August September Oktober November Dezember
de Jänner Feber Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
fr janv févr mars avr mai juin juil août sept oct nov déc
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
es ene feb mar abr may jun jul ago sep oct nov dic
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
pt jan fev mar abr mai jun jul ago set out nov dez
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
it gen feb mar apr mag giu lug ago set ott nov dic
ca gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
nl januari februari maart april mei juni juli augustus september oktober november december
nl jan feb mrt apr mei jun jul aug sep okt nov dec
sv januari februari mars april maj juni juli augusti september oktober november december
da januar februar marts april maj juni juli august september oktober november december
no januar februar mars april mai juni juli august september oktober november desember
is janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember
fi tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta - - - -
fi - - - - - - - - syyskuuta lokakuuta marraskuuta joulukuuta
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
pl sty lut mar kwi maj cze lip sie wrz paź lis gru
cs ledna února března dubna května června července srpna září října listopadu prosince
sk januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
hu január február március április május június július augusztus szeptember október november december
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
hr siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
tr Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
id Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
id Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des
ms Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
bg януари февруари март април май юни юли август септември октомври ноември декември
el Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ar - شباط آذار نيسان أيار حزيران تموز - أيلول - - -
bn জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
hi जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
th มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
th ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.
fa فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
fa ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
ur جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
ta ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
te జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్
mr जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर
he בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
sr јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра
vi Một Hai Ba Tư Năm Sáu Bảy Tám Chín Mười - -
"""


def fold(text: str) -> str:
    """Lower case, without accents, and without the full stop of an abbreviation."""
    decomposed = decompose(text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip(". ").replace("ı", "i")


def _table() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for row in _NAMES.strip().splitlines():
        language, *names = row.split()
        for number, name in enumerate(names, start=1):
            if name != "-":
                table.setdefault(language, {}).setdefault(fold(name), number)
    return table


_BY_LANGUAGE = _table()
_ANY: dict[str, set[int]] = {}
for _language, _months in _BY_LANGUAGE.items():
    if _language != "vi":  # its number words are words of everyday text
        for _name, _number in _months.items():
            _ANY.setdefault(_name, set()).add(_number)


def month_number(name: str, language: str) -> int:
    """The month that a word names in `language`, else in any language where it is not ambiguous; 0 for none."""
    key = fold(name)
    found = _BY_LANGUAGE.get(language, {}).get(key)
    if found:
        return found
    numbers = _ANY.get(key, set())
    return next(iter(numbers)) if len(numbers) == 1 else 0
