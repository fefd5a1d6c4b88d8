"""Pages built as the publishing systems of Vietnamese newspapers build them read as lead, body and captions alone."""

import pytest

from crawler.pages.reading import read
from crawler.rules import Rules
from storage.records import Article

URL = "https://baovidu.example/xa-hoi/cho-noi-hop-lai-185260111.htm"
TITLE = "Chợ nổi Vàm Lớn họp lại sau bảy năm vắng ghe"
LEAD = "Sáng 11/1, chợ nổi Vàm Lớn đón hơn hai trăm ghe thuyền trong phiên họp đầu tiên sau bảy năm vắng bóng."
STORY = [
    "Từ ba giờ sáng, những chiếc ghe chở khoai, bí và dừa từ các xã cù lao đã neo thành hàng dọc bờ bắc.",
    "Bà Lý Thị Sen, 58 tuổi, kể bà giữ lại chiếc ghe của cha mẹ vì tin có ngày chợ sẽ họp lại trên khúc sông này.",
    "Theo huyện Vàm Lớn, chợ họp vào thứ bảy và chủ nhật, từ ba đến chín giờ, với bốn bến đậu mới cho khách.",
    "Ông Trần Văn Bảy, người lái đò ở bến nam, nói khách đặt chỗ kín hai tuần, phần đông là các gia đình từ thành phố.",
    "Ba trường tiểu học hai bên sông đã đổi giờ vào lớp ngày thứ bảy để học trò kịp phụ cha mẹ dọn hàng về nhà.",
    "“Chúng tôi không muốn dựng lại một cái chợ cho khách chụp ảnh”, chủ tịch huyện nói trong buổi họp sáng cùng ngày.",
    "Huyện dự kiến dành 4,2 tỷ đồng trong năm nay để nạo vét luồng và thu gom rác trên đoạn sông dài 1,8 km.",
]
CAPTION = "Ghe chở nông sản neo dọc bờ bắc lúc bốn giờ sáng."
OTHER = "Phà Vàm Lớn thêm tám chuyến mỗi ngày từ tháng sau"
SUMMARY = "Từ tháng sau, tuyến phà nối hai bờ sẽ chạy thêm tám chuyến mỗi ngày để giảm cảnh xếp hàng giờ cao điểm."
LINK = f"<a href='/pha-them-chuyen-185260109.htm'>{OTHER}</a>"
PHOTO = "<img data-src='/anh/cho.jpg' alt='cho-noi.jpg'>"


def paragraphs(texts: list[str], around: str = "<p>{}</p>") -> str:
    return "".join(around.format(text) for text in texts)


BOXED = f"""<h1 class="detail-title" data-role="title">{TITLE}</h1><h2 class="detail-sapo" data-role="sapo">{LEAD}</h2>
<div class="detail-cmain"><div class="detail-content afcbc-body" data-role="content">
<figure class="VCSortableInPreviewMode" type="Photo"><div>{PHOTO}</div>
<figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">{CAPTION}</p></figcaption></figure>
{paragraphs(STORY[:2])}
<div class="VCSortableInPreviewMode" type="RelatedOneNews"><div class="VCObjectBoxRelatedNewsItem">
<a href="/pha-them-chuyen-185260109.htm"><img src="/t.jpg"></a><div class="VCObjectBoxRelatedNewsItemContent">
<p>{LINK}</p><p class="VCObjectBoxRelatedNewsItemSapo">{SUMMARY}</p></div></div></div>
{paragraphs(STORY[2:])}
<div class="VCSortableInPreviewMode link-content-footer"><b>&gt;&gt;&gt; Đọc thêm:</b> {LINK}</div></div>
<div class="detail__related"><div class="title">Tin liên quan</div>
<ul><li>{LINK}<p>{SUMMARY}</p></li></ul></div></div>"""

NORMAL = f"""<div class="sidebar-1"><h1 class="title-detail">{TITLE}</h1><p class="description">{LEAD}</p>
<ul class="list-news"><li data-id="1">{LINK}</li><li data-id="2"><a href="/be.html">Bè cá Vàm Lớn được mùa</a></li></ul>
<article class="fck_detail">{paragraphs(STORY[:1], '<p class="Normal">{}</p>')}
<figure class="tplCaption"><div class="fig-picture">{PHOTO}</div>
<figcaption><p class="Image">{CAPTION}</p></figcaption></figure>
{paragraphs(STORY[1:], '<p class="Normal">{}</p>')}
<p class="Normal" style="text-align:right;"><strong>Lê An</strong></p></article>
<div class="box-tinlienquanv2"><article><h4>{LINK}</h4><p class="description">{SUMMARY}</p></article></div></div>"""

