"""The workflows and forms: linted by zizmor and schemas, calling existing make targets, with minimal permissions."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.paths import THIS

GITHUB = THIS.root / ".github"
WEEKLY = ("links", "live", "dependencies", "canary", "damages", "formats")
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
    "echo \"number=$(gh issue list --app github-actions --json number,title --jq 'map(select(.title == env.TITLE))[0].number // empty')\""
    ' >> "$GITHUB_OUTPUT"',
    'gh issue create --title "$TITLE" --body-file "$REPORT.md"',
    'gh issue edit "$NUMBER" --body-file "$REPORT.md"',
}
"""What a workflow may run besides make targets: only what needs the platform."""

MAY = {
    "publish": {"pages: read", "pages: write", "id-token: write"},
    "release": {"contents: write", "id-token: write", "attestations: write"},
    **dict.fromkeys(("links", "dependencies", "tell"), {"issues: write"}),
    "live": {"pages: read", "issues: write"},
}
MAY["publish"] |= MAY["live"]
"""Permissions of a workflow's jobs besides reading the repository."""


def loaded(file: Path) -> dict[str, Any]:
    return yaml.load(file.read_text("utf-8"), yaml.BaseLoader)


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in loaded(file)["jobs"].values() for step in job.get("steps", [])]


def tool(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / words[0]), *map(str, words[1:])], capture_output=True, text=True)


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run zizmor with its strictest persona, offline, without ignores."""
    return tool("zizmor", "--quiet", "--offline", "--strict-collection", "--no-ignores", "--persona=auditor", folder)


def schema(name: str, *files: Path) -> subprocess.CompletedProcess[str]:
    return tool("check-jsonschema", "--builtin-schema", f"vendor.{name}", *files)


def test_the_workflows_are_the_documented_ones():
    assert {file.stem for file in WORKFLOWS} == {"check", "publish", "release", "tell", *WEEKLY}
    assert all(loaded(file)["name"] == file.stem for file in WORKFLOWS)


def test_zizmor_finds_nothing():
    found = zizmor(GITHUB)
    assert found.returncode == 0, found.stdout + found.stderr


def test_zizmor_finds_a_command_with_text_of_a_pull_request(tmp_path: Path):
    text = (GITHUB / "workflows" / "check.yml").read_text("utf-8")
    assert "run: make site" in text
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "check.yml").write_text(text.replace("make site", "make ${{ github.head_ref }}"), "utf-8")
    found = zizmor(folder)
    assert found.returncode != 0
    assert "[template-injection]" in found.stdout


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_file_is_valid_against_its_schema(name: str):
    assert SCHEMAS[name]
    found = schema(name, *SCHEMAS[name])
    assert found.returncode == 0, found.stdout + found.stderr


def test_an_invalid_workflow_is_rejected_by_its_schema(tmp_path: Path):
    text = WORKFLOWS[0].read_text("utf-8")
    assert "runs-on:" in text
    broken = tmp_path / WORKFLOWS[0].name
    broken.write_text(text.replace("runs-on:", "run-on:"), "utf-8")
    assert schema("github-workflows", broken).returncode != 0


def test_every_schema_covers_all_files_of_its_kind():
    covered = {file for files in SCHEMAS.values() for file in files}
    assert covered == {*GITHUB.rglob("*.yml"), *GITHUB.rglob("*.yaml")}


def called(line: str) -> str:
    """The make target that a line calls, or an empty text."""
    make = re.fullmatch(r"make ([a-z]+)", line)
    return make[1] if make else ""


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_every_line_calls_a_make_target_that_exists(file: Path):
    lines = [step["run"] for step in steps(file) if "run" in step]
    assert [line for line in lines if called(line) not in TARGETS and line not in OTHER_LINES] == []


def test_every_allowed_line_is_run_by_a_workflow():
    assert {step.get("run") for file in WORKFLOWS for step in steps(file)} >= OTHER_LINES


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_workflows_have_minimal_permissions_and_a_timeout(file: Path):
    workflow = loaded(file)
    assert workflow["permissions"] == {}
    assert "cancel-in-progress" in workflow["concurrency"]
    asked = {f"{key}: {value}" for job in workflow["jobs"].values() for key, value in job["permissions"].items()}
    assert asked - {"contents: read"} == MAY.get(file.stem, set())
    for job in workflow["jobs"].values():
        assert "uses" in job or 0 < int(job["timeout-minutes"]) <= 60
    assert "secrets." not in file.read_text("utf-8")


def test_each_action_is_pinned_by_one_commit_with_its_version():
    pins: dict[str, set[str]] = {}
    for file in WORKFLOWS:
        uses = re.findall(r"uses: *(.*)", file.read_text("utf-8"))
        assert len(uses) == sum("uses" in step for step in [*steps(file), *loaded(file)["jobs"].values()])
        for use in uses:
            if use.startswith("$/"):
                assert THIS.root / use.removeprefix("$/") in WORKFLOWS  # of the same commit
                continue
            pin = re.fullmatch(r"(actions/[a-z-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", use)
            assert pin, f"{file.name}: {use}"
            pins.setdefault(pin[1], set()).add(pin[2])
    assert {action: found for action, found in pins.items() if len(found) > 1} == {}


def test_triggers_fit_the_purpose_of_each_workflow():
    on = {file.stem: loaded(file)["on"] for file in WORKFLOWS}
    assert on["check"]["push"] == {"branches": ["**", "!main"]} and on["check"]["pull_request"] == ""
    assert on["publish"] == {"push": {"branches": ["main"]}, "workflow_dispatch": ""}  # publish calls check for main
    assert on["release"]["push"] == {"tags": ["v*"]}
    for name in WEEKLY:
        minute, hour, day, month, weekday = on[name]["schedule"][0]["cron"].split()
        assert minute.isdigit() and hour.isdigit() and (day, month) == ("*", "*") and weekday.isdigit()


def test_only_what_passed_is_published():
    """There is one artefact: the site is built once, sealed, tested, compared with its seal, and published."""
    check, publish = (loaded(GITHUB / "workflows" / f"{name}.yml")["jobs"] for name in ("check", "publish"))
    assert publish["check"]["uses"] == "$/.github/workflows/check.yml"
    assert publish["check"]["with"] == {"address": "${{ needs.address.outputs.address }}"}
    assert (publish["pack"]["needs"], publish["deploy"]["needs"]) == (
        "check",
        "pack",
    )  # a failed or skipped job stops it
    assert not {"if", "continue-on-error"} & {key for name in ("check", "pack", "deploy") for key in publish[name]}
    assert check["test"]["needs"] == "site"
    made = [
        step["run"] for name in ("site", "pack", "deploy") for step in (check | publish)[name]["steps"] if "run" in step
    ]
    assert made == ["make site", "make seal", "make sealed"]
    for job, seal in (
        (check["test"], "needs.site.outputs.seal"),
        (publish["pack"], "needs.check.outputs.seal"),
        (publish["look"], "needs.check.outputs.seal"),
    ):
        runs = [step.get("run") or step["uses"].partition("@")[0] for step in job["steps"]]
        sealed = job["steps"][runs.index("make sealed")]
        assert sealed["env"] == {"SEAL": f"${{{{ {seal} }}}}", "COMMIT": "${{ github.sha }}"}
        assert runs[runs.index("make sealed") - 1] == "actions/download-artifact"  # immediately after the download
    assert publish["pack"]["steps"][-1]["with"] == {"path": "build/site"}
    (test,) = (step for step in check["test"]["steps"] if step.get("run") == "make test")
    assert test["env"] == {"SEALED": "build/site", "SEED": "${{ github.run_number }}"}
    assert (
        loaded(GITHUB / "workflows" / "check.yml")["on"]["workflow_call"]["outputs"]["seal"]["value"]
        == "${{ jobs.site.outputs.seal }}"
    )


def test_the_published_address_comes_from_the_platform():
    jobs = {name: loaded(GITHUB / "workflows" / f"{name}.yml")["jobs"] for name in ("check", "publish", "live")}
    assert jobs["publish"]["address"]["outputs"] == {"address": "${{ steps.pages.outputs.base_url }}"}
    (site,) = (step for step in jobs["check"]["site"]["steps"] if step.get("run") == "make site")
    assert site["env"]["SITE_URL"].startswith("${{ inputs.address ||")
    look = [step for step in jobs["live"]["look"]["steps"] if "env" in step]
    assert [step["env"] for step in look] == [
        {name: "${{ steps.pages.outputs.base_url }}"} for name in ("SITE_URL", "URL")
    ]


def test_a_release_is_checked_before_any_write_permission_is_granted():
    jobs = loaded(GITHUB / "workflows" / "release.yml")["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read"}
    (assets,) = (step for step in jobs["build"]["steps"] if "run" in step)
    assert assets == {"run": "make assets", "env": {"VERSION": "${{ github.ref_name }}"}}
    assert jobs["release"]["needs"] == "build"


def test_jobs_that_check_editions_have_the_complete_history():
    judging = {"make site", "make test", "make assets", "make drawings", "make live"}
    for file in sorted(set(WORKFLOWS) - {GITHUB / "workflows" / "links.yml"}):
        for name, job in loaded(file)["jobs"].items():
            some = job.get("steps", [])
            deep = [step["with"].get("fetch-depth") for step in some if "checkout@" in step.get("uses", "")]
            assert deep == ["0"] or not judging & {step.get("run") for step in some}, f"{file.stem}: {name}"


@pytest.mark.parametrize(
    ("name", "target"), [("links", "links"), ("live", "live"), ("publish", "live"), ("dependencies", "dependencies")]
)
def test_findings_go_to_one_issue_and_block_nothing(name: str, target: str):
    jobs = loaded(GITHUB / "workflows" / f"{name}.yml")["jobs"]
    (look,) = (step for step in jobs["look"]["steps"] if step.get("run") == f"make {target}")
    assert look["continue-on-error"] == "true"
    assert jobs["look"]["outputs"] == {"answered": f"${{{{ steps.{look['id']}.outcome }}}}"}
    assert jobs["tell"]["if"] == "needs.look.outputs.answered == 'failure'"
    report = jobs["tell"]["with"]["report"]
    (kept,) = (step["with"] for step in jobs["look"]["steps"] if "upload-artifact@" in step.get("uses", ""))
    assert (kept["name"], kept["path"]) == (report, f"build/{report}.md")
    assert re.search(r" · .*[\u4e00-\u9fff]", jobs["tell"]["with"]["title"])


def test_a_report_never_overwrites_an_issue_of_another_author_or_title():
    (job,) = loaded(GITHUB / "workflows" / "tell.yml")["jobs"].values()
    (asked,) = (step for step in job["steps"] if "gh issue list" in step.get("run", ""))
    (edit,) = (step for step in job["steps"] if "gh issue edit" in step.get("run", ""))
    assert " --app github-actions " in asked["run"] and "select(.title == env.TITLE)" in asked["run"]
    assert job["env"]["TITLE"] == "${{ inputs.title }}"
    assert edit["env"] == {"NUMBER": f"${{{{ steps.{asked['id']}.outputs.number }}}}"} and '"$NUMBER"' in edit["run"]


@pytest.mark.parametrize("form", [*FORMS, GITHUB / "PULL_REQUEST_TEMPLATE.md"], ids=lambda file: file.stem)
def test_forms_are_in_both_languages(form: Path):
    said = [form.read_text("utf-8")]
    if form.suffix == ".yml":
        fields = loaded(form)["body"]
        said = [loaded(form)["name"], loaded(form)["description"]]
        said += [field["attributes"].get("label") or field["attributes"]["value"] for field in fields]
    for text in said:
        assert re.search(r"[A-Za-z]{2}", text) and re.search(r"[\u4e00-\u9fff]{2}", text), text


def test_the_other_lines_are_valid_shell():
    for line in OTHER_LINES:
        assert subprocess.run(["sh", "-n", "-c", line]).returncode == 0, line
