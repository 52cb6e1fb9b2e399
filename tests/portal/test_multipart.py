"""Forms with files, read in pieces: no field is lost where two pieces meet."""

from flask import Flask, request
from werkzeug.test import encode_multipart


def test_empty_fields_at_the_edge_of_a_piece_stay_empty(app: Flask) -> None:
    data = {f"{name}-{number}": "" for number in range(12) for name in ("ten", "ghi_chu")}
    for length in range(64_000, 65_600, 37):
        first = {"dau": "a" * length, **data, "cuoi": "b"}
        boundary, body = encode_multipart(first)
        kind = f"multipart/form-data; boundary={boundary}"
        with app.test_request_context(method="POST", data=body, content_type=kind):
            assert request.form.to_dict() == first
