"""For every damage to a project, `check` takes seconds and reports a problem that leads there, or reads the same data.

`make damages` draws more of them, by other seeds; a failure names its seed and the smallest damage that fails.
"""

import contextlib
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis
import pytest
import yaml
from hypothesis import strategies

from scripts import commands
from scripts.pages.content import Content
from scripts.paths import SCRIPTS, THIS, Project
from tests import test_publishing
from tests.conftest import SMALL, SMALL_CHARTS, Once, built, copied
from tests.damage import damages
from tests.damage.damages import CASES, CODE_KINDS, FREE, KINDS, NEUTRAL, SEEN, Damage, Kind
from tests.sampled import SEED

AGAIN = f"SEED={SEED} CASES={CASES} python -m pytest tests/damage/test_damages.py"
MOST = 5  # seconds of processor time that `check` may take
HANGS = 60  # seconds of wall-clock time after which it counts as hanging
SETTINGS = hypothesis.settings(
    deadline=None,
    database=None,
    phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
    suppress_health_check=list(hypothesis.HealthCheck),
)
Answer = tuple[list[str], dict[str, Any] | None]
"""The problems that `check` reports, and, if there are none, the meaning of the project."""
Draw = Callable[[Sequence[Any]], Any]
INNARDS = re.compile(r"Traceback|NoneType|has no attribute|subscriptable|Errno|unhashable|\b[A-Z][a-z]+Error\b")
"""Words that no message for an author has."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A copy of a project to damage, its charts, its files, and its meaning when undamaged."""

    project: Project
    drawings: Mapping[str, ModuleType] | None
    files: tuple[str, ...]
    means: Any


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory, once: Once) -> dict[str, Bench]:
    """The small project with one frozen edition, and the real one with its code."""
    home = tmp_path_factory.mktemp("damages") / "a" / "b" / "c"
    shutil.copytree(once("to-damage", undamaged), home, symlinks=True)
    small, real = Project(home / "small"), Project(home / "real")
    return {"small": bench(small, SMALL_CHARTS), "real": bench(real, None)}


def undamaged(folder: Path) -> Path:
    """Both projects under version control: the small one with an edition and its site, the real one with its code."""
    small, real = copied(SMALL, folder / "small"), copied(THIS, folder / "real")
    test_publishing.prepared(small)
    shutil.copyfile(THIS.root / "CITATION.cff", real.root / "CITATION.cff")
    shutil.copytree(SCRIPTS, real.root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    test_publishing.git(real, "init", "--quiet")
    test_publishing.commit(real)
    test_publishing.release(small, "0.1.0")
    test_publishing.commit(small)
    built(small)
    return folder


def bench(project: Project, drawings: Mapping[str, ModuleType] | None) -> Bench:
    found = sorted(file.relative_to(project.root).as_posix() for file in project.root.rglob("*"))
    files = tuple(name for name in found if not name.startswith(("build/", ".git")))
    return Bench(project, drawings, files, meaning(commands.check(project, "", drawings)))


def meaning(content: Content) -> dict[str, Any]:
    """Everything that pages show of a project, regardless of white space, quotation marks and order of keys in its files."""
    data, root = content.dataset, content.project.root
    texts = [text for form in ("*.cff", "datapackage/[A-S]*", "docs/assets/[!.]*") for text in root.glob(form)]
    return {
        "records": [repr(getattr(data, one.name)) for one in fields(data) if one.compare and one.name != "package"],
        "package": (data.package.descriptor, {name: table.schema for name, table in data.package.tables.items()}),
        "words": {one.code: (one.words, list(one.words["sections"])) for one in content.languages},
        "pages": {code: [(p.slug, p.head, p.body.split()) for p in some] for code, some in content.pages.items()},
        "captions": {
            code: [(p.slug, p.head, p.body) for p in some.values()] for code, some in content.captions.items()
        },
        "editions": content.editions,
        "settings": yaml.safe_load(content.project.builder_config.read_text("utf-8")),
        "texts": {text.name: text.read_text("utf-8").split() for text in texts if text.is_file()},
    }


def tree(folder: Path) -> dict[str, Any]:
    """The mode, inode, time and size of every file, folder and link below a folder, except builds and git."""
    found = {}
    for path in folder.rglob("*"):
        seen = path.lstat()
        if not re.search("/(build|[.]git)/", f"{path}/"):
            found[path.relative_to(folder).as_posix()] = (seen.st_mode, seen.st_ino, seen.st_mtime_ns, seen.st_size)
    return found


@contextlib.contextmanager
def damaged(project: Project, damage: Damage) -> Iterator[None]:
    """Damage the project; afterwards restore the original files, which are moved aside meanwhile."""
    aside = project.root.parent / "aside"
    aside.mkdir()
    before = {name: (project.root / name).is_dir() or (project.root / name).exists() for name in damage.files}
    try:
        for i, (name, made) in enumerate(damage.files.items()):
            path = project.root / name
            if before[name]:
                path.rename(aside / str(i))
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(made) if isinstance(made, bytes) else made(path)
        yield
    finally:
        for i, name in reversed(list(enumerate(damage.files))):
            path = project.root / name
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
            if before[name]:
                (aside / str(i)).rename(path)
            elif not any(path.parent.iterdir()):
                path.parent.rmdir()
        aside.rmdir()


@contextlib.contextmanager
def clocked() -> Iterator[None]:
    """Interrupt a body that hangs, and fail if it takes too long."""

    def hang(*_: object) -> None:
        raise TimeoutError(f"check hangs: {HANGS} s")

    start, handler = time.process_time(), signal.signal(signal.SIGALRM, hang)
    left = signal.setitimer(signal.ITIMER_REAL, HANGS)  # the timer of the test itself continues afterwards
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, *left)
    assert (took := time.process_time() - start) < MOST, f"check took {took:.1f} s"


