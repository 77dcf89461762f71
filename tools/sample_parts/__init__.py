"""The parts from which `tools/make_sample.py` writes the sample workspace."""
