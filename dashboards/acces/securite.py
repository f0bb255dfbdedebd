"""Headers of every answer (trust.md A8), and whether a POST came from our own pages (A7).

It must not know who asks.
"""

from urllib.parse import urlsplit

from flask import Request, Response

_PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
_FIXES = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": _PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "",
}
_UN_AN_S = 31_536_000
IMMUABLE = f"public, max-age={_UN_AN_S}, immutable"
A_REVOIR = "public, no-cache"
JAMAIS = "no-store"


def build_csp(script_hashes: list[str]) -> str:
    """Content policy: nothing but this server, and the inline scripts that Dash writes, by their digests."""
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
    )


def protect(response: Response, csp: str, https: bool, cache: str) -> None:
    """Puts the headers on an answer; `cache` says whether it may be kept: figures never are."""
    response.headers.update(_FIXES)
    response.headers["Content-Security-Policy"] = csp
    response.headers["Cache-Control"] = cache
    if https:
        response.headers["Strict-Transport-Security"] = f"max-age={_UN_AN_S}; includeSubDomains"


def is_foreign(request: Request, adresse_publique: str | None) -> bool:
    """Whether a browser says that the request comes from a page of another site. No browser says nothing on a POST."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return True
    origine = request.headers.get("Origin")
    if origine is None:
        return False
    if adresse_publique is not None:
        return origine != adresse_publique
    return urlsplit(origine).netloc != request.host
