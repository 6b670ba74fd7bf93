"""The rules that code asks for by name (mã quy định). Lawyers' other rules need no code."""

from typing import Final

REPLY: Final = "reply.citizen"
TRANSFER_ANSWER: Final = "transfer.answer"
ACCEPTANCE: Final = "acceptance.complaint"
COMPLAINT: Final = "settlement.complaint.first"
COMPLAINT_COMPLEX: Final = "settlement.complaint.first.complex"
COMPLAINT_REMOTE: Final = "settlement.complaint.first.remote"
COMPLAINT_REMOTE_COMPLEX: Final = "settlement.complaint.first.remote.complex"
DENUNCIATION: Final = "settlement.denunciation"
UNTOUCHED: Final = "petition.untouched"
CROWD: Final = "crowd"
MANY_SIGNATORIES: Final = "signatories.many"
