# Decides which sessions have timed out.
#
# in:   one session a line: user, tab, last seen (seconds since 1970, or ISO 8601 with Z or offset)
# out:  idle <tab> user <tab> minutes     has been idle for longer than the limit
#       bad <tab> line number <tab> why   could not be read
#       read <tab> number                 sessions in all, last line
# vars: now (seconds since 1970), limit (minutes); TZ has to be UTC

BEGIN { FS = OFS = "\t" }

{ sub(/\r$/, "") }

/^[ \t]*(#.*)?$/ { next }

NF != 2   { bad("expected a user, a tab and a time; saw " NF " column" (NF == 1 ? "" : "s")); next }
$1 == ""  { bad("the user is empty"); next }

{
  seen = seconds($2)
  if (seen < 0)              bad("'" shown($2) "' is neither seconds since 1970 nor a time such as 2026-01-31T08:00:00Z")
  else if (seen > now + 300) bad("'" shown($2) "' lies in the future; are these milliseconds?")
  else {
    sessions++
    if (now - seen > limit * 60) print "idle", shown($1), int((now - seen) / 60)
  }
}

END { print "read", sessions + 0 }

function bad(why) { print "bad", NR, why }

# Control characters of a user name must not reach a log or a message.
function shown(text) { gsub(/[[:cntrl:]]/, "?", text); return text }

function seconds(text,    date, result, offset) {
  if (text ~ /^[0-9]+$/) return text + 0
  sub(/\.[0-9]+/, "", text)
  if (text !~ /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$/) return -1

  date = substr(text, 1, 19)
  gsub(/[-T:]/, " ", date)
  result = mktime(date)
  # mktime takes 31 February for 3 March: only what comes back unchanged is a date.
  if (strftime("%Y %m %d %H %M %S", result) != date) return -1
  if (text ~ /Z$/) return result

  offset = substr(text, 21, 2) * 3600 + substr(text, 24, 2) * 60
  return substr(text, 20, 1) == "+" ? result - offset : result + offset
}
