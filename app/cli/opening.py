"""What commands work with: the store named in the settings, and one authority in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.settings import Settings, settings
from db.acts import Act
from db.migrate import current, head, upgrade
from db.session import Store
from matching.authorities import Authority
from matching.errors import DomainError


class NotReady(DomainError):
    """The database cannot be worked with as it is."""


@contextmanager
def opened(chosen: Settings | None = None) -> Iterator[Store]:
    """The store of the settings, with the newest tables. Raises NotReady when it has others."""
    chosen = chosen or settings()
    require_newest_tables(chosen.database_url)
    store = Store(chosen.database_url)
    try:
        yield store
    finally:
        store.close()


def require_newest_tables(url: str) -> None:
    """Raises NotReady when the database has no tables, or older ones."""
    make_folder(url)
    if current(url) != head():
        raise NotReady("The database has no tables, or older ones. Run: python3 dev.py migrate")


def make_folder(url: str) -> None:
    """Makes the folder that a SQLite file is to stand in."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


def brought_up_to_date(url: str) -> bool:
    """Brings a database to the newest tables; says whether there was anything to do."""
    make_folder(url)
    if current(url) == head():
        return False
    upgrade(url)
    return True


def the_authority(store: Store, code: str | None) -> Authority:
    """The authority with a code, or the only one there is. Raises NotReady when that names none, or several."""
    with store.reading() as work:
        known = work.authorities.all()
    if code is not None:
        known = tuple(one for one in known if one.code == code)
    if len(known) == 1:
        return known[0]
    if not known:
        which = "no authority" if code is None else "no authority of that code"
        raise NotReady(
            f"There is {which} on record. Load its files with: python3 dev.py load FOLDER --new --authority CODE"
        )
    codes = ", ".join(one.code for one in known)
    raise NotReady(f"There are several authorities on record. Say which with --authority: {codes}")


def command_act(action: str) -> Act:
    """Something done from the command line, for the audit trail."""
    return Act(actor="command-line", role="admin", action=action, at=datetime.now(UTC), origin="command-line")
