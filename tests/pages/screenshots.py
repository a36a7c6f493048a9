"""Takes a picture of every page in every state listed, at both widths: python3 dev.py screenshots DIR [NAME ...]."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.api.service import Service, serving
from tests.pages.chromium import WIDTHS, NoChromium, started, visited_service, window
from tests.pages.county import recorded_county
from tests.pages.visited import VISITED, Visited, show


def main(words: list[str]) -> int:
    """Takes them, and says where they are."""
    parser = argparse.ArgumentParser(prog="python3 dev.py screenshots", description="Takes a picture of every page.")
    parser.add_argument("folder", type=Path, help="where the pictures go; it is made when it is not there")
    parser.add_argument("names", nargs="*", help="pages to take; all whose names begin so (all when none is given)")
    chosen = parser.parse_args(words)
    wanted = [one for one in VISITED if not chosen.names or one.name.startswith(tuple(chosen.names))]
    chosen.folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            print("Inventing and recording the county ...", flush=True)
            url = recorded_county(Path(scratch))
            with serving(url) as service:
                taken = take(service, wanted, chosen.folder)
    except NoChromium as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"{taken} pictures in {chosen.folder}")
    return 0


def take(service: Service, wanted: list[Visited], folder: Path) -> int:
    """Takes the pictures; gives back how many."""
    taken = 0
    with visited_service(service) as address, started() as browser:
        for one in wanted:
            for width in WIDTHS:
                with window(browser, service, address, one.role, width) as context:
                    page = context.new_page()
                    show(page, address, one, service)
                    page.screenshot(path=folder / f"{one.name}-{width}.png", full_page=True)
                    taken += 1
            print(f"  {one.name}", flush=True)
    return taken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
