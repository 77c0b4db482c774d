"""Run a plan: state machine, step runner, executors."""
