"""English, Russian, Kazakh: messages, numbers and dates, sentences, and the prose of notebooks."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "current": [
            "label",
            "number",
            "tr",
            "use_language",
            "with_qualifier",
            "with_unit",
        ],
        "sentences": ["Sentence", "counted", "listed", "say", "span"],
    },
)
