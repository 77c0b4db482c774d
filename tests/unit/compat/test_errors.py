"""Dagster's error classes and ours: one to one, and with the same relations."""

import builtins
import itertools
import pickle
import subprocess
import sys
from collections import Counter

from orchestrator.compat.errors import ERRORS, MORE_ERRORS, dagster_name
from orchestrator.compat.inventory import read_inventory
from orchestrator.errors import DuplicateDefinitionError, UnknownResourceError, UnsupportedParameterError

THEIRS = read_inventory().errors


def ancestors(name: str) -> set[str]:
    bases = THEIRS.get(name, ())
    return set(bases).union(*(ancestors(base) for base in bases))


def test_every_public_error_class_has_one_of_ours_and_no_two_the_same() -> None:
    public = read_inventory().names
    expected = {name for name in THEIRS if name in public and name.startswith("Dagster")}
    assert set(ERRORS) == expected
    assert len(set(ERRORS.values())) == len(ERRORS)
    assert set(MORE_ERRORS) <= set(THEIRS)


def test_who_is_whose_base() -> None:
    counts = Counter([*ERRORS.values(), *MORE_ERRORS.values()])
    # a class of ours that stands for several cannot tell them apart
    ours = {name: error for name, error in {**MORE_ERRORS, **ERRORS}.items() if name in ERRORS or counts[error] == 1}
    assert len(ours) > 25
    for name, other in itertools.permutations(ours, 2):
        assert issubclass(ours[name], ours[other]) == (other in ancestors(name)), (name, other)


def test_builtin_bases_are_kept() -> None:
    for name in ERRORS:
        for base in ancestors(name):
            builtin = getattr(builtins, base, None)
            assert builtin is None or issubclass(ERRORS[name], builtin), name


def test_the_name_of_an_error_is_that_of_its_nearest_base() -> None:
    assert dagster_name(DuplicateDefinitionError) == "DagsterInvalidDefinitionError"
    assert dagster_name(UnsupportedParameterError) == "TypeError"
    assert dagster_name(ZeroDivisionError) == "ZeroDivisionError"


def test_errors_with_a_builtin_base_are_whole() -> None:
    error = UnknownResourceError("no `db`", hint="add it")
    assert str(error) == "no `db`\nhint: add it"
    assert isinstance(pickle.loads(pickle.dumps(error)), AttributeError)


def test_alias_mode_says_dagsters_names() -> None:
    code = (
        "import orchestrator.compat.install, dagster, pickle\n"
        "try: dagster.AssetKey([])\n"
        "except dagster.DagsterInvalidDefinitionError as error:\n"
        "  print(type(error).__name__, type(pickle.loads(pickle.dumps(error))) is type(error))"
    )
    out = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert out.split() == ["DagsterInvalidDefinitionError", "True"]
