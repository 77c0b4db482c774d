import dagster as dg
from observe import fails, see

# Assets with resources in a repository.


@dg.asset(required_resource_keys={"r"})
def a(context):
    return context.resources.r


@dg.repository
def repo():
    return [*dg.with_resources([a], {"r": dg.ResourceDefinition.hardcoded_resource(4)}), dg.define_asset_job("j")]


see("value", repo.get_job("j").execute_in_process().output_for_node("a"))
with fails("without"):

    @dg.repository
    def bare():
        return [a]

    bare.get_all_jobs()
