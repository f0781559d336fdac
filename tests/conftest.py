"""Settings that all tests share."""

from hypothesis import settings

# A first call loads a lexicon or pandas: a deadline for each example would judge the machine, not the code.
settings.register_profile("miner", deadline=None)
settings.load_profile("miner")
