"""The words that a setting of a notebook about one document may hold, and bounds of its numbers."""

from collections.abc import Callable, Sequence

from analysis.data.tables import read_table

SOUTH_EAST = ("BRN", "KHM", "IDN", "LAO", "MYS", "MMR", "PHL", "SGP", "THA", "TLS", "VNM")


def _events() -> list[str]:
    events = read_table("zharylkap/milestones").query("country in ('KAZ', 'AZE')")["event"]
    return list(dict.fromkeys(events))


def _countries() -> list[str]:
    """Return South-eastern Asia, and every country that the certificate names."""
    from analysis.documents.nched import country_marks

    return list(dict.fromkeys([*SOUTH_EAST, *country_marks("").index]))


WORDS: dict[str, Callable[[], Sequence[str]]] = {"shown": _events, "region": _countries}


def hours_of_credit() -> tuple[float, float]:
    """Return the lowest and the highest hours of work of an ECTS credit, which are the defaults.

    >>> hours_of_credit()
    (25.0, 30.0)
    """
    ects = read_table("zharylkap/ects").set_index("bound")["printed"].astype(float)
    return float(ects["lowest"]), float(ects["highest"])