TABLED = f"""<div class="article"><h1 class="article__title cms-title">{TITLE}</h1>
<div class="article__meta"><a class="article__author" href="/tac-gia/le-an">Lê An</a>
<time datetime="2026-01-11T09:00:00+07:00">11/01/2026 09:00</time></div>
<div class="article__sapo cms-desc">{LEAD}</div>
<div class="article__body cms-body"><table class="picture"><tr><td class="pic">{PHOTO}</td></tr>
<tr><td class="caption"><p>{CAPTION}</p></td></tr></table>{paragraphs(STORY[:3])}
<div class="cms-relate"><a href="/pha-them-chuyen-185260109.htm" class="cms-relate-title">{OTHER}</a></div>
{paragraphs(STORY[3:])}</div>
<div class="article__tag"><span>Từ khóa:</span><a href="/tag/cho-noi">chợ nổi</a></div>
<div class="article-relate"><h3>Tin cùng chuyên mục</h3><div class="item"><a href="/b.html"><img src="/b.jpg"></a>
<h4>{LINK}</h4><div class="desc">{SUMMARY}</div></div></div></div>"""

OLD = f"""<form id="aspnetForm"><table><tr><td><div class="bv-title"><h1>{TITLE}</h1></div>
<div class="sum"><p><strong>{LEAD}</strong></p></div>
<div class="bv-lq"><p>{LINK}</p></div>
<div class="noidung">{paragraphs(STORY[:2])}<p align="center">{PHOTO}</p>
<p class="img_chu_thich_0407">{CAPTION}</p>{paragraphs(STORY[2:])}
<p><em><strong>Xem thêm: </strong></em>{LINK}</p><p style="text-align: right"><strong>Lê An</strong></p></div>
<p>Mời bạn đọc gửi ý kiến về hộp thư của báo.</p><h3>Các tin khác</h3>
<ul><li>{LINK} (10/01)</li><li><a href="/c.html">Lúa đông xuân được mùa ở cù lao</a> (09/01)</li></ul>
</td></tr></table></form>"""

BROKEN = f"""<article><h1>{TITLE}</h1><div class="post-body"><h2><strong>{LEAD}</strong></h2>
<div class="ads-label">Quảng cáo</div>{STORY[0]}<br><br>{STORY[1]}<br><br>
<div><span>{PHOTO}</span></div><div style="text-align:center"><em>{CAPTION}</em></div>
{"<br /><br />".join(STORY[2:])}<br><br>
<b>Có thể bạn quan tâm:</b><br>{LINK}<br><a href="/d.html">Trường mới ở cù lao đón học sinh</a><br>
Theo dõi Báo Ví Dụ trên Google News</div></article>"""


def article(main: str) -> Article:
    head = f"<title>{TITLE} - Báo Ví Dụ</title><meta property='og:title' content='{TITLE}'>"
    foot = "<footer>Giấy phép số 1</footer>"
    html = f"<html lang='vi'><head><meta charset='utf-8'>{head}</head><body>{main}{foot}</body></html>"
    found = read(html.encode(), URL, "text/html; charset=utf-8", Rules(timezone="Asia/Ho_Chi_Minh")).article
    assert found is not None
    return found


PICKED = f"""<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{paragraphs(STORY)}</div>
<div class="list"><h3>{LINK}</h3><h3><a href="/b.html">Bè cá Vàm Lớn được mùa</a></h3>
<h3><a href="/c.html">Lúa được mùa ở xã</a></h3>
</div><div class="promo-1"><p class="big">Sông nước miền Tây qua ống kính: triển lãm mở cửa đến hết tháng.</p></div>"""


@pytest.mark.parametrize("name", ["BOXED", "NORMAL", "TABLED", "OLD", "BROKEN"])
def test_a_newspaper_page_reads_as_its_article_alone(name: str) -> None:
    found = article(globals()[name])
    assert found.lead == LEAD
    assert [block.text for block in found.body] == STORY
    assert found.captions == (CAPTION,)


def test_what_stands_below_pointers_and_is_written_unlike_the_article_is_no_part_of_it() -> None:
    found = article(PICKED)
    assert [block.text for block in found.body] == STORY


def test_a_headline_with_a_kicker_in_it_still_is_where_the_article_begins() -> None:
    main = f"<h1><span>Chuyện cuối tuần</span> <span>{TITLE}</span></h1><div>{LEAD}</div><div>{paragraphs(STORY)}</div>"
    found = article(main)
    assert found.lead == LEAD
    assert [block.text for block in found.body] == STORY


