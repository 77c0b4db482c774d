import dagster as dg
from observe import ran, see

# alias, tag, with_hooks and with_retry_policy combine in any order.


@dg.success_hook
def hook(context):
    pass


@dg.op
def one():
    return 1


@dg.job
def j():
    one.with_hooks({hook}).tag({"a": "b"}).alias("x").with_retry_policy(dg.RetryPolicy())()
    one.alias("y").with_hooks({hook})()
    one.with_retry_policy(dg.RetryPolicy(max_retries=3)).alias("z")()


see("nodes", sorted(j.graph.node_dict))
see("tags", j.graph.node_dict["x"].tags)
see("hooks", [h.name for h in j.graph.node_dict["x"].hook_defs])
see("retry", j.graph.node_dict["z"].retry_policy.max_retries)
ran("run", j.execute_in_process())
see("pending", isinstance(one.alias("q"), dg.PendingNodeInvocation))
