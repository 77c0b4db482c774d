import dagster as dg
from observe import fails, see

# What a sensor result is.


S = dg.SensorResult
see("empty", [list(S().run_requests), S().skip_reason, S().cursor, list(S().asset_events)])
see("reason", S(skip_reason="x").skip_reason.skip_message)
for label, said in {
    "both": {"run_requests": [dg.RunRequest()], "skip_reason": "x"},
    "no requests and a reason": {"run_requests": [], "skip_reason": "x"},
    "not a list": {"run_requests": dg.RunRequest()},
    "cursor": {"cursor": 5},
    "numbers": {"run_requests": [1]},
    "reason is a number": {"skip_reason": 5},
}.items():
    with fails(label):
        S(**said)
see("skip", [dg.SkipReason().skip_message, dg.SkipReason("a").skip_message, dg.SkipReason("a") == dg.SkipReason("a")])
with fails("skip number"):
    dg.SkipReason(1)
