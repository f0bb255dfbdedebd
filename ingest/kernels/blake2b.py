"""Keyed BLAKE2b (RFC 7693, 8 bytes out) of many short tokens that lie in a buffer, eight at a time: no token becomes an object.

It must give what hashlib.blake2b gives, bit for bit; a property test says so.
"""

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from ingest.kernels.compiled import compiled

MAX_TOKEN = 128  # one block of BLAKE2b
LANES = 8  # tokens hashed together: one vector register holds a word of each
U = np.uint64
_WORDS, _ROUNDS = 16, 12
_IV = (
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
)  # fmt: skip
_SIGMA = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    (14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3),
    (11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4),
    (7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8),
    (9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13),
    (2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9),
    (12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11),
    (13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10),
    (6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5),
    (10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0),
)
_COLUMNS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
_DIAGONALS = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))
_VECTOR = ir.VectorType(ir.IntType(64), LANES)


def start_state(key: bytes, person: bytes) -> npt.NDArray[np.uint64]:
    """State of the hash once it has read its 32-byte key: shared by every token hashed under it."""
    header = bytes([8, len(key), 1, 1]).ljust(48, b"\0") + person.ljust(16, b"\0")
    state = np.array(_IV, dtype=np.uint64) ^ np.frombuffer(header, dtype="<u8")
    words = np.frombuffer(key.ljust(MAX_TOKEN, b"\0"), dtype="<u8")
    message = np.repeat(words.reshape(_WORDS, 1), LANES, axis=1)
    out = np.empty((8, LANES), dtype=np.uint64)
    _compress_into(state, message, np.full(LANES, MAX_TOKEN, dtype=np.uint64), U(0), out)
    return out[:, 0].copy()


def hash_tokens(
    buffer: npt.NDArray[np.uint8],
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    key: bytes,
    person: bytes,
) -> npt.NDArray[np.int64]:
    """Signed 64-bit hash of each token `buffer[start : start + length]`, of 1 to 128 bytes; seven bytes follow the last one."""
    out = np.empty(len(starts), dtype=np.uint64)
    if len(starts):
        words = np.ndarray((len(buffer) - 7,), dtype="<u8", buffer=buffer, strides=(1,))
        message = np.zeros((_WORDS, LANES), dtype=np.uint64)
        counts, hashes = np.zeros(LANES, dtype=np.uint64), np.empty((8, LANES), dtype=np.uint64)
        _hash_all(words, starts, lengths, start_state(key, person), message, counts, hashes, out)
    return out.view(np.int64)


@intrinsic
def _compress(_context, state, message, counts, last, out):
    """The compression of RFC 7693 on eight messages at once; the compiler's own vectors, for it doesn't find them by itself."""

    def generate(context, builder, signature, arguments):
        pointers = [
            builder.bitcast(cgutils.create_struct_proxy(kind)(context, builder, value=value).data, _VECTOR.as_pointer())
            for kind, value in zip(signature.args, arguments, strict=True)
            if isinstance(kind, types.Array)
        ]
        states, messages, count, hashes = pointers
        words = builder.bitcast(states, ir.IntType(64).as_pointer())
        h = [_spread(builder, builder.load(_at(builder, words, n))) for n in range(8)]
        m = [builder.load(_at(builder, messages, n), align=8) for n in range(_WORDS)]
        v = h + [ir.Constant(_VECTOR, [word] * LANES) for word in _IV]
        v[12] = builder.xor(v[12], builder.load(count, align=8))
        v[14] = builder.xor(v[14], _spread(builder, arguments[3]))
        for turn in range(_ROUNDS):
            _mix_all(builder, v, [m[n] for n in _SIGMA[turn % len(_SIGMA)]])
        for n in range(8):
            mixed = builder.xor(builder.xor(h[n], v[n]), v[n + 8])
            builder.store(mixed, _at(builder, hashes, n), align=8)
        return context.get_dummy_value()

    return types.void(state, message, counts, last, out), generate


def _at(builder, pointer, n):
    return builder.gep(pointer, [ir.Constant(ir.IntType(64), n)])


def _spread(builder, word):
    """A vector with the same word in every lane."""
    vector = ir.Constant(_VECTOR, ir.Undefined)
    for lane in range(LANES):
        vector = builder.insert_element(vector, word, ir.Constant(ir.IntType(32), lane))
    return vector


def _mix_all(builder, v, words):
    """One round: `v` changes in place."""
    for n, (a, b, c, d) in enumerate(_COLUMNS + _DIAGONALS):
        for word, first, second in ((words[2 * n], 32, 24), (words[2 * n + 1], 16, 63)):
            v[a] = builder.add(builder.add(v[a], v[b]), word)
            v[d] = _rotate(builder, builder.xor(v[d], v[a]), first)
            v[c] = builder.add(v[c], v[d])
            v[b] = _rotate(builder, builder.xor(v[b], v[c]), second)


def _rotate(builder, x, n):
    right, left = (ir.Constant(_VECTOR, [bits] * LANES) for bits in (n, 64 - n))
    return builder.or_(builder.lshr(x, right), builder.shl(x, left))


@compiled
def _compress_into(state, message, counts, last, out):
    _compress(state, message, counts, last, out)


@compiled
def _hash_all(words, starts, lengths, state, message, counts, hashes, out):
    for first in range(0, len(starts), LANES):
        lanes = min(LANES, len(starts) - first)
        for lane in range(lanes):
            start, length = U(starts[first + lane]), U(lengths[first + lane])
            whole, rest = length >> U(3), length & U(7)
            for n in range(_WORDS):
                message[n, lane] = U(0)
            for n in range(whole):
                message[n, lane] = words[start + (U(n) << U(3))]
            if rest:
                message[whole, lane] = words[start + (whole << U(3))] & ((U(1) << (rest << U(3))) - U(1))
            counts[lane] = U(MAX_TOKEN) + length
        _compress(state, message, counts, ~U(0), hashes)
        for lane in range(lanes):
            out[first + lane] = hashes[0, lane]
