"""Bodies about the work of abolished offices (việc kế thừa)."""

from services.api.bodies.base import Act, Ref


class HomeDecision(Act):
    """Which office takes over what another only answers for meanwhile (quyết định nơi nhận).

    ``office`` is the abolished one, by its id.
    """

    office: Ref
    to_office: Ref
