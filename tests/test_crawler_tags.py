from tests.newspage import TITLE, article, page, read

LIST = '<ul class="list-tags"><li>Tags:</li><li><a href="/t/a">điện lưới</a></li><li><a href="/b">Nậm Lúc</a></li></ul>'


def test_a_tag_list_goes_before_the_metadata() -> None:
    found = read(page(article(after=LIST), '<meta property="article:tag" content="khác">'))
    assert (found.tags, found.sources["tags"]) == (("điện lưới", "Nậm Lúc"), "tag list in the page")


def test_a_tag_whose_address_begins_as_an_authors_page_does_is_a_tag() -> None:
    named = LIST.replace('href="/b"', 'href="/team-nam-luc.html"')
    assert read(page(article(after=named))).tags == ("điện lưới", "Nậm Lúc")


def test_article_tags_go_before_keywords() -> None:
    head = '<meta property="article:tag" content="điện"><meta name="keywords" content="a b, c d">'
    assert read(page(article(), head)).tags == ("điện",)


def test_keywords_that_look_like_tags_are_tags() -> None:
    assert read(page(article(), '<meta name="keywords" content="điện lưới, Nậm Lúc">')).tags == ("điện lưới", "Nậm Lúc")


def test_the_headline_cut_into_words_is_no_tag_list() -> None:
    assert read(page(article(), '<meta name="keywords" content="Bản,trên,mây,Nậm,Lúc,đón,điện">')).tags == ()


def test_the_sites_own_keywords_are_no_tags() -> None:
    assert read(page(article(), '<meta name="keywords" content="Báo Ví Dụ, tin tức, thời sự">')).tags == ()


def test_a_cloud_of_trending_topics_is_no_tag_list() -> None:
    cloud = '<div class="tags trending"><a href="/tag/x">Bóng đá</a><a href="/tag/y">Giá vàng</a></div>'
    assert read(page(article(after=cloud))).tags == ()


def test_a_box_of_what_else_was_written_of_a_topic_is_no_tag_list() -> None:
    stories = ("Cầu treo bị hỏng, dân bản đi bè qua suối", "Chuyện người giữ rừng già trên đỉnh núi cao")
    links = "".join(f'<li><a href="/b/{at}">{story}</a></li>' for at, story in enumerate(stories))
    box = f'<div class="box-topic"><a class="topic" href="/chu-de">Chủ đề: Vùng cao</a><ul>{links}</ul></div>'
    assert read(page(article(after=box))).tags == ()
    assert read(page(article(after=box + LIST))).tags == ("điện lưới", "Nậm Lúc")


def test_tags_on_a_page_laid_out_in_tables_are_found() -> None:
    laid_out = f"<table><tr><td>{article(after=LIST)}</td></tr></table>"
    assert read(page(laid_out)).tags == ("điện lưới", "Nậm Lúc")


def test_links_that_say_they_are_tags_are_found_whatever_their_list_is_called() -> None:
    links = '<a rel="tag" href="/x/dien">điện lưới</a><a rel="tag" href="/x/nam-luc">Nậm Lúc</a>'
    assert read(page(article(after=f'<div class="u-1"><b>Trends:</b>{links}</div>'))).tags == ("điện lưới", "Nậm Lúc")


def test_categories_that_say_they_are_tags_are_none() -> None:
    links = '<a rel="category tag" href="/c/xa-hoi">Xã hội</a><a rel="tag" href="/category/doi-song">Đời sống</a>'
    assert read(page(article(after=f'<div class="u-1">{links}</div>'))).tags == ()


def test_buttons_to_share_are_no_tags_whatever_their_box_is_called() -> None:
    buttons = '<a href="/s/f">Chia sẻ lên Facebook</a><a href="/s/z">Chia sẻ lên Zalo</a>'
    assert read(page(article(after=f'<div class="share-tools--event-tag">{buttons}</div>'))).tags == ()


def test_an_article_tag_that_names_several_is_several() -> None:
    assert read(page(article(), '<meta property="article:tag" content="điện, Nậm Lúc">')).tags == ("điện", "Nậm Lúc")


def test_tags_in_the_head_of_the_article_are_found_and_those_of_another_head_are_not() -> None:
    head = f"<header>{article(after=LIST)}</header>"
    assert read(page(head)).tags == ("điện lưới", "Nậm Lúc")
    assert read(page(article(after=f"<header>{LIST}</header>"))).tags == ()


def test_tags_in_a_heading_of_their_own_go_before_keywords() -> None:
    line = '<h4 class="tag_txt"><span>tags</span> <a href="/t/dien">#Điện lưới</a> <a href="/t/nam">#Nậm Lúc</a></h4>'
    found = read(page(article(after=line), '<meta name="keywords" content="điện quốc gia, miền núi">'))
    assert found.tags == ("Điện lưới", "Nậm Lúc")


def test_tags_behind_a_label_that_is_set_off_from_them_are_found_whatever_their_box_is_called() -> None:
    links = '<a href="/t/a">#điện lưới</a> <a href="/t/b">#Nậm Lúc</a>'
    box = f'<div class="k-7"><h3 class="k-8"><span class="k-9">tags</span> {links}</h3></div>'
    assert read(page(article(after=box))).tags == ("điện lưới", "Nậm Lúc")


def test_a_label_that_is_a_link_is_no_tag() -> None:
    line = '<h4 class="tags"><a href="/chu-de">Trang chủ đề:</a></h4>'
    assert read(page(article(after=line + LIST))).tags == ("điện lưới", "Nậm Lúc")


def test_tags_behind_a_label_amidst_the_text_end_where_the_links_end() -> None:
    link = '<a rel="tag" href="/x/{}">{}</a>'
    run = f"<br>Tags: {link.format('dien', 'điện lưới')}, {link.format('nam-luc', 'Nậm Lúc')}"
    assert read(page(article(after=f"{run} Mời bạn <a rel='tag' href='/x/y'>đọc tiếp</a><br>"))).tags == (
        "điện lưới",
        "Nậm Lúc",
    )


def test_tags_stand_in_a_footer_of_the_article_itself_but_not_in_that_of_the_page() -> None:
    tags = '<footer><ul class="td-tags"><li>Từ khóa</li><li><a href="/tag/cau/">cầu phao</a></li></ul></footer>'
    main = f"<article><h1>{TITLE}</h1><p>Sông Trang sắp có cầu.</p>{{}}</article>{{}}"
    assert read(page(main.format(tags, ""))).tags == ("cầu phao",)
    assert read(page(main.format("", tags))).tags == ()


def test_tags_in_a_block_below_the_text_that_calls_itself_a_footer_are_found() -> None:
    below = '<div class="art-footer"><div class="keywords"><a href="/t/dien">điện lưới</a></div></div>'
    assert read(page(article(after=below))).tags == ("điện lưới",)


def test_what_leads_nowhere_is_no_tag() -> None:
    tools = LIST.replace("</ul>", "<li><a>Báo lỗi</a></li></ul>")
    assert read(page(article(after=tools))).tags == ("điện lưới", "Nậm Lúc")
