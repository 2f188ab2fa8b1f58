"""The package, module by module; no network."""
