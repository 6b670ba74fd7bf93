"""What is costly stands as long as tests ask for it, in one worker's run."""

import pytest

HOUSES = """
import pytest
from tests.let_go import until_last_asked

@pytest.fixture(scope="session")
def running_stack(request):
    with until_last_asked(request) as standing:
        standing.callback(print, "the stack goes")
        yield "stack"

@pytest.fixture(scope="session")
def one_lined_house(request):
    with until_last_asked(request) as standing:
        standing.callback(print, "the house goes")
        yield "house"
"""
TESTS = """
def test_of_nothing(): print("nothing")
def test_of_a_house(one_lined_house): print("house")
def test_of_the_stack(running_stack): print("stack")
def test_of_nothing_either(): print("nothing")
def test_of_the_house(one_lined_house): print("house")
"""
SAID = {"stack", "house", "nothing", "the stack goes", "the house goes"}


def test_it_goes_before_the_first_test_that_does_not_ask_for_it(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(HOUSES)
    pytester.makepyfile(TESTS)
    told = pytester.runpytest_inprocess("-s", "-q", "-p", "tests.let_go", "-p", "no:xdist")
    told.assert_outcomes(passed=5)
    words = [word for line in told.outlines for word in line.split(".") if word]
    said = [word for word in words if word in SAID]
    assert said == [
        "stack",
        "the stack goes",
        "house",
        "house",
        "the house goes",
        "nothing",
        "nothing",
    ]
