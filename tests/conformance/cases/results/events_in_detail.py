import dagster as dg
from observe import see

# The data of each event of a run, in order.


@dg.op(out={"a": dg.Out(int, metadata={"def": 1}), "b": dg.Out(str, is_required=False)})
def source(context):
    context.add_output_metadata({"rows": 3}, output_name="a")
    yield dg.AssetMaterialization("thing", description="made", metadata={"n": 1}, partition="p")
    yield dg.AssetObservation("thing", metadata={"seen": True})
    yield dg.ExpectationResult(success=True, label="fine", description="d", metadata={"e": 1})
    yield dg.Output(1, "a", metadata={"more": "m"})


@dg.op
def sink(context, x: int) -> int:
    return x


@dg.op
def never(y):
    return y


@dg.job
def j():
    a, b = source()
    sink(a)
    never(b)


result = j.execute_in_process()
told = []
for event in result.all_events:
    kind = event.event_type_value
    data = event.event_specific_data
    if kind == "STEP_OUTPUT":
        told.append(
            [
                kind,
                event.step_output_data.output_name,
                event.step_output_data.metadata,
                event.step_output_data.type_check_data.success,
            ]
        )
    elif kind == "STEP_INPUT":
        told.append([kind, data.input_name, data.type_check_data.success, data.type_check_data.label])
    elif kind == "LOADED_INPUT":
        told.append([kind, data.input_name, data.manager_key, data.upstream_output_name, data.upstream_step_key])
    elif kind == "HANDLED_OUTPUT":
        told.append([kind, data.output_name, data.manager_key, sorted(data.metadata)])
    elif kind == "ASSET_MATERIALIZATION":
        m = event.materialization
        told.append([kind, m.asset_key, m.description, m.metadata, m.partition, event.asset_key, event.partition])
    elif kind == "ASSET_OBSERVATION":
        o = event.asset_observation_data.asset_observation
        told.append([kind, o.asset_key, o.metadata])
    elif kind == "STEP_EXPECTATION_RESULT":
        e = data.expectation_result
        told.append([kind, e.success, e.label, e.description, e.metadata])
    elif kind == "STEP_SUCCESS":
        told.append([kind, event.step_success_data.duration_ms >= 0, event.is_step_success])
    elif kind in ("STEP_START", "STEP_SKIPPED"):
        told.append([kind, event.step_key, event.node_name, event.node_handle.name])
see("told", told)
see("asset events", [[e.step_key, e.asset_key] for e in result.get_asset_materialization_events()])
see("for node", [m.asset_key for m in result.asset_materializations_for_node("source")])
see("observations", [o.asset_key for o in result.asset_observations_for_node("source")])
see("compute", [result.get_job_success_event().event_type_value if hasattr(result, "get_job_success_event") else None])
see("filter", len(result.filter_events(lambda e: e.step_key == "sink")))
see("job", [result.job_def.name, result.dagster_run.job_name, result.dagster_run.status.value])
see("for sink", [e.event_type_value for e in result.events_for_node("sink")])
see("all node events", len(result.all_node_events) == sum(1 for e in result.all_events if e.is_step_event))
