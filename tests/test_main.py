import json
import subprocess
import sys

import pytest

from scripts import __main__ as main
from scripts import commands
from scripts.paths import SCRIPTS, THIS
from scripts.rules import originality


def test_check_without_problems_prints_counts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.delenv("SITE_URL", raising=False)
    assert main.main(["check"]) == 0
    said = capsys.readouterr()
    tables = len(json.loads(THIS.descriptor.read_text("utf-8"))["resources"])
    assert (said.out, said.err) == (f"no problems: 96 facts in {tables} tables\n", "")


def test_check_loads_no_library_that_draws_or_builds():
    asked = "import sys; from scripts.__main__ import main; main(['check']); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", asked], cwd=THIS.root, capture_output=True, text=True, check=True)
    loaded = run.stdout.split()
    assert "scripts.charts.commission" in loaded
    assert not {"altair.vegalite", "mkdocs", "watchdog"} & {*loaded}


def test_closed_output_pipe_causes_no_traceback():
    command = [sys.executable, "-m", "scripts", "fingerprint", str(SCRIPTS / "words" / "words.yml")]
    with subprocess.Popen(command, cwd=THIS.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()  # before it has printed anything
        assert (running.stderr.read(), running.wait()) == (b"", 1)


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_problems_are_printed_with_their_number_and_fail_the_command(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("SITE_URL", "ftp://example.org")
    assert main.main([command]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "SITE_URL:1: 'ftp://example.org' is not an http(s) address\n1 problem\n")


@pytest.mark.parametrize("arguments", [[], ["bake"], ["serve", "--port", "x"], ["fingerprint"]])
def test_unknown_command_prints_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        main.main(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m scripts")


def test_fingerprints_of_a_file_are_printed(
    tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("SITE_URL", raising=False)
    file = tmp_path / "source.txt"
    file.write_text("海边旧铺子每逢初一敲锣开门，卖贝壳和风筝。", "utf-8")
    assert main.main(["fingerprint", str(file)]) == 0
    assert capsys.readouterr().out == originality.fingerprints(file.read_text("utf-8")) == commands.fingerprint(file)
