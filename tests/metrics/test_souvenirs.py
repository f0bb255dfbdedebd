"""Results are computed once while they are asked for, and their number is bounded."""

from metrics.lecture.souvenirs import Souvenirs


def test_a_result_is_computed_once() -> None:
    souvenirs, computed = Souvenirs(2), list[str]()

    def compute() -> str:
        computed.append("une fois")
        return "résultat"

    assert [souvenirs.recall("a", compute) for _ in range(3)] == ["résultat"] * 3
    assert computed == ["une fois"]
    assert (souvenirs.lectures, souvenirs.reprises) == (1, 2)


def test_the_one_that_was_not_asked_for_the_longest_goes() -> None:
    souvenirs = Souvenirs(2)
    for key in ("a", "b", "a", "c"):
        souvenirs.recall(key, lambda: None)
    souvenirs.recall("a", lambda: None)
    souvenirs.recall("b", lambda: None)

    assert (souvenirs.lectures, souvenirs.reprises) == (4, 2)
