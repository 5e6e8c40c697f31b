"""A catalogue may be read in two threads at once."""

import pytest

from analysis.language.current import LANGUAGES, catalogue, catalogue_files, messages_of


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_a_catalogue_that_two_threads_read_ends_and_leaves_its_files_as_they_are(language):
    one, other = (catalogue.__wrapped__(language) for _ in range(2))  # as without a cache yet
    assert one.gettext("a text of nobody") == other.gettext("a text of nobody")
    assert messages_of(catalogue_files(language)[0]).found._fallback is None
