#!/bin/sh
# Sends one message for every session that has been idle for too long. Settings: README.md.
# Exit code: 0 done, 1 a line could not be read or a message not sent, 2 wrong settings.
set -eu
export TZ=UTC

sessions=0 found=0 sent=0 failed=0
limit=${IDLE_MINUTES:-30}
webhook=${WEBHOOK_URL:-}
now=$(date +%s)
tab=$(printf '\t')

# Process 1 of a container is not ended by SIGTERM unless it has a trap for it.
trap 'problem "stopped by SIGTERM: $sent of $found messages are out"; exit 143' TERM

problem() { printf '%s\n' "$*" >&2; }
refuse() { problem "$*"; exit 2; }

check_settings() {
  case $limit in
    *[!0-9]* | 0*) refuse "IDLE_MINUTES is '$limit': give whole minutes, at least 1" ;;
  esac
  if [ -n "${SESSIONS_FILE:-}" ] && [ ! -f "$SESSIONS_FILE" ]; then
    refuse "SESSIONS_FILE is '$SESSIONS_FILE', which is not a file: mount it under run.files, or leave the setting out to see a sample"
  fi
  if [ -n "$webhook" ] && [ -z "${SESSIONS_FILE:-}" ]; then
    refuse "WEBHOOK_URL is set and SESSIONS_FILE is not: the sample is for looking at, and is never posted"
  fi
  # The address is a secret, so no message may show it.
  case $webhook in
    *[[:space:]]*) refuse "WEBHOOK_URL contains white space: look for a line end at the end of the secret" ;;
    '' | http://?*) ;;
    https://?*)
      # busybox's own wget does not check who answers (github.com/docker-library/busybox/issues/80);
      # images that hold CA certificates come with one that does.
      [ -r /etc/ssl/certs/ca-certificates.crt ] ||
        refuse "WEBHOOK_URL is https, and this base image has no CA certificates to check it with: build with BASE=docker.io/library/alpine:3.22" ;;
    *) refuse "WEBHOOK_URL does not begin with http:// or https://" ;;
  esac
}

read_sessions() {
  if [ -n "${SESSIONS_FILE:-}" ]; then
    cat "$SESSIONS_FILE"
  else
    printf '%s\t%s\n' \
      reception $((now - 4 * 60)) \
      warehouse-scanner $((now - 75 * 60)) \
      meeting-room-2 $((now - 29 * 60)) \
      night-shift $((now - 11 * 3600))
  fi
}

post() { # text
  body=$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')
  # In the background, since a trap has to wait for a command in the foreground.
  timeout 10 wget -q -O /dev/null --header 'Content-Type: application/json' \
    --post-data "{\"text\":\"$body\"}" "$webhook" &
  wait $!
}

send() { # user, idle minutes
  text="The session of $1 has timed out: idle for $2 minutes, the limit is $limit."
  found=$((found + 1))
  if [ -z "$webhook" ]; then
    printf '%s\n' "$text"
  elif post "$text"; then
    printf 'sent: %s\n' "$text"
  else
    problem "not sent, the webhook did not take it: $text"
    failed=$((failed + 1))
    return
  fi
  sent=$((sent + 1))
}

check_settings
printf 'environment %s, commit %s, scheduled for %s\n' \
  "${TRIGGER_ENVIRONMENT:-(none)}" "${TRIGGER_COMMIT:-(none)}" "${TRIGGER_SCHEDULED_TIME:-(by hand)}"
[ -n "${SESSIONS_FILE:-}" ] || printf 'SESSIONS_FILE is not set: showing a sample\n'

lines=$(read_sessions)
results=$(printf '%s\n' "$lines" | awk -v now="$now" -v limit="$limit" -f "$(dirname "$0")/find-idle.awk")
while IFS=$tab read -r kind first second; do
  case $kind in
    idle) send "$first" "$second" ;;
    bad)
      problem "${SESSIONS_FILE:-sample}:$first: $second; the line is left out"
      failed=$((failed + 1)) ;;
    read) sessions=$first ;;
  esac
done <<RESULTS
$results
RESULTS

printf '%s sessions read, %s timed out, %s problems\n' "$sessions" "$found" "$failed"
[ "$failed" -eq 0 ]
