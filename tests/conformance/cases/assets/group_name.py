import dagster as dg
from observe import fails, see

# Groups: default, given, allowed names.


@dg.asset(group_name="bakery")
def bread(): ...


@dg.asset
def salt(): ...


see("groups", [bread.group_names_by_key, salt.group_names_by_key])
see("spec group", [list(bread.specs)[0].group_name, list(salt.specs)[0].group_name])
for name in ["a_b", "a/b", "a b", "a-b", "a.b", "한글", "", "1", "a//b", "/a"]:
    with fails(f"group {name!r}"):
        made = dg.asset(name="n", group_name=name)(lambda: 1)
        see(f"group of {name!r}", made.group_names_by_key)
