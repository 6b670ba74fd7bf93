"""What ``tiepdan up`` prints when all is up: what to open, whom to be."""

from services.stack.plan import Plan

DEMO_PEOPLE = (
    ("province leader, Bắc Giang", "/dieu-hanh"),
    ("district leader, Lục Nam", "/huyen"),
    ("reception clerk, xã Tam Dị", "/hop-viec"),
    ("auditor, provincial inspectorate", "/kiem-tra"),
)


def welcome(plan: Plan) -> str:
    """A few lines for whoever started it."""
    lines = [
        "",
        f"  Pages      {plan.api_url}/",
        f"  API        {plan.api_url}/api/v1/openapi.json",
        f"  Stream     {plan.bootstrap or 'the event store (no Kafka)'}",
        f"  State      {plan.state}",
    ]
    if plan.demo:
        lines += ["", "  Sign in at /dang-nhap, no password, as for example:"]
        lines += [f"    {who}" for who, _where in DEMO_PEOPLE]
        lines.append("  A token for curl: tiepdan token --office 07456 --role clerk")
    return "\n".join([*lines, "", "  Ctrl-C stops everything.", ""])
