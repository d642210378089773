"""Paths of the site's folders and pages, relative to its root or a language's: defined here and nowhere else.

A page's path is its folder, without the slash that ends its address. Paths are permanent: published addresses stay, and
files of frozen editions contain them.
"""

FACTS, CHARTS, FRAMES, EDITIONS, CARDS, SCHEMAS = "facts", "charts", "embed", "data", "cards", "schemas"
LATEST = "latest"  # the alias of the newest edition


def fact(fact_id: str, tag: str = "") -> str:
    """The page of a fact, withdrawn or not: the current one, or with `tag` an edition's; its JSON has the same path."""
    return f"{f'{edition(tag)}/' if tag else ''}{FACTS}/{fact_id}"


def chart(slug: str) -> str:
    """The page of a chart, withdrawn or not; its files have the same path."""
    return f"{CHARTS}/{slug}"


def frame(slug: str) -> str:
    """The current frame of a chart."""
    return f"{FRAMES}/{slug}"


def edition(tag: str = LATEST) -> str:
    """The folder of an edition; by default that of `latest`, whose addresses always lead to the newest one."""
    return f"{EDITIONS}/{tag}"


def taken(slug: str) -> str:
    """What else the site has at the address of a fact's or chart's page, which therefore nobody can have; empty if nothing."""
    folder, _, name = slug.partition("/")
    if name == "index":
        return f"the list of {folder}"
    return "a further page of the list of facts" if folder == FACTS and name.isdigit() else ""
