import dagster as dg
from observe import fails, see

# Names of hooks, and hooks made with arguments.


@dg.success_hook(name="named")
def first(context):
    pass


@dg.failure_hook(name="other", required_resource_keys={"a"})
def second(context):
    pass


see("first", first.name)
see("second", second.name)
see("keys", second.required_resource_keys)
see("type", isinstance(first, dg.HookDefinition))
with fails("no context parameter"):

    @dg.success_hook
    def none():
        pass


with fails("too many parameters"):

    @dg.success_hook
    def many(a, b):
        pass
