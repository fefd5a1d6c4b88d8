import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.charset import decode_html
from crawler.pages.legacyviet import from_tcvn3, from_vni
from tests.ending import ended

TEXT = (
    "Sáng nay, người dân của xã Nậm Lúc đã được đón điện lưới. Các hộ không còn phải chờ đến năm sau, "
    "và những bản ở xa cũng có nước sạch trong tháng này với một trạm bơm mới."
)


def page(text: str, charset: str = "") -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}</head><body><p>{text}</p></body></html>"


def in_windows_1258(text: str) -> bytes:
    """Base letters as the code page has them, the tone as a combining character after its vowel."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = b""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", parts[0] + "".join(mark for mark in parts[1:] if mark not in tones))
        out += base.encode("cp1258") + "".join(mark for mark in parts[1:] if mark in tones).encode("cp1258")
    return out


def test_valid_utf8_wins_over_a_wrong_header() -> None:
    decoded = decode_html(page(TEXT).encode(), "text/html; charset=iso-8859-1")
    assert TEXT in decoded.text
    assert (decoded.encoding, decoded.legacy) == ("utf-8", "")


def test_one_broken_byte_costs_one_character() -> None:
    body = page(TEXT).encode()
    at = body.index(" hộ".encode())
    decoded = decode_html(body[:at] + b"\xff" + body[at:], "text/html; charset=utf-8")
    assert decoded.text.replace("\ufffd", "") == page(TEXT)
    assert decoded.encoding == "utf-8"


def test_a_page_cut_within_a_character_stays_utf8() -> None:
    body = page(TEXT).encode()
    cut = body[: body.index("ở xa".encode()) + 1]
    assert decode_html(cut).encoding == "utf-8"


@pytest.mark.parametrize("charset", ["windows-1258", "iso-8859-1", ""])
def test_windows_1258_is_read_and_composed(charset: str) -> None:
    decoded = decode_html(in_windows_1258(page(TEXT, charset)))
    assert TEXT in decoded.text
    assert decoded.encoding == "cp1258"


def test_tcvn3_is_undone_and_flagged() -> None:
    table = {chr(code): chr(code).encode("latin-1") for code in range(256)}
    reverse = {from_tcvn3(char): raw for char, raw in table.items() if from_tcvn3(char) != char}
    body = b"".join(reverse.get(char) or char.encode("latin-1") for char in page(TEXT, "iso-8859-1"))
    decoded = decode_html(body)
    assert TEXT in decoded.text
    assert decoded.legacy == "TCVN3"


def test_vni_is_undone_and_flagged() -> None:
    text = (
        "Ngöôøi daân cuûa xaõ ñaõ ñöôïc ñoùn ñieän, caùc hoä khoâng coøn chôø ñeán naêm sau, vaø nhöõng baûn coù nöôùc."
    )
    decoded = decode_html(page(text, "windows-1252").encode("cp1252"))
    assert "Người dân của xã đã được đón điện, các hộ không còn chờ đến năm sau, và những bản có nước." in decoded.text
    assert decoded.legacy == "VNI"


def test_a_vni_word_is_composed() -> None:
    assert from_vni("Vieät Nam thoâng qua") == "Việt Nam thông qua"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Der Bürgermeister sagte, dass die Straße für alle geöffnet wird; größere Übergänge folgen später."),
        ("cp1252", "Le maire a déclaré que la réforme serait présentée dès la rentrée à l’assemblée des élèves."),
        ("cp1251", "Губернатор подписал указ о назначении нового министра транспорта области."),
        ("cp932", "市長は月曜日に新しい経済政策を発表した。これは重要な決定です。"),
        ("gb18030", "市长周一在会议中心会见了来访的外国代表团。"),
    ],
)
@pytest.mark.parametrize("declared", [True, False])
def test_other_encodings_are_read_declared_or_not(encoding: str, text: str, *, declared: bool) -> None:
    body = page(text, encoding if declared else "").encode(encoding)
    decoded = decode_html(body)
    assert text in decoded.text
    assert decoded.legacy == ""


def test_the_header_goes_before_the_meta_tag() -> None:
    body = page("Добрый день", "iso-8859-1").encode("cp1251")
    assert "Добрый день" in decode_html(body, "text/html; charset=windows-1251").text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_utf16_and_byte_order_marks_are_read(encoding: str) -> None:
    assert TEXT in decode_html(page(TEXT).encode(encoding)).text


def test_an_unknown_charset_name_is_passed_over() -> None:
    assert "Größe" in decode_html(page("Größe", "x-klingon").encode("cp1252")).text


def test_western_text_is_never_taken_for_tcvn3_or_vni() -> None:
    text = (
        "Die Verhandlungen über größere Ämter führten zu Ärger; öffentliche Gebäude blieben für Wähler geöffnet." * 20
    )
    decoded = decode_html(page(text, "iso-8859-1").encode("latin-1"))
    assert (text in decoded.text, decoded.legacy) == (True, "")


@given(st.binary(max_size=300), st.text(max_size=40))
def test_decoding_never_raises(body: bytes, content_type: str) -> None:
    assert isinstance(decode_html(body, content_type).text, str)


def test_a_header_of_space_does_not_hold_up_who_reads() -> None:
    assert ended(_read_as, f"text/html; charset={' ' * 1_000_000}!; charset= koi8-r") == "koi8-r"


def _read_as(content_type: str) -> str:
    return decode_html(page("Новости города и области").encode("koi8-r"), content_type).encoding
