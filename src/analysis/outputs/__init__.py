"""What a notebook leaves, written whole: its figures and its tables."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "files": ["in_folder"],
        "pictures": ["FORMATS", "labels_of", "write_figure"],
        "tables": ["cell_text", "csv_text", "write_table"],
        "whole": ["write_whole"],
    },
)
