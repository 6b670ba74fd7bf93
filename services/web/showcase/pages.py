"""The table of samples: a name, the template, and the model it is rendered from."""

from typing import Final

from services.web.showcase import desk, district, province, simple, working
from services.web.showcase.sample import Sample

__all__ = ["SAMPLES", "Sample"]


BOARD: Final = "province_board.html"
SAMPLES: Final = (
    Sample("province", BOARD, province.province_board),
    Sample("province-stale", BOARD, lambda: province.province_board("stale")),
    Sample("province-reconnecting", BOARD, lambda: province.province_board("reconnecting")),
    Sample("province-empty", BOARD, province.empty_province_board),
    Sample("wall", BOARD, lambda: province.province_board(wall=True), wall=True),
    Sample("wall-stale", BOARD, lambda: province.province_board("stale", wall=True), wall=True),
    Sample("wall-empty", BOARD, lambda: province.empty_province_board(wall=True), wall=True),
    Sample("district", "district_board.html", district.district_board),
    Sample("district-stale", "district_board.html", lambda: district.district_board("stale")),
    Sample("district-empty", "district_board.html", district.empty_district_board),
    Sample("desk", "desk.html", desk.desk),
    Sample("desk-stale", "desk.html", lambda: desk.desk("stale")),
    Sample("desk-empty", "desk.html", desk.empty_desk),
    Sample("list", "petition_list.html", desk.petition_list),
    Sample("list-empty", "petition_list.html", desk.empty_petition_list),
    Sample("sign-in", "sign_in.html", simple.sign_in),
    Sample("sign-in-wrong", "sign_in.html", lambda: simple.sign_in(wrong=True)),
    Sample("error", "error.html", simple.broken),
    Sample("not-found", "error.html", simple.not_found),
    Sample("components", "showcase/components.html", simple.components),
    *working.SAMPLES,
)
