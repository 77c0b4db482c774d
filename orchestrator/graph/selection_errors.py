"""What selections complain about, with the place in the text."""

from collections.abc import Iterable

from msgspec import Struct

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import SelectionError, SubsetError


class Place(Struct, frozen=True):
    """Where in a text something was written."""

    text: str
    position: int


def selection_error(message: str, place: Place | None, hint: str | None = None) -> SelectionError:
    """The error, pointing at its place."""
    if place is None:
        return SelectionError(message, hint=hint)
    return SelectionError(message, text=place.text, position=place.position, hint=hint)


def unknown_name(what: str, name: str, known: Iterable[str], place: Place | None) -> SelectionError:
    """The error that names what does not exist, and the nearest that does."""
    known = list(known)
    hint = did_you_mean(name, known)
    if hint is None and 0 < len(known) <= 8:
        hint = f"there is: {', '.join(f'`{one}`' for one in sorted(known))}"
    found = selection_error(f"there is no {what} `{name}`", place, hint)
    return SubsetError(found.message, text=found.text, position=found.position, hint=found.hint)


def not_yet(word: str, place: Place | None) -> SelectionError:
    """The error that something cannot be selected by yet."""
    return selection_error(f"selecting by `{word}` is not supported yet", place)


def joined(errors: list[SelectionError]) -> SelectionError:
    """One error of several, so that all unknown names are reported at once."""
    if len(errors) == 1:
        return errors[0]
    first = errors[0]
    kind = SubsetError if all(isinstance(error, SubsetError) for error in errors) else SelectionError
    hints = dict.fromkeys(error.hint for error in errors if error.hint)
    return kind(
        "; ".join(dict.fromkeys(error.message for error in errors)),
        text=first.text,
        position=first.position,
        hint="; ".join(hints) or None,
    )
