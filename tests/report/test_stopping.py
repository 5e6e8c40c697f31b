"""A command that is stopped ends at once: no kernel starts behind its back."""

import pytest

from analysis.report import kernels
from analysis.report.notebook import NotebookError


def test_no_kernel_starts_while_a_command_ends_and_one_does_afterwards():
    with kernels.all_ended(), pytest.raises(NotebookError, match="stopped"):
        kernels.Session().__enter__()
    assert not kernels._alive
    with kernels.Session() as session:
        assert session in kernels._alive
    assert not kernels._alive


def test_a_kernel_that_is_killed_while_it_starts_is_not_tried_again(monkeypatch):
    tried, ending = [], kernels.all_ended()
    start = kernels.Session._start

    async def killed(self):
        if tried:
            await start(self)
        tried.append(self)
        ending.__enter__()
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(kernels.Session, "_start", killed)
    with pytest.raises(NotebookError, match="stopped"):
        kernels.Session().__enter__()
    ending.__exit__(None, None, None)
    assert len(tried) == 1 and not kernels._alive
