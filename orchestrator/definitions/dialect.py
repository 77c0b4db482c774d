"""Where code written for Dagster means something else by the same words.

orch's own meaning is the default. `orchestrator.compat` makes a process speak Dagster's before it loads such code; the
few places that differ ask `spoken()`. docs/dagster.md explains each.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct


def _same(run: Any) -> Any:
    return run


class Dialect(Struct, frozen=True, kw_only=True):
    """What differs between dialects. Every field is False in our own."""

    #: Names are ASCII letters, digits and `_`, and no reserved words; tags, kinds and groups are ASCII.
    ascii_names: bool = False
    #: Parts of keys of assets that are not made here may hold any characters.
    free_keys: bool = False
    #: `deps` is iterated, whatever it is: of a dict the keys count, of a string the letters.
    deps_are_iterated: bool = False
    #: A parameter means the asset of its name, whatever the prefix of the asset that takes it.
    inputs_have_no_prefix: bool = False
    #: A name that is no key means the one asset of the same group that ends in it.
    names_match_in_groups: bool = False
    #: The context is the first parameter if its name says so, and no other one.
    contexts_are_named: bool = False
    #: A parameter with a default still needs its asset to be defined.
    defaults_need_assets: bool = False
    #: `x+` and `+x` with a bare key mean one layer; with `key:x`, all.
    bare_plus_is_one_layer: bool = False
    #: An input whose asset stores nothing, or has no recorded value, is no mistake: its IO manager is asked when the step
    #: runs.
    unrecorded_values_may_load: bool = False
    #: A type must be a class, a list, dict, set or tuple of such, or one of these or None.
    types_are_plain: bool = False
    #: Two ops or graphs of a job have two names, whatever they are called where they are used.
    definitions_have_own_names: bool = False
    #: A value of any type comes from config as `{value: ...}`, or from a file.
    any_needs_selector: bool = False
    #: In the body of a graph, what stands for a value is an object like any other: true, and equal to itself.
    handles_are_objects: bool = False
    #: A graph that returns a dict says what its outputs are, too.
    graph_dicts_need_out: bool = False
    #: What failed a step that has a retry policy is the cause of another error.
    retry_policies_raise: bool = False
    #: A list of outputs holds each once.
    fan_in_is_of_different: bool = False
    #: Several outputs are returned as a tuple and annotated as one; an `Output` is annotated as one.
    returns_are_strict: bool = False
    #: What only has a spec was made if the function ends well, whether it says so or not.
    specs_are_made_anyway: bool = False
    #: A location that computes an asset may not hold a spec of it too.
    specs_clash: bool = False
    #: A selection of some assets of a function that cannot make a part of them is a mistake.
    parts_are_refused: bool = False
    #: An output that must be made must be made if it is not selected too.
    unselected_outputs_are_required: bool = False
    #: Selections in code are read in Dagster's stricter grammar and made of its kinds of things only; what they name by
    #: attribute need not exist, and leaves external assets out.
    strict_selections: bool = False
    #: Whoever looks anything up in `Definitions` finds everything that is wrong with them.
    lookups_check_all: bool = False
    #: An asset that names its group cannot be given another.
    groups_are_final: bool = False
    #: What `with_resources` gives a definition is all that it needs, and nothing gives it again.
    resources_are_bound: bool = False
    #: A function says which resources it uses with `required_resource_keys` or with its parameters, not with both.
    resources_are_said_once: bool = False
    #: Who says which assets some inputs or outputs of an op or graph are says it of all.
    nodes_name_all_keys: bool = False
    #: Specs in modules are not loaded with the assets unless they are asked for, nor lists with other things in them, nor
    #: what `Definitions` in them hold.
    specs_stay: bool = False
    #: What is wrong with the selection of a job or of `materialize` is wrong with its definition.
    selections_are_definitions: bool = False
    #: The value of an asset that stored none is None.
    no_value_is_none: bool = False
    #: A selection that matches nothing makes an empty run.
    empty_runs: bool = False
    #: The concurrency pool of an op that names none may be said by a tag.
    pools_are_tags: bool = False
    #: What runs the steps of jobs that name no executor.
    default_executor: str = "in_process"
    #: The job of a run that no job asked for.
    ephemeral_job: str | None = None
    #: Config is what YAML can say, said in one way: no tuples, no `EnvVar` in a dict, no moments or paths in a class of
    #: `Config`; config for a resource takes the place of all its fields. Metadata is what its kinds say: no tuples, moments,
    #: numbers of numpy, no whole number for one with a fraction.
    strict_data: bool = False
    #: What a list or dict of metadata holds is checked when it is recorded, not when a result is made of it.
    late_metadata: bool = False
    #: Validators of a class of `Config` run in the step it is for; only kinds of values are checked before.
    config_made_in_steps: bool = False
    #: The value of asset `a/b` is in the file `a/b`, others in `run/step/output`: without extension.
    bare_file_names: bool = False
    #: Environment variables that name the home of `Instance.get()`, first wins.
    home_variables: tuple[str, ...] = ("ORCH_HOME",)
    #: Makes of the record of a run what a program is shown.
    view_run: Callable[[Any], Any] = _same


#: Our own.
NATIVE = Dialect()

_spoken = NATIVE


def spoken() -> Dialect:
    """The dialect of the code that this process loads."""
    return _spoken


def speak(dialect: Dialect) -> None:
    """Change the dialect of this process, before any code is loaded."""
    global _spoken  # noqa: PLW0603  a process speaks one
    _spoken = dialect
