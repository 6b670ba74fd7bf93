"""What offices record and may do: pure, no input or output, no clock, no framework.

Map of the house: ``domain`` <- ``projections`` <- ``infra`` <- ``services``.
Aggregates: :mod:`domain.petition` (đơn), :mod:`domain.case` (vụ việc),
:mod:`domain.gathering` (đoàn đông người), :mod:`domain.return_mission` (hỗ trợ công
dân về), :mod:`domain.directory` (đơn vị, cơ quan), :mod:`domain.register` (sổ).
"""
