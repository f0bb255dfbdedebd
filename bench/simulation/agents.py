"""A few hundred distinct User-Agents, by kind of device, from models and versions seen in homes and schools.
Must not classify agents: that is the ingestion's work, and the truth holds no device."""

from itertools import chain

ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_MOZILLA = "Mozilla/5.0"
_CHROMES = tuple(range(128, 142))
_FIREFOX = tuple(range(130, 144))
_IOS = (
    "15_8",
    "16_6",
    "16_7",
    "17_2",
    "17_4",
    "17_5",
    "17_6",
    "18_0",
    "18_1",
    "18_3",
    "18_5",
    "18_6",
    "26_0",
)
_TELEPHONES = (
    ("10", "SM-A505FN"),
    ("11", "SM-A515F"),
    ("13", "SM-A536B"),
    ("14", "SM-S911B"),
    ("12", "M2101K6G"),
    ("10", "K"),
)
_SAMSUNG = (("13", "SM-A346B"), ("14", "SM-A546B"), ("14", "SM-G991B"), ("15", "SM-S926B"))
_TABLETTES = (("11", "SM-T500"), ("13", "SM-X200"), ("12", "Lenovo TB-X606F"))


def _ordinateurs() -> list[str]:
    windows = f"{_MOZILLA} (Windows NT 10.0; Win64; x64)"
    mac = f"{_MOZILLA} (Macintosh; Intel Mac OS X 10_15_7)"
    return [
        *(f"{windows} {_WEBKIT} Chrome/{v}.0.0.0 Safari/537.36" for v in _CHROMES),
        *(f"{windows} {_WEBKIT} Chrome/{v}.0.0.0 Safari/537.36 Edg/{v}.0.0.0" for v in _CHROMES),
        *(f"{_MOZILLA} (Windows NT 10.0; Win64; x64; rv:{v}.0) Gecko/20100101 Firefox/{v}.0" for v in _FIREFOX),
        *(f"{windows} {_WEBKIT} Chrome/{v}.0.0.0 Safari/537.36 OPR/{v - 16}.0.0.0" for v in _CHROMES[-3:]),
        *(f"{mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{v} Safari/605.1.15" for v in ("17.6", "18.3")),
        *(f"{_MOZILLA} (X11; CrOS x86_64 14541.0.0) {_WEBKIT} Chrome/{v}.0.0.0 Safari/537.36" for v in _CHROMES[-4:]),
        *(f"{_MOZILLA} (X11; Linux x86_64; rv:{v}.0) Gecko/20100101 Firefox/{v}.0" for v in _FIREFOX[-4:]),
    ]


def _smartphones() -> list[str]:
    return [
        *(
            f"{_MOZILLA} (Linux; Android {android}; {modele}) {_WEBKIT} Chrome/{v}.0.0.0 Mobile Safari/537.36"
            for android, modele in _TELEPHONES
            for v in _CHROMES
        ),
        *chain.from_iterable(
            [_iphone(ios, "604.1"), _iphone(ios, "604.1", f"CriOS/{140 - rang}.0.7000.50 ")]
            for rang, ios in enumerate(_IOS)
        ),
        *(
            f"{_MOZILLA} (Linux; Android {android}; {modele}) {_WEBKIT} SamsungBrowser/{v}.0 "
            f"Chrome/{v * 4 + 13}.0.0.0 Mobile Safari/537.36"
            for android, modele in _SAMSUNG
            for v in (26, 27, 28)
        ),
        *(f"{_MOZILLA} (Android 14; Mobile; rv:{v}.0) Gecko/{v}.0 Firefox/{v}.0" for v in _FIREFOX[-5:]),
        f"{_MOZILLA} (Linux; Android 10; ELE-L29; HMSCore 6.14.0) {_WEBKIT} Chrome/114.0.5735.196 "
        "HuaweiBrowser/15.0.4.312 Mobile Safari/537.36",
        f"{_MOZILLA} (Linux; U; Android 13; fr-fr; 2201117TY) {_WEBKIT} Version/4.0 Chrome/112.0.5615.136 "
        "Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.10.1-gn",
    ]


def _iphone(ios: str, build: str, chrome: str = "") -> str:
    version = chrome or f"Version/{ios.replace('_', '.')} "
    systeme = f"(iPhone; CPU iPhone OS {ios} like Mac OS X)"
    return f"{_MOZILLA} {systeme} AppleWebKit/605.1.15 (KHTML, like Gecko) {version}Mobile/15E148 Safari/{build}"


def _tablettes() -> list[str]:
    return [
        *(
            f"{_MOZILLA} (iPad; CPU OS {ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            f"Version/{ios.replace('_', '.')} Mobile/15E148 Safari/604.1"
            for ios in _IOS
        ),
        *(
            f"{_MOZILLA} (Linux; Android {android}; {modele}) {_WEBKIT} Chrome/{v}.0.0.0 Safari/537.36"
            for android, modele in _TABLETTES
            for v in _CHROMES[-6:]
        ),
    ]


def _autres() -> list[str]:
    return [
        f"{_MOZILLA} (PlayStation 4 12.00) AppleWebKit/605.1.15 (KHTML, like Gecko)",
        f"{_MOZILLA} (SMART-TV; Linux; Tizen 6.0) {_WEBKIT} 76.0.3809.146/6.0 TV Safari/537.36",
    ]


def make_agents() -> tuple[tuple[str, ...], ...]:
    """The agents of each kind of device, in the column order of usage.POIDS_APPAREILS."""
    return tuple(tuple(liste) for liste in (_ordinateurs(), _smartphones(), _tablettes(), _autres()))
