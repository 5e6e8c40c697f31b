"""How a delimited file is laid out: what an engine must know to read it by itself."""

from dataclasses import dataclass

LARGE = 50_000_000  # bytes; a larger file is read by an engine and never held in memory


@dataclass(frozen=True)
class Layout:
    """Encoding, separator, columns and the rows of respondents of a delimited file.

    encoding : str
        Python's name of it.
    delimiter : str
        What stands between two cells: one character.
    columns : tuple of str
        The names of the columns in the order of the file, none twice, also none that differs from
        another in case alone.
    first : int
        The physical line on which the first respondent begins, from 1.
    last : int or None
        The physical line on which the last respondent ends, where what stands below is none; None
        where respondents go on to the end of the file.
    header : bool
        Whether lines above `first` name the columns.

    >>> Layout("utf-8", ";", ("crop", "age"), first=2).header
    True
    """

    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    first: int
    last: int | None = None
    header: bool = True
