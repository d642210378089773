"""What a machine must have for the tests beside Python, and how it gets there: `make browser`, which `make test` does first.

Debian's and Ubuntu's packages as root or through sudo; elsewhere, or where those have no browser, Playwright's own.
In: a file that says that this was done once; then only what tests cannot run without is looked for, and no network asked.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts import progress
from tests import browser

CHROMIUM = "chromium"
CURL = "curl"  # the data page's snippets call it
LIBRARY = "libatomic1"  # Playwright's driver needs it and does not bring it
FONTS = ("fonts-liberation", "fonts-noto-cjk")  # tests pass without them, but look at other letters
APT = (
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "-qq",
    "-o",
    "Dpkg::Use-Pty=0",
    "-o",
    "DPkg::Lock::Timeout=300",
)
INSTALL = ("install", "--no-install-recommends", "--yes")
PLAYWRIGHT = (sys.executable, "-m", "playwright")


def missing(wished: Sequence[str] = ()) -> list[str]:
    """What is not there, by the names of Debian's packages: browser, curl and, where dpkg can tell, libraries and fonts."""
    lacking = [CHROMIUM] * (not browser.program()) + [CURL] * (not shutil.which(CURL))
    if not shutil.which("dpkg-query"):
        return lacking
    names = (LIBRARY, *wished)
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names]
    there = subprocess.run(query, capture_output=True, text=True).stdout.splitlines()
    return lacking + [name for name in names if f"{name} installed" not in there]


def rights() -> list[str] | None:
    """What to put before a command that installs packages; None where this machine takes no Debian packages from us."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    allowed = shutil.which("sudo") and subprocess.run(["sudo", "true"]).returncode == 0  # asks for a password once
    return ["sudo"] if allowed else None


def remedy() -> str:
    """The one command that brings what is missing, as far as this machine tells."""
    if shutil.which("apt-get"):
        return f"run as root: apt-get install {' '.join((CHROMIUM, CURL, LIBRARY, *FONTS))}"
    if sys.platform == "darwin":
        return "run: brew install --cask google-chrome"
    return "install Chromium or Google Chrome, so that `chromium` or `google-chrome` starts, and curl"


def packages(say: progress.Say, before: Sequence[str], names: Sequence[str]) -> None:
    """Install Debian's packages, one by one, so that one that cannot be had does not keep the others away."""
    say(f"installing {', '.join(names)} with apt-get")
    with progress.show(say, "apt-get") as each:
        for command in each([["update"], *([*INSTALL, name] for name in names)]):
            words = [*before, *APT, *command]
            run = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if run.returncode:
                say(f"{run.stdout}failed: apt-get {' '.join(command)}")


def download(say: progress.Say, before: Sequence[str] | None) -> None:
    """Fetch Playwright's own Chromium and, with the right to, the libraries that it needs; says why it failed."""
    say("downloading Playwright's own Chromium")
    commands = [[*PLAYWRIGHT, "install", "--no-shell", CHROMIUM]]
    commands += [[*PLAYWRIGHT, "install-deps", CHROMIUM]] * (before is not None)
    with progress.show(say, "download") as each:
        for command in each(commands):
            run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if run.returncode:
                say(f"failed: {reason(run.stdout)}")
                return


def reason(text: str) -> str:
    """What names the error, of the pages that Playwright says."""
    found = re.search(r"(?:(?<=\[err\] )|\b\w*error\b).*", text, re.IGNORECASE)
    return found[0] if found else text.strip()


def stop(fault: str) -> int:
    """Say what is wrong and what to do; the exit code."""
    print(f"{fault}; {remedy()} (or leave the browser out: NO_BROWSER=1 make test)", file=sys.stderr)
    return 1


def main(done: Path) -> int:
    """Install what is missing; 0 when all is there or no browser is wished for, else 1 with the one command to run."""
    if browser.left_out():
        print(browser.LEFT_OUT, flush=True)
        return 0
    lacking = missing(() if done.exists() else FONTS)
    if done.exists() and not lacking:
        return 0
    say = progress.out()
    before = rights() if lacking else None
    if before is not None:
        packages(say, before, lacking)
    if missing() == [CHROMIUM]:  # where more is missing, a browser alone is no help
        download(say, before)
    if lacking := missing():
        return stop(f"tests need {', '.join(lacking)}, which could not be installed")
    try:
        with browser.launch() as running:
            say(f"tests look through {browser.program()}, version {running.version}")
    except browser.sync_api.Error as failed:
        return stop(f"{browser.program()} does not start: {reason(failed.message)}")
    done.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
