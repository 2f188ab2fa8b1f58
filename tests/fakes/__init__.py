"""Working stand-ins for the outside: small, fast, held to the same contract tests as the real thing."""
