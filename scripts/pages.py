"""Stage each language as plain Markdown that any builder can take; the only writer of build/docs.

In: `Edition` (everything that pages show); out: build/docs/<language>/*.md, its assets and <language>.yml.
"""

import functools
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from . import charts, citations, editions, markup, outline, quotes, verdicts
from .charts import theme
from .facts import Dataset, sorted_events
from .figures import Figure
from .languages import Language
from .paths import TEMPLATES, Project
from .problem import Problem
from .records import Evidence, Fact, Source

LISTS = sorted(file.stem.removeprefix("list-") for file in TEMPLATES.glob("list-*.html"))
NAMED = 3  # outside sources named in a chart's source line; the table names all
TRUST = ("primary", "established", "aggregator", "repost")
STORY = "story"  # the section of pages that tell the story
TWIN = "/__twin__/"  # where links to the same page in another language go, until `website` knows the page


@dataclass(frozen=True, slots=True)
class Edition:
    """All that the pages are made from: records, figures, languages, pages, charts, and where the site will live."""

    project: Project
    dataset: Dataset
    figures: Mapping[str, Figure]
    languages: list[Language]
    pages: dict[str, list[outline.Page]]
    charts: Mapping[str, ModuleType]
    address: str = ""

    def context(self, language: Language, root: str = "", plain: bool = False) -> quotes.Context:
        """What quotes on a page of this language are filled from."""
        return quotes.Context(self.dataset, self.figures, language, root, plain)


def check(edition: Edition) -> list[Problem]:
    """Unknown quotes on any page, charts that no page shows, lists that no page has, evidence that nothing uses."""
    problems: list[Problem] = []
    known = {
        "chart": dict.fromkeys(edition.charts, _nothing),
        "list": dict.fromkeys(LISTS, _nothing),
        "check": dict.fromkeys(_checked(edition), _nothing),
    }
    for language in edition.languages:
        shown: dict[str, set[str]] = {"chart": set(), "list": set()}
        for page in edition.pages[language.code]:
            context = quotes.Context(edition.dataset, edition.figures, language, page.root, False, known)
            problems += quotes.fill(page.body, context, page.path, page.first_line)[1]
            problems += _contradicted(edition, page)
            for kind in shown:
                shown[kind] |= set(quotes.ids(page.body, kind))
        folder = edition.project.name(language.folder)
        for kind, fault in (("chart", "is shown on no page"), ("list", "stands on no page")):
            for name in sorted(set(known[kind]) - shown[kind]):
                problems.append(Problem(folder, 1, f"{kind} {name} {fault}; quote it as {{{{ {kind} {name} }}}}"))
        problems += charts.check(edition.charts, edition.context(language))
    return problems or _unused_evidence(edition)


def _unused_evidence(edition: Edition) -> list[Problem]:
    """Evidence must serve a check, an event, a chart or a quote; what serves nothing is a leftover."""
    dataset = edition.dataset
    if not dataset.evidence:
        return []
    used = {check.evidence_id for check in dataset.checks.values()}
    used |= {event.evidence_id for event in dataset.events.values()}
    for module in edition.charts.values():
        rows = charts.rows_of(module, dataset, edition.languages[0])
        used |= set(rows["evidence_id"]) if "evidence_id" in rows else set()
    texts = [page.body for pages in edition.pages.values() for page in pages]
    texts += [
        json.dumps(getattr(m, name, ""), ensure_ascii=False) for m in edition.charts.values() for name in charts.TEXTS
    ]
    used |= {id_ for text in texts for id_ in quotes.ids(text, "evidence")}
    path = dataset.package.tables["evidence"].path
    fault = "serves no check, event, chart or quote; use it or remove it"
    return [Problem(path, row.line, f"{id_}: {fault}") for id_, row in dataset.evidence.items() if id_ not in used]


