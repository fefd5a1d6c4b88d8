"""What counts as an edit, of which kind it is, and what is none."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.changes import Acknowledged, Change, ChangeKind, Comparison, Significance, SiteWeights
from storage.comparison.comparing import compare
from storage.comparison.shown import shown_keys
from storage.records import Article, Block, BlockKind, Image, Moment

GROWTH = "Sáng 11/3, Thủ tướng dự hội nghị ở Hà Nội. Tăng trưởng đạt 7,5%, cao hơn năm trước."
QUOTED = "Ông Nguyễn Văn An cho biết: “Chúng tôi sẽ hoàn thành dự án trong năm nay”. Dự án đã được phê duyệt."
POWER = "Nhà máy có công suất 2.379MW và cung cấp điện cho cả vùng. Người dân địa phương rất phấn khởi."
CLOSING = "Đoạn kết của bài viết này khá dài và không có gì khác thường để nói thêm."
VIETNAMESE = (GROWTH, QUOTED, POWER, CLOSING)
ENGLISH = (
    "Ministers met in London on March 3 to discuss the budget. They agreed to spend $5.5m on schools.",
    'The chancellor, Mary Jones, said: "We will protect every school in the country." She did not take questions.',
    "Opposition members called the plan too small. A vote is expected within weeks.",
)


def paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)


def article(*texts: str, language: str = "vi") -> Article:
    return Article(
        url="https://baovidu.example/a-post1.html",
        canonical_url="https://baovidu.example/a-post1.html",
        title="Kinh tế tăng trưởng 7,5%",
        section="Kinh tế",
        lead="Hội nghị bàn về tăng trưởng của cả nước.",
        authors=("Minh Anh",),
        published=moment(2025, 3, 11, 20, 25),
        modified=moment(2025, 3, 11, 20, 30),
        language=language,
        body=paragraphs(*texts),
        captions=("Quang cảnh hội nghị.",),
        images=(Image(url="https://anh.baovidu.example/w640/hoi-nghi-1234567.jpg?v=1"),),
        tags=("kinh tế", "tăng trưởng"),
    )


def moment(*parts: int, hours: int = 7, date_only: bool = False) -> Moment:
    offset = timedelta(hours=hours)
    at = datetime(*parts, tzinfo=UTC) - offset  # type: ignore[arg-type, misc] # year, month, day and what follows
    return Moment(at=at, offset=offset, text="", date_only=date_only)


OLD = article(*VIETNAMESE)


def with_text(old: Article, before: str, after: str) -> Article:
    """The article with one stretch of its body replaced."""
    body = tuple(replace(block, text=block.text.replace(before, after, 1)) for block in old.body)
    assert body != old.body
    return replace(old, body=body)


def edited(before: str, after: str, *, texts: tuple[str, ...] = VIETNAMESE, language: str = "vi") -> Comparison:
    old = article(*texts, language=language)
    return compare(old, with_text(old, before, after))


def kinds(comparison: Comparison) -> list[str]:
    return list(comparison.kinds)


@pytest.mark.parametrize(
    ("before", "after", "kind", "removed", "added"),
    [
        ("7,5%", "7,6%", "number", "7,5%", "7,6%"),
        ("7,5%", "62-65%", "number", "7,5%", "62-65%"),
        ("2.379MW", "2.397MW", "number", "2.379MW", "2.397MW"),
        ("11/3", "12/3", "date", "11/3", "12/3"),
        ("Văn An", "Văn Bình", "name", "An", "Bình"),
        ("Hà Nội", "Huế", "name", "Hà Nội", "Huế"),
        ("hoàn thành", "bỏ", "quote", "hoàn thành", "bỏ"),
        ("đã được", "chưa được", "negation", "đã", "chưa"),
        ("rất phấn khởi", "không phấn khởi", "negation", "rất", "không"),
        ("không có gì", "có gì", "negation", "không", ""),
        ("Thủ tướng", "Thủ tuớng", "spelling", "tướng", "tuớng"),
        ("cung cấp điện", "phát điện", "wording", "cung cấp", "phát"),
        ("cả vùng", "vùng", "wording", "cả", ""),
    ],
)
def test_one_vietnamese_edit_has_one_kind(before: str, after: str, kind: str, removed: str, added: str) -> None:
    comparison = edited(before, after)
    assert kinds(comparison) == [kind]
    (change,) = comparison.changes
    assert change.field == "body"
    assert change.removed == ((removed,) if removed else ())
    assert change.added == ((added,) if added else ())
    assert before in change.before
    assert after in change.after


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("$5.5m", "$6.5m", "number"),
        ("March 3", "March 4", "date"),
        ("March 3", "April 3", "date"),
        ("Mary Jones", "Mary Smith", "name"),
        ("London", "Paris", "name"),
        ("protect every school", "protect most schools", "quote"),
        ("did not take", "took", "negation"),
        ("is expected", "isn't expected", "negation"),
        ("too small", "far too modest", "wording"),
        ("Opposition", "Oppositoin", "spelling"),
        ("discuss the budget", "discuss, the budget", "spelling"),
        ("within weeks", "within weeks?", "wording"),
    ],
)
def test_one_english_edit_has_one_kind(before: str, after: str, kind: str) -> None:
    assert kinds(edited(before, after, texts=ENGLISH, language="en")) == [kind]


@pytest.mark.parametrize(
    ("language", "before", "after", "kind"),
    [
        ("de", "Die Regierung wird das Gesetz ändern.", "Die Regierung wird das Gesetz nicht ändern.", "negation"),
        ("de", "Das Treffen war am 5. November in Bonn.", "Das Treffen war am 6. November in Bonn.", "date"),
        ("de", "Er kaufte ein großes Haus am Rand.", "Er kaufte eine große Wohnung am Rand.", "wording"),
        ("fr", "Le ministre veut partir demain matin.", "Le ministre ne veut pas partir demain matin.", "negation"),
        ("vi", "Tổng vốn khoảng 1,2 tỷ đồng.", "Tổng vốn khoảng 1,2 tỉ đồng.", "spelling"),
        ("vi", "Các kỹ sư nước Mỹ bị xử lý.", "Các kĩ sư nước Mĩ bị xử lí.", "spelling"),
        ("vi", "Em bé giơ hai tay ra.", "Em bé giơ hai tai ra.", "wording"),
        ("en", "He was ill before Tuesday’s event.", "He was ill before Sunday’s event.", "date"),
        ("es", "El acuerdo se firmó el 3 de marzo.", "El acuerdo se firmó el 4 de marzo.", "date"),
        ("ru", "Президент Иванов приехал вчера вечером.", "Президент Петров приехал вчера вечером.", "name"),
        ("zh", "我们支持这个新的计划。", "我们不支持这个新的计划。", "negation"),
        ("ja", "会談は2025年3月11日に行われた。", "会談は2025年3月12日に行われた。", "date"),
        ("", "Profits rose to 4.5 billion in all.", "Profits rose to 4.7 billion in all.", "number"),
        ("en", "He finished third in the race.", "He finished second in the race.", "number"),
        ("en", "About twenty-five people came.", "About thirty-five people came.", "number"),
        ("en", "They ran 5 miles in the rain.", "They ran 5 km in the rain.", "number"),
        ("en", "It rose by 5 percentage points.", "It rose by 5 percent.", "number"),
        ("en", "The tickets cost 200 USD each.", "The tickets cost 200 EUR each.", "number"),
        ("en", "The market opens at 7 am on the quay.", "The market opens at 7 pm on the quay.", "number"),
        ("en", "More than 100 people came.", "Fewer than 100 people came.", "number"),
        ("en", "They ran 5 kilometers in the rain.", "They ran 5 kilometres in the rain.", "spelling"),
        ("en", "It happened over the road.", "It happened under the road.", "wording"),
        ("de", "Der Weg ist 5 km lang.", "Der Weg ist 5 m lang.", "number"),
        ("en", "They ordered a dozen buses.", "They ordered two dozen buses.", "number"),
        ("en", "It opened in May and closed later.", "It opened in June and closed later.", "date"),
        ("en", "The vote was in Sept. in the capital.", "The vote was in Oct. in the capital.", "date"),
        ("en", "Someone was hurt in the fire.", "Nobody was hurt in the fire.", "negation"),
        ("vi", "Dự án sẽ được triển khai.", "Dự án sẽ không được triển khai nữa.", "negation"),
        ("vi", "Chuyến thăm từ ngày 5 đến 7/3.", "Chuyến thăm từ ngày 5 đến 8/3.", "date"),
        ("fr", "Il travaille dans cette usine.", "Il ne travaille plus dans cette usine.", "negation"),
        ("es", "Alguien vino a la cita.", "Nadie vino a la cita.", "negation"),
        ("cs", "Město zaplatí účet za opravu.", "Město nezaplatí účet za opravu.", "negation"),
        ("ar", "وافقت الحكومة على ذلك.", "لم توافق الحكومة على ذلك.", "negation"),
        ("ar", "وتوجد محمية في الوادي.", "ولا توجد محمية في الوادي.", "negation"),
        ("he", "העירייה תשלם את החשבון.", "העירייה לא תשלם את החשבון.", "negation"),
        ("de", "Sie öffnet am Montagabend wieder.", "Sie öffnet am Dienstagabend wieder.", "date"),
        ("de", "Sie öffnet am 3. und 4. März wieder.", "Sie öffnet am 2. und 4. März wieder.", "date"),
        ("sv", "Mötet hålls på måndag i staden.", "Mötet hålls på tisdag i staden.", "date"),
        ("cs", "Schůzka je 3. března ve městě.", "Schůzka je 4. března ve městě.", "date"),
        ("fi", "Kokous on maanantaina kaupungissa.", "Kokous on tiistaina kaupungissa.", "date"),
        ("ru", "Пострадали три человека в городе.", "Пострадали четыре человека в городе.", "number"),
        ("zh", "三人受伤送医治疗。", "四人受伤送医治疗。", "number"),
        ("de", "Nach dem Streit lehnt die SPD das ab.", "Nach dem Streit lehnt die CDU das ab.", "name"),
        ("de", "Es kam der Sprecher Jan Ott. Ja, sagte Ott.", "Es kam der Sprecher Jan Ott. Ja, sagte Alt.", "name"),
        ("ru", "Мост длиной 412 метров сдан.", "Мост длиной 472 метра сдан.", "number"),
        ("hi", "काम 6 मार्च 2023 को शुरू हुआ था।", "काम 16 मार्च 2023 को शुरू हुआ था।", "date"),
        ("bn", "নিষেধাজ্ঞা শুরু হয়েছিল ২৪ অক্টোবর।", "নিষেধাজ্ঞা শুরু হয়েছিল ২৫ অক্টোবর।", "date"),
        ("fa", "این آمار روز ۲۴ آبان اعلام شد.", "این آمار روز ۲۶ آبان اعلام شد.", "date"),
        ("th", "โครงการเริ่มเมื่อวันที่ 12 มิถุนายน", "โครงการเริ่มเมื่อวันที่ 15 มิถุนายน", "date"),
        ("bn", "জেলে বলেন, তেলের খরচ উঠবে।", "জেলে বলেন, তেলের খরচ উঠবে না।", "negation"),
        ("ta", "உரம் இங்கே தேவை.", "உரம் இங்கே தேவையில்லை.", "negation"),
        ("fa", "حق‌آبه دریاچه قطع خواهد شد.", "حق‌آبه دریاچه قطع نخواهد شد.", "negation"),
        ("tr", "Sözleşmelerin değişeceğini söylüyor.", "Sözleşmelerin değişmeyeceğini söylüyor.", "negation"),
        ("tr", "Otobüs bugün geliyor.", "Otobüs bugün gelmiyor.", "negation"),
        ("tr", "Belediye ihaleyi yaptı.", "Belediye ihaleyi yapmadı.", "negation"),
        ("tr", "Bakan istifa edecek.", "Bakan istifa etmeyecek.", "negation"),
        ("pl", "Sąd uznał skargę.", "Sąd nie uznał skargi.", "negation"),
        ("ta", "அரசு பணம் தரும்.", "அரசு பணம் தராது.", "negation"),
        ("ko", "시장은 회의에 갔다.", "시장은 회의에 못 갔다.", "negation"),
        ("hi", "दो लोग घायल हुए।", "तीन लोग घायल हुए।", "number"),
        ("th", "ประชุมวันจันทร์นี้", "ประชุมวันศุกร์นี้", "date"),
        ("ko", "시가 상인과 협의했다고 주장했다.", "시가 상인과 협의하지 않았다고 주장했다.", "negation"),
        ("ja", "元の店の四割は戻ると話す。", "元の店の四割は戻らないと話す。", "negation"),
        ("ja", "人口の多い町だ。", "人口の少ない町だ。", "wording"),
        (
            "th",
            "ผลผลิตเฉลี่ยใกล้เคียงกับการปลูกแบบเดิม",
            "ผลผลิตเฉลี่ยใกล้เคียงกับการปลูกแบบเดิม เกษตรกรจึงมีกำไรมากขึ้นทุกราย",
            "sentence-added",
        ),
        (
            "th",
            "ผลผลิตเฉลี่ยใกล้เคียงกับแบบเดิม เกษตรกรจึงมีกำไรมากขึ้นทุกราย รัฐจะขยายพื้นที่",
            "ผลผลิตเฉลี่ยใกล้เคียงกับแบบเดิม รัฐจะขยายพื้นที่",
            "sentence-removed",
        ),
        ("th", "วิธีนี้เหมาะกับพื้นที่ดินทราย", "วิธีนี้ไม่เหมาะกับพื้นที่ดินทราย", "negation"),
        ("de", "Er sagte: »Wir zahlen alles.«", "Er sagte: »Wir zahlen manches.«", "quote"),
    ],
)
def test_edits_in_other_languages_have_their_kinds(language: str, before: str, after: str, kind: str) -> None:
    old, new = article(before, language=language), article(after, language=language)
    assert kinds(compare(old, new)) == [kind]


def test_a_compound_with_the_syllable_of_a_negation_denies_nothing() -> None:
    assert kinds(edited("cung cấp điện", "hàng không")) == ["wording"]


def test_a_word_at_the_start_of_a_sentence_is_no_name() -> None:
    assert kinds(edited("Người dân", "Nông dân")) == ["wording"]


def test_a_unit_of_a_number_is_part_of_it() -> None:
    texts = ("Dự án cần 7 tỷ đồng để hoàn thành theo kế hoạch.",)
    assert kinds(edited("7 tỷ", "7 triệu", texts=texts)) == ["number"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("Nhiệt độ là 5 độ C.", "Nhiệt độ là -5 độ C.", "5 became -5"),
        ("Nhiệt độ là 5.", "Nhiệt độ là −5.", "5 became −5"),
        ("Chỉ số đạt -2,5% hôm qua.", "Chỉ số đạt 2,5% hôm qua.", "-2,5% became 2,5%"),
        ("Chỉ số đạt -2,5% hôm qua.", "Chỉ số đạt +2,5% hôm qua.", "-2,5% became +2,5%"),
        ("Mức lỗ lãi (5 tỷ) đã rõ.", "Mức lỗ lãi (-5 tỷ) đã rõ.", "5 became -5"),
        ("The index moved by 2.5% today.", "The index moved by –2.5% today.", "2.5% became –2.5%"),
        ("Tỷ lệ là <5% ở đây.", "Tỷ lệ là > 5% ở đây.", "<5% became > 5%"),
    ],
)
def test_a_changed_sign_of_a_number_makes_it_another_one(before: str, after: str, reason: str) -> None:
    comparison = compare(article(before, CLOSING), article(after, CLOSING))
    assert kinds(comparison) == ["number"]
    assert comparison.reasons == (f"A number was changed: {reason}.",)
    assert kinds(compare(article(after, CLOSING), article(before, CLOSING))) == ["number"]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("- 5 người bị thương.", "5 người bị thương.", "spelling"),
        ("—5 người, ông đáp.", "5 người, ông đáp.", "spelling"),
        ("Có 3-5 người bị thương.", "Có 3 -5 người bị thương.", "spelling"),
        ("Lạnh tới -5 độ C.", "Lạnh tới −5 độ C.", "orthographic"),
        ("Chỉ số đạt 2,5%.", "Chỉ số đạt +2,5%.", "spelling"),
    ],
)
def test_a_dash_that_is_no_sign_changes_no_number(before: str, after: str, kind: str) -> None:
    assert kinds(compare(article(before, CLOSING), article(after, CLOSING))) == [kind]


def test_a_number_in_a_quotation_is_both() -> None:
    assert kinds(edited("dự án trong năm nay", "3 dự án trong năm nay")) == ["number", "quote"]


def test_a_date_in_another_form_is_not_another_date() -> None:
    texts = ("Sự việc xảy ra ngày 11/03/2025 tại cảng.",)
    assert kinds(edited("11/03/2025", "11-3-2025", texts=texts)) == ["spelling"]


@pytest.mark.parametrize(
    ("body", "kind", "significance"),
    [
        (
            (GROWTH, QUOTED, POWER, "Một đoạn hoàn toàn mới được thêm vào đây.", CLOSING),
            "paragraph-added",
            "substantive",
        ),
        ((GROWTH, QUOTED, CLOSING), "paragraph-removed", "substantive"),
        ((GROWTH, QUOTED, CLOSING, POWER), "moved", "minor"),
        ((GROWTH, QUOTED, POWER + " Thành phố sẽ công bố kết quả sau.", CLOSING), "sentence-added", "substantive"),
        ((GROWTH, QUOTED.partition(" Dự án")[0], POWER, CLOSING), "sentence-removed", "substantive"),
        ((), "paragraph-removed", "substantive"),
    ],
)
def test_paragraphs_and_sentences_come_go_and_move(body: tuple[str, ...], kind: str, significance: str) -> None:
    comparison = compare(OLD, replace(OLD, body=paragraphs(*body)))
    assert kinds(comparison) == [kind]
    assert comparison.significance == significance


def test_a_moved_paragraph_is_shown_and_has_no_words_that_differ() -> None:
    (change,) = compare(OLD, replace(OLD, body=paragraphs(QUOTED, POWER, CLOSING, GROWTH))).changes
    assert change == Change(field="body", kinds=(ChangeKind.MOVED,), before=GROWTH, after=GROWTH)


def test_two_sentences_made_one_are_reworded_and_not_removed() -> None:
    assert kinds(edited("cả vùng. Người", "cả vùng, và người")) == ["wording"]


@pytest.mark.parametrize(
    ("label", "gone", "stays"),
    [
        ("Hiệp một (1-0): ", "Đội chủ nhà dâng cao ngay từ đầu. ", "Bàn mở tỉ số đến từ một quả phạt đền ở phút 23."),
        ("Heritage (1-0): ", "They pressed from the start. ", "The opening goal came from a penalty."),
        ("専門家の話：", "市場は落ち着いた。", "来年は回復するだろう。"),
    ],
)
def test_a_sentence_that_goes_or_comes_behind_a_label_leaves_the_label(label: str, gone: str, stays: str) -> None:
    whole, without = article(label + gone + stays, CLOSING), article(label + stays, CLOSING)
    removed, added = compare(whole, without).changes, compare(without, whole).changes
    assert [(change.kinds, change.before) for change in removed] == [((ChangeKind.SENTENCE_REMOVED,), gone.strip())]
    assert [(change.kinds, change.after) for change in added] == [((ChangeKind.SENTENCE_ADDED,), gone.strip())]


def test_what_is_edited_behind_a_label_is_shown_with_it() -> None:
    old = article("Ông Nam nói: Dự án tốn 12 tỷ đồng. Dự án sẽ xong trong năm nay.", CLOSING)
    (change,) = compare(old, with_text(old, "12 tỷ", "15 tỷ")).changes
    assert change.before == "Ông Nam nói: Dự án tốn 12 tỷ đồng."


def test_a_cell_of_a_table_and_a_list_item_are_compared_by_word() -> None:
    rows = (
        Block(kind=BlockKind.TABLE_ROW, text="Hà Nội | 10 | 20"),
        Block(kind=BlockKind.TABLE_ROW, text="Huế | 30 | 40"),
        Block(kind=BlockKind.LIST_ITEM, text="75"),
        Block(kind=BlockKind.LIST_ITEM, text="Cá"),
    )
    old = replace(OLD, body=rows)
    assert kinds(compare(old, with_text(old, "20", "25"))) == ["number"]
    assert kinds(compare(old, with_text(old, "75", "76"))) == ["number"]
    assert kinds(compare(old, with_text(old, "Cá", "Thịt"))) == ["wording"]


def test_a_replaced_text_is_removed_and_added() -> None:
    comparison = compare(OLD, replace(OLD, body=paragraphs(*ENGLISH)))
    assert kinds(comparison) == ["paragraph-removed", "paragraph-added"]


@pytest.mark.parametrize(
    ("field", "value", "kind", "significance"),
    [
        ("title", "Kinh tế tăng trưởng 7,6%", "headline", "substantive"),
        ("lead", "Hội nghị bàn về tăng trưởng của cả vùng.", "lead", "minor"),
        ("lead", "Hội nghị bàn về tăng truởng của cả nước.", "lead", "cosmetic"),
        ("lead", "Hội nghị bàn về tăng trưởng của cả nước. Ba tỉnh dự.", "lead", "substantive"),
        ("authors", ("Minh Anh", "Thu Hà"), "byline", "minor"),
        ("authors", (), "byline", "minor"),
        ("published", moment(2025, 3, 12, 8, 0), "dateline", "minor"),
        ("section", "Chính trị", "section", "minor"),
        ("captions", ("Quang cảnh phiên họp.",), "caption", "minor"),
        ("images", (Image(url="https://anh.baovidu.example/w640/chan-dung-7654321.jpg"),), "image", "minor"),
        ("tags", ("kinh tế",), "tags", "minor"),
    ],
)
def test_each_field_has_its_kind(field: str, value: object, kind: str, significance: str) -> None:
    comparison = compare(OLD, replace(OLD, **{field: value}))  # type: ignore[arg-type] # any field
    assert kinds(comparison) == [kind]
    assert comparison.fields == (field,)
    assert comparison.significance == significance
    assert comparison.acknowledged is Acknowledged.SILENT
    assert comparison.reasons


def test_a_tag_that_names_the_section_goes_with_it() -> None:
    old = replace(OLD, tags=("Kinh tế", "tăng trưởng"))
    moved = replace(old, section="Xã hội", tags=("Xã hội", "tăng trưởng"))
    assert [change.field for change in compare(old, moved).changes] == ["section"]
    assert [change.field for change in compare(old, replace(moved, tags=("Xã hội",))).changes] == ["section", "tags"]
    assert [change.field for change in compare(old, replace(old, tags=moved.tags)).changes] == ["tags"]


def test_a_shape_is_an_orthographic_and_cosmetic_edit() -> None:
    old = article("Uỷ ban nói: “Hoà bình – và phát triển”.")
    comparison = compare(old, article('Ủy ban nói: "Hòa bình - và phát triển".'))
    assert kinds(comparison) == ["orthographic"]
    assert comparison.significance is Significance.COSMETIC
    assert comparison.changes[0].removed[0] == "Uỷ"
    title = compare(replace(OLD, title="“Hoà”"), replace(OLD, title='"Hòa"'))
    assert (kinds(title), title.fields) == (["orthographic"], ("title",))


def test_a_joiner_in_a_persian_word_is_shown_and_its_edit_is_orthographic() -> None:
    joined, old, new = "می\u200cگوید", "کتاب\u200cها", "کتاب ها"
    comparison = edited(old, new, texts=("عنوان", "", f"او {joined} که {old} ارزان شدند."), language="fa")
    assert "".join(comparison.changes[0].removed) == old
    without = edited(joined, joined.replace("\u200c", ""), texts=("عنوان", "", f"او {joined} که."), language="fa")
    assert (kinds(without), without.significance) == (["orthographic"], Significance.COSMETIC)


def noise() -> dict[str, Article]:
    """The same article as other templates, caches and encoders serve it."""
    nfd = tuple(replace(block, text=unicodedata.normalize("NFD", block.text)) for block in OLD.body)
    spaced = tuple(replace(block, text=block.text.replace(" ", "\u00a0").replace("n", "n\u200b")) for block in OLD.body)
    lead = paragraphs(OLD.lead)
    return {
        "decomposed": replace(OLD, body=nfd, title=unicodedata.normalize("NFD", OLD.title)),
        "no-break and zero-width": replace(OLD, body=spaced),
        "lead in the body": replace(OLD, lead="", body=lead + OLD.body),
        "lead in both": replace(OLD, body=lead + OLD.body),
        "lead cut short": replace(OLD, lead=OLD.lead[:-5] + "…") if len(OLD.lead) > 45 else OLD,
        "caption in the body": replace(OLD, captions=(), body=OLD.body + paragraphs(*OLD.captions)),
        "blocks cut anew": replace(OLD, body=paragraphs(f"{GROWTH} {QUOTED}", *POWER.split(". "), CLOSING)),
        "other kinds of block": replace(OLD, body=tuple(replace(b, kind=BlockKind.HEADING) for b in OLD.body)),
        "resized image": replace(OLD, images=(Image(url="http://cdn.example/w1200/hoi-nghi-1234567.webp?v=2"),)),
        "all tags lost": replace(OLD, tags=()),
        "tags in another order": replace(OLD, tags=("#Tăng trưởng", "Kinh tế")),
        "byline in capitals": replace(OLD, authors=("MINH ANH",)),
        "section in capitals": replace(OLD, section="KINH TẾ"),
        "section lost": replace(OLD, section=""),
        "date only": replace(OLD, published=moment(2025, 3, 11, date_only=True)),
        "another zone": replace(OLD, published=moment(2025, 3, 11, 13, 25, hours=0)),
        "with seconds": replace(OLD, published=moment(2025, 3, 11, 20, 25, 42)),
        "no published time": replace(OLD, published=None, modified=None),
        "another address": replace(OLD, url="https://m.baovidu.example/a", canonical_url="x", language="en"),
    }


@pytest.mark.parametrize("name", noise())
def test_noise_is_no_edit_in_either_direction(name: str) -> None:
    other = noise()[name]
    if name == "blocks cut anew":
        other = replace(other, body=tuple(replace(b, text=b.text.removesuffix(".") + ".") for b in other.body))
    assert compare(OLD, other) == Comparison()
    assert compare(other, OLD) == Comparison()


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("Hội nghị bàn về tăng trưởng 8% của cả nước.", "number"),
        ("Hội nghị không bàn về tăng trưởng của cả nước.", "negation"),
        ("Hội nghị bàn về tăng trưởng của cả Nam Bộ.", "name"),
    ],
)
def test_a_lead_says_what_its_words_changed_where_that_tells(lead: str, kind: str) -> None:
    comparison = compare(OLD, replace(OLD, lead=lead))
    assert kinds(comparison) == ["lead", kind]
    assert comparison.significance == "substantive"


def test_a_lead_cut_short_with_an_ellipsis_is_the_same_lead() -> None:
    whole = replace(OLD, lead="Hội nghị bàn về tăng trưởng của cả nước trong mười năm tới và xa hơn nữa.")
    assert not compare(whole, replace(whole, lead=whole.lead[:50] + "...")).changes


def test_an_edited_lead_that_a_template_no_longer_marks_is_still_the_lead() -> None:
    moved = replace(OLD, lead="", body=paragraphs("Hội nghị bàn về tăng trưởng 9% của cả nước.") + OLD.body)
    assert kinds(compare(OLD, moved)) == ["lead", "number"]


def test_an_edited_lead_that_is_the_second_paragraph_of_the_other_reading_is_compared_with_that() -> None:
    first, *rest = OLD.body
    other = "Hội nghị không bàn về tăng trưởng của cả nước."
    unmarked = replace(OLD, lead="", body=(first, *paragraphs(other), *rest))
    assert kinds(compare(OLD, unmarked)) == ["negation"]
    assert kinds(compare(unmarked, OLD)) == ["negation"]


def test_a_lead_that_stands_behind_two_paragraphs_now_has_moved() -> None:
    first, second, *rest = OLD.body
    moved = replace(OLD, lead="", body=(first, second, *paragraphs(OLD.lead), *rest))
    moved = replace(moved, shown=shown_keys([moved.lead, *(block.text for block in moved.body)], ()))
    old = replace(OLD, shown=shown_keys([OLD.lead, *(block.text for block in OLD.body)], ()))
    assert kinds(compare(old, moved)) == ["moved"]
    assert kinds(compare(moved, old)) == ["moved"]


def test_a_paragraph_that_is_read_as_the_lead_where_the_lead_was_not_read_has_not_moved() -> None:
    first, second, *rest = OLD.body
    other = replace(OLD, lead=second.text, body=(first, *rest))
    shown = shown_keys([OLD.lead, *(block.text for block in OLD.body)], ())
    assert not compare(replace(OLD, shown=shown), replace(other, shown=shown)).changes


def test_a_newer_time_alone_is_touched() -> None:
    comparison = compare(OLD, replace(OLD, modified=moment(2025, 3, 12, 9, 0)))
    assert comparison.fields == ("modified",)
    assert kinds(comparison) == ["dateline"]
    assert comparison.acknowledged is Acknowledged.TOUCHED
    assert comparison.significance is Significance.COSMETIC


def test_an_update_line_that_names_another_time_is_touched() -> None:
    old = replace(OLD, body=(*paragraphs("Cập nhật lúc 15:59"), *OLD.body))
    new = with_text(old, "15:59", "16:20")
    comparison = compare(old, new)
    assert comparison.fields == ("modified",)
    assert kinds(comparison) == ["dateline"]
    assert (comparison.changes[0].removed, comparison.changes[0].added) == (
        ("Cập nhật lúc 15:59",),
        ("Cập nhật lúc 16:20",),
    )
    assert comparison.acknowledged is Acknowledged.TOUCHED
    assert comparison.significance is Significance.COSMETIC


def test_an_update_line_declares_an_edit_beside_it_and_is_no_change_of_its_own() -> None:
    old = replace(OLD, body=(*OLD.body, *paragraphs("Updated 3:59 p.m.")))
    edited = with_text(old, "7,5%", "7,6%")
    comparison = compare(old, with_text(edited, "3:59", "4:20"))
    assert kinds(comparison) == ["number"]
    assert comparison.acknowledged is Acknowledged.DECLARED
    assert compare(old, edited).acknowledged is Acknowledged.SILENT


def test_the_time_of_an_update_that_stands_for_the_published_one_is_no_dateline() -> None:
    first, second = (replace(moment(2025, 3, 12, hour, 0), updated=True) for hour in (9, 11))
    old, new = (replace(OLD, published=at, modified=at) for at in (first, second))
    assert compare(old, new).acknowledged is Acknowledged.TOUCHED
    assert compare(old, new).fields == ("modified",)
    assert compare(replace(OLD, modified=None), replace(new, modified=None)).changes == ()


def test_a_newer_time_declares_an_edit_and_is_no_change_of_its_own() -> None:
    new = replace(with_text(OLD, "7,5%", "7,6%"), modified=moment(2025, 3, 12, 9, 0))
    comparison = compare(OLD, new)
    assert comparison.fields == ("body",)
    assert comparison.acknowledged is Acknowledged.DECLARED
    assert compare(new, OLD).acknowledged is Acknowledged.SILENT


@pytest.mark.parametrize(
    "note",
    [
        "Đính chính: Bản trước của bài viết ghi sai tên ông An.",
        "Cập nhật lúc 10:30 ngày 12/3.",
        "Bài viết đã được cập nhật số liệu mới.",
        "Correction: An earlier version of this article misspelled a name.",
        "This article has been updated.",
        "Korrektur: In einer früheren Version stand ein falscher Name.",
    ],
)
def test_a_correction_note_declares_an_edit(note: str) -> None:
    comparison = compare(OLD, replace(OLD, body=OLD.body + paragraphs(note)))
    assert kinds(comparison) == ["correction-note"]
    assert comparison.acknowledged is Acknowledged.DECLARED


def test_a_note_that_was_there_before_declares_nothing() -> None:
    old = replace(OLD, body=OLD.body + paragraphs("Đính chính: Bản trước ghi sai tên."))
    assert compare(old, with_text(old, "7,5%", "7,6%")).acknowledged is Acknowledged.SILENT


def test_a_list_of_tags_that_comes_or_goes_is_the_templates_but_a_tag_is_an_editors() -> None:
    none, one, two = (replace(OLD, tags=OLD.tags[:number]) for number in range(3))
    assert [kinds(compare(*pair)) for pair in ((none, two), (two, none))] == [[], []]
    assert [kinds(compare(*pair)) for pair in ((none, one), (one, none), (one, two), (two, one))] == [["tags"]] * 4


def test_several_edits_are_all_reported_with_the_heaviest_reason_first() -> None:
    new = with_text(with_text(OLD, "7,5%", "7,6%"), "cả vùng", "toàn vùng")
    comparison = compare(OLD, replace(new, tags=OLD.tags[1:]))
    assert kinds(comparison) == ["number", "wording", "tags"]
    assert comparison.significance is Significance.SUBSTANTIVE
    assert comparison.reasons[0] == "A number was changed: 7,5% became 7,6%."


TEXTS = st.lists(
    st.sampled_from([*VIETNAMESE, *ENGLISH, GROWTH.replace("7,5%", "8%"), "a", "", "“", "Ông không nói. Ông An nói."]),
    max_size=6,
)
ANY_TEXT = st.text(max_size=40)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    texts = draw(TEXTS) + draw(st.lists(ANY_TEXT, max_size=2))
    blocks = tuple(Block(kind=draw(st.sampled_from(BlockKind)), text=text) for text in texts)
    return Article(
        url="u",
        canonical_url="u",
        title=draw(st.sampled_from(["T", "t", "“T”", '"T"', ""])),
        lead=" ".join(draw(st.lists(st.sampled_from([*VIETNAMESE[:3], "Một sapo khác hẳn."]), max_size=3))),
        section=draw(st.sampled_from(["", "A", "B"])),
        authors=tuple(draw(st.lists(st.sampled_from(["An", "Bình"]), max_size=2))),
        published=draw(st.sampled_from([None, moment(2025, 3, 11), moment(2025, 3, 12)])),
        modified=draw(st.sampled_from([None, moment(2025, 3, 11), moment(2025, 3, 13)])),
        language=draw(st.sampled_from(["", "vi", "en", "de"])),
        body=blocks,
        captions=tuple(draw(st.lists(st.sampled_from([GROWTH, "Ảnh.", "“Ảnh”."]), max_size=2))),
        images=tuple(Image(url=url) for url in draw(st.lists(ANY_TEXT, max_size=2))),
        tags=tuple(draw(st.lists(ANY_TEXT, max_size=2))),
        shown=shown_keys(draw(st.lists(st.sampled_from([*texts, *VIETNAMESE[:3]]), max_size=6)), ()),
    )


@given(articles())
def test_an_article_does_not_differ_from_itself(one: Article) -> None:
    assert compare(one, one) == Comparison()
    assert compare(one, replace(one, url="v")) == Comparison()


@given(articles(), articles())
def test_whether_there_are_changes_does_not_depend_on_the_direction(one: Article, other: Article) -> None:
    there, back = compare(one, other), compare(other, one)
    assert bool(there.changes) == bool(back.changes)
    assert compare(one, other) == there
    assert bool(there.changes) == bool(there.reasons)


def test_hostile_texts_are_compared_all_the_same() -> None:
    for before, after in [
        ("a " * 5000, "a " * 4000),
        ("a b " * 20_000, "b a a " * 20_000),
        ("." * 50_000, ". " * 50_000),
        ("x" * 300_000, "y" * 300_000),
        ('"' * 20_000 + "‘" * 20_000, "“" * 20_000),
    ]:
        assert compare(article(before), article(after)).changes


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("title", "Tăng trưởng 7,5% trong năm", "Tăng trưởng 7,6% trong năm"),
        ("captions", ("Tăng trưởng 7,5% trong năm.",), ("Tăng trưởng 7,6% trong năm.",)),
    ],
)
def test_the_words_of_titles_and_captions_weigh_where_the_site_says_so(field: str, before: Any, after: Any) -> None:
    old, new = (replace(OLD, **{field: value}) for value in (before, after))
    plain = compare(old, new)
    level = Significance.MINOR if plain.significance is Significance.SUBSTANTIVE else Significance.SUBSTANTIVE
    weights = SiteWeights(fields={field: {ChangeKind.NUMBER: level, ChangeKind.SPELLING: Significance.COSMETIC}})
    weighed = compare(old, new, weights=weights)
    assert weighed.changes == plain.changes
    assert weighed.significance is level
    assert f"the site file {'raises' if level is Significance.SUBSTANTIVE else 'lowers'} this" in weighed.reasons[0]


def test_a_newer_time_alone_is_cosmetic_whatever_the_site_says() -> None:
    weights = SiteWeights(kinds={ChangeKind.DATELINE: Significance.SUBSTANTIVE})
    touched = compare(OLD, replace(OLD, modified=moment(2025, 3, 12, 9, 0)), weights=weights)
    assert touched.significance is Significance.COSMETIC


def test_a_paragraph_that_goes_to_the_end_of_the_lead_or_comes_from_there_is_no_edit() -> None:
    longer = replace(OLD, lead=f"{OLD.lead} {GROWTH}", body=OLD.body[1:])
    assert not compare(OLD, longer).changes
    assert not compare(longer, OLD).changes
    assert kinds(compare(OLD, replace(longer, lead=f"{OLD.lead} {CLOSING} {GROWTH} Và thêm một câu."))) != []


def test_a_note_that_stands_above_the_text_and_is_read_as_lead_is_a_correction_note() -> None:
    note = "Đính chính: Bản trước ghi sai."
    for old in (OLD, replace(OLD, lead="")):
        comparison = compare(old, replace(old, lead=f"{note} {old.lead}".strip()))
        assert (kinds(comparison), comparison.acknowledged) == (["correction-note"], Acknowledged.DECLARED)
    changed = compare(OLD, replace(OLD, lead=f"{note} Hội nghị bàn về lạm phát của cả nước."))
    assert kinds(changed) == ["lead", "correction-note"]
