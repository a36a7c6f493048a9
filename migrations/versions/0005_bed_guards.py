"""No bed is promised twice: the database refuses a second stay in one bed on one night, and beds a home lacks."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

_SHARES_A_NIGHT = """
    SELECT 1 FROM bed_bookings b
    WHERE b.home_id = NEW.home_id AND b.bed_no = NEW.bed_no AND b.id <> NEW.id
      AND (b.last_morning IS NULL OR b.last_morning > NEW.first_night)
      AND (NEW.last_morning IS NULL OR NEW.last_morning > b.first_night)
"""
_BEDS = "COALESCE(effective_beds, registered_beds)"
_NEW_BEDS = "COALESCE(NEW.effective_beds, NEW.registered_beds)"
_BEYOND = f"SELECT 1 FROM homes h WHERE h.id = NEW.home_id AND NEW.bed_no > {_BEDS}"  # noqa: S608 - our own words
_LEFT_OUT = f"SELECT 1 FROM bed_bookings b WHERE b.home_id = NEW.id AND b.bed_no > {_NEW_BEDS}"  # noqa: S608 - the same


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    for what in ("INSERT", "UPDATE"):
        for name, found, says in (
            ("one_stay", _SHARES_A_NIGHT, "bed-taken"),
            ("within_beds", _BEYOND, "bed-taken: the home has no such bed"),
        ):
            op.execute(
                f"CREATE TRIGGER bed_bookings_{name}_{what.lower()} BEFORE {what} ON bed_bookings "
                f"WHEN EXISTS ({found}) BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
    op.execute(
        "CREATE TRIGGER homes_keep_promised_beds BEFORE UPDATE OF registered_beds, effective_beds ON homes "
        f"WHEN EXISTS ({_LEFT_OUT}) BEGIN SELECT RAISE(ABORT, 'beds-promised'); END"
    )


def _guard_postgresql() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute(
        "ALTER TABLE bed_bookings ADD CONSTRAINT ex_bed_bookings_one_stay EXCLUDE USING gist "
        "(home_id WITH =, bed_no WITH =, daterange(first_night, last_morning) WITH &&)"
    )
    # FOR SHARE: the beds cannot be lowered between this look and the commit
    op.execute(
        "CREATE FUNCTION refuse_bed_beyond() RETURNS trigger LANGUAGE plpgsql AS $$ "  # noqa: S608 - our own words
        "BEGIN "
        f"IF NEW.bed_no > (SELECT {_BEDS} FROM homes WHERE id = NEW.home_id FOR SHARE) THEN "
        "RAISE EXCEPTION 'bed-taken: the home has no such bed' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER bed_bookings_within_beds BEFORE INSERT OR UPDATE ON bed_bookings "
        "FOR EACH ROW EXECUTE FUNCTION refuse_bed_beyond()"
    )
    op.execute(
        "CREATE FUNCTION refuse_fewer_beds() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF EXISTS ({_LEFT_OUT}) THEN "
        "RAISE EXCEPTION 'beds-promised' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER homes_keep_promised_beds BEFORE UPDATE OF registered_beds, effective_beds ON homes "
        "FOR EACH ROW EXECUTE FUNCTION refuse_fewer_beds()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER homes_keep_promised_beds" + ("" if _is_sqlite() else " ON homes"))
    if _is_sqlite():
        for name in ("one_stay", "within_beds"):
            for what in ("insert", "update"):
                op.execute(f"DROP TRIGGER bed_bookings_{name}_{what}")
        return
    op.execute("DROP TRIGGER bed_bookings_within_beds ON bed_bookings")
    op.execute("ALTER TABLE bed_bookings DROP CONSTRAINT ex_bed_bookings_one_stay")
    op.execute("DROP FUNCTION refuse_bed_beyond")
    op.execute("DROP FUNCTION refuse_fewer_beds")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
