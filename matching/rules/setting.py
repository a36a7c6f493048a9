"""The kind of setting: what is never lawful for a child, and what the social worker said would suit."""

from __future__ import annotations

from datetime import date

from matching.answers import Answer
from matching.codes import DeprivationOfLiberty, HomeKind, Setting, SignOffRole, Suitability
from matching.facts import Facts
from matching.policy import Measure
from matching.rules.model import Block, Charge, Flag, Otherwise, Rule, Score, SignOff, Source
from matching.rules.words import Where, decoded, listed, word
from matching.values import Period

CARE_PLANNING = "Care Planning, Placement and Case Review (England) Regulations 2010"
SUPPORTED_REGULATIONS = Source("Supported Accommodation (England) Regulations 2023 (SI 2023/416)")
RCC_STANDARD = Source("South West Regional Care Cooperative placement data standard v3")


def is_registered(f: Facts) -> Answer:
    """Whether the home is registered, or approved by a fostering service."""
    return f.home.registered > 0


def is_supported(f: Facts) -> Answer:
    """Whether the home is supported accommodation or lodgings."""
    return f.home.setting.is_(Setting.SUPPORTED)


def registration_in_words(f: Facts, at: Where) -> str:
    """Whether the home is registered, in words."""
    registered = f.home.registered.at(*at)
    if registered is None:
        return "whether the home is registered is not recorded"
    return "the home is registered or approved" if registered else "the home is not registered"


def _under(f: Facts) -> Answer:
    return f.child.age < f.parameters["unregulated_age"]


def _under_16_reason(f: Facts, at: Where) -> str:
    if is_supported(f).at(*at):
        return f"Aged {f.child.age.at(*at)}; supported accommodation is never lawful under {f.parameters['unregulated_age']}"
    return f"Aged {f.child.age.at(*at)}; {registration_in_words(f, at)}"


SETTING_UNDER_16 = Rule(
    id="setting.under-16",
    says="A child under 16 lives in a registered home or an approved household, never in supported accommodation",
    applies=_under,
    met=lambda f: ~is_supported(f) & is_registered(f),
    otherwise=(Otherwise(Block()),),
    reason=_under_16_reason,
    sources=(Source(f"{CARE_PLANNING} reg 27A"),),
    reads=("child.age", "home.setting", "home.registered"),
    in_force=Period(date(2021, 9, 9)),
    parameters=("unregulated_age",),
)

SETTING_REGISTERED = Rule(
    id="setting.registered",
    says="A child of 16 or 17 too lives only where the home is registered, or the household approved",
    applies=lambda f: ~_under(f),
    met=is_registered,
    otherwise=(Otherwise(Block()),),
    reason=lambda f, at: f"Aged {f.child.age.at(*at)}; {registration_in_words(f, at)}",
    sources=(SUPPORTED_REGULATIONS, Source("Care Standards Act 2000 s11", checked=False)),
    reads=("child.age", "home.registered"),
    in_force=Period(date(2023, 10, 28)),
    parameters=("unregulated_age",),
)


def _readiness_reason(f: Facts, at: Where) -> str:
    ready = f.child.readiness_assessed.at(*at)
    said = {None: "is not recorded as assessed or not", 1: "has been assessed", 0: "has not been assessed"}[ready]
    return f"Aged {f.child.age.at(*at)}; readiness for supported accommodation {said}"


SETTING_16_17 = Rule(
    id="setting.16-17",
    says="A child of 16 or 17 goes to supported accommodation only once readiness for it has been assessed",
    applies=lambda f: ~_under(f) & is_supported(f),
    met=lambda f: f.child.readiness_assessed > 0,
    otherwise=(Otherwise(SignOff(SignOffRole.NOMINATED_OFFICER)),),
    reason=_readiness_reason,
    sources=(Source(f"{CARE_PLANNING} reg 27C"), SUPPORTED_REGULATIONS),
    reads=("child.age", "child.readiness_assessed", "home.setting"),
    in_force=Period(date(2023, 10, 28)),
    parameters=("unregulated_age",),
)


def _prefers_some(f: Facts) -> Answer:
    child = f.child
    wished = child.fostering.is_(Suitability.PREFERRED) | child.residential.is_(Suitability.PREFERRED)
    return wished | child.supported.is_(Suitability.PREFERRED)


def _suitability_applies(f: Facts) -> Answer:
    asked = f.home.setting.is_(Setting.FOSTERING, Setting.RESIDENTIAL, Setting.SUPPORTED)
    return asked & (_prefers_some(f) | ~f.journey.suitability.is_(Suitability.NOT_SPECIFIED))


def _suitability_met(f: Facts) -> Answer:
    said = f.journey.suitability
    return said.is_(Suitability.PREFERRED) | (~_prefers_some(f) & said.is_(Suitability.SUITABLE))


