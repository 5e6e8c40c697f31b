"""Documents, workbooks and pages of headings, paragraphs, tables and figures; knows no survey."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "blocks": ["Figure", "Heading", "Paragraph", "Table", "shown"],
        "page": ["write_html"],
        "word": ["write_docx"],
        "workbook": ["write_xlsx"],
    },
)
