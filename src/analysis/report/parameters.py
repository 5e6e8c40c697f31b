"""Parameters of a notebook: what its `parameters` cell names, and values given from outside."""

import ast
import difflib
import math
import re
from collections.abc import Mapping
from typing import Any

from analysis.failures import quoted
from analysis.report.allowed import check_allowed, rule_of
from analysis.report.together import check_together

WHOLE = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")


def parameter_defaults(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return names and default values from the cell tagged `parameters`.

    notebook : mapping
        The document, as `notebook.read_notebook` returns it.

    Raises ValueError unless exactly one code cell has the tag and each of its statements
    gives one name a literal.

    >>> cell = {"cell_type": "code", "source": "n = 40", "metadata": {"tags": ["parameters"]}}
    >>> parameter_defaults({"cells": [cell]})
    {'n': 40}
    """
    cells = [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and "parameters" in cell["metadata"].get("tags", [])
    ]
    if len(cells) != 1:
        raise ValueError(f"one cell must have the tag 'parameters', here {len(cells)} have it")
    defaults = {}
    try:
        for statement in ast.parse(cells[0]["source"]).body:
            (target,) = statement.targets
            defaults[target.id] = ast.literal_eval(statement.value)
    except (SyntaxError, AttributeError, ValueError) as error:
        raise ValueError("the cell 'parameters' may only hold lines like `n = 40`") from error
    return defaults


def checked_parameters(
    defaults: Mapping[str, Any], given: Mapping[str, Any], together: bool = True
) -> dict[str, Any]:
    """Return the given parameters as values of the type of their defaults.

    defaults : mapping
        What `parameter_defaults` returned.
    given : mapping
        Name and value; a value from the command line is text.
    together : bool
        Whether they are all that is given, so that they must fit each other.

    Raises ValueError for a name that is not among the defaults (papermill would run it as
    code), for a value of another type, for one that is not allowed, see `allowed`, and for those
    that do not fit each other, see `together`.

    >>> checked_parameters({"level": 0.95, "code": "1"}, {"level": "0.9", "code": "007"})
    {'level': 0.9, 'code': '007'}
    """
    for name in given:
        if name not in defaults:
            close = difflib.get_close_matches(str(name), defaults, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            known = ", ".join(defaults) or "none"
            raise ValueError(f"no parameter {quoted(name)}{hint} (parameters: {known})")
    typed = {name: _value(name, value, defaults[name]) for name, value in given.items()}
    values = {name: check_allowed(name, value) for name, value in typed.items()}
    if together:
        check_together({**defaults, **values}, values.keys())
    return values


def _value(name: str, value: Any, default: Any) -> Any:
    """Return one value in the type of its default; a default None takes any plain value."""
    if isinstance(value, str) and not isinstance(default, str):
        value = _parsed(value, default)
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    allowed = (type(None), bool, int, float, str) if default is None else (type(default),)
    if type(value) not in allowed or (isinstance(value, float) and not math.isfinite(value)):
        advice = _whole_advice(value) if type(default) is int else ""
        advice = advice or ("" if default is None else f"; the default is {default!r}")
        wanted = _wanted(name, default)
        raise ValueError(f"parameter {name}: {ascii(value)[:40]} is not {wanted}{advice}")
    return value


def _wanted(name: str, default: Any) -> str:
    """Return what the value of a parameter may be, in words."""
    if rule := rule_of(name):
        return str(rule)
    kinds = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    usual = "a plain value" if default is None else f"a {type(default).__name__}"
    return kinds.get(type(default), usual)


def _whole_advice(value: Any) -> str:
    """Return what to write for a whole number that was written as a decimal, such as 1e9."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return f", without a point; write {int(value)}" if whole else ""


def _parsed(text: str, default: Any) -> Any:
    """Return text as bool, int, float or None where it is written so, else as it is."""
    words = {"true": True, "false": False} | ({"none": None} if default is None else {})
    if not isinstance(default, float | int) or isinstance(default, bool):
        if text.lower() in words:
            return words[text.lower()]
        if default is not None:
            return text
    if WHOLE.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text
