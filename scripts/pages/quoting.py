"""Check what pages and charts quote, and must quote. In: `Content`; out: problems with lines."""

import dataclasses
import itertools
from collections.abc import Iterator

from .. import places
from ..data import verdicts
from ..data.outside import Reply
from ..drawing import engine, listing
from ..problem import Problem
from ..rules import rows
from ..words import outline, quotes
from . import blocks
from .content import Content

STORY = "story"  # the section of pages that tell the story


def check(content: Content) -> list[Problem]:
    """Return problems for unknown quotes on pages and in captions, and for charts and lists that no page quotes."""
    problems: list[Problem] = []
    known = {
        "chart": dict.fromkeys(content.charts, _empty),
        "list": dict.fromkeys(blocks.LISTS, _empty),
        "check": dict.fromkeys((one.fact_id for one in content.dataset.checks.values()), _empty),
        "reply": dict.fromkeys((one.fact_id for one in content.dataset.replies.values()), _empty),
        **blocks.addresses(content),
    }
    problems += rows.withdrawn(content.dataset, "chart", content.charts)
    for language in content.languages:
        shown: dict[str, set[str]] = {"chart": set(), "list": set()}
        for page in content.pages[language.code]:
            here = known | blocks.numbers(content, language, page)
            context = dataclasses.replace(content.context(language, page.root), blocks=here)
            problems += quotes.fill(page.body, context, page.path, page.first_line)[1]
            problems += _contradicted(content, page)
            problems += _unanswered(content, page)
            for kind in shown:
                shown[kind] |= set(quotes.ids(page.body, kind))
        problems += _moved(content.pages[language.code])
        folder = content.project.name(language.folder)
        for kind, fault in (("chart", "is shown on no page"), ("list", "is on no page")):
            for name in sorted(set(known[kind]) - shown[kind]):
                problems.append(Problem(folder, 1, f"{kind} {name} {fault}; quote it as {{{{ {kind} {name} }}}}"))
        plain = content.context(language, plain=True)
        for page in content.captions[language.code].values():
            for line, text in page.texts:
                problems += quotes.fill(text, plain, page.path, line)[1]
    return [*problems, *listing.check(content.charts, content.dataset)]


def _moved(pages: list[outline.Page]) -> Iterator[Problem]:
    """Yield a problem for a register that is not where published addresses of facts lead."""
    for page in pages:
        if page.slug != places.FACTS and "facts" in quotes.ids(page.body, "list"):
            name = f"{places.FACTS}.md"
            fault = f"holds {{{{ list facts }}}}; name it {name}, since the published addresses of facts lie below it"
            yield Problem(page.path, 1, fault)


def unused(content: Content) -> list[Problem]:
    """Return a problem for each row of evidence that no check, event, reply, chart or quote uses."""
    dataset = content.dataset
    if not dataset.evidence:
        return []
    used = {check.evidence_id for check in dataset.checks.values()}
    used |= {event.evidence_id for event in dataset.events.values()}
    used |= {reply.evidence_id for reply in dataset.replies.values()}
    for module in content.charts.values():
        used |= set(engine.listed(engine.rows_of(module, dataset, content.languages[0]), "evidence_id"))
    pages = [*content.pages.values(), *(captions.values() for captions in content.captions.values())]
    used |= {id_ for page in itertools.chain(*pages) for _, text in page.texts for id_ in quotes.ids(text, "evidence")}
    path = dataset.package.tables["evidence"].path
    fault = "is used by no check, event, reply, chart or quote; use it or remove it"
    return [Problem(path, row.line, f"{id_}: {fault}") for id_, row in dataset.evidence.items() if id_ not in used]


def _contradicted(content: Content, page: outline.Page) -> Iterator[Problem]:
    """A story page that quotes a contradicted fact must quote its check."""
    if page.head["section"] != STORY:
        return
    answered = set(quotes.ids(page.body, "check"))
    for line, fact_id in _quoted(page):
        if fact_id not in answered and verdicts.overall(content.dataset, fact_id) == "differs":
            answered.add(fact_id)
            fault = f"other sources differ on {fact_id}; say so with {{{{ check {fact_id} }}}}"
            yield Problem(page.path, line, fault)


def _unanswered(content: Content, page: outline.Page) -> Iterator[Problem]:
    """A page that quotes a fact which accuses somebody must quote their reply to it, or to a fact of the same paragraph."""
    data = content.dataset
    heard = {_accused(content, one) for id_ in quotes.ids(page.body, "reply") for one in data.replies_of(id_)}
    for line, fact_id in _quoted(page):
        for one in (one for one in data.replies_of(fact_id) if _accused(content, one) not in heard):
            heard.add(_accused(content, one))
            fault = f"{one.fact_id} is said against {one.entity_id}; give their side with {{{{ reply {one.fact_id} }}}}"
            yield Problem(page.path, line, fault)


def _quoted(page: outline.Page) -> Iterator[tuple[int, str]]:
    """Yield the line and the fact's id of each quote of a fact."""
    for match in quotes.QUOTE.finditer(page.body):
        if match[1] == "fact":
            yield page.first_line + page.body.count("\n", 0, match.start()), match[2]


def _accused(content: Content, reply: Reply) -> tuple[str, str]:
    fact = content.dataset.facts.get(reply.fact_id)
    return reply.entity_id, fact.locator if fact else ""


def _empty() -> str:
    return ""
