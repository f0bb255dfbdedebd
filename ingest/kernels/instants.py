"""Read an instant from bytes: strict ISO 8601 with an offset, or epoch milliseconds.

It must give -1, never a guess, for whatever is not plainly one: the slower reader decides then.
"""

import numpy as np

from ingest.kernels.compiled import inlined

U = np.uint64


@inlined
def _digits(octets, start, count):
    """Value of `count` digits, or -1."""
    value = np.int64(0)
    for n in range(count):
        digit = np.int64(octets[start + U(n)]) - 48
        if digit < 0 or digit > 9:
            return -1
        value = value * 10 + digit
    return value


@inlined
def _days(year, month, day):
    """Days from 1970-01-01 to a date of the Gregorian calendar, or -1 when it doesn't exist."""
    leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
    last = 30 if month in (4, 6, 9, 11) else 31
    if month == 2:
        last = 29 if leap else 28
    if year < 1970 or month < 1 or month > 12 or day < 1 or day > last:
        return -1
    shifted = year - 1 if month <= 2 else year  # years that begin in March put the leap day last
    era = shifted // 400
    of_era = shifted - era * 400
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


@inlined
def parse_iso(octets, start, length):
    """UTC milliseconds of `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)`, or -1."""
    if length < U(20):
        return -1
    marks = octets[start + U(4)] == 45 and octets[start + U(7)] == 45 and octets[start + U(10)] == 84
    marks = marks and octets[start + U(13)] == 58 and octets[start + U(16)] == 58
    days = _days(_digits(octets, start, 4), _digits(octets, start + U(5), 2), _digits(octets, start + U(8), 2))
    hour, minute = _digits(octets, start + U(11), 2), _digits(octets, start + U(14), 2)
    second = _digits(octets, start + U(17), 2)
    if not marks or days < 0 or hour < 0 or hour > 23 or minute < 0 or minute > 59 or second < 0 or second > 59:
        return -1
    i, end, milli = start + U(19), start + length, np.int64(0)
    if octets[i] == 46:
        i += U(1)
        first, scale = i, 100
        while i < end and octets[i] >= 48 and octets[i] <= 57:
            milli += (np.int64(octets[i]) - 48) * scale
            scale //= 10
            i += U(1)
        if i == first or i > first + U(9):
            return -1
    offset = 0
    if i < end and octets[i] == 90:
        i += U(1)
    elif i + U(6) == end and (octets[i] == 43 or octets[i] == 45) and octets[i + U(3)] == 58:
        hours, minutes = _digits(octets, i + U(1), 2), _digits(octets, i + U(4), 2)
        if hours < 0 or hours > 23 or minutes < 0 or minutes > 59:
            return -1
        offset = (hours * 60 + minutes) * (1 if octets[i] == 43 else -1)
        i += U(6)
    if i != end:
        return -1
    return ((days * 24 + hour) * 60 + minute - offset) * 60_000 + second * 1000 + milli


@inlined
def parse_epoch(octets, i):
    """(Milliseconds since 1970 of 11 to 14 digits, where they end), or (-1, i)."""
    value, n = np.int64(0), i
    while n < i + U(15) and octets[n] >= 48 and octets[n] <= 57:
        value = value * 10 + np.int64(octets[n]) - 48
        n += U(1)
    if octets[i] == 48 or n < i + U(11) or n > i + U(14):
        return -1, i
    return value, n
