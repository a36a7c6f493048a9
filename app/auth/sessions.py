"""Sessions: a person stays signed in by an opaque cookie, of which the service stores the SHA-256 alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from app.auth.doors import Person
from app.services.callers import Caller
from app.services.office import Office
from db.acts import Act
from db.repositories.sessions import Fields, KeptForm, Session
from matching.errors import DomainError
from matching.workflow.roles import Role

IDLE = timedelta(hours=1)
"""A session ends when nothing was asked for so long."""
LONGEST = timedelta(hours=12)
"""And at the latest so long after it began: a shift."""
_NOTED_EVERY = timedelta(minutes=1)
"""How exactly it is known when somebody was last here, so that reading a page seldom writes."""
_KEPT_FOR = timedelta(hours=24)
"""How long what was typed into an ended session is offered again."""
_PEOPLE = UUID("5f6f2b3e-8e0d-4a53-9a44-3a52a1a6d9f1")


class SignedOut(DomainError):
    """Nobody is signed in, or the session has ended."""

    def __init__(self, *, kept: bool = False) -> None:
        self.kept = kept
        """Whether what was typed is kept for the person."""
        super().__init__("You are not signed in, or were signed out because nothing happened for a while. Sign in.")


class NotFromThisPage(DomainError):
    """A form came without the token that its page was given."""

    def __init__(self) -> None:
        super().__init__(
            "This form did not come from a page that you opened while signed in. Go back, load the page again and "
            "send it once more."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A person signed in: who, since when, and the secret of the cookie."""

    session: Session
    secret: str

    def caller(self, origin: str) -> Caller:
        """The person as what every use case is called by."""
        session = self.session
        return Caller(
            key=uuid5(_PEOPLE, f"{session.authority}/{session.person}"),
            authority=session.authority,
            role=Role(session.role),
            origin=origin,
            person=session.person,
        )


def begin(office: Office, person: Person) -> str:
    """Signs a person in and gives back the secret for the cookie: 256 random bits."""
    secret, now = new_secret(), office.clock()
    session = Session(
        id=uuid4(),
        authority=person.authority,
        token_sha256=hash_of(secret),
        person=person.reference,
        name=person.name,
        role=person.role.value,
        began_at=now,
        seen_at=now,
    )
    with office.store.writing(person.authority) as work:
        work.sessions.begin(session)
        act = Act(actor=person.reference, role=person.role.value, action="sign-in", at=now)
        work.audit.append(act, "session", session.id)
    return secret


def signed_in(office: Office, secret: str) -> SignedIn:
    """Whose cookie it is. Raises SignedOut for one that is unknown or whose session has ended, Busy."""
    session = known(office, secret)
    if session is None or not is_live(session, office.clock()):
        raise SignedOut
    if office.clock() - session.seen_at >= _NOTED_EVERY:
        with office.store.writing(session.authority) as work:
            work.sessions.seen(session.id, office.clock())
    return SignedIn(session=session, secret=secret)


def known(office: Office, secret: str) -> Session | None:
    """The session of a cookie, ended or not."""
    if not secret:
        return None
    with office.store.reading() as work:
        return work.sessions.by_sha256(hash_of(secret))


def is_live(session: Session, now: datetime) -> bool:
    """Whether a session has not ended by idleness or age."""
    return now - session.seen_at < IDLE and now - session.began_at < LONGEST


def end(office: Office, secret: str) -> None:
    """Signs out: the session is gone. One that has ended stays until what was typed in it is found or forgotten."""
    session = known(office, secret)
    if session is not None and is_live(session, office.clock()):
        with office.store.writing(session.authority) as work:
            work.sessions.end(session.id)
            act = Act(actor=session.person, role=session.role, action="sign-out", at=office.clock())
            work.audit.append(act, "session", session.id)


def new_secret() -> str:
    """A secret for a cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is stored of a cookie. It is 256 random bits, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


# --- the token in forms ----------------------------------------------------------------------------


def form_token(secret: str) -> str:
    """A token for one form of a session: different every time, so that compressed pages give nothing of it away."""
    nonce = secrets.token_hex(8)
    return f"{nonce}{_signature(secret, nonce)}"


def is_form_token(secret: str, token: str) -> bool:
    """Whether a token was given to a page of this session."""
    return bool(secret) and hmac.compare_digest(_signature(secret, token[:16]).encode(), token[16:].encode())


def _signature(secret: str, nonce: str) -> str:
    return hmac.new(secret.encode(), f"form {nonce}".encode(), hashlib.sha256).hexdigest()


# --- what was typed when a session had ended ---------------------------------------------------------


def keep_form(office: Office, secret: str, path: str, fields: Fields) -> bool:
    """Keeps what was sent in an ended session for the person it was; says whether there was such a session."""
    session = known(office, secret)
    if session is None:
        return False
    with office.store.writing(session.authority) as work:
        work.sessions.keep_form(session, KeptForm(path=path, fields=fields, kept_at=office.clock()))
    return True


def kept_form(office: Office, session: Session) -> KeptForm | None:
    """The form kept for a person who has signed in again; None when there is none."""
    with office.store.reading(session.authority) as work:
        found = work.sessions.kept_form(session.authority, session.person)
    return None if found is None or office.clock() - found[1].kept_at > _KEPT_FOR else found[1]


def drop_kept_form(office: Office, session: Session) -> None:
    """Lets go of it."""
    with office.store.writing(session.authority) as work:
        found = work.sessions.kept_form(session.authority, session.person)
        if found is not None:
            work.sessions.drop_form(found[0])
