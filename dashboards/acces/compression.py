"""Answers made smaller, by brotli for who reads it, else by gzip: pages as they come, the program's own files once for all.

It must not compress what is compressed already, nor keep anybody's figures.
"""

import gzip

import brotli
from flask import Request, Response

_TYPES = ("text/", "application/json", "application/javascript", "image/svg+xml")
_PETIT = 1_024
_VITE, _FORT = 5, 9  # quality, of either: beyond 9, brotli takes ten times longer for a tenth less


class Compression:
    """Compresses for who accepts it; files of the program stay in memory once compressed (some 2 MB in each way).

    They are known by their content, never by their address: Dash serves a file under as many names as one likes.
    """

    def __init__(self) -> None:
        self._files: dict[tuple[str, str], bytes] = {}

    def shrink(self, request: Request, response: Response, is_file: bool) -> None:
        """Compresses the answer in place where that is worth it."""
        if not (response.mimetype or "").startswith(_TYPES) or response.status_code not in (200, 401, 403, 404):
            return
        response.vary.add("Accept-Encoding")
        encoding = _choose(request)
        if "Content-Encoding" in response.headers or not encoding:
            return
        if response.is_streamed and not is_file:
            return
        data = response.get_data()
        if len(data) < _PETIT:
            return
        etag, _ = response.get_etag()
        response.set_data(self._file(data, etag, encoding) if is_file and etag else _compress(data, encoding, _VITE))
        response.headers["Content-Encoding"] = encoding
        if etag:
            response.set_etag(etag, weak=True)  # the bytes differ, what they say doesn't

    def _file(self, data: bytes, etag: str, encoding: str) -> bytes:
        if (encoding, etag) not in self._files:
            self._files[encoding, etag] = _compress(data, encoding, _FORT)
        return self._files[encoding, etag]


def _choose(request: Request) -> str:
    """The best way that the browser accepts; empty when it accepts none."""
    return next((encoding for encoding in ("br", "gzip") if request.accept_encodings[encoding]), "")


def _compress(data: bytes, encoding: str, quality: int) -> bytes:
    return brotli.compress(data, quality=quality) if encoding == "br" else gzip.compress(data, quality)
