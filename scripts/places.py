"""Where each kind of thing lies on the site, from its root or that of a language: said here and nowhere else.

A page is named by its folder, without the slash that ends its address. Addresses last: what is published under one stays
there, and editions that are frozen have these names in their files.
"""

FACTS, CHARTS, FRAMES, EDITIONS, CARDS, SCHEMAS = "facts", "charts", "embed", "data", "cards", "schemas"
LATEST = "latest"  # stands for the newest edition


def fact(fact_id: str, tag: str = "") -> str:
    """The page of a fact, withdrawn or not, as it moves or as an edition has it; its JSON has the same name."""
    return f"{f'{edition(tag)}/' if tag else ''}{FACTS}/{fact_id}"


def chart(slug: str) -> str:
    """The page of a chart, withdrawn or not; its files have the same name."""
    return f"{CHARTS}/{slug}"


def frame(slug: str) -> str:
    """The frame of a chart as it moves."""
    return f"{FRAMES}/{slug}"


def edition(tag: str = LATEST) -> str:
    """The folder of an edition, or of what stands for the newest one under names that stay."""
    return f"{EDITIONS}/{tag}"
