"""The workflows and forms: linted by the tools that know them, calling make targets that exist, asking for little."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.paths import THIS

GITHUB = THIS.root / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(set((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")) - {GITHUB / "ISSUE_TEMPLATE" / "config.yml"})
SCHEMAS = {
    "github-workflows": WORKFLOWS,
    "github-issue-forms": FORMS,
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "dependabot": [GITHUB / "dependabot.yml"],
}
TARGETS = set(re.findall(r"^([a-z]+):.*##", (THIS.root / "Makefile").read_text("utf-8"), re.MULTILINE))
BIN = Path(sys.executable).parent

OTHER_LINES = {
    'test "$RESULTS" = "success success"',
    'gh release create "$GITHUB_REF_NAME" --repo "$GITHUB_REPOSITORY" --verify-tag --title "$GITHUB_REF_NAME"'
    " --notes-file notes.md files/*",
    'echo "number=$(gh issue list --app github-actions --search "in:title $TITLE" --json number --jq \'.[0].number // empty\')"'
    ' >> "$GITHUB_OUTPUT"',
    'gh issue create --title "$TITLE" --body-file links.md',
    'gh issue edit "$NUMBER" --body-file links.md',
}
"""What a workflow may run beside make targets: only what needs the platform."""

MAY = {
    "publish": {"pages: read", "pages: write", "id-token: write"},
    "release": {"contents: write", "id-token: write", "attestations: write"},
    "links": {"issues: write"},
}
"""What the jobs of a workflow may do beside reading the repository."""


def loaded(file: Path) -> dict[str, Any]:
    return yaml.load(file.read_text("utf-8"), yaml.BaseLoader)


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in loaded(file)["jobs"].values() for step in job["steps"]]


def tool(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / words[0]), *map(str, words[1:])], capture_output=True, text=True)


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    """The strictest of its personas, without a network, nothing forgiven."""
    return tool("zizmor", "--quiet", "--offline", "--strict-collection", "--no-ignores", "--persona=auditor", folder)


def schema(name: str, *files: Path) -> subprocess.CompletedProcess[str]:
    return tool("check-jsonschema", "--builtin-schema", f"vendor.{name}", *files)


def test_there_is_a_workflow_for_each_purpose():
    assert {file.stem for file in WORKFLOWS} == {"check", "publish", "release", "links", "canary", "damages"}
    assert all(loaded(file)["name"] == file.stem for file in WORKFLOWS)


def test_zizmor_finds_nothing():
    found = zizmor(GITHUB)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6", "unpinned-uses"),
        ("persist-credentials: false", "persist-credentials: true", "artipacked"),
        ("permissions: {}", "permissions: write-all", "excessive-permissions"),
        ("run: make site", "run: make ${{ github.head_ref }}", "template-injection"),
        ("pull_request:", "pull_request_target:", "dangerous-triggers"),
    ],
)
def test_zizmor_refuses_what_is_unsafe(tmp_path: Path, old: str, new: str, rule: str):
    text = (GITHUB / "workflows" / "check.yml").read_text("utf-8")
    assert old in text
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "check.yml").write_text(text.replace(old, new), "utf-8")
    found = zizmor(folder)
    assert found.returncode != 0
    assert f"[{rule}]" in found.stdout


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_file_keeps_to_its_schema(name: str):
    assert SCHEMAS[name]
    found = schema(name, *SCHEMAS[name])
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("github-workflows", "runs-on:", "run-on:"),
        ("github-issue-forms", "type: textarea", "type: essay"),
        ("github-issue-config", "blank_issues_enabled: false", "blank_issues_enabled: sometimes"),
        ("dependabot", "interval: weekly", "interval: sometimes"),
    ],
)
def test_every_schema_refuses_a_file_that_breaks_it(tmp_path: Path, name: str, old: str, new: str):
    text = SCHEMAS[name][0].read_text("utf-8")
    assert old in text
    broken = tmp_path / SCHEMAS[name][0].name
    broken.write_text(text.replace(old, new), "utf-8")
    assert schema(name, broken).returncode != 0


def test_every_schema_covers_all_files_of_its_kind():
    covered = {file for files in SCHEMAS.values() for file in files}
    assert covered == {*GITHUB.rglob("*.yml"), *GITHUB.rglob("*.yaml")}


def called(line: str) -> str:
    """The make target that a line calls; empty where it calls none."""
    make = re.fullmatch(r"make ([a-z]+)", line)
    return make[1] if make else ""


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_every_line_calls_a_make_target_that_exists(file: Path):
    lines = [step["run"] for step in steps(file) if "run" in step]
    assert [line for line in lines if called(line) not in TARGETS and line not in OTHER_LINES] == []


def test_no_line_is_allowed_that_no_workflow_runs():
    assert {step.get("run") for file in WORKFLOWS for step in steps(file)} >= OTHER_LINES


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_workflows_ask_for_little_and_end(file: Path):
    workflow = loaded(file)
    assert workflow["permissions"] == {}
    assert "cancel-in-progress" in workflow["concurrency"]
    asked = {f"{key}: {value}" for job in workflow["jobs"].values() for key, value in job["permissions"].items()}
    assert asked - {"contents: read"} == MAY.get(file.stem, set())
    for job in workflow["jobs"].values():
        assert 0 < int(job["timeout-minutes"]) <= 60
    assert "secrets." not in file.read_text("utf-8")


def test_actions_are_pinned_by_commit_with_their_version_and_one_version_each():
    pins: dict[str, set[str]] = {}
    for file in WORKFLOWS:
        uses = re.findall(r"uses: *(.*)", file.read_text("utf-8"))
        assert len(uses) == sum("uses" in step for step in steps(file))
        for use in uses:
            pin = re.fullmatch(r"(actions/[a-z-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", use)
            assert pin, f"{file.name}: {use}"
            pins.setdefault(pin[1], set()).add(pin[2])
    assert {action: found for action, found in pins.items() if len(found) > 1} == {}


def test_triggers_are_those_of_the_purpose():
    on = {file.stem: loaded(file)["on"] for file in WORKFLOWS}
    assert on["check"] == {"push": {"branches": ["**"]}, "pull_request": ""}
    assert on["publish"]["push"] == {"branches": ["main"]}
    assert on["release"] == {"push": {"tags": ["v*"]}}
    for name in ("links", "canary", "damages"):
        minute, hour, day, month, weekday = on[name]["schedule"][0]["cron"].split()
        assert minute.isdigit() and hour.isdigit() and (day, month) == ("*", "*") and weekday.isdigit()


def test_the_published_address_is_the_platforms():
    build = loaded(GITHUB / "workflows" / "publish.yml")["jobs"]["build"]["steps"]
    (site,) = (step for step in build if step.get("run") == "make site")
    (pages,) = (step for step in build if "configure-pages" in step.get("uses", ""))
    assert site["env"]["SITE_URL"] == f"${{{{ steps.{pages['id']}.outputs.base_url }}}}"
    assert build.index(pages) < build.index(site)


def test_a_release_is_refused_before_anything_may_be_written():
    jobs = loaded(GITHUB / "workflows" / "release.yml")["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read"}
    (assets,) = (step for step in jobs["build"]["steps"] if "run" in step)
    assert assets == {"run": "make assets", "env": {"VERSION": "${{ github.ref_name }}"}}
    assert jobs["release"]["needs"] == "build"


def test_what_checks_or_publishes_has_all_of_history_to_compare_the_editions_with():
    for name in ("check", "publish", "release"):
        text = (GITHUB / "workflows" / f"{name}.yml").read_text("utf-8")
        assert text.count("fetch-depth: 0 ") == text.count("actions/checkout@") > 0, name


def test_links_never_block():
    jobs = loaded(GITHUB / "workflows" / "links.yml")["jobs"]
    (links,) = (step for step in jobs["look"]["steps"] if step.get("run") == "make links")
    assert links["continue-on-error"] == "true"


@pytest.mark.parametrize("form", [*FORMS, GITHUB / "PULL_REQUEST_TEMPLATE.md"], ids=lambda file: file.stem)
def test_forms_speak_both_languages(form: Path):
    said = [form.read_text("utf-8")]
    if form.suffix == ".yml":
        fields = loaded(form)["body"]
        said = [loaded(form)["name"], loaded(form)["description"]]
        said += [field["attributes"].get("label") or field["attributes"]["value"] for field in fields]
    for text in said:
        assert re.search(r"[A-Za-z]{2}", text) and re.search(r"[\u4e00-\u9fff]{2}", text), text


def test_the_other_lines_are_shell():
    for line in OTHER_LINES:
        assert subprocess.run(["sh", "-n", "-c", line]).returncode == 0, line
