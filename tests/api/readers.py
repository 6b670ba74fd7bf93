"""What tests of reading begin with."""

from typing import Any

from tests.api.real import RealWorld
from tests.api.world import receive

PETITIONS = "/api/v1/petitions"
CROWD = {
    "place": "218",
    "site": "district_office",
    "home": "07519",
    "count": {"low": 30, "high": 40},
    "issue": "land",
}
"""A crowd of a commune before the district's office."""


def offered(world: RealWorld, **received: Any) -> str:
    """A petition that the commune offered to the district, in the views."""
    commune = world.door()
    petition = str(receive(commune, **received)["id"])
    sorted_ = {
        "kind": received.get("kind", "complaint"),
        "field": "land",
        "competent_office": "218",
    }
    commune.act(f"{PETITIONS}/{petition}/classification", sorted_, version="*")
    offer = {"to_office": "218", "ground": "other_level"}
    assert commune.act(f"{PETITIONS}/{petition}/transfers", offer, version="*").is_success
    world.project()
    return petition


def ids(answered: Any) -> list[str]:
    """The petitions of a page."""
    return [item["petition"]["petition_id"] for item in answered.json()["items"]]
