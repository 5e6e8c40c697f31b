"""What a query finds on the page of the search."""

from tests.shared import home


def search_page(report, language, opened):
    """Return the page of the search in a language, opened from disk."""
    return opened((home(report, language) / "search.html").as_uri())


def found(page, query):
    """Return the addresses of what a query finds, best first, as far as they are shown."""
    page.fill("#search-words", query)
    page.press("#search-words", "Enter")
    links = page.query_selector_all("#search-results a")
    return [link.get_attribute("href") for link in links]


def number_found(page):
    """Return how many places the page says it has found."""
    digits = [word for word in page.inner_text("#search-status").split() if word.isdecimal()]
    return int(digits[-1]) if digits else 0
