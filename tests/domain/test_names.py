import unicodedata

import pytest

from domain.names import fold_key, in_running_text, search_words, short_name


@pytest.mark.parametrize("name", ["Đồng Kỳ", "Nguyễn Văn Ấn", "Phường Tự Lạn", "Thị trấn Đắk Rve"])
def test_both_unicode_forms_and_no_marks_give_one_key(name: str) -> None:
    composed = fold_key(unicodedata.normalize("NFC", name))
    assert composed == fold_key(unicodedata.normalize("NFD", name))
    assert composed.isascii()
    assert composed == fold_key(composed.upper())


def test_the_key_of_dong_ky_is_dong_ky() -> None:
    assert fold_key("  ĐỒNG   Kỳ ") == "dong ky"


def test_short_forms_are_written_out() -> None:
    assert search_words("TX. Kon Tum") == ("thi", "xa", "kon", "tum")


def test_a_kind_of_unit_is_taken_off_and_put_into_running_text() -> None:
    assert short_name("Thị trấn Đồi Ngô") == "Đồi Ngô"
    assert short_name("Thành phố Bắc Giang") == "Bắc Giang"
    assert in_running_text("Xã Tam Dị") == "xã Tam Dị"
