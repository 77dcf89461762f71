"""Pure decisions over frozen nouns: no IO, no clock, no network."""
