"""What others made stands unmodified: every file of assets/vendor is in its manifest, by hash."""

import hashlib
import json
import sys
from pathlib import Path

VENDOR = Path(__file__).parent.parent.parent / "templates" / "assets" / "vendor"


def differences() -> list[str]:
    manifest = json.loads((VENDOR / "manifest.json").read_text())
    stated = {
        f"{folder}/{name}": digest
        for folder, package in manifest.items()
        for name, digest in package["files"].items()
    }
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    unstated = [
        f"{folder}: says no {word}"
        for folder, package in manifest.items()
        for word in ("version", "licence", "from")
        if not package.get(word)
    ]
    changed = [name for name in stated.keys() | found.keys() if stated.get(name) != found.get(name)]
    return sorted(changed) + unstated


if __name__ == "__main__":
    wrong = differences()
    print("\n".join(wrong) or "vendor: as the manifest says", file=sys.stderr)
    raise SystemExit(1 if wrong else 0)
