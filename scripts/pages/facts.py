"""A generated page for each fact: what is said, by whom, how sure, what it is used in, how to cite it.

In: `Content`, charts; out: Markdown pages, filled, staged and built like any other. `frozen_facts` makes those
of editions.
"""

import functools
from dataclasses import replace
from typing import Any

from .. import places
from ..data import verdicts
from ..data.dataset import Dataset
from ..data.records import Fact, Withdrawal
from ..drawing import wrap
from ..words import markup, outline, works
from ..words.languages import Language
from . import around, blocks, cards, contact, fact_files, frames
from .content import DRAWN, Content, site_root

PARTS = (
    ("checks", "verdict"), ("cite", "cite_fact"), ("used", "used_in"), ("history", "history"),
    ("near", "near"), ("wrong", "wrong"),
)  # fmt: skip
"""The headings of a page, in order: anchor and label."""
PAIRED = ("chicago", "bibtex", "ris")  # besides the brief forms: citation forms that can list two works
BOOST = 20  # factor in search; other pages have 1
_WIDTH = 560.0, 16.0  # px, line width and font size that a heading must fit: short enough for a tab and a list


def heading(data: Dataset, language: Language, fact: Fact) -> str:
    """A short name of a fact: entity, metric and period, or the start of its statement."""
    if fact.value is None or not (fact.entity_id and fact.metric_id):
        lines = wrap.broken(fact.statement[language.code], _WIDTH[1], _WIDTH[0])
        return lines[0] if len(lines) == 1 else f"{lines[0].rstrip(' ,，、;；:：')}…"
    name, metric = data.entities[fact.entity_id].name[language.code], data.metrics[fact.metric_id].name[language.code]
    form = language.words["joins"]["heading" if fact.period else "heading_undated"]
    return str(form.format(entity=name, metric=metric[:1].lower() + metric[1:], when=language.period(fact.period)))


def title(data: Dataset, language: Language, fact: Fact) -> str:
    """The heading of a fact with its value, for tabs, lists of pages and search."""
    number = f"{language.words['labels']['colon']}{language.value(fact)}" if fact.value is not None else ""
    return f"{heading(data, language, fact)}{number}"


def pages(content: Content, language: Language, drawn: DRAWN, near: around.Index) -> list[outline.Page]:
    """Return the pages of all facts in a language, withdrawn ones too."""
    carded = cards.of_facts(content, language) if content.address else ()
    made = [
        _page(content, language, drawn, near, fact, fact.fact_id in carded) for fact in content.dataset.facts.values()
    ]
    return made + [tombstone(content, language, near, one) for one in content.dataset.withdrawn("fact")]


def head(content: Content, language: Language, slug: str) -> dict[str, Any] | None:
    """Title and description of the page of a fact, or of a withdrawn chart, by slug; None for any other page."""
    id_ = slug.rpartition("/")[2]
    fact, gone = content.dataset.facts.get(id_), content.dataset.withdrawals.get(id_)
    if fact and slug == places.fact(id_):
        return {"title": title(content.dataset, language, fact), "description": fact.statement[language.code]}
    if gone and slug == (places.chart if gone.kind == "chart" else places.fact)(id_):
        return {"title": gone.title[language.code], "description": gone.reason[language.code]}
    return None


def tombstone(content: Content, language: Language, near: around.Index, one: Withdrawal) -> outline.Page:
    """The page of a withdrawn fact."""
    page = _bare(content, language, one.withdrawn_id, {"exclude": True})
    values = blocks.shared(content, language, page.root) | {
        "one": one,
        "fact": None,
        "id_": one.withdrawn_id,
        "steps": near.past.get(one.withdrawn_id, []),
        "link": functools.partial(_link, content, language, page.root),
        "field_title": str,
    }
    history = markup.block("fact-history.html", **values)
    body = f"# {markup.inline(one.title[language.code])} {{ #fact }}\n\n{markup.literal(markup.block('withdrawn.html', **values))}\n"
    label = markup.inline(language.words["labels"]["history"])
    return replace(page, body=f"{body}\n## {label} {{ #history }}\n\n{markup.literal(history)}\n")


def _bare(content: Content, language: Language, id_: str, search: dict[str, Any]) -> outline.Page:
    slug = places.fact(id_)
    return outline.made(content.project, language, slug, {**(head(content, language, slug) or {}), "search": search})


def _page(
    content: Content, language: Language, drawn: DRAWN, near: around.Index, fact: Fact, carded: bool
) -> outline.Page:
    page = _bare(content, language, fact.fact_id, {"boost": BOOST})
    labels, listed = language.words["labels"], content.title(language, f"{places.FACTS}/")
    values = of(content, language, fact, page.root) | _current(content, language, drawn, near, fact)
    values["carded"] = carded
    parts = [
        markup.crumbs(listed, {listed: f"{page.root}{places.FACTS}/#{fact.fact_id}"}),
        f"# {_heading_line(values['heading'], language, fact)} {{ #fact }}",
        markup.literal(markup.block("fact.html", **values)),
    ]
    for anchor, label in PARTS:
        block = markup.literal(markup.block(f"fact-{anchor}.html", **values))
        parts += [f'## {markup.inline(labels[label])} {{ #{anchor} data-search-exclude="" }}', block] if block else []
    return replace(page, body="\n\n".join(parts) + "\n")


