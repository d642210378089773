"""Names of the reports that facts are taken from, in a language. In: records, words; out: text.

Where there is one report, pages say "the report"; where there are several, each is named by its paper and month.
"""

from collections.abc import Iterable

from ..data import periods
from ..data.dataset import Dataset
from ..data.records import Fact, Source
from .languages import Language


def of(dataset: Dataset, facts: Iterable[Fact]) -> list[Source]:
    """The reports of the facts, in order; all reports if there are no facts."""
    ids = {fact.source_id for fact in facts}
    return [one for one in dataset.reports if one.source_id in ids] or list(dataset.reports)


def named(dataset: Dataset, language: Language, source: Source) -> str:
    """The name of a report: its paper and month, or the full date if the paper has another report in that month."""
    month, paper = _month(source), dataset.papers[source.source_id]
    alike = [one for one in dataset.reports if (dataset.papers[one.source_id], _month(one)) == (paper, month)]
    when = source.published if len(alike) > 1 or not month else periods.read(month)
    form = language.words["joins"]["report"]
    return str(form.format(paper=paper[language.code], when=language.period(when)))


def _month(source: Source) -> str:
    return source.published.text[:7] if source.published else ""


def says(dataset: Dataset, language: Language, source: Source) -> str:
    """The label of a report's value, before a colon: "The report", or its name where there are several."""
    return (
        named(dataset, language, source) if len(dataset.reports) > 1 else str(language.words["labels"]["article_says"])
    )


def where(dataset: Dataset, language: Language, fact: Fact) -> str:
    """The locator of a fact: its paragraph, after the name of its report where there are several."""
    place = str(language.words["joins"]["paragraph"].format(fact.locator.removeprefix("P")))
    if len(dataset.reports) < 2:
        return place
    return f"{named(dataset, language, dataset.report_of(fact))}{language.words['labels']['colon']}{place}"
