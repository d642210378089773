"""What a machine must have for the tests beside Python, and how it gets there: `make browser`.

Debian's and Ubuntu's packages as root or through sudo; elsewhere, or where those have no browser, Playwright's own.
"""

import os
import shutil
import subprocess
import sys

from tests import browser

CHROMIUM = "chromium"
FONTS = ("fonts-liberation", "fonts-noto-cjk")
BESIDE = (
    *FONTS,
    "curl",
    "libatomic1",
)  # snippets call curl; Playwright's driver needs the library and does not bring it
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
OWN = (sys.executable, "-m", "playwright", "install", "chromium")
HOPELESS = (
    "no browser could be installed: install Chromium or Google Chrome, so that `chromium` or `google-chrome` starts"
)


def rights() -> list[str] | None:
    """What stands before a command that installs packages; None where this machine takes no Debian packages from us."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo"] if shutil.which("sudo") else None


def missing() -> list[str]:
    """What the tests need beside the browser and is not there, as Debian's packages."""
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *BESIDE]
    there = subprocess.run(query, capture_output=True, text=True).stdout.splitlines()
    return [name for name in BESIDE if f"{name} installed" not in there]


def install(before: list[str], packages: list[str]) -> None:
    """Install Debian's packages, one by one, so that one that cannot be had does not keep the others away."""
    subprocess.run([*before, *APT, "update"])
    for package in packages:
        print("installing", package, flush=True)
        command = [*before, *APT, "install", "--no-install-recommends", "--yes", package]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if run.returncode:
            print(f"{run.stdout}{package} could not be installed", file=sys.stderr)


def main() -> int:
    """Install what is missing; 0 when a browser starts, else 1 with what to do."""
    before = rights()
    if before is None:
        print(f"fonts are yours to install here: those of Debian's {' and '.join(FONTS)}, or others for Latin and Han")
    else:
        if lacking := missing():
            install(before, lacking)
        if not browser.program():
            install(before, [CHROMIUM])
    if not browser.program():
        print("no package has a browser: fetching Playwright's own", flush=True)
        subprocess.run([*OWN, *["--with-deps"] * (before is not None)])
    if not browser.program():
        print(HOPELESS, file=sys.stderr)
        return 1
    with browser.launch() as running:
        print(f"tests look through {browser.program()}, version {running.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
