"""The language of a page: what it declares, checked against its own text."""

import re
from collections.abc import Iterable

from storage.letters import compose

_NAMES = {
    "vietnamese": "vi", "tiếng việt": "vi", "english": "en", "german": "de", "deutsch": "de", "french": "fr",
    "français": "fr", "spanish": "es", "español": "es", "vn": "vi", "jp": "ja", "cn": "zh", "kr": "ko", "cz": "cs",
    "iw": "he", "in": "id", "nb": "no", "nn": "no",
}  # fmt: skip
_CODE = re.compile(r"^([a-z]{2})(?:[-_][a-z0-9]{2,8})*$")
_ONLY_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_TELLING = frozenset({"vi", "ja", "ko", "th", "he", "km", "el"})  # scripts, or letters, of one language alone
_COMMON_WORDS = {
    "en": "the and of to in that is was for with on as his has by are from this",
    "de": "der die und das den von ist mit nicht des im auf eine dem für auch sich",
    "fr": "le la les des et en une du est dans pour que qui sur pas au avec",
    "es": "el la los de que y en las del por con una para se su al",
    "pt": "o de que e do da em os para com uma não dos as no na por",
    "it": "il di che la per un del in della con non una dei alla sono le",
    "nl": "de het een van en in dat is op te met voor zijn niet aan ook",
    "sv": "och att det som en på är av för med den till inte har om ett",
    "da": "og det at en den til er som på de med han af for ikke der",
    "no": "og det er som på en av for at med til den har ikke de om",
    "pl": "w i na z się nie że do to jest o jak po za od przez",
    "cs": "a se na v je že to s z do o k i za jako by pro",
    "id": "yang dan di dengan untuk dari ini pada dalam tidak itu akan oleh",
    "tr": "ve bir bu için de da ile olarak daha çok olan gibi kadar sonra",
}
_VOCABULARY = {language: frozenset(words.split()) for language, words in _COMMON_WORDS.items()}


def language_code(text: str) -> str:
    """ISO 639-1 of a declared language (`vi-VN`, `vi_VN`, `vietnamese`), or an empty string."""
    value = text.strip().lower()
    match = _CODE.match(value)
    code = match[1] if match else ""
    return _NAMES.get(value) or _NAMES.get(code) or code


def page_language(declared: Iterable[tuple[str, str]], text: str) -> tuple[str, str]:
    """The language and where it came from, from (value, source) pairs in order of trust and a sample of the text.

    Text that is plainly Vietnamese, or in another script than the declared language, wins: templates are often
    bought with `lang="en"` in them.
    """
    letters = len(_LETTER.findall(text))
    written = _by_letters(text, letters)
    for value, source in declared:
        code = language_code(value)
        fits = not written or written == code or (written not in _TELLING and code not in _VOCABULARY)
        unwritten = code == "vi" and not written and letters >= 200  # an English edition under a Vietnamese template
        if code and fits and not unwritten:
            return code, source
    seen = written or _by_words(text)
    return (seen, "letters and common words of the text") if seen else ("", "")


def _by_letters(text: str, letters: int) -> str:
    if letters < 12 or text.isascii():
        return ""
    if len(_ONLY_VIETNAMESE.findall(compose(text))) > letters * 0.08:
        return "vi"
    for language, pattern in _SCRIPTS:
        if len(pattern.findall(text)) > letters * (0.1 if language == "ja" else 0.4):
            return language
    return ""


def _by_words(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text.lower())
    scores = sorted(
        ((sum(word in known for word in words), language) for language, known in _VOCABULARY.items()), reverse=True
    )
    (best, language), (second, _) = scores[0], scores[1]
    return language if best >= 8 and best > second * 1.25 else ""
