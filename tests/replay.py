"""A pytest plugin: nbval compares stored outputs with those of the report that all tests share.

The report has run every notebook already. In place of a kernel nbval gets what that run left and
compares it cell by cell, as it would the answers of a kernel. Without this plugin it starts one.
"""

from typing import ClassVar

from tests.notebooks import code_cells, read
from tests.shared import built_report, report_folder

IDLE = {"msg_type": "status", "content": {"execution_state": "idle"}}


def pytest_addoption(parser):
    help_text = "the report that the tests read; it is brought up to date first"
    parser.addoption("--report", metavar="FOLDER", help=help_text)


def pytest_configure(config):
    """Let nbval ask the report where it would start a kernel."""
    from nbval.plugin import IPyNbFile

    IPyNbFile.setup = set_up


def set_up(file):
    """Give a notebook under test, a pytest collector of nbval's, what it takes for a kernel."""
    file.kernel = Replay(code_cells(read(executed(file))))
    file.setup_sanitize_files()


def executed(file):
    """Return the notebook of the report that was run from a notebook under test."""
    report = built_report(report_folder(file.config), "en")
    return report / "notebooks" / file.path.name


class Replay:
    """What nbval takes for a kernel: each cell is answered with the outputs of a run.

    cells : list
        The code cells of the executed notebook, in the order in which they are asked for; some may
        be left out. A source that none of the next ones has raises ValueError.
    """

    PARENT: ClassVar = {"msg_id": "replayed"}

    def __init__(self, cells):
        self.cells, self.messages = iter(cells), []

    def execute_cell_input(self, source, allow_stdin=None):
        """Take the next cell; return what its messages are marked with."""
        cell = next((cell for cell in self.cells if cell.source == source), None)
        if cell is None:
            raise ValueError(f"the report did not run this cell here: {source}")
        self.messages = [message(output) for output in cell.outputs] + [IDLE]
        return self.PARENT["msg_id"]

    def get_message(self, stream, timeout=None):
        """Return the next message of the cell; the last one says that it is done."""
        return self.messages.pop(0) | {"parent_header": self.PARENT}

    def await_reply(self, msg_id, timeout=None):
        """Return at once: all is there already."""

    await_idle = await_reply

    def is_alive(self):
        """Say that there is something to ask."""
        return True

    def stop(self):
        """Do nothing: no process was started."""

    interrupt = stop


def message(output):
    """Return an output of a notebook as the kernel has sent it."""
    content = {name: value for name, value in output.items() if name != "output_type"}
    return {"msg_type": output.output_type, "content": content}
