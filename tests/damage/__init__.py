"""Damages to what is read, and harm in what is shown."""

import bs4


def unset(soup: bs4.BeautifulSoup) -> bs4.BeautifulSoup:
    """A page without the spans in which `typeset` puts what stays on one line and what is of another script."""
    for span in soup.select("span.lt-whole, span[lang]:not([class])"):
        span.unwrap()
    soup.smooth()
    return soup
