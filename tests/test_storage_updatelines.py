"""A line that only says when a text was brought up to date is told from a note, and from a sentence."""

import pytest

from storage.comparison.updatelines import is_update_line


@pytest.mark.parametrize(
    "line",
    [
        "Cập nhật lúc 16:20",
        "(Cập nhật lúc 10h30 ngày 12/3/2025)",
        "Cập nhật lần cuối: Thứ tư, 12/03/2025 16:20 (GMT+7)",
        "Đăng lúc 14:05 - Cập nhật 16:20 ngày 12 tháng 3 năm 2025",
        "Updated 4:20 p.m. EST",
        "Last updated on March 12, 2025 at 16:20",
        "Published 11 March | Updated 12 March, 16:20",
        "Aktualisiert: 12. März 2025, 16.20 Uhr",
        "Uppdaterad 15.59",
        "Mis à jour le 12 mars 2025 à 16h20",
        "Actualizado a las 16:20",
        "Обновлено 12 марта в 16:20",
        "MAJ 16h20",
        "Published 11 March 2025Updated 12 March, 16:20",
        "Zuletzt bearbeitet: 12. März 2025",
        "更新：16時20分",
        "最後更新 2025年3月12日 下午4:20",
        "업데이트 2025.03.12 오후 4:20",
    ],
)
def test_a_label_and_a_time_are_an_update_line(line: str) -> None:
    assert is_update_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Cập nhật: Thêm số liệu của Bộ Công Thương.",
        "Cập nhật giá xăng ngày 12/3",
        "Cập nhật",
        "Ngày 12/3, lúc 16:20",
        "Updated May 4 with a statement from the mayor.",
        "Update 3: The club has signed a keeper.",
        "Aktualisiert wurde der Fahrplan am 12. März.",
        "Chủ nhật, ngày 7 tháng 9 năm 2025",
        "5 maj 2025",
        "Maj 2025",
        "更新3万台车辆",
        "",
    ],
)
def test_what_says_more_is_none(line: str) -> None:
    assert not is_update_line(line)
