"""Sentences that are computed: a notebook states its answer with them, never by hand."""

import functools
import html
import re
import string
import sys
import textwrap
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from analysis.language.current import localized_text, ntr, number, tr
from analysis.language.shell import running_shell

NO_FORMULAS = "mathjax_ignore tex2jax_ignore"  # classes: what is between $ stays text in JupyterLab


class Sentence(str):
    """Text that a notebook shows as a paragraph; markup in it is shown, never rendered.

    message : str
        In English, with `{names}`; shown in the language in use. A name is that of a variable
        where the sentence stands; `{check[total]}` and `{share:.1f}` are as in `str.format`.
    values : any
        What names stand for that are no variables.

    Raises NameError for a name that is neither.

    >>> total = 99
    >>> Sentence("The shares add up to {total} %.")
    The shares add up to 99 %.
    """

    message: str
    values: dict[str, Any]

    def __new__(cls, message: str, /, **values: Any) -> "Sentence":
        """Translate and fill the message."""
        return cls._told(message, names_in(message, values, sys._getframe(1)))

    @classmethod
    def _told(cls, message: str, values: dict[str, Any]) -> "Sentence":
        told = super().__new__(cls, tr(message, **values))
        told.message, told.values = message, values
        return told

    def again(self) -> "Sentence":
        """Return the same in the language that is now in use, with all sentences within it."""
        return self._told(self.message, retold(self.values))

    def __repr__(self) -> str:
        return textwrap.fill(str(self), 100)

    def _repr_html_(self) -> str:
        return f'<p class="{NO_FORMULAS}">{html.escape(self)}</p>'


class Phrase(Sentence):
    """Text that a function makes in the language in use, and makes again in another one.

    make : callable
        Returns the text.
    args, kwargs : any
        Its arguments; sentences among them are told again too.

    >>> from analysis.language.current import speaking, with_unit
    >>> share = Phrase(with_unit, "7.5", "percent", "about")
    >>> share
    about 7.5 %
    >>> with speaking("ru"):
    ...     print(str(share.again()).replace(chr(160), " "))
    около 7,5 %
    """

    make: functools.partial

    def __new__(cls, make: Callable[..., str], /, *args: Any, **kwargs: Any) -> "Phrase":
        """Make the text."""
        told = str.__new__(cls, make(*args, **kwargs))
        told.make = functools.partial(make, *args, **kwargs)
        return told

    def again(self) -> "Phrase":
        """Return the text made again in the language that is now in use."""
        given = {name: retold(value) for name, value in self.make.keywords.items()}
        return Phrase(self.make.func, *map(retold, self.make.args), **given)


def retold(value: Any) -> Any:
    """Return a value with every `Sentence` in it told again in the language that is now in use.

    value : any
        A sentence; a list, tuple, dictionary, series or table of such; whatever else is returned
        as it is.

    >>> total = 99
    >>> retold(["a", Sentence("{total} in all")])
    ['a', 99 in all]
    """
    if isinstance(value, Sentence):
        return value.again()
    if type(value) in (list, tuple):
        return type(value)(map(retold, value))
    if type(value) is dict:
        return {retold(name): retold(each) for name, each in value.items()}
    if hasattr(value, "select_dtypes"):
        return _retold_table(value)
    objects = hasattr(value, "map") and str(getattr(value, "dtype", "")) == "object"
    return value.map(retold).astype(object) if objects else value


def _retold_table(table: Any) -> Any:
    """Return a table with the sentences of its columns and headings of objects told again."""
    told = table.copy()
    for axis, names in enumerate((table.index, table.columns)):
        if str(names.dtype) == "object":
            told = told.set_axis(names.map(retold), axis=axis)
    for place in range(table.shape[1]):
        if str(table.dtypes.iloc[place]) == "object":
            told.isetitem(place, table.iloc[:, place].map(retold).astype(object))
    return told


def names_in(message: str, values: Mapping[str, Any], frame: Any) -> dict[str, Any]:
    """Return what the `{names}` of a message stand for.

    message : str
        As for `Sentence`.
    values : mapping
        What was given by name; it goes before the variables.
    frame : frame
        Where the message stands: its variables are looked up there.

    Raises NameError, with the names, for those that are neither given nor defined.
    """
    fields = {field for _, field, _, _ in string.Formatter().parse(message) if field}
    wanted = {field.split(".")[0].split("[")[0] for field in fields}
    there = ChainMap(dict(values), frame.f_locals, frame.f_globals)
    if missing := sorted(wanted - set(there)):
        raise NameError(
            f"{', '.join(missing)}: named in {message!a}, and there is no such variable"
        )
    return {name: there[name] for name in wanted}


def say(message: str, /, **values: Any) -> None:
    """Show a sentence: a paragraph in a notebook, a line elsewhere.

    message, values :
        As for `Sentence`.

    >>> n, share = 2694, 3.82
    >>> say("Of {n:,} students {share:.1f} %.")
    Of 2,694 students 3.8 %.
    """
    told = Sentence._told(message, names_in(message, values, sys._getframe(1)))
    if running_shell() is None:
        print(str(told))
    else:
        sys.modules["IPython"].display.display(told)


def counted(n: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the right form.

    >>> counted(1, "combination"), counted(1200, "person", "people")
    ('1 combination', '1,200 people')
    """
    return f"{number(n)} {ntr(noun, plural or noun + 's', n)}"


def listed(names: Iterable[str]) -> str:
    """Return names as a list in a sentence; "none" if there are none.

    >>> listed(["gender", "age", "prospects"])
    'gender, age and prospects'
    """
    *most, last = [localized_text(name) for name in names] or [tr("none")]
    return tr("{names} and {last}", names=", ".join(most), last=last) if most else last


def in_quotes(words: str) -> str:
    """Return words of a text between quotation marks of the language, also quoted ones once.

    >>> in_quotes("orchard"), in_quotes("“orchard”")
    ('“orchard”', '“orchard”')
    """
    bare = re.fullmatch('[“"](.*)[”"]', words)
    return tr("“{words}”", words=bare[1] if bare else words)


def span(least: float, most: float, digits: int = 0) -> str:
    """Return a range, or the one number where both ends are the same.

    >>> span(17, 18), span(72, 72), span(1.5, 1.8, digits=1)
    ('17 to 18', '72', '1.5 to 1.8')
    """
    low, high = number(least, f",.{digits}f"), number(most, f",.{digits}f")
    return low if low == high else tr("{low} to {high}", low=low, high=high)
