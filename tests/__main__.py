"""Every test: `python -m tests`. The browser's journeys run beside the others, and report last."""

import subprocess
import sys

OTHERS = ("-n", "2", "--dist", "loadfile", "--ignore", "tests/browser")


def main() -> int:
    browser = subprocess.Popen(
        [sys.executable, "-m", "tests.browser"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    others = subprocess.run([sys.executable, "-m", "pytest", *OTHERS], check=False).returncode
    said, _ = browser.communicate()
    sys.stdout.write(said.decode(errors="replace"))
    return others or browser.returncode


if __name__ == "__main__":
    raise SystemExit(main())