def _contradicted(edition: Edition, page: outline.Page) -> Iterator[Problem]:
    """On a page that tells the story, a fact that other sources contradict is met by their word on the same page."""
    if page.head["section"] != STORY:
        return
    answered = set(quotes.ids(page.body, "check"))
    for match in quotes.QUOTE.finditer(page.body):
        kind, fact_id = match[1], match[2]
        if kind == "fact" and fact_id not in answered and verdicts.overall(edition.dataset, fact_id) == "differs":
            answered.add(fact_id)
            line = page.first_line + page.body.count("\n", 0, match.start())
            fault = f"other sources differ on {fact_id}; say so with {{{{ check {fact_id} }}}}"
            yield Problem(page.path, line, fault)


def _nothing() -> str:
    return ""


def draw(edition: Edition) -> dict[str, dict[str, charts.Chart]]:
    """Every chart in every language, by language and slug."""
    return {
        language.code: {
            slug: charts.draw(slug, module, edition.context(language), edition.project.build / "drawings")
            for slug, module in edition.charts.items()
        }
        for language in edition.languages
    }


def stage(edition: Edition, drawn: dict[str, dict[str, charts.Chart]], folder: Path) -> None:
    """Write the filled pages, the assets and one builder configuration a language into an empty folder."""
    names = sorted({name for e in edition.dataset.entities.values() for name in e.name.values()})
    folder.mkdir(parents=True)
    (folder / "names.txt").write_text("".join(f"{name} 10\n" for name in names if " " not in name), "utf-8")
    for language in edition.languages:
        home = folder / language.code
        shutil.copytree(edition.project.docs / "assets", home / "assets")
        for page in edition.pages[language.code]:
            filled, problems = quotes.fill(page.body, _context(edition, language, page, drawn), page.path)
            if problems:
                raise RuntimeError(problems[0])
            head = {key: page.head[key] for key in page.head if key not in ("section", "order")}
            (home / f"{page.slug}.md").write_text(f"---\n{_yaml(head)}---\n{filled}", "utf-8")
        (folder / f"{language.code}.yml").write_text(_yaml(_config(edition, language, folder)), "utf-8")


def _context(
    edition: Edition, language: Language, page: outline.Page, drawn: dict[str, dict[str, charts.Chart]]
) -> quotes.Context:
    blocks: dict[str, dict[str, Callable[[], str]]] = {
        "chart": {
            slug: functools.partial(_figure, edition, language, page.root, chart)
            for slug, chart in drawn[language.code].items()
        },
        "list": {name: functools.partial(_list, edition, language, page.root, name) for name in LISTS},
        "check": {id_: functools.partial(_check, edition, language, page.root, id_) for id_ in _checked(edition)},
    }
    return quotes.Context(edition.dataset, edition.figures, language, page.root, False, blocks)


def _figure(edition: Edition, language: Language, root: str, chart: charts.Chart) -> str:
    labels = language.words["labels"]
    article = [(labels["article_source"], f"source-{edition.dataset.article.source_id}")]
    outside = dict.fromkeys(chart.rows["evidence_id"]) if "evidence_id" in chart.rows else {}
    named = {edition.dataset.evidence[id_].source_id for id_ in outside if id_}
    ranked = sorted((s for id_, s in edition.dataset.sources.items() if id_ in named), key=_trust)
    others = [(source.publisher, f"source-{source.source_id}") for source in ranked]
    shown = (article if chart.facts or not others else []) + others[:NAMED]
    more = labels["more_sources"].format(len(others) - NAMED) if len(others) > NAMED else ""
    columns = chart.columns or {
        "name": labels["about"], "text": labels["value"], "period": labels["when"],
        "speaker": labels["who"], "locator": labels["where"],
    }  # fmt: skip
    return markup.block(
        "figure.html",
        chart=chart,
        columns=columns,
        rows=chart.rows.to_dict("records"),
        words=language.words,
        root=root,
        sources=shown,
        more=more,
    )


def _trust(source: Source) -> int:
    return TRUST.index(source.reliability)


def _checked(edition: Edition) -> list[str]:
    """The facts that a page can quote a check of."""
    return list(dict.fromkeys(check.fact_id for check in edition.dataset.checks.values()))


