"""The engine's own code, run inside of the engine's environment by the programs in here."""
