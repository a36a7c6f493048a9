"""The commands by name; each loads what it needs only when it runs, so that --help is quick."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType

from matching.errors import DomainError

Act = Callable[[argparse.Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command; gives back its exit code: 0 done, 1 refused or not so, 2 asked wrongly, 130 stopped."""
    chosen = _parser().parse_args(words)
    act: Act = getattr(_loaded(chosen.module), chosen.act)
    try:
        return act(chosen)
    except DomainError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, `head` for instance, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130


def _loaded(module: str) -> ModuleType:
    """The module of a command. Those that load the solver and the web application say that they are starting."""
    if module not in {"demo", "serving", "working"}:
        return import_module(f"app.cli.{module}")
    from app.cli.steps import step  # noqa: PLC0415 - other commands have no need of it

    with step("Starting"):
        return import_module(f"app.cli.{module}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description="Placement matching. DATABASE_URL says which database.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _demo(_command(commands, "demo", "load a made-up county, plan it, show it, then serve it", "demo", "demo"))
    _serve(_command(commands, "serve", "serve the API and its description", "serving", "serve"))
    _key(_command(commands, "key", "make an API key and print it once", "keys", "key"))
    _command(commands, "migrate", "bring the database to the newest tables", "databases", "migrate")
    _load(_command(commands, "load", "load a bundle of CSV files: all of it, or nothing", "bundles", "load"))
    _export(_command(commands, "export", "write the authority's bundle of CSV files", "bundles", "export"))
    _load903(_command(commands, "load903", "load statutory returns (SSDA903): all, or nothing", "returns", "load903"))
    export903 = _command(commands, "export903", "write a year's statutory return (SSDA903)", "returns", "export903")
    _export903(export903)
    verify = _command(commands, "verify", "check an exported plan again, without the solver", "verifying", "verify")
    verify.add_argument("file", help="the file that exporting a match run made")
    audit = _command(commands, "audit", "check the audit trail, or print where each chain ends", "auditing", "audit")
    audit.add_argument("what", choices=("verify", "head"), help="verify every chain, or print their heads")
    audit.add_argument("--since", metavar="FILE", help="heads printed earlier: also finds a chain cut short")
    worker = _command(commands, "worker", "deliver events and work out studies until stopped", "working", "work")
    worker.add_argument(
        "--name",
        default="",
        help="its own name among workers, by which it finds its work again; the machine's when left out",
    )
    docs = _command(commands, "docs", "write the generated documents", "documents", "docs")
    docs.add_argument("--check", action="store_true", help="only say whether they are up to date")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, says: str, module: str, act: str
) -> argparse.ArgumentParser:
    """One command, with the module and the function that do it."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.")
    made.set_defaults(module=module, act=act)
    return made


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="do all of it but serve, and exit")
    parser.add_argument("--what-if", action="store_true", help="only answer what 20 more households would do, and exit")
    _address(parser, port=None)


def _serve(parser: argparse.ArgumentParser) -> None:
    says = "also do what `worker` does; for a machine that runs no worker"
    parser.add_argument("--with-worker", action="store_true", help=says)
    _address(parser, port=8000)


def _address(parser: argparse.ArgumentParser, port: int | None) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to serve on (127.0.0.1: this machine only)")
    says = "port to serve on" + (" (8000, or the next free one)" if port is None else f" ({port})")
    parser.add_argument("--port", type=int, default=port, help=says)


def _key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("role", help="placements, social-worker, commissioner, auditor, admin, ...")
    parser.add_argument("--name", default="", help="what the key is for; never a person's name")
    parser.add_argument("--provider", metavar="REF", help="for a provider's key: the authority's reference for it")
    _authority(parser)


def _load(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", help="folder of CSV files, or a zip of them; docs/bundle.md says what is in each")
    parser.add_argument("--new", action="store_true", help="record the authority named by --authority first")
    _authority(parser)


def _load903(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", help="folder or zip of a return's CSV files; years in folders of their own")
    parser.add_argument("--year", help="the collection year, as in 2025-26; otherwise the dates of episodes tell it")
    _authority(parser)


def _export903(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", help="the collection year, as in 2025-26")
    parser.add_argument("folder", help="folder to write header.csv, episodes.csv and uasc.csv into")
    _authority(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", help="folder to write the CSV files into; it is made when it is not there")
    parser.add_argument("--with-names", action="store_true", help="write children's names too (identities.csv)")
    _authority(parser)


def _authority(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--authority", help="nine-character code, as in E10000020; needed when there are several")


if __name__ == "__main__":
    sys.exit(main())
