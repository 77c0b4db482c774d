"""Run config from files, JSON and settings: merged, typed, and with the line of everything."""

import pytest

from orchestrator.errors import ConfigError, ConfigProblem, SourceRef, UsageError
from orchestrator.workspace.config_file import read_given_config


@pytest.fixture
def write(tmp_path):
    def _write(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return _write


def places(given, *paths):
    problems = tuple(ConfigProblem(path=path, message="") for path in paths)
    located = given.located(ConfigError("x", problems=problems)).problems
    return [None if one.source is None else (one.source.file.rpartition("/")[2], one.source.line) for one in located]


def test_later_files_win_and_mappings_are_merged(write):
    first = write("a.yaml", "ops:\n  load:\n    config: {limit: 1, tags: [a, b]}\nresources: {}\n")
    second = write("b.json", '{\n\t"ops": {"load": {"config": {"tags": ["c"], "x": 1.5}}}\n}')
    given = read_given_config([first, second])
    assert given.raw == {"ops": {"load": {"config": {"limit": 1, "tags": ["c"], "x": 1.5}}}, "resources": {}}


def test_json_then_settings_win_over_files(write):
    given = read_given_config(
        [write("a.yaml", "ops: {load: {config: {limit: 1}}}")],
        '{"ops": {"load": {"config": {"limit": 2, "note": "n"}}}}',
        ["ops.load.config.limit=3", "ops.load.config.on=true", "ops.load.config.many=[1, x]", "ops.save.config="],
    )
    assert given.raw["ops"] == {
        "load": {"config": {"limit": 3, "note": "n", "on": True, "many": [1, "x"]}},
        "save": {"config": None},
    }


def test_the_line_of_a_problem_is_that_of_the_nearest_part_that_is_written(write):
    text = "ops:\n  load:\n    config:\n      limit: 1\n      many:\n        - 1\n        - x\n"
    given = read_given_config([write("a.yaml", text)])
    config = ("ops", "load", "config")
    assert places(given, (*config, "limit"), (*config, "many", "[1]"), (*config, "gone"), ("resources",)) == [
        ("a.yaml", 4),
        ("a.yaml", 7),
        ("a.yaml", 3),
        None,
    ]


def test_what_was_replaced_has_no_line_any_more(write):
    file = write("a.yaml", "ops:\n  load:\n    config:\n      limit: 1\n")
    given = read_given_config([file], settings=["ops.load.config.limit=x"])
    assert places(given, ("ops", "load", "config", "limit", "deeper")) == [("a.yaml", 3)]


def test_anchors_and_merge_keys_work(write):
    given = read_given_config([write("a.yaml", "x: &base {a: 1}\nops:\n  load: {<<: *base, b: 2}\n")])
    assert given.raw["ops"] == {"load": {"a": 1, "b": 2}}


def test_an_empty_file_says_nothing(write):
    assert read_given_config([write("a.yaml", "# nothing\n")]).raw == {}


@pytest.mark.parametrize(
    ("text", "message", "lines"),
    [
        ("ops:\n  a: [1\n", "a.yaml is not valid YAML", [3]),
        ("ops: 1\nresources: 2\nops: 3\n", "`ops` is given twice", [1, 3]),
        ("- 1\n", "a.yaml holds a list, not a mapping", [1]),
        ("a: !!python/object:os.system x\n", "a.yaml is not valid YAML", [1]),
    ],
)
def test_files_that_are_wrong_are_shown_with_the_line(write, text, message, lines):
    path = write("a.yaml", text)
    with pytest.raises(ConfigError, match=message) as caught:
        read_given_config([path])
    assert caught.value.sources == tuple(SourceRef(str(path), line) for line in lines)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match="there is no config file"):
        read_given_config([tmp_path / "a.yaml"])


@pytest.mark.parametrize(("text", "message"), [("{", "not valid JSON"), ("[1]", "holds a list, not an object")])
def test_json_that_is_wrong(text, message):
    with pytest.raises(ConfigError, match=message):
        read_given_config(json_text=text)


@pytest.mark.parametrize("setting", ["ops.load", "=3", "ops..x=3", "ops.x=[1"])
def test_settings_that_are_wrong(setting):
    with pytest.raises(UsageError, match="--set"):
        read_given_config(settings=[setting])