def _suitability_reason(f: Facts, at: Where) -> str:
    setting = decoded(Setting, f.home.setting.at(*at) or 0)
    by_setting = {
        Setting.FOSTERING: f.child.fostering,
        Setting.RESIDENTIAL: f.child.residential,
        Setting.SUPPORTED: f.child.supported,
    }
    if setting not in by_setting:
        return f"Suitability is not asked of {word(setting)} homes"
    said = decoded(Suitability, f.journey.suitability.at(*at) or 0)
    in_words = {
        Suitability.PREFERRED: "preferred",
        Suitability.SUITABLE: "suitable but not preferred",
        Suitability.UNSUITABLE: "unsuitable",
        Suitability.NOT_SPECIFIED: "not mentioned",
    }[said]
    wished = [word(one) for one, fact in by_setting.items() if fact.at(*at) == _PREFERRED and one is not setting]
    return f"{word(setting).capitalize()} is {in_words}" + (f"; {listed(wished)} is preferred" if wished else "")


_PREFERRED = list(Suitability).index(Suitability.PREFERRED)

SETTING_SUITABILITY = Rule(
    id="setting.suitability",
    says="The setting is the one the social worker prefers, or suits where none is preferred",
    applies=_suitability_applies,
    met=_suitability_met,
    otherwise=(
        Otherwise(
            Block(),
            lambda f: f.journey.suitability.is_(Suitability.UNSUITABLE),
            "the setting is unsuitable for the child",
        ),
        Otherwise(Score()),
    ),
    reason=_suitability_reason,
    sources=(RCC_STANDARD,),
    reads=("home.setting", "journey.suitability", "child.fostering", "child.residential", "child.supported"),
    charge=Charge(Measure.SETTING_NOT_PREFERRED, lambda f: (~_suitability_met(f)).count(), unknown_units=1),
    remedy="The social worker's new view of what would suit opens it",
)


def _is_secure(f: Facts) -> Answer:
    return f.home.setting.is_(Setting.SECURE)


def _secure_reason(f: Facts, at: Where) -> str:
    home, child = _is_secure(f).at(*at), f.child.secure.at(*at)
    if home:
        return (
            "Secure accommodation is sought, with its own authority"
            if child
            else "No authority to keep the child secure"
        )
    return "Secure accommodation is sought; this home is not secure" if child else "Neither sought nor offered"


SETTING_SECURE = Rule(
    id="setting.secure",
    says="Secure accommodation is for a child for whom it is sought with its own authority, and for no other",
    applies=lambda f: _is_secure(f) | (f.child.secure > 0),
    met=lambda f: _is_secure(f) & (f.child.secure > 0),
    otherwise=(Otherwise(Block()),),
    reason=_secure_reason,
    sources=(Source("Children Act 1989 s25", checked=False),),
    reads=("home.setting", "child.secure"),
)


def _dol_reason(f: Facts, at: Where) -> str:
    if not f.child.dol.is_(DeprivationOfLiberty.CURRENT).at(*at):
        return "No current deprivation-of-liberty order"
    return f"A deprivation-of-liberty order is in force; {registration_in_words(f, at)}"


def _no_dol_answer(f: Facts) -> Answer:
    """Never met: an order in force is always to be shown; unknown where registration is."""
    registered = is_registered(f)
    return registered & ~registered


SETTING_DOL = Rule(
    id="setting.dol",
    says="No deprivation-of-liberty order is in force: an order does not stand in for registration",
    applies=lambda f: f.child.dol.is_(DeprivationOfLiberty.CURRENT),
    met=_no_dol_answer,
    otherwise=(
        Otherwise(
            Flag("the order must allow for this home, and is reviewed with it"), is_registered, "the home is registered"
        ),
        Otherwise(Block()),
    ),
    reason=_dol_reason,
    sources=(Source("Children Act 1989 s22C; the court's inherent jurisdiction", checked=False),),
    reads=("child.dol", "home.registered"),
)

SETTING_STAYING_PUT = Rule(
    id="setting.staying-put",
    says="A staying-put arrangement is not offered to a child under 18",
    met=lambda f: ~f.home.kind.is_(HomeKind.STAYING_PUT) | (f.child.age >= 18),
    applies=lambda f: f.home.kind.is_(HomeKind.STAYING_PUT),
    otherwise=(Otherwise(Block()),),
    reason=lambda f, at: f"Aged {f.child.age.at(*at)}; staying put begins at 18",
    sources=(Source("Children Act 1989 s23CZA", checked=False),),
    reads=("home.kind", "child.age"),
)

SETTING = (
    SETTING_UNDER_16,
    SETTING_REGISTERED,
    SETTING_16_17,
    SETTING_SUITABILITY,
    SETTING_SECURE,
    SETTING_DOL,
    SETTING_STAYING_PUT,
)
