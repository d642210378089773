"""Install what tests need besides Python: `make browser`, which `make test` runs first.

Debian's and Ubuntu's packages as root or through sudo; elsewhere, or if those have no browser, Playwright's own.
In: a marker file of an earlier setup; if it exists, only required packages are looked for, without network access.
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

CHROMIUM = "chromium-headless-shell"  # wished even if there is another browser, which takes twice the time
CURL = "curl"  # the data page's snippets call it
LIBRARY = "libatomic1"  # Playwright's driver needs it but does not include it
FONTS = ("fonts-liberation", "fonts-noto-cjk")  # tests pass without them, but with other glyphs
WISHED = (CHROMIUM, *FONTS)
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
    """Return the Debian packages that are missing: browser, curl and, if dpkg is there, a library and those `wished`."""
    lacking = [CHROMIUM] * (not browser.program()) + [CURL] * (not shutil.which(CURL))
    if not shutil.which("dpkg-query"):
        return lacking
    names = (LIBRARY, *wished)
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names]
    installed = subprocess.run(query, capture_output=True, text=True).stdout.splitlines()
    return [*dict.fromkeys(lacking + [name for name in names if f"{name} installed" not in installed])]


def rights() -> list[str] | None:
    """The prefix of a command that installs packages, such as sudo; None if we cannot install Debian packages."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    allowed = shutil.which("sudo") and subprocess.run(["sudo", "true"]).returncode == 0  # asks for a password once
    return ["sudo"] if allowed else None


def remedy() -> str:
    """The command that installs what is missing, for this kind of machine."""
    if shutil.which("apt-get"):
        return f"run as root: apt-get install {' '.join((CHROMIUM, CURL, LIBRARY, *FONTS))}"
    if sys.platform == "darwin":
        return "run: brew install --cask google-chrome"
    return "install Chromium or Google Chrome, so that `chromium` or `google-chrome` starts, and curl"


def packages(say: progress.Say, before: Sequence[str], names: Sequence[str]) -> None:
    """Install Debian packages one by one, so that one that is unavailable does not block the others."""
    say(f"installing {', '.join(names)} with apt-get")
    with progress.show(say, "apt-get") as each:
        for command in each([["update"], *([*INSTALL, name] for name in names)]):
            words = [*before, *APT, *command]
            run = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if run.returncode:
                say(f"{run.stdout}failed: apt-get {' '.join(command)}")


def download(say: progress.Say, before: Sequence[str] | None) -> None:
    """Download Playwright's own Chromium and, if permitted, its libraries; prints why it failed."""
    say("downloading Playwright's own Chromium")
    commands = [[*PLAYWRIGHT, "install", "--no-shell", "chromium"]]
    commands += [[*PLAYWRIGHT, "install-deps", "chromium"]] * (before is not None)
    with progress.show(say, "download") as each:
        for command in each(commands):
            run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if run.returncode:
                say(f"failed: {reason(run.stdout)}")
                return


def reason(text: str) -> str:
    """Extract the error from Playwright's long output."""
    found = re.search(r"(?:(?<=\[err\] )|\b\w*error\b).*", text, re.IGNORECASE)
    return found[0] if found else text.strip()


def stop(fault: str) -> int:
    """Print what is wrong and what to do; return the exit code."""
    print(f"{fault}; {remedy()} (or leave the browser out: NO_BROWSER=1 make test)", file=sys.stderr)
    return 1


def main(done: Path) -> int:
    """Install what is missing; exit code 0 if nothing is missing or NO_BROWSER is set, else 1 with the command to run."""
    if browser.left_out():
        print(browser.LEFT_OUT, flush=True)
        return 0
    lacking = missing(() if done.exists() else WISHED)
    if done.exists() and not lacking:
        return 0
    say = progress.out()
    before = rights() if lacking else None
    if before is not None:
        packages(say, before, lacking)
    if missing() == [CHROMIUM]:  # if more is missing, a browser alone does not help
        download(say, before)
    if lacking := missing():
        return stop(f"tests need {', '.join(lacking)}, which could not be installed")
    try:
        with browser.launch() as running:
            say(f"tests use {browser.program()}, version {running.version}")
    except browser.sync_api.Error as failed:
        return stop(f"{browser.program()} does not start: {reason(failed.message)}")
    done.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
