"""What pages say around their articles, in a few languages; on purpose not only what Luutin's own word lists hold."""

HEADINGS = {
    "vi": [
        "Tin liên quan", "Đọc thêm", "Có thể bạn quan tâm", "Bài nên đọc hôm nay", "Đang nóng trên mặt báo",
        "Xem gì tiếp theo", "Cùng dòng thời sự", "Chuyện đáng đọc", "Gợi ý cho bạn", "Tòa soạn chọn lọc",
    ],
    "en": [
        "Read more", "Related articles", "Most read", "Also in the news", "What others are reading", "From our archive",
        "Hand-picked for you", "Stories for your evening", "Around the region",
        "While you are here", "More in this section",
    ],
    "de": [
        "Mehr zum Thema", "Lesen Sie auch", "Das lesen andere gerade", "Aus dem Ressort", "Heute wichtig",
        "Für Sie ausgesucht", "Was sonst geschah",
    ],
    "fr": ["À lire aussi", "Sur le même sujet", "Les internautes ont aussi lu", "Notre choix du jour", "À la une"],
    "es": ["Te puede interesar", "Lo más leído", "Otros lectores han visto", "No se lo pierda", "La selección de hoy"],
}  # fmt: skip
NOTICES = {
    "vi": [
        "Đăng ký nhận bản tin sáng của chúng tôi, gửi đến hộp thư của bạn mỗi ngày lúc 6 giờ.",
        "Bạn đã đọc hết 3 bài miễn phí trong tháng. Trở thành hội viên để đọc tiếp với 49.000 đồng mỗi tháng.",
        "Nhận tin nhanh qua ứng dụng: bấm vào đây để cài đặt.",
        "Theo dõi trang của chúng tôi trên các mạng xã hội để không bỏ lỡ tin nóng.",
    ],
    "en": [
        "Sign up for our morning newsletter and start the day with what matters.",
        "You have 2 free articles left this month. Become a member from just $1 a week.",
        "Enjoying this story? Get the best of our reporting in your inbox every Friday.",
        "Download our app for breaking news alerts.",
        "Already a subscriber? Log in to hide this box. Unlimited access, cancel anytime.",
    ],
    "de": [
        "Jetzt den Newsletter abonnieren: die wichtigsten Meldungen jeden Morgen um sechs.",
        "Weiterlesen mit dem Probeabo: vier Wochen für einen Euro, jederzeit kündbar.",
        "Keine Nachricht verpassen: Laden Sie unsere App.",
    ],
    "fr": [
        "Inscrivez-vous à notre lettre du matin, chaque jour à six heures.",
        "Il vous reste 2 articles gratuits ce mois-ci. Abonnez-vous pour 1 euro par semaine.",
    ],
    "es": [
        "Suscríbete a nuestro boletín y recibe lo esencial cada mañana.",
        "Te quedan 2 artículos gratis este mes. Hazte socio por 1 euro a la semana.",
    ],
}
AD_LABELS = {
    "vi": ["Quảng cáo", "Nội dung tài trợ", "QC"],
    "en": ["Advertisement", "Sponsored", "Ad", "Promoted content"],
    "de": ["Anzeige", "Werbung"],
    "fr": ["Publicité"],
    "es": ["Publicidad"],
}
OFFERS = {
    "vi": ["Căn hộ ven sông giá từ 2,9 tỷ, chiết khấu đến 12%", "Vay tiêu dùng lãi suất 0,9%/tháng, duyệt trong ngày"],
    "en": [
        "Save up to 70% on hearing aids before Sunday",
        "The 12 best running shoes, tested and ranked",
        "Refinance at 5.9% today",
    ],
    "de": ["Treppenlifte bis zu 40% günstiger", "Das sind die 10 besten Matratzen"],
    "fr": ["Jusqu'à 40% de remise sur votre chaudière"],
    "es": ["Seguro de coche desde 19 euros al mes"],
}
AGO = {
    "vi": ["{} phút trước", "{} giờ trước", "{} ngày trước"],
    "en": ["{} minutes ago", "{} hours ago", "{} days ago", "{}h ago"],
    "de": ["vor {} Minuten", "vor {} Stunden"],
    "fr": ["il y a {} heures"],
    "es": ["hace {} horas"],
}
COUNTERS = {
    "vi": ["{} lượt xem", "{} bình luận", "{} chia sẻ", "{} lượt thích"],
    "en": ["{} views", "{} comments", "{} shares", "{} people are reading this", "{} likes"],
    "de": ["{} Kommentare", "{} Mal geteilt", "{} Aufrufe"],
    "fr": ["{} commentaires", "{} partages"],
    "es": ["{} comentarios", "{} veces compartido"],
}
NOTES = {
    "vi": [
        "Đính chính: Bản trước của bài viết ghi sai một chi tiết. Chúng tôi đã sửa lại và cáo lỗi cùng bạn đọc.",
        "Cập nhật lúc 15h30: bài viết đã được bổ sung ý kiến của các bên liên quan.",
        "Bài viết đã được chỉnh sửa so với bản đăng ban đầu.",
    ],
    "en": [
        "Correction: An earlier version of this article misstated a detail. It has been corrected.",
        "This article has been updated to include a statement.",
        "Editor's note: This story was amended on Tuesday to clarify the sequence of events.",
        "Clarification: The wording of the third paragraph has been made more precise.",
    ],
    "de": [
        "Korrektur: In einer früheren Version dieses Artikels stand eine falsche Angabe. Wir haben sie berichtigt.",
        "Dieser Artikel wurde nachträglich aktualisiert.",
    ],
    "fr": [
        "Rectificatif : une version précédente de cet article contenait une erreur, qui a été corrigée.",
        "Cet article a été mis à jour.",
    ],
    "es": ["Corrección: una versión anterior de esta noticia contenía un error.", "Este artículo ha sido actualizado."],
}
RELATED_CLASSES = [
    "related-news", "box-tin-lien-quan", "read-more", "recirc", "teaser-list", "most-read", "inline-story",
    "story-strip", "moreBox", "b-7f2", "col-x", "m-12", "linkliste", "zeta", "kontext",
]  # fmt: skip


def words_for(table: dict[str, list[str]], language: str) -> list[str]:
    """A table's words in a language; English where it has none."""
    return table.get(language, table["en"])
