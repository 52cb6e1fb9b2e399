#!/usr/bin/env bash
# What the tests need from the system: a real browser and a real database.
set -euo pipefail
packages=()
[ -x /usr/bin/chromium ] || packages+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
ldconfig -p | grep -q libatomic.so.1 || packages+=(libatomic1)
[ ${#packages[@]} -eq 0 ] && exit 0

line="apt-get install -y ${packages[*]}"
if [ "$(id -u)" -ne 0 ]; then
    echo "Thiếu gói hệ thống cho phần kiểm thử. Hãy chạy: sudo $line" >&2
    [ "${CI:-}" = true ] && exit 1
    exit 0
fi
echo "$line"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive $line -qq >/dev/null
