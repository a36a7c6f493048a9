"""The locks: complete, hashed, nameless as to where packages come from, and agreeing with pyproject.toml."""

from __future__ import annotations

import re

from tests.architecture import tree

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ;.*?)? \\$", re.MULTILINE)


LOCKS = ("runtime", "dev", "peers")


def pins(name: str) -> dict[str, str]:
    """Package → version of one lock."""
    return dict(PIN.findall(tree.texts()[f"locks/{name}.txt"]))


def asked(requirements: list[str]) -> dict[str, str]:
    """Package → version of a list in pyproject.toml, each of which must be exact."""
    split = [requirement.partition("==") for requirement in requirements]
    return {name.partition("[")[0]: version for name, _, version in split}


def test_a_lock_holds_pins_and_hashes_and_nothing_else() -> None:
    for name in LOCKS:
        lines = tree.texts()[f"locks/{name}.txt"].splitlines()
        strange = [
            line for line in lines if not PIN.match(line) and not re.match(r"^    --hash=sha256:[0-9a-f]{64}", line)
        ]
        assert len(lines) > 100
        assert strange == []


def test_every_locked_package_has_a_hash() -> None:
    for name in LOCKS:
        blocks = re.split(r"^(?=[a-z0-9])", tree.texts()[f"locks/{name}.txt"], flags=re.MULTILINE)[1:]
        assert blocks
        assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_locks_agree_with_what_pyproject_asks_for() -> None:
    settings = tree.settings()
    runtime = asked(settings["project"]["dependencies"])
    dev = asked(settings["dependency-groups"]["dev"])
    assert all(runtime.values())
    assert all(dev.values())
    assert runtime.items() <= pins("runtime").items()
    assert {**runtime, **dev}.items() <= pins("dev").items()


def test_peers_are_locked_as_asked_for_and_not_beside_ours() -> None:
    peers = asked(tree.settings()["tool"]["peers"]["wanted"])
    assert all(peers.values())
    assert peers.items() <= pins("peers").items()
    assert not {"cs-demand-model", "csc-validator-be-903"} & pins("dev").keys()


def test_production_runs_the_versions_that_were_tested() -> None:
    assert pins("runtime").items() <= pins("dev").items()


def test_every_direct_dependency_has_its_reason() -> None:
    settings = tree.settings()
    direct = {**asked(settings["project"]["dependencies"]), **asked(settings["dependency-groups"]["dev"])}
    reasons = tree.texts()["docs/adr/0002-dependencies.md"]
    assert [name for name in direct if f"| {name} |" not in reasons] == []