def test_who_said_a_quotation_is_read_with_it_though_it_stands_in_a_box_of_its_own() -> None:
    quoted = "<blockquote><div class='q'><p>Một bến vắng ghe là một bến quên tên mình.</p></div>"
    told = f"{quoted}<div class='by'><span>Bà Sen, năm 2009</span></div></blockquote>"
    boxed = f"<div class='box'>{told}</div>"
    main = f"<h1>{TITLE}</h1><h2>{LEAD}</h2><div class='c'>{paragraphs(STORY[:3])}{boxed}{paragraphs(STORY[3:])}</div>"
    texts = [block.text for block in article(main).body]
    assert texts[3:5] == ["Một bến vắng ghe là một bến quên tên mình.", "Bà Sen, năm 2009"]


def test_a_heading_above_the_first_paragraph_belongs_to_a_text_that_has_more_of_them() -> None:
    parts = "".join(f"<h3>{hour}h: {STORY[hour - 12][:30]}</h3><p>{STORY[hour - 12]}</p>" for hour in range(12, 19))
    main = f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='detail-content'>{parts}</div>"
    assert article(main).body[0].text.startswith("12h: ")


FARE = (
    "Phà chạy bốn chuyến mỗi ngày giữa hai bờ, chở cả xe tải nhỏ và khách bộ hành, với giá vé giữ nguyên như năm "
    "ngoái, và thêm một chuyến muộn lúc chín giờ tối vào thứ bảy cho khách đi chợ về."
)


def test_a_short_article_is_read_and_not_the_many_summaries_below_it() -> None:
    cards = "".join(
        f"<div class='k'><h3><a href='/t{n}.html'>Chuyện thứ {n} kể từ bến sông Vàm Lớn</a></h3>"
        f"<span class='t'>{n} giờ trước</span><span class='s'>{text}</span></div>"
        for n, text in enumerate(STORY, 1)
    )
    below = f"<div class='n'><h4>Tin cùng chuyên mục</h4>{cards}</div>"
    main = f"<div><h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='c'><p>{FARE}</p></div>{below}</div>"
    assert [block.text for block in article(main).body] == [FARE]


def test_a_poll_amid_a_short_text_is_left_out() -> None:
    options = "".join(f"<li><label><input type='radio' name='v'> {one}</label> <span>31%</span></li>" for one in "ABC")
    poll = f"<div class='box-poll'><p>Bạn đi chợ bằng gì?</p><ul>{options}</ul><p>500 phiếu</p></div>"
    main = f"<h1>{TITLE}</h1><p class='sapo'>{LEAD}</p><div><p>{STORY[0]}</p>{poll}<p>{STORY[1]}</p></div>"
    assert [block.text for block in article(main).body] == STORY[:2]


def test_an_article_ends_with_its_tags() -> None:
    tags = "<div class='tags'><a href='/tag/cho-noi'>chợ nổi</a><a href='/tag/vam-lon'>Vàm Lớn</a></div>"
    box = "<div class='s'><h3>Tủ sách</h3><p>Mỗi tuần một tựa sách mới cho người yêu sông nước miền Tây.</p></div>"
    text = f"<div class='b'><p>{STORY[0]}</p><p>{STORY[1]}</p></div>"
    main = f"<section><h1>{TITLE}</h1><p class='sapo'>{LEAD}</p>{text}{tags}{box}</section>"
    assert [block.text for block in article(main).body] == STORY[:2]


def test_how_long_a_recording_of_the_text_is_is_no_part_of_it() -> None:
    audio = "<div class='audio'><button>Nghe</button><span>5:22</span></div>"
    main = f"<article><h1>{TITLE}</h1>{audio}<h2 class='sapo'>{LEAD}</h2><div class='b'><p>{FARE}</p></div></article>"
    assert [block.text for block in article(main).body] == [FARE]


def test_a_picture_behind_the_last_paragraph_is_read_though_a_pointer_stands_between() -> None:
    pointer = f"<p>&gt;&gt;&gt; {LINK}</p>"
    picture = f"<figure>{PHOTO}<figcaption><p>{CAPTION}</p></figcaption></figure>"
    main = f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='b'>{paragraphs(STORY)}{pointer}{picture}</div>"
    assert article(main).captions == (CAPTION,)


