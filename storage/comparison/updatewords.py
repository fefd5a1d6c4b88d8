"""What says in many languages that a text was brought up to date or changed: one list for all who look for it.

Beside a time it says whose time that is (`crawler.pages.dates`), and in a line of its own that this holds nothing else
(`crawler.pages.tallies`, `storage.comparison.updatelines`); before a colon it begins a note
(`storage.comparison.correctionwords`). What only one of these may take for such a word stands there.

All are plain words in lower case, set apart by `|`.
"""

_UPDATED = {
    "vi": "cập nhật|đã cập nhật|cập nhật lần cuối|tin cập nhật",
    "en": "updated|update|upd|last updated",
    "de": "aktualisiert|aktualisierung|zuletzt aktualisiert",
    "nl": "bijgewerkt|laatste update",
    "sv": "uppdaterad|senast uppdaterad",
    "no": "oppdatert|sist oppdatert",
    "da": "opdateret|sidst opdateret",
    "is": "uppfært",
    "fi": "päivitetty",
    "fr": "mis à jour|mise à jour|actualisé|dernière mise à jour",
    "es": "actualizado|actualizada|actualización|última actualización",
    "pt": "atualizado|atualizada|atualização|última atualização",
    "it": "aggiornato|aggiornata|aggiornamento|ultimo aggiornamento",
    "ro": "actualizat",
    "pl": "zaktualizowano|zaktualizowany|zaktualizowana|zaktualizowane|aktualizacja|ostatnia aktualizacja",
    "cs": "aktualizováno|aktualizace",
    "sk": "aktualizované|aktualizácia",
    "hr": "ažurirano",
    "hu": "frissítve",
    "ru": "обновлено|обновление",
    "uk": "оновлено",
    "tr": "güncellendi|güncelleme",
    "id": "diperbarui|pembaruan",
    "ms": "dikemaskini",
    "el": "ενημερώθηκε|ενημέρωση",
    "he": "עודכן|עדכון",
    "ar": "تحديث",
    "fa": "به‌روزرسانی|بهروزرسانی",
    "hi": "अपडेट",
    "bn": "হালনাগাদ",
}
_CHANGED = {
    "vi": "chỉnh sửa|sửa đổi|hiệu chỉnh",
    "en": "modified|edited|amended|revised",
    "de": "geändert|bearbeitet|überarbeitet",
    "nl": "gewijzigd",
    "fr": "modifié",
    "es, pt": "modificado",
    "it": "modificato|modificata",
    "ru": "изменено",
}

UPDATED, CHANGED = "|".join(_UPDATED.values()), "|".join(_CHANGED.values())
# Of scripts that write words without a space between them, or set endings behind them.
UPDATED_UNSPACED, CHANGED_UNSPACED = "更新|업데이트|อัปเดต", "修正|修改|수정"
