import shutil

import pytest

from scripts.pages import settings
from scripts.paths import Project
from tests.conftest import damage, problems

CONFIG, STYLE, ICON = "mkdocs.yml", "docs/assets/low-tide.css", "docs/assets/favicon.svg"


@pytest.mark.parametrize(
    ("file", "change", "faults"),
    [
        (CONFIG, None, ["mkdocs.yml:1: file is missing"]),
        (CONFIG, b"", ["mkdocs.yml:1: None is not of type 'object'"]),
        (CONFIG, ("extra:\n", "extras:\n"), ["mkdocs.yml:2: 'extra' is a required property", "mkdocs.yml:17: extras: is unknown here (did you mean extra?)"]),
        (CONFIG, ("theme:\n", "theme: [\n"), ["mkdocs.yml:6: not YAML: did not find expected ',' or ']'"]),
        (CONFIG, ("site_name: Low Tide", "site_name:"), ["mkdocs.yml:2: site_name: None is not of type 'string'"]),
        (CONFIG, ("  search: {}", "  search: {}\n  blog: {}"), ["mkdocs.yml:15: plugins.blog: is a plugin; only search is allowed"]),
        (CONFIG, ("extra:\n", "hooks: [x.py]\nextra:\n"), ["mkdocs.yml:17: hooks: is unknown here"]),
        (CONFIG, ("material/waves", "material/wavez"), ["mkdocs.yml:8: theme.icon.logo: the theme has no icon 'material/wavez'"]),
        (CONFIG, ("assets/favicon.svg", "assets/icon.svg"), ["mkdocs.yml:9: theme.favicon: docs has no file 'assets/icon.svg'"]),
        (CONFIG, ("  - admonition", "  - admonitions"), ["mkdocs.yml:22: markdown_extensions: admonitions cannot be loaded: No module named 'admonitions'"]),
        (CONFIG, ("  - toc:\n      permalink: true", "  - toc:"), ["mkdocs.yml:25: markdown_extensions[5].toc: None is not a mapping of options; write them after the colon, or remove it"]),
        (CONFIG, ("permalink: true", "permalink: "), ["mkdocs.yml:26: markdown_extensions[5].toc.permalink: True was expected"]),
        (CONFIG, ("anchor_linenums: false", "anchor_linenums: [x]"), ["mkdocs.yml:29: markdown_extensions[7].pymdownx.highlight.anchor_linenums: False was expected"]),
        (CONFIG, ("permalink: true", "permalinks: true"), ["mkdocs.yml:25: markdown_extensions: toc cannot be loaded: 'permalinks'"]),
        (CONFIG, ("extra:\n", "x: !ENV HOME\nextra:\n"), ["mkdocs.yml:17: YAML tag !ENV is not read; put the text in quotation marks"]),
        (STYLE, None, [f"{STYLE}:1: file is missing", "mkdocs.yml:16: extra_css[0]: docs has no file 'assets/low-tide.css'"]),
        (STYLE, ("  --lt-ink: #1d2528;\n", ""), [f"{STYLE}:1: no colour --lt-ink in the first :root block that has any"]),
        (STYLE, ("\n.lt-figure", "\n/* charts\n.lt-figure"), [f"{STYLE}:18: a comment is not closed"]),
        (STYLE, ("\n.lt-figure", "\n/* charts\n/* more */\n.lt-figure"), [f"{STYLE}:18: a comment is not closed"]),
        (STYLE, ("\n.lt-figure", "\n@import 'x.css';\n.lt-figure"), [f"{STYLE}:18: '@import' loads another file, which pages must not"]),
        (STYLE, ("\n.lt-figure", "\na { background: url(//x.org/y) }\n.lt-figure"), [f"{STYLE}:18: 'url(//' loads another file, which pages must not"]),
        (STYLE, (".lt-figure__frame--narrow { display: none; }", ".lt-figure__fr"), [f"{STYLE}:19: the last rule is cut off"]),
        (CONFIG, ("anchors: warn", "anchors: ignore"), ["mkdocs.yml:35: validation.anchors: 'warn' was expected"]),
        (CONFIG, ("search: {}", "search: {lang: en}"), ["mkdocs.yml:14: plugins.search: has settings; set them for each language, in _language.yml"]),
        ("datapackage/datapackage.json", ('"creator"', '"creator", "creator"'), ["datapackage/datapackage.json:27: contributors[0].roles: has an entry that is duplicated"]),
        (ICON, ("/></svg>", "/>"), [f"{ICON}:2: not SVG: no element found: line 2, column 0"]),
        (ICON, ("<svg", "\u200b<svg"), [f"{ICON}:1: hidden character U+200B; remove it"]),
        ("datapackage/datapackage.json", ('"en",\n    "zh"', '"en",\n    "zh",\n    "zh"'), ["datapackage/datapackage.json:13: languages: has an entry that is duplicated"]),
        (STYLE, ("\n}\n.lt-figure", "\n.lt-figure"), [f"{STYLE}:18: braces do not match; is the file cut off?"]),
    ],
)  # fmt: skip
def test_settings_that_would_fail_a_build_are_refused(copy: Project, file: str, change: object, faults: list[str]):
    damage(copy, file, change)
    assert problems(copy) == faults


