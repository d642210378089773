import re
from importlib import resources

import pytest

from scripts import commands
from scripts.pages import policy
from scripts.paths import Project
from tests import browser
from tests.conftest import ADDRESS, SMALL_CHARTS, Built, damage

PAGE = '<html><head>\n<meta charset="utf-8">\n<title>x</title></head><body>{}</body></html>'
DATA = '<script type="application/ld+json">{"a": 1}</script>'
HELLO = "alert('Hello, world.');"
HASH = (
    "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"  # of HELLO, in Content Security Policy Level 3, section 8
)


def rules(text: str) -> dict[str, list[str]]:
    content = text.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    return {name: values for name, *values in (rule.split() for rule in content.split("; "))}


def test_a_hash_is_the_one_in_the_standard():
    assert f"'{policy.digest(HELLO)}'" == HASH


def test_the_policy_lists_the_hash_of_a_known_inline_script_only():
    text = PAGE.format(f'<script src="a.js"></script><script>{policy.SCHEME}</script><script>{HELLO}</script>{DATA}')
    assert rules(policy.put(text, ADDRESS))["script-src"] == ["'self'", f"'{policy.digest(policy.SCHEME)}'"]


@pytest.mark.parametrize(
    "script",
    ["<script>{}</script>", "<SCRIPT>{}</SCRIPT >", "<script type=module>{}</script>", '<script type="text/javascript">{}</script>',
     '<script data-src="a.js">{}</script>', "<script\nid=a>{}</script\n>", "<script/src>{}</script>", '<script type="importmap">{}</script>'],
)  # fmt: skip
def test_an_unknown_inline_script_is_found_in_any_spelling(script: str):
    assert list(policy.unknown(PAGE.format(script.format(HELLO)))) == [HELLO]


def test_script_files_and_data_blocks_are_not_inline_scripts():
    text = f'<script src="a.js" defer></script>{DATA}<script id="__config" type="application/json">{{}}</script>'
    assert list(policy.unknown(PAGE.format(text + f"<script>{policy.SCHEME}</script>"))) == []


@pytest.mark.parametrize("root", [".", "../..", "/low-tide/zh/", '");alert("'])
def test_only_the_path_to_the_root_may_differ_in_a_known_script(root: str):
    (made,) = (text for text in theme()["base"] if "@" in text)
    there = made.replace("@", root)
    assert list(policy.unknown(f"<script>{there}</script>")) == ([] if "alert" not in root else [there])
    assert list(policy.unknown(f"<script>{there} </script>")) == [f"{there} "]


def theme() -> dict[str, list[str]]:
    """The inline scripts of the installed theme, by template."""
    room = resources.files("material") / "templates" / "partials" / "javascripts"
    return {
        name: [re.sub(r"\{\{.*?\}\}", "@", text) for text in re.findall("<script>(.*?)</script>", (room / f"{name}.html").read_text("utf-8"))]
        for name in policy.THEME
    }  # fmt: skip


def test_the_known_hashes_are_those_of_the_installed_theme():
    there = {name: [policy.digest(text) for text in texts] for name, texts in theme().items()}
    gone = {name: there[name] for name, known in policy.THEME.items() if known not in there[name]}
    assert not gone, (
        f"the theme's scripts changed; review them, then put these into THEME of scripts/pages/policy.py: {gone}"
    )


def test_a_page_with_an_inline_script_is_refused_at_its_line_and_nothing_is_built(copy: Project):
    lines = []
    for page in ("docs/en/index.md", "docs/zh/checked.md"):
        lines.append(len((copy.root / page).read_text("utf-8").splitlines()) + 2)
        damage(copy, page, ("", f"\n<script>{HELLO}</script>\n"))
    with pytest.raises(commands.Problems) as error:
        commands.build(copy, lambda line: None, ADDRESS, SMALL_CHARTS)
    said = [str(one) for one in error.value.all]
    assert [one.rpartition(": ")[0].partition(": ")[0] for one in said] == [
        f"docs/en/index.md:{lines[0]}", f"docs/zh/checked.md:{lines[1]}",
    ], said  # fmt: skip
    assert all(one.endswith("take it out") for one in said), said
    assert not copy.site.exists()


def test_a_page_without_scripts_may_run_none():
    found = rules(policy.put(PAGE.format("<p>x</p>"), ADDRESS))
    assert found["default-src"] == ["'none'"]
    assert {"script-src", "worker-src", "connect-src"} & found.keys() == set()


def test_file_urls_are_allowed_only_without_an_address():
    assert "file:" in policy.put(PAGE.format(DATA), "")
    assert "file:" not in policy.put(PAGE.format(DATA), ADDRESS)


def test_the_policy_comes_before_all_that_it_governs():
    assert policy.put(PAGE.format(""), "").index("Content-Security-Policy") < PAGE.index("<title>") + 60
    with pytest.raises(ValueError, match="charset"):
        policy.put("<html><head><title>x</title></head></html>", "")


@pytest.mark.alike(3)
@pytest.mark.parametrize("path", ["zh/", "facts/", "embed/revenue/"])
@pytest.mark.parametrize(
    "attack",
    [
        "const it = document.createElement('script'); it.textContent = 'window.canary = 1'; document.body.append(it)",
        "document.body.insertAdjacentHTML('beforeend', '<img src=/nowhere.png onerror=\"window.canary = 1\">')",
        "document.body.insertAdjacentHTML('beforeend', '<a id=bad href=\"javascript:window.canary=1\">x</a>'); bad.click()",
        "const it = document.createElement('script'); it.src = 'https://example.org/x.js'; document.body.append(it)",
        "document.body.insertAdjacentHTML('beforeend', '<iframe src=https://example.org/></iframe>')",
        "document.body.insertAdjacentHTML('beforeend', '<form action=https://example.org/><button id=bad></form>'); bad.click()",
        "setTimeout('window.canary = 1')",
    ],
    ids=["inline", "handler", "address", "elsewhere", "frame", "form", "eval"],
)
def test_injected_scripts_do_not_run(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str, attack: str
):
    with chromium.new_context() as context:
        context.route("https://example.org/**", lambda route: route.fulfill(body="window.canary = 1"))
        page = context.new_page()
        refused = browser.refusals(page)
        page.goto(served.address + path)
        heard = page.evaluate(
            f"""() => new Promise(done => {{
              addEventListener("securitypolicyviolation", event => done(event.effectiveDirective));
              setTimeout(done, 3000);
              {attack};
            }})"""
        )
        assert heard
        page.wait_for_timeout(50)
        assert page.evaluate("window.canary") is None
        assert page.url == served.address + path
        assert len(refused) == 1


@pytest.mark.parametrize("page_name", ["index", "zh/facts/index", "embed/revenue/index"])
def test_styles_and_scripts_load_from_a_folder(chromium: browser.sync_api.Browser, real_site: Built, page_name: str):
    with browser.visit(chromium) as page:
        page.goto((real_site.site / f"{page_name}.html").as_uri())
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--lt-paper')")
        if "embed" not in page_name:
            ground = "getComputedStyle(document.body).backgroundColor"
            before = page.evaluate(ground)
            page.locator("[data-scheme-switch]").click()
            assert page.evaluate(ground) != before
