#!/bin/sh
# Says who it is, then prints each argument as it came. After --exit N it ends with N.
printf 'hello-host on %s %s\n' "$(uname -s)" "$(uname -m)"

number=0
status=0
before=
for argument in "$@"; do
  number=$((number + 1))
  printf 'arg[%d]=<%s>\n' "$number" "$argument"
  if [ "$before" = --exit ]; then
    case $argument in
      '' | *[!0-9]*)
        printf 'hello-host: --exit needs a number\n' >&2
        exit 2
        ;;
    esac
    status=$argument
  fi
  before=$argument
done
exit "$status"
