# Reads the output of one cmocka program and appends the names of its tests to the files passed, skipped and failed in
# `folder`; prints how many went into each. Variables: program, status (its exit status), limit (its seconds).

function ends_with(end) {
    return length($0) >= length(end) && substr($0, length($0) - length(end) + 1) == end
}

function record(file, line) {
    print program ": " line >> (folder "/" file)
    count[file]++
    test = ""
}

/^\[ RUN      \] / {
    test = substr($0, 14)
    reason = ""
    next
}

/\[==========\] [0-9]+ test\(s\) run\.$/ { done = 1 }

test == "" { next }

ends_with("[       OK ] " test) { record("passed", test); next }
ends_with("[  FAILED  ] " test) || ends_with("[  ERROR   ] " test) { record("failed", test); next }
ends_with("[  SKIPPED ] " test) { record("skipped", test (reason == "" ? "" : ": " reason)); next }
/[^ \t]/ { reason = $0 }

END {
    if (status == 124 || status == 137)
        record("failed", (test == "" ? "" : test ": ") "not done after " limit " seconds")
    else if (!done)
        record("failed", (test == "" ? "" : test ": ") "ended with status " status ", its tests not all run")
    else if (status != 0 && !count["failed"])
        record("failed", "ended with status " status)
    print count["passed"] + 0, count["skipped"] + 0, count["failed"] + 0
}
