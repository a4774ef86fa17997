"""Looks up the locked packages in the public list of known weaknesses: audit.py LOCK.

Exit status: 0 none known; 1 some known; 2 nothing could be looked up, which is no good news.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


def look_up(lock: str) -> list[dict[str, Any]]:
    """What pip-audit says of each package. Empty where it could say nothing."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock, "--require-hashes", "--disable-pip", "--format", "json"]
    done = subprocess.run([*command, "--progress-spinner", "off"], stdout=subprocess.PIPE, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return []
    return found


def main(lock: str) -> int:
    packages = look_up(lock)
    audited = [package for package in packages if "skip_reason" not in package]
    weak = [package for package in audited if package["vulns"]]
    for package in weak:
        for weakness in package["vulns"]:
            mended = ", ".join(weakness["fix_versions"]) or "no version yet"
            print(f"{package['name']} {package['version']}: {weakness['id']}, mended in {mended}")
    print(f"{len(audited)} of {len(packages)} packages looked up, {len(weak)} with known weaknesses")
    if not audited:
        print("nothing was looked up: this needs the network")
        return 2
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
