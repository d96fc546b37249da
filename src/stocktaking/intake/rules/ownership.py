"""Whether an address shows that somebody belongs to the body behind a website.

The part after the @ must be the host of the website, without ``www.``, or the name that the
host was registered under: ``@ministry.gov.example`` for ``https://ict.ministry.gov.example``. The
other direction proves nothing: whoever has a name below a domain need not speak for it.
Providers of mail or of pages for everybody never count.
"""

from stocktaking.kernel.destinations import OutgoingError, destination


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# under a country's two letters these are kinds of bodies, under which names are registered
_KINDS = _words(
    "ac co com edu gc go gob gouv gov govt gub gv id int lg ltd me mil muni ne net nhs nic nom"
    " or org plc police sch school"
)
# mail for everybody under many endings: hotmail.com, hotmail.fr, yahoo.co.jp
_MAIL_NAMES = _words(
    "aol fastmail gmail gmx googlemail hotmail hushmail icloud live mail mailfence msn outlook"
    " posteo proton protonmail rediffmail rocketmail tutanota web yahoo yandex ymail zoho"
)
_MAIL_DOMAINS = _words(
    "163.com 126.com 139.com bk.ru qq.com foxmail.com sina.com sina.cn sohu.com yeah.net inbox.ru"
    " list.ru rambler.ru ya.ru ukr.net i.ua naver.com daum.net hanmail.net orange.fr wanadoo.fr"
    " free.fr laposte.net sfr.fr t-online.de freenet.de libero.it virgilio.it terra.com.br"
    " uol.com.br bol.com.br me.com mac.com pm.me duck.com tuta.com tuta.io comcast.net verizon.net"
    " att.net btinternet.com sky.com bigpond.com seznam.cz wp.pl onet.pl o2.pl interia.pl"
    " mailinator.com guerrillamail.com 10minutemail.com yopmail.com temp-mail.org trashmail.com"
    " hey.com cock.li riseup.net disroot.org simplelogin.com anonaddy.com"
)
# pages for everybody: who has one does not own the name above it
_SHARED = _words(
    "github.io github.com gitlab.io gitlab.com bitbucket.org wordpress.com blogspot.com"
    " blogger.com wixsite.com wix.com weebly.com squarespace.com google.com goo.gl facebook.com"
    " instagram.com twitter.com x.com linkedin.com youtube.com tiktok.com medium.com substack.com"
    " tumblr.com t.me telegram.org vk.com notion.site notion.so netlify.app vercel.app pages.dev"
    " workers.dev herokuapp.com azurewebsites.net web.app firebaseapp.com cloudfront.net"
    " amazonaws.com jimdofree.com jimdo.com strikingly.com webnode.com archive.org weixin.qq.com"
    " bit.ly linktr.ee"
)


def host_of(website: str) -> str:
    """The name of a website without ``www.``; empty for an address that is none or a number."""
    try:
        host = destination(website.strip(), ports=None).host.rstrip(".")
    except OutgoingError:
        return ""
    if ":" in host or host.rpartition(".")[2].isdigit() or "." not in host:
        return ""
    return host.removeprefix("www.")


def domain_of(address: str) -> str:
    """What stands after the @, as it goes over the wire; empty where it cannot."""
    _, at, domain = address.strip().rpartition("@")
    try:
        return domain.encode("idna").decode("ascii").lower().rstrip(".") if at else ""
    except UnicodeError:
        return ""


def registered_name(host: str) -> str:
    """The name that somebody registered; empty where the host is only an ending for others."""
    labels = host.split(".")
    kept = 3 if len(labels[-1]) == 2 and len(labels) > 1 and labels[-2] in _KINDS else 2
    return ".".join(labels[-kept:]) if len(labels) >= kept else ""


def is_for_everybody(domain: str) -> bool:
    """Whether a name belongs to a provider of mail or pages that anybody may use."""
    name = registered_name(domain)
    return (
        not name
        or name.split(".")[0] in _MAIL_NAMES
        or not {name, domain}.isdisjoint(_MAIL_DOMAINS | _SHARED)
    )


def proves(address: str, website: str) -> bool:
    """Whether a confirmed address shows that its holder belongs to the website's body."""
    host, domain = host_of(website), domain_of(address)
    if not host or not domain or is_for_everybody(domain) or is_for_everybody(host):
        return False
    return domain in (host, registered_name(host))
