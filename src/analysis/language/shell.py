"""Where the code runs: in a shell of IPython, or as a plain program that need not have it."""

import sys
from typing import Any


def running_shell() -> Any:
    """Return the shell of IPython that runs this, with a `kernel` in a notebook; else None."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
