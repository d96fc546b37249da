from tests.browser.site_page import SitePage

PAGES: tuple[SitePage, ...] = (
    SitePage("matrix-over", "/matrix/?show=over"),
    SitePage("matrix-change", "/matrix/?show=change&period=2020..2024&against=2015..2019"),
    SitePage("matrix-reasons", "/matrix/?show=links"),
    SitePage("matrix-names", "/matrix/?rows=region&columns=technology"),
    SitePage("matrix-long", "/matrix/?rows=country&columns=from-country&show=shift"),
    SitePage("matrix-same", "/matrix/?rows=sdg&columns=sdg&sdg=3"),
    SitePage("matrix-table", "/matrix/?view=table&region=AFR"),
    SitePage("matrix-nothing", "/matrix/?q=zzzzqqqq"),
    SitePage("matrix-told", "/matrix/?rows=nothing&colour=red"),
)
PREPARED: set[str] = set()
NO_PAGES: set[str] = set()
