"""The command line: parse, one library call, draw. Installed as `orchestrator_cli`."""
