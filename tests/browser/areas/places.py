from tests.browser.site_page import SitePage

PAGES: tuple[SitePage, ...] = (
    SitePage("map", "/map/"),
    SitePage("map-from", "/map/?place=from&sdg=3"),
    SitePage("map-nothing", "/map/?country=KE&language=eo"),
    SitePage("compare", "/compare/"),
    SitePage("compare-one", "/compare/?country=KE&colour=red"),
    SitePage("compare-countries", "/compare/?country=KE&country=TZ&country=UG"),
    SitePage("compare-regions", "/compare/?place=from&from-region=AFR&from-region=EUR"),
    SitePage("compare-entry", "/compare/?entry=1"),
    SitePage("compare-entries", "/compare/?entry=1&entry=2&entry=3"),
)
PREPARED: set[str] = set()
NO_PAGES: set[str] = {"map_file", "map_outlines", "compare_file"}