def leads(line: str, damage: Damage) -> bool:
    """Whether a problem leads to the damage: by its path, or by a word of its sentence."""
    path, _, text = line.partition(":")
    known = [rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in damage.words]
    return any(path == name or path.startswith(f"{name}/") for name in damage.files) or any(
        re.search(word, said) for said in (path, text) for word in known
    )


def judge(bench: Bench, damage: Damage, ask: Callable[[Bench], Answer], build: bool = False) -> None:
    """Assert that the answer for a damaged project follows the rule; `build` also builds what is accepted."""
    root, what = bench.project.root.parent, damage.what
    with damaged(bench.project, damage):
        before = tree(root)
        said, means = ask(bench)
        if said:
            odd = [line for line in said if INNARDS.search(line) and not line.startswith("scripts/charts/")]
            assert not odd, f"{what}: innards in {odd[:2]}"
            assert damage.claim != NEUTRAL, f"{what}: refused though nothing is wrong: {said[:3]}"
            known = damage.claim == FREE or any(leads(line, damage) for line in said)
            assert known, f"{what}: nothing leads there: {said[:3]}"
        elif damage.claim != FREE:
            changed = [part for part in bench.means if not means or bench.means[part] != means[part]]
            assert not changed, f"{what}: accepted, and changes {', '.join(changed)}"
        if build and not said:
            assert commands.build(bench.project, lambda _: None, "", bench.drawings) == bench.project.site, what
        after = tree(root)
        assert after == before, f"{what}: wrote {sorted(name for name, _ in before.items() ^ after.items())[:4]}"


def here(bench: Bench) -> Answer:
    """The answer of `check` in this process."""
    try:
        with clocked():
            content = commands.check(bench.project, "", bench.drawings)
    except commands.Problems as found:
        return [str(problem) for problem in found.all], None
    return [], meaning(content)


def apart(bench: Bench) -> Answer:
    """The answer of `check` in a subprocess, which loads the project's own code."""
    command = [sys.executable, "-B", "-m", "scripts", "check"]
    run = subprocess.run(command, cwd=bench.project.root, capture_output=True, text=True, timeout=HANGS)
    said = run.stderr.splitlines() if run.returncode else []
    assert run.returncode in (0, 1) and "Traceback (most" not in run.stderr, said[-1:]
    return said, None


