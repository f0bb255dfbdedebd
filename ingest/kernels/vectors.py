"""Look at sixty-four bytes of a buffer at once: what the compiler does not find by itself, told to it as vectors.

It must not loop or decide: each function is a handful of instructions, and the same on any processor.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

WIDTH = 64
_BYTES = ir.VectorType(ir.IntType(8), WIDTH)
_WORDS = ir.VectorType(ir.IntType(64), WIDTH // 8)
_LONG = ir.IntType(64)


def _load(context, builder, kind, array, position, vector):
    """The vector that begins at a byte of an array."""
    data = cgutils.create_struct_proxy(kind)(context, builder, value=array).data
    octets = builder.bitcast(data, ir.IntType(8).as_pointer())
    return builder.load(builder.bitcast(builder.gep(octets, [position]), vector.as_pointer()), align=1)


def _same(vector, value, lanes):
    return ir.Constant(vector, [value] * lanes)


@intrinsic
def find_marks(_context, octets, i):
    """Bits of the bytes from `i` that are quotes, of those that no plain text holds, and of those above 127."""

    def generate(context, builder, signature, arguments):
        loaded = _load(context, builder, signature.args[0], *arguments, _BYTES)
        quotes = builder.icmp_unsigned("==", loaded, _same(_BYTES, 34, WIDTH))
        slashes = builder.icmp_unsigned("==", loaded, _same(_BYTES, 92, WIDTH))
        controls = builder.icmp_unsigned("<", loaded, _same(_BYTES, 32, WIDTH))
        deletes = builder.icmp_unsigned("==", loaded, _same(_BYTES, 127, WIDTH))
        high = builder.icmp_signed("<", loaded, _same(_BYTES, 0, WIDTH))
        bad = builder.or_(builder.or_(slashes, controls), deletes)
        masks = [builder.bitcast(mask, _LONG) for mask in (quotes, bad, high)]
        return context.make_tuple(builder, signature.return_type, masks)

    return types.UniTuple(types.uint64, 3)(octets, i), generate


@intrinsic
def hash_bytes(_context, octets, i, chosen, keys):
    """NH (RFC 4418) of the chosen bytes from `i`, under eight secret words: nobody outside can prepare collisions."""

    def generate(context, builder, signature, arguments):
        array, position, mask, key_array = arguments
        loaded = _load(context, builder, signature.args[0], array, position, _BYTES)
        kept = builder.bitcast(mask, ir.VectorType(ir.IntType(1), WIDTH))
        words = builder.bitcast(builder.select(kept, loaded, _same(_BYTES, 0, WIDTH)), _WORDS)
        halves = ir.VectorType(ir.IntType(32), 2 * _WORDS.count)
        key = _load(context, builder, signature.args[3], key_array, ir.Constant(_LONG, 0), halves)
        added = builder.bitcast(builder.add(builder.bitcast(words, halves), key), _WORDS)
        low = builder.and_(added, _same(_WORDS, 0xFFFFFFFF, _WORDS.count))
        products = builder.mul(low, builder.lshr(added, _same(_WORDS, 32, _WORDS.count)))
        total = ir.Constant(_LONG, 0)
        for lane in range(_WORDS.count):
            total = builder.add(total, builder.extract_element(products, ir.Constant(ir.IntType(32), lane)))
        return total

    return types.uint64(octets, i, chosen, keys), generate


@intrinsic
def find_differences(_context, octets, a, b):
    """Bits of the bytes that differ between the sixty-four from `a` and those from `b`."""

    def generate(context, builder, signature, arguments):
        array, first, second = arguments
        vectors = [_load(context, builder, signature.args[0], array, position, _BYTES) for position in (first, second)]
        return builder.bitcast(builder.icmp_unsigned("!=", *vectors), _LONG)

    return types.uint64(octets, a, b), generate


@intrinsic
def count_bits(_context, word):
    """Number of bits set."""

    def generate(_context, builder, _signature, arguments):
        return builder.ctpop(arguments[0])

    return types.uint64(word), generate
