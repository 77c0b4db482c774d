"""`EnvVar`: a name until a run reads it."""

import pytest

from orchestrator.definitions.env import EnvVar, IntEnvVar, secrets


@pytest.fixture(autouse=True)
def _forget():
    yield
    secrets.clear()


def test_an_env_var_shows_its_name_and_refuses_to_be_its_value(monkeypatch):
    monkeypatch.setenv("TOKEN", "very-secret")
    variable = EnvVar("TOKEN")
    assert repr(variable) == "EnvVar('TOKEN')"
    for read in (str, "{}".format):
        with pytest.raises(RuntimeError, match=r'EnvVar\("TOKEN"\) is read when a run needs it'):
            read(variable)
    assert variable.get_value() == "very-secret"
    assert secrets.redact("very-secret") == "<TOKEN>"


def test_a_whole_number_from_the_environment(monkeypatch):
    monkeypatch.setenv("PORT", "5432")
    variable = EnvVar.int("PORT")
    assert isinstance(variable, IntEnvVar)
    assert repr(variable) == "EnvVar.int('PORT')"
    assert variable.get_value() == 5432
    with pytest.raises(RuntimeError, match="PORT"):
        str(variable)


def test_a_variable_that_is_not_set_gives_the_default(monkeypatch):
    monkeypatch.delenv("NOPE", raising=False)
    assert EnvVar("NOPE").get_value() is None
    assert EnvVar("NOPE").get_value("d") == "d"
    assert EnvVar.int("NOPE").get_value(3) == 3
