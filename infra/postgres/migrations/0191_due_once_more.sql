-- A case suspended after its limit had ended was due on no day in the views; now its day stands.
-- Rows folded before stand: a projector of this release goes over all due days once, as it does
-- after a change of the law. Only the newest pass is forgotten: what older ones moved stays told.

SET LOCAL ROLE tiepdan_projector;

DELETE FROM views.law_passes WHERE upto = (SELECT max(upto) FROM views.law_passes);

RESET ROLE;
