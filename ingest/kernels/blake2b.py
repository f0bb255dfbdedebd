"""Keyed BLAKE2b (RFC 7693, 8 bytes out) of many short tokens that lie in a buffer: no token becomes an object.

It must give what hashlib.blake2b gives, bit for bit; a property test says so.
"""

import numpy as np
import numpy.typing as npt

from ingest.kernels.compiled import compiled, inlined

MAX_TOKEN = 128  # one block of BLAKE2b
U = np.uint64
_IV = np.array(
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ],
    dtype=np.uint64,
)  # fmt: skip
_IV0, _IV1, _IV2, _IV3, _IV4, _IV5, _IV6, _IV7 = _IV


def start_state(key: bytes, person: bytes) -> npt.NDArray[np.uint64]:
    """State of the hash once it has read its 32-byte key: shared by every token hashed under it."""
    header = bytes([8, len(key), 1, 1]).ljust(48, b"\0") + person.ljust(16, b"\0")
    state = _IV ^ np.frombuffer(header, dtype="<u8")
    message = np.frombuffer(key.ljust(128, b"\0"), dtype="<u8").copy()
    result = np.empty(8, dtype=np.uint64)
    _compress_into(state, message, U(128), U(0), result)
    return result


def hash_tokens(
    buffer: npt.NDArray[np.uint8],
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    key: bytes,
    person: bytes,
) -> npt.NDArray[np.int64]:
    """Signed 64-bit hash of each token `buffer[start : start + length]`, of 1 to 128 bytes."""
    out = np.empty(len(starts), dtype=np.uint64)
    if len(starts):
        message = np.empty(16, dtype=np.uint64)
        state = start_state(key, person)
        _hash_all(buffer, starts, lengths, state, message, message.view(np.uint8), out)
    return out.view(np.int64)


@inlined
def _rotate(x, n):
    return (x >> U(n)) | (x << U(64 - n))


@inlined
def _mix(a, b, c, d, x, y):
    a = a + b + x
    d = _rotate(d ^ a, 32)
    c = c + d
    b = _rotate(b ^ c, 24)
    a = a + b + y
    d = _rotate(d ^ a, 16)
    c = c + d
    b = _rotate(b ^ c, 63)
    return a, b, c, d


@inlined
def _turn(v, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p):
    """One round on the sixteen words of the state, with the words of the message in the order of that round."""
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, va, vb, vc, vd, ve, vf = v
    v0, v4, v8, vc = _mix(v0, v4, v8, vc, a, b)
    v1, v5, v9, vd = _mix(v1, v5, v9, vd, c, d)
    v2, v6, va, ve = _mix(v2, v6, va, ve, e, f)
    v3, v7, vb, vf = _mix(v3, v7, vb, vf, g, h)
    v0, v5, va, vf = _mix(v0, v5, va, vf, i, j)
    v1, v6, vb, vc = _mix(v1, v6, vb, vc, k, l)
    v2, v7, v8, vd = _mix(v2, v7, v8, vd, m, n)
    v3, v4, v9, ve = _mix(v3, v4, v9, ve, o, p)
    return v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, va, vb, vc, vd, ve, vf


@inlined
def _compress(h, message, count, last):
    m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, ma, mb, mc, md, me, mf = (
        message[0], message[1], message[2], message[3], message[4], message[5], message[6], message[7],
        message[8], message[9], message[10], message[11], message[12], message[13], message[14], message[15],
    )  # fmt: skip
    v = (h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], _IV0, _IV1, _IV2, _IV3, _IV4 ^ count, _IV5, _IV6 ^ last, _IV7)
    v = _turn(v, m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, ma, mb, mc, md, me, mf)
    v = _turn(v, me, ma, m4, m8, m9, mf, md, m6, m1, mc, m0, m2, mb, m7, m5, m3)
    v = _turn(v, mb, m8, mc, m0, m5, m2, mf, md, ma, me, m3, m6, m7, m1, m9, m4)
    v = _turn(v, m7, m9, m3, m1, md, mc, mb, me, m2, m6, m5, ma, m4, m0, mf, m8)
    v = _turn(v, m9, m0, m5, m7, m2, m4, ma, mf, me, m1, mb, mc, m6, m8, m3, md)
    v = _turn(v, m2, mc, m6, ma, m0, mb, m8, m3, m4, md, m7, m5, mf, me, m1, m9)
    v = _turn(v, mc, m5, m1, mf, me, md, m4, ma, m0, m7, m6, m3, m9, m2, m8, mb)
    v = _turn(v, md, mb, m7, me, mc, m1, m3, m9, m5, m0, mf, m4, m8, m6, m2, ma)
    v = _turn(v, m6, mf, me, m9, mb, m3, m0, m8, mc, m2, md, m7, m1, m4, ma, m5)
    v = _turn(v, ma, m2, m8, m4, m7, m6, m1, m5, mf, mb, m9, me, m3, mc, md, m0)
    v = _turn(v, m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, ma, mb, mc, md, me, mf)
    v = _turn(v, me, ma, m4, m8, m9, mf, md, m6, m1, mc, m0, m2, mb, m7, m5, m3)
    return (
        h[0] ^ v[0] ^ v[8], h[1] ^ v[1] ^ v[9], h[2] ^ v[2] ^ v[10], h[3] ^ v[3] ^ v[11],
        h[4] ^ v[4] ^ v[12], h[5] ^ v[5] ^ v[13], h[6] ^ v[6] ^ v[14], h[7] ^ v[7] ^ v[15],
    )  # fmt: skip


@compiled
def _compress_into(h, m, count, last, out):
    words = _compress(h, m, count, last)
    for n in range(8):
        out[n] = words[n]


@compiled
def _hash_all(buffer, starts, lengths, state, message, octets, out):
    for row in range(len(starts)):
        start, length = U(starts[row]), U(lengths[row])
        for n in range(16):
            message[n] = U(0)
        for n in range(length):
            octets[n] = buffer[start + U(n)]
        out[row] = _compress(state, message, U(128) + length, ~U(0))[0]
