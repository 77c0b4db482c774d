import dagster as dg
from observe import see

# Tags for the step and tags of the asset are two things.


@dg.asset(tags={"asset": "tag"}, op_tags={"step": "tag", "complex": {"a": [1]}})
def tagged(context):
    return dict(context.op.tags)


see("asset tags", list(tagged.specs)[0].tags)
see("op tags", dict(tagged.op.tags))
see("inside", dg.materialize([tagged]).output_for_node("tagged"))