def _check(edition: Edition, language: Language, root: str, fact_id: str) -> str:
    """What other sources say of a fact, in plain words, with both figures: the first check of its verdict."""
    data, verdict = edition.dataset, verdicts.overall(edition.dataset, fact_id)
    check = next(check for check in data.checks_of(fact_id) if check.verdict == verdict)
    return markup.block(
        "check.html",
        data=data,
        fact=data.facts[fact_id],
        check=check,
        verdict=verdict,
        evidence=data.evidence.get(check.evidence_id),
        told=functools.partial(_told, language),
        language=language,
        code=language.code,
        words=language.words,
        root=root,
    )


def _told(language: Language, row: Fact | Evidence) -> str:
    """What is compared of a fact or of evidence: its value, or the time of a counted or dated thing, or nothing."""
    if row.value is not None and row.unit != "count":
        return language.value(row)
    return language.period(row.period) if row.unit == "count" or getattr(row, "kind", "event") == "event" else ""


def _list(edition: Edition, language: Language, root: str, name: str) -> str:
    package, code = edition.dataset.package, language.code
    other = next((some for some in edition.languages if some.code != code), language)
    packed = editions.pack(edition.project, package)
    latest = f"{edition.address}data/latest/" if edition.address else ""
    return markup.block(
        f"list-{name}.html",
        data=edition.dataset,
        figures=edition.figures,
        language=language,
        code=code,
        other=other,
        words=language.words,
        root=root,
        data_root=root + ("../" if language.root else ""),
        article=edition.dataset.article.source_id,
        order=verdicts.ORDER,
        verdict=functools.partial(verdicts.overall, edition.dataset),
        by_verdict={
            verdict: [
                f for f in edition.dataset.facts.values() if verdicts.overall(edition.dataset, f.fact_id) == verdict
            ]
            for verdict in verdicts.ORDER
        },
        told=functools.partial(_told, language),
        events=sorted_events(list(edition.dataset.events.values())),
        actor=lambda entity_id: theme.ACTORS.get(entity_id, "other"),
        terms=sorted(edition.dataset.glossary.values(), key=lambda term: term.term["en"].lower()),
        resources={resource["name"]: resource for resource in package.descriptor["resources"]},
        text=functools.partial(_text, code),
        keys=lambda schema: [schema["primaryKey"]] if isinstance(schema["primaryKey"], str) else schema["primaryKey"],
        zip_name=zip_name(edition),
        zip_size=len(packed),
        zip_sha=editions.sha256(packed),
        size=lambda count: f"{count / 1000:.0f} kB",
        forms=citations.FORMS,
        work=citations.of_package(package, code, latest),
    )


def _text(code: str, described: Mapping[str, Any], key: str) -> str:
    """A title or description in a language: `title` is the English one, `title_zh` the Chinese one."""
    return str(described.get(f"{key}_{code}", described[key]))


def zip_name(edition: Edition) -> str:
    """The file name of the packed data package."""
    descriptor = edition.dataset.package.descriptor
    return f"{descriptor['name']}-{descriptor['version']}.zip"


def _config(edition: Edition, language: Language, folder: Path) -> dict[str, Any]:
    words = language.words
    config: dict[str, Any] = {
        "INHERIT": f"../../{edition.project.builder_config.name}",
        "site_name": words["site_name"],
        "site_description": words["site_description"],
        "copyright": words["site_footer"],
        "docs_dir": language.code,
        "theme": {"language": words["builder_language"]},
        "nav": outline.navigation(edition.pages[language.code], language),
        "extra": {
            "alternate": [
                {"name": some.words["name"], "link": f"{TWIN}{some.code}/", "lang": some.code}
                for some in edition.languages
            ]
        },
        "plugins": {"search": words["search"] | {"jieba_dict_user": str(folder / "names.txt")}},
    }
    if edition.address:
        config["site_url"] = edition.address + language.root
    return config


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