def _heading_line(name: str, language: Language, fact: Fact) -> str:
    """A page's heading in Markdown with the value emphasised, as in `fact-title.html`."""
    if fact.value is None:
        return markup.inline(name)
    colon, value = map(markup.inline, (language.words["labels"]["colon"], language.value(fact)))
    return f'{markup.inline(name)}<span class="lt-sr">{colon}</span><strong>{value}</strong>'


def of(content: Content, language: Language, fact: Fact, root: str) -> dict[str, Any]:
    """Template variables of a fact's page, on the current site or in an edition."""
    data = content.dataset
    cited = fact_files.work(content, language, fact)
    return blocks.shared(content, language, root) | {
        "fact": fact,
        "heading": heading(data, language, fact),
        "verdict": verdicts.overall(data, fact.fact_id),
        "derived": data.figures_of(fact.fact_id),
        "work": cited,
        "code_to_embed": frame(content, language, fact).html if content.address else "",
        "cited": [cited, works.of_report(data, data.report_of(fact), language.code)],
        "forms": language.words["brief_citations"],
        "more": PAIRED,
        "attribution": attribution(content, language, fact, cited.address),
        "link": functools.partial(_link, content, language, root),
        "frozen": content.tag_of(fact.fact_id),
    }


def _current(content: Content, language: Language, drawn: DRAWN, near: around.Index, fact: Fact) -> dict[str, Any]:
    """Variables of a fact's current page alone: neighbours, uses, history, how to report a mistake."""
    here = near.places[fact.fact_id]
    neighbours = {
        at: one
        for at in (here - 1, here + 1)
        if 0 <= at < len(near.order) and (one := near.order[at]).source_id == fact.source_id
    }
    return {
        "before": neighbours.get(here - 1),
        "after": neighbours.get(here + 1),
        "related": around.related(near, fact),
        "heading_of": functools.partial(heading, content.dataset),
        "drawn": [(chart.slug, chart.title) for chart in fact_files.charts_of(fact, drawn[language.code])],
        "shown": near.quoted.get(language.code, {}).get(fact.fact_id, []),
        "steps": near.past.get(fact.fact_id, []),
        "id_": fact.fact_id,
        "moving_too": True,
        "moving": content.address and f"{content.home(language)}{places.fact(fact.fact_id)}/",
        "contact": contact.link(content.contact, fact.fact_id),
    }


def frame(content: Content, language: Language, fact: Fact) -> frames.Frame:
    """The HTML that shows a fact on another site."""
    return frames.of_fact(content, language, fact, heading(content.dataset, language, fact))


def bounds(fact: Fact) -> dict[str, float]:
    """A fact's value as schema.org properties: a hedge leaves one bound open, or both, which gives an empty dict."""
    low, high = (None if value is None else float(value) for value in (fact.value, fact.value_high))
    if low is None or fact.qualifier in ("about", "perhaps", "suspected", "such_as", "several"):
        return {}
    if high is not None:
        return {"minValue": low, "maxValue": high}
    name = {"under": "maxValue", "at_most": "maxValue", "over": "minValue", "at_least": "minValue"}
    return {name.get(fact.qualifier, "value"): low}


def attribution(content: Content, language: Language, fact: Fact, address: str) -> str:
    """A sentence to paste that attributes a fact and says where it is recorded."""
    data, words = content.dataset, language.words
    text = words["joins"]["attribution"].format(
        paper=data.papers[fact.source_id][language.code],
        when=language.period(data.report_of(fact).published),
        site=words["site_name"],
        version=data.package.descriptor["version"],
        statement=fact.statement[language.code],
        address=address,
    )
    return str(text).strip()


def _link(content: Content, language: Language, root: str, kind: str, id_: str) -> str:
    """The relative link from a page to a related record, page or file."""
    lists = {
        "speaker": ("speakers", "speaker-"), "entity": ("entities", ""), "figure": ("figures", "figure-"),
        "evidence": ("evidence", ""), "source": ("sources", "source-"), "correction": ("corrections", ""),
        "wrong": ("contact", "contact"),
    }  # fmt: skip
    if kind in lists:
        listed, mark = lists[kind]
        return f"{content.place(language, root, listed)}#{mark}{id_}"
    site = site_root(language, root)
    links = {
        "fact": f"{root}{places.fact(id_)}/", "chart": f"{root}{places.chart(id_)}/", "page": f"{root}{id_}",
        "edition": f"{root}{places.edition(id_)}/", "frozen": f"{root}{places.edition(id_)}/", "json": f"{site}{places.fact(id_)}.json",
        "card": f"{site}{cards.place(language, places.fact(id_))}",
    }  # fmt: skip
    return links[kind]
