"""A word for *updated* is one to all that look for such words: in bylines, beside times, in lines and in notes."""

import pytest

from crawler.pages.bywords import is_no_name
from crawler.pages.tallies import tally_reason
from storage.comparison.corrections import has_update_label, is_note
from storage.comparison.updatelines import is_update_line
from tests.newspage import article, page, read

WORDS = [
    "cập nhật",
    "updated",
    "aktualisiert",
    "bijgewerkt",
    "uppdaterad",
    "oppdatert",
    "opdateret",
    "uppfært",
    "päivitetty",
    "mis à jour",
    "actualizado",
    "atualizada",
    "aggiornata",
    "actualizat",
    "zaktualizowano",
    "aktualizováno",
    "aktualizácia",
    "ažurirano",
    "frissítve",
    "обновление",
    "оновлено",
    "güncellendi",
    "pembaruan",
    "dikemaskini",
    "ενημερώθηκε",
    "עודכן",
    "تحديث",
    "अपडेट",
    "হালনাগাদ",
]


@pytest.mark.parametrize("word", WORDS)
def test_it_is_a_label_of_lines_notes_and_headlines_and_nobodys_name(word: str) -> None:
    assert is_update_line(f"{word} 12.03.2025 16:20")
    assert is_note(f"{word}: 12 + 3 = 15")
    assert has_update_label(f"12 + 3 = 15 ({word})")
    assert tally_reason(f"{word}: 3 hours ago")
    assert is_no_name(word)


@pytest.mark.parametrize("word", WORDS)
def test_a_time_behind_it_is_that_of_the_last_change(word: str) -> None:
    found = read(page(article(f'<div class="date">11/03/2025 20:25 - {word} 11/03/2025 21:40</div>')))
    assert found.published is not None
    assert found.modified is not None
    assert (found.published.local.hour, found.modified.local.hour) == (20, 21)
