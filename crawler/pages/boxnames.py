"""What boxes that are not the article are called by class names, ids and test ids."""

import re
from functools import lru_cache

_KIND = re.compile(r"^(?:[bclmou]|js)-+")  # what a component, a layout, an object or a script's hook is named with
_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s_:./]+")

RELATED = "related links"
# why -> what a class name, id or test id must hold, in hyphenated lower case, from the start of a token
NAMES = {
    RELATED: r"""
        related(?!-to)|relatednews|relationnews|relates?|bv-?lq|(?:[a-z]+-){0,2}(?:tin|bai)-?lien-?quan\w*
        (?:[a-z]+-){1,4}related-?(?:news|articles?|posts?|stor(?:y|ies)|links?|items?|box)
        (?:article|post|news|story|detail|content|box|entry|block|list|section|widget|cms|knc|item)-relate[ds]?
        lien-?quan|box-?tin\w*|tin-?(?:khac|moi|cung|doc)
        cung-?chuyen-?muc|doc-?(?:nhieu|them)|xem-?(?:them|nhieu)|read-?(?:more|also|next)|also-?read|see-?also
        more-(?:stories|news|articles|from|on|like|posts|content)|you-(?:may|might)|also-like|recommend\w*
        recirc\w*|most-?(?:read|popular|viewed|recent)|popular(?:-(?:posts|articles|news|stories))?|trending
        outbrain|taboola|zergnet|next-(?:article|post|story|up)|up-next|relacionad[oa]s?|a-lire|mostread
        mehr-zum|suggest(?:ed|ions?)|further-reading|teasers|latest-(?:news|posts|articles|stories)|promoted
        dont-miss|jp-relatedposts|yarpp|inline-related
    """,
    "share buttons": r"""
        share(?:-?(?:bar|buttons?|tools?|links?|box|icons?|this|article|widget))?|shar(?:ing|edaddy)
        social(?!-media-embed|-embed)(?:-?(?:share|bar|links?|icons?|media|buttons?))?|addthis\w*|addtoany\w*
        sociable
    """,
    "newsletter or app box": r"""
        news-?letter\w*|subscri(?:be|ption)\w*|sign-?up|mailing-list|app-(?:promo|download|banner)
        email-(?:form|capture|signup)|mc-embed
    """,
    "comments": r"""
        comments?(?:-?(?:list|area|section|form|box|container|thread|wrap\w*|count|block))?|disqus\w*|respond
        binh-?luan|box-comment|fb-comments
    """,
    "tags": r"""
        tags?(?:-?(?:list|cloud|links|box|container|wrap\w*|s))?|tagcloud|topics?-?(?:list|tags)|keywords
        tu-khoa|article-tags|post-tags
    """,
    "cookie notice": r"""
        cookies?(?:-?\w+)?|consent|gdpr|onetrust\w*|cmp|privacy-(?:notice|banner)
    """,
    "advertisement": r"""
        [a-z]{0,6}ads?zones?\d*|admicro\w*|ads?|adv|ad-?(?:slot|container|wrapper|unit|box|placeholder|label|zone|block|banner)|advert\w*|adsbygoogle
        sponsor(?:ed)?|dfp|gpt-ad|(?:(?:ads?|banner|block|bottom|box|center|khung|left|right|top|vung|zone)-)?(?:quang-?cao|qc)\d*
        (?:(?:in-?)?(?:article|content|page|text)|block|body|bottom|box|center|container|inline|inner|inread)--?ad
        (?:display|google|infeed|item|left|middle|mobile|native|right|section|story|top|unit|widget|wrap(?:per)?)--?ad
        (?!(?:has|with|without|no|show|shows|hide|hides|category|tag|post|about)-)[a-z]+--?ads|advads
        banners?(?!-?(?:title|text|content|desc\w*|caption|images?|img|info|heading|detail))
        (?:(?!author)[a-z]+-)?promo(?:tion)?(?:-?(?:box|banner|block|unit))?
    """,
    "summary by a machine": r"""
        (?:[a-z]+-){0,2}(?:ai|chatgpt|gpt|gemini)-?(?:generated-?)?(?:summar(?:y|ies)|overview|recap|tl-?dr|tom-?tat)
        (?:[a-z]+-){0,2}(?:summary|recap|tom-?tat)-(?:by-|bang-|boi-)?(?:ai|chatgpt|gpt|gemini)
    """,
    "author box": r"""
        author-?(?:bio|box|info|card|profile|promo|description|about|details)|about-?(?:the-?)?author|bio(?:graphy)?
        post-author|entry-author|writer-bio|contributor-bio
    """,
    "navigation": r"""
        nav|navbar|navigation|menu|main-menu|breadcrumbs?|pagination|pager|site-?(?:header|footer)|page-?footer
        footer|side-?bar|toolbar|top-?bar|masthead|skip-link|post-navigation|nav-links|off-?canvas
    """,
    "page furniture": r"""
        screen-reader(?:-text)?|sr-only|visually-?hidden|visuallyhidden|print-only|tooltip|modal|popup|pop-?up
        overlay|paywall-(?:banner|prompt|message)|toc|table-of-contents|ez-toc\w*|article-?tools|correction-form
        feedback|rating|polls?(?:-?(?:box|widget|question|options?|results?|container|wrap\w*))?|(?:reader|opinion|box|block|widget|article|detail|news)-polls?
        umfrage|sondage|encuesta|binh-?chon|tham-?do(?:-y-kien)?|(?:audio|podcast)-?player
        jwplayer|jw-[a-z]+|video-?js|vjs-[a-z]+|plyr|mejs-[a-z]+|flowplayer|bmpui-[a-z]+
        (?:stocks?|market|price|gold|exchange)-?(?:ticker|widget|box|rates?)|weather(?:-?(?:widget|box|bar|forecast))?
        gia-?vang|ty-?gia|thoi-?tiet|widget-(?:weather|stocks?|gold|rates?|poll)|live-?scores?
        (?:block|box|khoi|module|sidebar|tool|widget)-?(?:chung-?khoan|gia-?vang|thoi-?tiet|t[yi]-?gia)
    """,
}
_PATTERNS = tuple(re.compile(rf"(?:{'|'.join(names.split())})(?:$|-)") for names in NAMES.values())
_ANY = re.compile("|".join(pattern.pattern for pattern in _PATTERNS))
_WHYS = (*NAMES, "")


@lru_cache(maxsize=4096)
def named(names: str) -> str:
    """Why an element with these class names and ids is not the article, empty where they say nothing of it."""
    return _WHYS[min(map(_rank, names.split()), default=-1)]


@lru_cache(maxsize=16_384)  # pages of one site, and of many, are written in the same words
def _rank(token: str) -> int:
    """The place in `_WHYS` of what one class name or id says; the last one, which is empty, where it says nothing."""
    flat = _KIND.sub("", "-".join(part for part in _SPLIT.split(token) if part).lower())
    if not _ANY.match(flat):
        return len(_PATTERNS)
    return next(rank for rank, pattern in enumerate(_PATTERNS) if pattern.match(flat))
