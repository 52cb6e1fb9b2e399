"""One procedure out of several sources."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.merging import difference, edited_text, effective, held_by
from content.models import Source
from content.shapes import Online, Procedure, Step

TEXT = st.sampled_from(["", "", "a", "b"])


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    return Procedure(
        code="1.001193",
        name=draw(st.sampled_from(["Tên", "Tên khác"])),
        field=draw(TEXT),
        authority=draw(TEXT),
        steps_text=draw(TEXT),
        steps=tuple(Step(title=title) for title in draw(st.lists(st.just("Nộp"), max_size=1))),
        results=tuple(draw(st.lists(st.sampled_from(["x", "y"]), max_size=2))),
        online=draw(st.sampled_from(Online)),
    )


@given(st.dictionaries(st.sampled_from(Source), procedures(), min_size=1))
def test_the_order_of_import_does_not_matter(sources: dict[Source, Procedure]) -> None:
    found = {
        effective(dict(order)).model_dump_json()
        for order in itertools.permutations(sources.items())
    }
    assert len(found) == 1


BENEATH = [source for source in Source if source is not Source.EDITED]


@given(st.dictionaries(st.sampled_from(BENEATH), procedures(), min_size=1))
def test_nothing_known_is_lost_and_nothing_is_invented(sources: dict[Source, Procedure]) -> None:
    merged = effective(sources)
    for name in ("field", "authority", "results"):
        said = [getattr(one, name) for one in sources.values() if getattr(one, name)]
        assert getattr(merged, name) in said if said else not getattr(merged, name)


@given(
    st.dictionaries(st.sampled_from(BENEATH), procedures(), min_size=1),
    procedures(),
)
def test_what_staff_wrote_comes_back_to_the_letter_from_the_parts_that_differ(
    sources: dict[Source, Procedure], wanted: Procedure
) -> None:
    kept = edited_text(difference(wanted, effective(sources)))
    edited = Procedure.model_validate_json(kept)
    assert effective({**sources, Source.EDITED: edited}) == wanted
    for name in held_by(edited) - {"steps", "steps_text"}:
        assert getattr(wanted, name) != getattr(effective(sources), name)


def test_what_staff_left_alone_follows_the_record() -> None:
    record = Procedure(code="1.001193", name="Thủ tục", field="Hộ tịch", conditions="Không")
    wanted = record.model_copy(update={"field": "Hộ tịch cấp xã"})
    edited = Procedure.model_validate_json(edited_text(difference(wanted, record)))
    later = record.model_copy(update={"field": "Tư pháp", "conditions": "Có"})
    merged = effective({Source.EDITED: edited, Source.DETAILED: later})
    assert (merged.field, merged.conditions) == ("Hộ tịch cấp xã", "Có")
    assert held_by(edited) == {"field"}


def test_each_part_comes_from_the_most_trusted_source_that_knows_it() -> None:
    library = Procedure(code="1.001193", name="Thủ tục", title="Khai sinh")
    detailed = Procedure(code="1.001193", name="Chi tiết", field="Hộ tịch", online=Online.OFFERED)
    catalogue = Procedure(code="1.001193", name="Danh mục", field="Khác", issuing_agency="Bộ")
    merged = effective(
        {Source.CATALOGUE: catalogue, Source.LIBRARY: library, Source.DETAILED: detailed}
    )
    assert (merged.name, merged.heading, merged.field) == ("Thủ tục", "Khai sinh", "Hộ tịch")
    assert (merged.issuing_agency, merged.online) == ("Bộ", Online.OFFERED)


def test_steps_of_ours_are_not_mixed_with_the_steps_of_the_export() -> None:
    ours = Procedure(code="1.001193", name="A", steps=(Step(title="Nộp"),))
    theirs = Procedure(code="1.001193", name="A", steps_text="Bước 1")
    merged = effective({Source.LIBRARY: ours, Source.DETAILED: theirs})
    assert (len(merged.steps), merged.steps_text) == (1, "")


def test_without_sources_there_is_nothing_to_merge() -> None:
    with pytest.raises(ValueError, match="source"):
        effective({})
