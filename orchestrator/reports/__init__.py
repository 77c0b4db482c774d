"""Graph and run data as JSON, Mermaid, DOT (pure: data in, text out)."""
