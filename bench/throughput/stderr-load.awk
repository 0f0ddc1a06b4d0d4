# The fixed load over a log of text with the prefix '%m [%p] %q%u@%d %r %a ': seven fields of each entry (time, user,
# database, host, severity, message, application) and the six counts of group-by-load.ts.
# With -v rows=1 each count is printed as "query FS key FS n" (FS: byte 31); otherwise totals only.

/^\t/ { next } # a further line of a text

{
  colon = index($0, ":  ")
  head = substr($0, 1, colon - 1)
  n = split(head, word, " ")
  severity = word[n]
  if (severity !~ /^(LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG[1-5]?)$/) next # DETAIL, STATEMENT and the like
  message = substr($0, colon + 3)
  time = word[1] " " word[2]
  at = length(word[5])
  while (at > 0 && substr(word[5], at, 1) != "@") at--
  user = substr(word[5], 1, at - 1)
  database = substr(word[5], at + 1)
  host = substr(word[6], 1, index(word[6], "(") - 1)
  application = word[7]
  for (i = 8; i < n; i++) application = application " " word[i]
  if (application == "[unknown]") application = ""

  recordsByDay[substr(time, 1, 10)]++
  if (severity == "LOG") {
    if (message ~ /^(statement: |execute |duration: |AUDIT: )/) {
      byClass["statement"]++
      statementsByApplication[application]++
    } else if (message ~ /^connection authorized/) {
      byClass["authorized"]++
      loginsByUser[user]++
      loginsByUserAndHost[user "\t" host]++
    } else if (message ~ /^connection received/) byClass["received"]++
    else if (message ~ /^connection authenticated/) byClass["authenticated"]++
    else if (message ~ /^disconnection/) byClass["disconnection"]++
    else byClass["other"]++
  } else if (severity == "FATAL" && message ~ /^(password authentication failed|no pg_hba.conf entry|pg_hba.conf rejects|role ".*" (does not exist|is not permitted)|[A-Za-z0-9]+ authentication failed)/) {
    byClass["failure"]++
    failuresByHost[host]++
  } else if (severity == "ERROR" || severity == "FATAL" || severity == "PANIC") byClass["error"]++
  else byClass["other"]++
}

function tell(name, counts, key, groups, sum) {
  for (key in counts) {
    if (rows) printf "%s\037%s\037%d\n", name, key, counts[key]
    groups++
    sum += counts[key]
  }
  if (!rows) print name, groups, sum
}

END {
  tell("byClass", byClass)
  tell("failuresByHost", failuresByHost)
  tell("loginsByUser", loginsByUser)
  tell("loginsByUserAndHost", loginsByUserAndHost)
  tell("statementsByApplication", statementsByApplication)
  tell("recordsByDay", recordsByDay)
}
