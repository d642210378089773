"""Incomplete files of a killed run never replace complete ones, and the next build removes them."""

from pathlib import Path

import pytest

from scripts import rooms
from scripts.paths import Project
from tests.conftest import Built, built, tree


def test_build_removes_leftovers_of_a_killed_run(copy: Project, site: Built):
    drawing = next(iter(sorted((site.site.parent / "drawings").iterdir())))
    left = [
        copy.build / "run-killed" / "html" / "index.html",
        copy.build / "drawings" / f"{drawing.name}.4711",
        copy.build / "site-old" / "old.html",
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half", "utf-8")
    assert built(copy).site == copy.site
    assert sorted(room.name for room in copy.build.iterdir()) == ["docs", "drawings", "kept", "site"]
    assert not left[1].exists()
    assert tree(copy.site) == tree(site.site)


def test_each_run_has_its_own_scratch_folder_and_removes_it(tmp_path: Path):
    project = Project(tmp_path)
    with rooms.scratch(project) as one, rooms.scratch(project) as other:
        assert one != other and one.parent == other.parent == project.build
        (one / "half").touch()
    assert list(project.build.iterdir()) == []


@pytest.mark.parametrize("cut", [1, 2, 3, None])  # before which of the renames
def test_interrupted_replacement_of_a_folder_is_completed_or_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int | None
):
    new, old, gone = (tmp_path / name for name in ("new", "old", "gone"))
    for folder in (new, old):
        folder.mkdir()
        (folder / folder.name).touch()
    renames, rename = [], Path.rename

    def stop(self: Path, target: Path) -> Path:
        renames.append(self)
        if len(renames) == cut:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stop)
    try:
        rooms.replace(new, old, gone)
    except KeyboardInterrupt:
        rooms.restore(old)
    assert [file.name for file in old.iterdir()] == (["old"] if cut in (1, 2) else ["new"])
