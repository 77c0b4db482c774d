"""What selections complain about, with the place in the text."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import SelectionError, SubsetError, UnknownName

#: How many names that do not exist are told.
_TOLD = 8


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
    error = SubsetError(found.message, text=found.text, position=found.position, hint=found.hint)
    error.unknown = (UnknownName(what, name, hint),)
    return error


def not_yet(word: str, place: Place | None) -> SelectionError:
    """The error that something cannot be selected by yet."""
    return selection_error(f"selecting by `{word}` is not supported yet", place)


def joined(errors: list[SelectionError]) -> SelectionError:
    """One error of several, so that all unknown names are reported at once."""
    if len(errors) == 1:
        return errors[0]
    first = errors[0]
    if all(error.unknown for error in errors):
        unknown = tuple(dict.fromkeys(name for error in errors for name in error.unknown))
        error = SubsetError(_none_of(unknown), text=first.text, position=first.position, hint=_offer(unknown))
        error.unknown = unknown
        return error
    kind = SubsetError if all(isinstance(error, SubsetError) for error in errors) else SelectionError
    hints = dict.fromkeys(error.hint for error in errors if error.hint)
    return kind(
        "; ".join(dict.fromkeys(error.message for error in errors)),
        text=first.text,
        position=first.position,
        hint="; ".join(hints) or None,
    )


def _none_of(unknown: Sequence[UnknownName]) -> str:
    """That there are no such things, in one sentence: `there are no assets `a`, `b` and no group `c``."""
    kinds: dict[str, list[str]] = {}
    for one in unknown[:_TOLD]:
        kinds.setdefault(one.kind, []).append(f"`{one.name}`")
    parts = []
    for kind, names in kinds.items():
        last = f" and {names[-1]}" if len(names) > 1 else names[-1]
        plural = kind if len(names) == 1 or kind.endswith("`") else f"{kind}s"
        parts.append(f"no {plural} {', '.join(names[:-1])}{last}")
    be = "is" if parts[0].startswith(f"no {unknown[0].kind} ") else "are"
    more = f" ({len(unknown) - _TOLD} more are unknown)" if len(unknown) > _TOLD else ""
    return f"there {be} {', and '.join(parts)}{more}"


def _offer(unknown: Sequence[UnknownName]) -> str | None:
    """The nearest names of each; what all there is was said for several is said once."""
    near = {one.name: one.hint for one in unknown[:_TOLD] if one.hint}
    meant = [f"{hint.removesuffix('?')} for `{name}`" for name, hint in near.items() if hint.endswith("?")]
    rest = dict.fromkeys(hint for hint in near.values() if not hint.endswith("?"))
    said = [f"{meant[0]}{''.join(', ' + one.removeprefix('did you mean ') for one in meant[1:])}?"] if meant else []
    return "; ".join([*said, *rest]) or None
