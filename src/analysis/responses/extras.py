"""Libraries that reading, tallying and writing a survey need and the core does without."""

import importlib
from types import ModuleType

DISTRIBUTION = "kazakhstan-higher-education-compendium"
EXTRAS = {"polars": "polars", "pyspark": "spark"}  # the others come with the extra `survey`


def need(module: str) -> ModuleType:
    """Return a module of an optional library, or say in one line how to install it.

    module : str
        As `import` takes it.

    Raises ModuleNotFoundError where the library is missing.

    >>> need("csv").__name__
    'csv'
    """
    top = module.partition(".")[0]
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != top:
            raise
        extra = EXTRAS.get(top, "survey")
        line = f'{top} is missing: pip install "{DISTRIBUTION}[{extra}]"'
        raise ModuleNotFoundError(line, name=top) from None
