"""The settings of the Scrapy project: safe, polite, and with no state on disk but the archive."""

BOT_NAME = "luutin"
SPIDER_MODULES = ["crawler.spiders"]

# Luutin's own. `luutin` sets them from its arguments; `scrapy crawl` takes them with -s.
LUUTIN_ARCHIVE = "sqlite:///luutin.db"
LUUTIN_SEEDS = "seeds"
LUUTIN_CONTACT = ""  # goes into the User-Agent, so that a webmaster can ask us
LUUTIN_ALLOW_PRIVATE = False  # loopback and private addresses, for every site
LUUTIN_REROUTE: dict[str, str] = {}  # host -> base URL of a server that stands in for it
LUUTIN_READERS = 0  # reading processes; 0: one for each core
LUUTIN_READING_LIMITS: dict[str, float] = {}  # what one page may take: cpu, wall, start (seconds), memory (bytes)
LUUTIN_CLOCK = "crawler.clock.utc_now"
LUUTIN_TIMETABLE = "schedules.site_timetable.SiteTimetable"  # when pages and sources are due again
LUUTIN_MIN_FREE = 0  # MB that have to be free where the archive lies; with less, the crawl ends in good order
LUUTIN_DELAY = 0.0  # seconds between two requests to a host: DOWNLOAD_DELAY, or what the site file says
LUUTIN_PATIENCE = 60.0  # seconds of a Retry-After that are waited out; more ends the crawl of that host for now

# No Twisted reactor: the client is aiohttp, and a process can run one crawl after another (tests, replay).
TWISTED_REACTOR_ENABLED = False
DOWNLOAD_HANDLERS = {
    "http": "crawler.handler.ArchivingHandler",
    "https": "crawler.handler.ArchivingHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

DOWNLOADER_MIDDLEWARES = {
    # What we do ourselves, exactly (robots.txt, content codings, Retry-After), or not at all (cookies, proxies).
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # a 404 is an outcome
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
ITEM_PIPELINES = {
    "crawler.pipelines.ReadingPipeline": 300,
    "crawler.pipelines.ArchivePipeline": 600,
}

EXTENSIONS = {"scrapy.extensions.logstats.LogStats": None}

REDIRECT_MAX_TIMES = 8
REFERRER_POLICY = "no-referrer"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the frontier says what is fetched, and it leases once
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # what is longest overdue comes first from the frontier
URLLENGTH_LIMIT = 8192
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    # A body without content coding is the same on the wire and in the archive: it is provable as it is, and later
    # captures shrink to what changed, which gzip would hide.
    "Accept-Encoding": "identity",
}
CONCURRENT_REQUESTS = 32
CONCURRENT_ITEMS = 64

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
STATS_DUMP = False
LOG_LEVEL = "WARNING"
WARN_ON_GENERATOR_RETURN_VALUE = False
