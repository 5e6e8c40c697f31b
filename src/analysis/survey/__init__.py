"""A survey as an object: its questions, their printed answers, and what these allow."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "audit": ["audit"],
        "comparing": ["compare_groups"],
        "crossing": ["CrossTable", "crosses"],
        "folder": ["write_survey"],
        "questions": ["Question", "left_in_words"],
        "read": ["read_responses"],
        "scales": ["scales"],
        "surveys": ["Survey", "read_survey"],
    },
)
