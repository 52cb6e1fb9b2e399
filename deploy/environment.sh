#!/usr/bin/env bash
# Makes the virtual environment and installs pinned packages: environment.sh PYTHON VENV REQUIREMENTS
set -euo pipefail
python=$1 venv=$2 requirements=$3

if ! command -v "$python" >/dev/null; then
    echo "Không tìm thấy $python. Hãy cài Python 3.11 trở lên: apt-get install python3 python3-venv" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Cần Python 3.11 trở lên; $python là bản $("$python" -V 2>&1 | cut -d' ' -f2). Đặt PYTHON=đường-dẫn khác." >&2
    exit 1
fi
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    rm -rf "$venv"
    if ! "$python" -m venv "$venv" 2>/dev/null; then
        rm -rf "$venv"
        echo "Thiếu thư viện hệ thống để tạo môi trường Python. Hãy chạy: apt-get install python3-venv" >&2
        exit 1
    fi
fi
echo "Cài các gói đã ghim trong $requirements …"
# Whoosh 2.7.4 warns while it is compiled; its warnings are not ours to mend.
PYTHONWARNINGS=ignore "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-input --require-hashes -r "$requirements"