def hold(cases: int, rule: Callable[[Draw], None]) -> None:
    """Test a rule with this many draws of hypothesis, which shrinks a failing one."""

    @hypothesis.seed(SEED)
    @hypothesis.settings(SETTINGS, max_examples=max(cases, 1))
    @hypothesis.given(strategies.data())
    def holds(data: strategies.DataObject) -> None:
        try:
            rule(lambda some: data.draw(strategies.sampled_from(some)))
        except damages.Unfit:
            hypothesis.reject()
        except Exception as error:
            error.add_note(f"{AGAIN} repeats this")
            raise

    holds()


def test_every_input_file_has_a_kind_of_damage(benches: dict[str, Bench]):
    files = [name for name in benches["small"].files if (benches["small"].project.root / name).is_file()]
    assert len(files) > 50
    assert [name for name in files if not any(kind.claim == SEEN and kind.fits_to([name]) for kind in KINDS)] == []


@pytest.mark.parametrize(
    ("claim", "file", "old", "new", "fault"),
    [
        (SEEN, "docs/en/index.md", b"Sales were", b"Sales are", "accepted, and changes pages"),
        (SEEN, "datapackage/data/caveats.csv", b"one-voice,", b"one-word,", ""),
        (NEUTRAL, "datapackage/data/caveats.csv", b"one-voice,", b"one-word,", "refused though nothing is wrong"),
        (SEEN, "docs/assets/favicon.svg", b"<svg", b" <svg", ""),
    ],
)
def test_rule_fails_for_an_accepted_damage_and_for_a_refused_neutral_one(
    benches: dict[str, Bench], claim: str, file: str, old: bytes, new: bytes, fault: str
):
    raw = (benches["small"].project.root / file).read_bytes()
    assert old in raw
    damage = Damage("one", claim, {file: raw.replace(old, new)}, ("one-voice",))
    with pytest.raises(AssertionError, match=fault) if fault else contextlib.nullcontext():
        judge(benches["small"], damage, here)


def test_rule_fails_for_a_problem_elsewhere_innards_and_writes(benches: dict[str, Bench]):
    small, damage = benches["small"], Damage("one", SEEN, {"mkdocs.yml": b"x: 1\n"}, ())
    for said, fault in (
        ("docs/en/index.md:1: no head", "nothing leads there"),
        ("mkdocs.yml:1: KeyError: 'x'", "innards"),
    ):
        with pytest.raises(AssertionError, match=fault):
            judge(small, damage, lambda _, said=said: ([said], None))
    with pytest.raises(AssertionError, match="wrote .*'small/more'"):
        judge(small, damage, lambda bench: ((bench.project.root / "more").touch() or ["mkdocs.yml:1: x"], None))
    (small.project.root / "more").unlink()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_damage_is_reported_or_keeps_the_meaning(kind: Kind, benches: dict[str, Bench]):
    def rule(draw: Draw) -> None:
        name = draw(("small", "small", "small", "small", "small", "real"))  # the real project takes three times as long
        bench, build = benches[name], name == "small" and draw((False, False, False, False, True))
        judge(bench, kind.damage(draw, bench.project.root, bench.files), here, build)

    hold(CASES // len(KINDS), rule)


def test_damages_to_two_files_are_reported(benches: dict[str, Bench]):
    def rule(draw: Draw) -> None:
        project, files = benches["small"].project, benches["small"].files
        judge(benches["small"], damages.both(*(draw(KINDS).damage(draw, project.root, files) for _ in "ab")), here)

    hold(CASES // 20, rule)


@pytest.mark.alike(2)
@pytest.mark.parametrize("kind", CODE_KINDS, ids=lambda kind: kind.name)
def test_damage_to_code_templates_or_fonts_is_reported(kind: Kind, benches: dict[str, Bench]):
    real = benches["real"]
    hold(CASES // 200, lambda draw: judge(real, kind.damage(draw, real.project.root, real.files), apart))