def test_a_question_in_italics_below_a_picture_that_has_its_caption_is_no_second_one() -> None:
    figure = f"<figure>{PHOTO}<figcaption>{CAPTION}</figcaption></figure>"
    asked = "<p><strong><em>- Bao giờ chợ họp lại cả tuần, thưa ông?</em></strong></p>"
    text = f"{paragraphs(STORY[:3])}{figure}{asked}{paragraphs(STORY[3:])}"
    found = article(f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='c'>{text}</div>")
    assert found.captions == (CAPTION,)
    assert found.body[3].text == "- Bao giờ chợ họp lại cả tuần, thưa ông?"


def test_a_box_that_calls_itself_a_quotation_is_text() -> None:
    said = "Một bến vắng ghe là một bến quên tên mình, bà tôi hay nói vậy."
    quote = f"<div class='notebox cms-quote'><div class='quote'>{said}<br><i>Bà Lý Thị Sen</i></div></div>"
    text = f"{paragraphs(STORY[:3])}{quote}{paragraphs(STORY[3:])}"
    found = article(f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='c'>{text}</div>")
    assert found.body[3].text.startswith(said)


@pytest.mark.parametrize("inner", ["<p class='t'>{}</p><p>Bà Lý Thị Sen</p>", "<blockquote>{}</blockquote>"])
def test_a_quotation_set_off_in_an_aside_is_text_and_a_link_in_one_is_none(inner: str) -> None:
    said = "Một bến vắng ghe là một bến quên tên mình, bà tôi hay nói vậy."
    aside = f"<aside class='Quote_root__f41c2'>{inner.format(said)}</aside>"
    text = f"{paragraphs(STORY[:3])}{aside}{paragraphs(STORY[3:])}"
    found = article(f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='c'>{text}</div>")
    assert found.body[3].text.startswith(said)
    linked = text.replace(said, LINK)
    found = article(f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='c'>{linked}</div>")
    assert [block.text for block in found.body] == STORY


def test_the_summary_of_a_card_below_a_short_text_is_no_part_of_it() -> None:
    card = (
        f"<div class='w'><div class='f'><div><a href='/pha-them-chuyen-185260109.htm'><img src='/t.jpg'></a></div>"
        f"<div><h3>{LINK}</h3><div class='d'>{SUMMARY}</div></div></div></div>"
    )
    text = f"<p>{STORY[0]}</p>{card}"
    found = article(f"<section><h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='c'>{text}</div></section>")
    assert [block.text for block in found.body] == STORY[:1]


def test_a_short_text_set_in_spans_is_signed_below_it_though_a_link_stands_amid_it() -> None:
    spans = paragraphs(STORY[:2], "<p style='text-align:justify'><span style='font-size:12pt'>{}</span></p>")
    signed = "<p style='text-align:right'><strong>H.Y.</strong></p>"
    text = f"<div class='c'><p>&gt;&gt; {LINK}</p>{spans}{signed}</div>"
    found = article(f"<h1>{TITLE}</h1><div class='sapo'>{LEAD}</div>{text}")
    assert found.authors == ("H.Y.",)
    assert [block.text for block in found.body] == STORY[:2]


def test_what_readers_may_choose_from_amid_the_text_is_left_out_with_its_question() -> None:
    choice = "<li><label><input type='radio' name='v'>{}</label><span>31%</span></li>"
    asked = (
        f"<ul>{choice.format('Nên họp')}{choice.format('Không nên')}</ul><button>Gửi</button><span>3937 phiếu</span>"
    )
    poll = f"<div class='hoi'><h3>Chợ nổi có nên họp mỗi ngày?</h3>{asked}</div>"
    html = f"<h1>{TITLE}</h1><div>{paragraphs(STORY[:3])}{poll}{paragraphs(STORY[3:])}</div>"
    article = read(f"<html lang='vi'>{html}".encode(), URL, "text/html; charset=utf-8", Rules()).article
    assert article is not None
    assert [block.text for block in article.body] == STORY


def test_a_picture_beside_the_headline_of_another_article_is_none_of_this_one() -> None:
    card = f"<div class='x5'><div><div class='x6'><img src='/khac.jpg' alt=''></div><h2>{LINK}</h2></div></div>"
    text = f"{paragraphs(STORY[:2])}<figure>{PHOTO}</figure>{paragraphs(STORY[2:4])}{card}{paragraphs(STORY[4:])}"
    found = article(f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='c'>{text}</div>")
    assert len(found.images) == 1
    assert not found.images[0].url.endswith("/khac.jpg")


def test_how_long_ago_an_entry_was_written_is_no_text_though_its_hour_stands_beside_it() -> None:
    def entry(n: int) -> str:
        time = f"<header><time><span>{n + 2} giờ trước</span><span>0{n}:15</span></time></header>"
        return f"<article class='entry'>{time}<p>{STORY[n]}</p></article>"

    entries = "".join(map(entry, range(len(STORY))))
    main = f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='live'>{entries}</div>"
    assert [block.text for block in article(main).body] == list(STORY)


def test_a_picture_with_a_caption_is_the_articles_though_it_leads_to_a_page_that_shows_it_alone() -> None:
    figure = f"<figure><a href='/anh/82.html'>{PHOTO}</a><figcaption>{CAPTION}</figcaption></figure>"
    text = f"{paragraphs(STORY[:2])}{figure}{paragraphs(STORY[2:])}"
    assert len(article(f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='c'>{text}</div>").images) == 1