@pytest.mark.parametrize(
    ("break_", "fault"),
    [
        (
            lambda file: file.write_text("<p>\n{% if x %}\n</p>\n", "utf-8"),
            "3: not a template: Unexpected end of template.",
        ),
        *(
            (lambda file, text=text: file.write_text(f"<p>\n{text}\n", "utf-8"), f"{line}: not a template: {fault}")
            for text, line, fault in (
                ("{{ x | nonsense }}", 2, "no filter is called 'nonsense'"),
                ("{% if x is nonsense %}{% endif %}", 2, "no test is called 'nonsense'"),
                ("{% nonsense %}", 2, "Encountered unknown tag 'nonsense'."),
                ("{% include 'gone.html' %}", 2, "include of 'gone.html', which does not exist"),
                ('{% from "gone.html" import x %}', 2, "fromimport of 'gone.html', which does not exist"),
                ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", 3, "block 'a' is duplicated"),
            )
        ),
        (lambda file: (file.unlink(), file.mkdir()), "1: is a folder, not a file"),
        (lambda file: (file.unlink(), file.symlink_to("nowhere")), "1: file is missing"),
        (lambda file: file.write_bytes(b"<p>\n\xff"), "2: not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_broken_template_is_refused_with_its_line(copy: Project, tmp_path, monkeypatch, break_, fault: str):
    shutil.copytree(settings.TEMPLATES, tmp_path / "templates")
    break_(tmp_path / "templates" / "check.html")
    monkeypatch.setattr(settings, "TEMPLATES", tmp_path / "templates")
    monkeypatch.setattr(settings.markup, "TEMPLATES", tmp_path / "templates")
    settings.markup.templates.cache_clear()
    try:
        said = [str(problem) for problem in settings.check(copy)]
    finally:
        settings.markup.templates.cache_clear()
    assert len(said) == 1
    assert said[0].startswith(f"scripts/pages/templates/check.html:{fault}")


@pytest.mark.parametrize(
    ("room", "file"), [("BROWSER", "website/browser/explore.js"), ("FONTS", "drawing/fonts/LowTideSans-Bold.otf")]
)
def test_a_script_or_font_that_is_not_a_file_is_refused(copy: Project, tmp_path, monkeypatch, room: str, file: str):
    there = tmp_path / room.lower()
    shutil.copytree(getattr(settings, room), there)
    name = file.rpartition("/")[2]
    (there / name).unlink()
    (there / name).mkdir()
    monkeypatch.setattr(settings, room, there)
    assert problems(copy) == [f"scripts/{file}:1: is a folder, not a file"]
