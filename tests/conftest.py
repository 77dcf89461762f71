"""What holds for every test: property tests judge answers, never how fast the machine is."""

from hypothesis import settings

settings.register_profile("sin-reloj", deadline=None)
settings.load_profile("sin-reloj")
