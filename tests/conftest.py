"""Settings that all tests share."""

import pytest
from hypothesis import settings

# A first call loads a lexicon or pandas: a deadline for each example would judge the machine, not the code.
settings.register_profile("miner", deadline=None)
settings.load_profile("miner")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the snapshots anew."""
    parser.addoption("--update-snapshots", action="store_true", help="write tests/snapshots/ as read today")


@pytest.fixture
def update_snapshots(request: pytest.FixtureRequest) -> bool:
    """Tell whether the snapshots are written anew."""
    return bool(request.config.getoption("--update-snapshots"))
